import type { Dialect, MessageRow } from '../dialects/dialect.ts'
import type { Objection } from './dialect-contradictions.ts'
import type { WrittenDialect } from './dialect-form.ts'
import { keyOf, reversalKey } from './dialect-messages.ts'
import { rehearsal } from './dialect-rehearsal.ts'
import { didYouMean } from './near.ts'
import type { Problem } from './problem.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What the messages of a dialect say that cannot be true together, or of fields that are not there. */
export function messageContradictions(file: YamlFile, written: WrittenDialect, made: Dialect): readonly Problem[] {
  // A field that could not be read is complained about where it stands, and not by everybody who names it.
  const known = namesOf(
    made,
    Object.keys(written.fields).filter(name => written.fields[name] !== null),
  )
  const objections = made.messages.flatMap((row, at) => {
    const given = Object.hasOwn(written.messages, keyOf(row))
    return [
      ...(given ? [...unknownNames(row, known), ...ownObjections(row, made)] : []),
      ...identityObjections(row, made, known, given),
      ...made.messages.slice(0, at).flatMap(earlier => [...alike(earlier, row)]),
      ...reversalObjections(row, made),
    ]
  })
  // Only what holds together can be said aloud.
  const found = objections.length > 0 ? objections : [...rehearsal(made)]
  return found.map(({ path, says, hint }) => file.problem(path, 'CONTRADICTION', says, hint))
}

const lists = ['must', 'may', 'replyMust', 'refusalMust', 'replyMay', 'echoes'] as const

const inFile = (row: MessageRow, ...rest: Path): Path => ['messages', keyOf(row), ...rest]

function* unknownNames(row: MessageRow, known: ReadonlySet<string>): Generator<Objection> {
  for (const list of lists)
    for (const name of row[list])
      if (!known.has(name))
        yield {
          path: inFile(row, list),
          says: `\`messages.${keyOf(row)}.${list}\` names ${name}, which is no field`,
          hint: didYouMean(name, [...known]),
        }
}

function* ownObjections(row: MessageRow, { fields, messages }: Dialect): Generator<Objection> {
  const key = keyOf(row)
  const answer = new Set([...row.replyMust, ...row.replyMay])
  const asked = new Set([...row.must, ...row.may])
  for (const name of row.echoes) {
    if (!answer.has(name))
      yield {
        path: inFile(row, 'echoes'),
        says: `\`messages.${key}\` echoes ${name}, which its answer may not carry`,
        hint: `Add ${name} to \`replyMust\` or \`replyMay\`, or take it out of \`echoes\`.`,
      }
    if (!asked.has(name))
      yield {
        path: inFile(row, 'echoes'),
        says: `\`messages.${key}\` echoes ${name}, which its request does not carry`,
        hint: `Add ${name} to \`must\` or \`may\`, or take it out of \`echoes\`.`,
      }
  }
  if (row.sealed && !asked.has('mac'))
    yield {
      path: inFile(row, 'sealed'),
      says: `\`messages.${key}\` is sealed, but carries no mac`,
      hint: Object.hasOwn(fields, 'mac')
        ? 'Add `mac` to `must`, or leave `sealed` out.'
        : 'Add a field `mac`, or leave `sealed` out.',
    }
  if (row.request === row.reply)
    yield {
      path: inFile(row, 'reply'),
      says: `\`messages.${key}\` is answered by its own type, ${row.reply}`,
      hint: 'A request 0200 is answered by 0210.',
    }
  else {
    const asking = messages.find(({ request, repeat }) => request === row.reply || repeat === row.reply)
    if (asking)
      yield {
        path: inFile(row, 'reply'),
        says: `\`messages.${key}\` is answered by ${row.reply}, which is the request of \`${keyOf(asking)}\``,
        hint: 'No type can be both: correct one of the two.',
      }
  }
}

/** What identifies a message has to stand in it, and to be a value that its field can have. */
function* identityObjections(
  row: MessageRow,
  { fields, layouts }: Dialect,
  known: ReadonlySet<string>,
  given: boolean,
): Generator<Objection> {
  const parts = new Map(
    Object.values(layouts).flatMap(list => list.flatMap(each => each.parts.map(part => [part.name, part] as const))),
  )
  for (const [name, value] of Object.entries(row.identity)) {
    const path = inFile(row, 'identity', name)
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    const length = field === undefined ? parts.get(name)?.length : field.length.count
    if (length === undefined) {
      if (known.has(name)) continue
      const says = `\`messages.${keyOf(row)}\` is known by ${name}, which is no field`
      yield { path: given ? path : ['fields', name], says, hint: didYouMean(name, [...known]) }
    } else if (field === undefined || field.length.is === 'exactly' ? value.length !== length : value.length > length)
      yield {
        path,
        says: `\`${name}\` is ${JSON.stringify(value)}, but has ${length}`,
        hint: 'Write it as it stands in the field.',
      }
    else if (field?.of === 'n' && !/^\d+$/.test(value))
      yield {
        path,
        says: `\`${name}\` is ${JSON.stringify(value)}, but has digits only`,
        hint: 'Write it as it stands in the field.',
      }
  }
}

/** Two messages that nobody could tell apart: of one type, and nothing that identifies them differs. */
function* alike(earlier: MessageRow, row: MessageRow): Generator<Objection> {
  if (earlier.request !== row.request) return
  const differ = Object.entries(row.identity).some(([name, value]) => (earlier.identity[name] ?? value) !== value)
  const narrower = Object.keys(row.identity).every(name => Object.hasOwn(earlier.identity, name))
  const fewer = Object.keys(row.identity).length < Object.keys(earlier.identity).length
  if (differ || (narrower && fewer)) return
  yield {
    path: inFile(row),
    says: `\`${keyOf(earlier)}\` and \`${keyOf(row)}\` are both ${row.request}, and nothing tells them apart`,
    hint: 'Give each an `identity` that differs, such as `identity: { processingCode: 000000 }`.',
  }
}

function* reversalObjections(row: MessageRow, { messages }: Dialect): Generator<Objection> {
  const key = keyOf(row)
  if (row.operation === 'reverse' && row.of === undefined)
    yield {
      path: inFile(row),
      says: `\`messages.${key}\` is a reversal of nothing`,
      hint: 'Say what it undoes, such as `of: sale`, or call it reverseSale.',
    }
  if (row.operation === 'reverse' && row.of !== undefined && !messages.some(({ operation }) => operation === row.of))
    yield {
      path: inFile(row),
      says: `\`messages.${key}\` reverses a ${row.of}, and there is no such message`,
      hint: `Add \`${row.of}\`, or take the reversal away.`,
    }
  if (
    row.reversible &&
    row.operation !== undefined &&
    !messages.some(({ operation, of }) => operation === 'reverse' && of === row.operation)
  )
    yield {
      path: inFile(row, 'reversible'),
      says: `\`messages.${key}\` is reversible, but no message reverses it`,
      hint: `Add \`${reversalKey(key)}\`, or write \`reversible: false\`.`,
    }
}

/** Names of fields, and of their parts. */
function namesOf({ fields, layouts }: Dialect, given: readonly string[]): ReadonlySet<string> {
  const parts = Object.values(layouts).flatMap(list => list.flatMap(each => each.parts.map(({ name }) => name)))
  return new Set([...Object.keys(fields), ...given, ...parts])
}
