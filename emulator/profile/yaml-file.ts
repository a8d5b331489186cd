import { readFile } from 'node:fs/promises'
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { type Problem, type ProblemCode, ProfileError } from './problem.ts'

export type Path = readonly PropertyKey[]

/** Which numbers of a file are text, by the keys that lead to them: `0012` stays `0012`, and nineteen digits keep their last ones. */
export type TextKeys = (keys: readonly string[]) => boolean

const textsOfProfiles: ReadonlySet<string | undefined> = new Set([
  'pan',
  'pin',
  'expiry',
  'serviceCode',
  'id',
  'value',
  'checkValue',
  'funds',
  'expires',
  'cutoff',
  'untilCutoff',
])

/** A YAML file that knows on which line everything in it stands. */
export class YamlFile {
  readonly file: string
  /** The bytes, as read. */
  readonly bytes: Uint8Array
  readonly value: unknown
  readonly #document: ReturnType<typeof parseDocument>
  readonly #root: Node | null
  readonly #lines: LineCounter

  private constructor(
    file: string,
    bytes: Uint8Array,
    document: ReturnType<typeof parseDocument>,
    value: unknown,
    lines: LineCounter,
  ) {
    this.file = file
    this.bytes = bytes
    this.value = value
    this.#document = document
    this.#root = document.contents
    this.#lines = lines
  }

  /** @throws ProfileError `FILE_UNREADABLE`, `NOT_YAML` */
  static async read(file: string, isText: TextKeys = keys => textsOfProfiles.has(keys.at(-1))): Promise<YamlFile> {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new ProfileError([unreadable(file, cause)], { cause })
    })
    const lines = new LineCounter()
    const document = parseDocument(bytes.toString('utf8'), { lineCounter: lines, prettyErrors: false })
    const [first, ...rest] = document.errors.map((error): Problem => {
      const { line, col } = lines.linePos(error.pos[0])
      const hint = 'Correct the YAML here; often it is the indentation, or a missing quote.'
      return { code: 'NOT_YAML', file, line, column: col, says: error.message.split('\n')[0] ?? error.code, hint }
    })
    if (first !== undefined) throw new ProfileError([first, ...rest])
    visit(document, {
      Scalar(key, node, path) {
        if (key === 'key' || typeof node.value !== 'number') return
        const keys = path.flatMap(each => (isPair(each) && isScalar(each.key) ? [String(each.key.value)] : []))
        if (isText(keys) || /^0\d/.test(node.source ?? '')) node.value = node.source ?? String(node.value)
      },
      Pair(_, { key }) {
        if (isScalar(key) && typeof key.value === 'number') key.value = key.source ?? String(key.value)
      },
    })
    return new YamlFile(file, bytes, document, document.toJS(), lines)
  }

  /** A problem with what stands at this path or, where nothing stands there, with the nearest thing around it. */
  problem(path: Path, code: ProblemCode, says: string, hint: string): Problem {
    return { code, file: this.file, ...this.#place(path, code === 'KEY_UNKNOWN' ? 'key' : 'value'), says, hint }
  }

  /** Whether something stands at this path. */
  has(path: Path): boolean {
    let node: unknown = this.#root
    for (const step of path) {
      if (isMap(node)) node = node.get(step, true)
      else if (isSeq(node) && typeof step === 'number') node = node.items[step]
      else return false
    }
    return node !== undefined
  }

  /** Every run of 12 to 19 digits that stands in the file as a value or key of its own. */
  cardNumbers(): ReadonlySet<string> {
    const found = new Set<string>()
    if (this.#root !== null) {
      visit(this.#root, {
        Scalar(_, node) {
          const text = node.source ?? String(node.value)
          if (/^\d{12,19}$/.test(text)) found.add(text)
        },
      })
    }
    return found
  }

  /** A group of keys is placed at the key that it belongs to; so is everything when `key` is asked for. Behind an alias it is what it stands for. */
  #place(path: Path, part: 'key' | 'value'): Readonly<{ line: number; column: number }> {
    let node: unknown = this.#root
    let place = this.#root
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(item => isScalar(item.key) && item.key.value === step)
        if (pair === undefined) break
        node = pair.value
        if (isNode(pair.key)) place = pair.key
        if (isAlias(node)) node = node.resolve(this.#document)
      } else if (isSeq(node) && typeof step === 'number') {
        const item: unknown = node.items[step]
        if (!isNode(item)) break
        node = isAlias(item) ? item.resolve(this.#document) : item
        place = isNode(node) ? node : item
      } else break
    }
    if (part === 'value' && isScalar(node)) place = node
    const offset = place?.range?.[0]
    if (offset === undefined) return { line: 1, column: 1 }
    const { line, col } = this.#lines.linePos(offset)
    return { line, column: col }
  }
}

function unreadable(file: string, cause: unknown): Problem {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
  const says = missing
    ? 'there is no such file'
    : `the file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`
  return {
    code: 'FILE_UNREADABLE',
    file,
    line: 1,
    column: 1,
    says,
    hint: 'Correct the path. One that stands in a file is relative to that file.',
  }
}
