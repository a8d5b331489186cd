import type { Entry, Fact } from './entry.ts'

/** Micros since the run began. */
export type Stopwatch = () => number

/**
 * All recorded facts of one scenario, in order. Append-only. What is appended must already be redacted.
 *
 * Ids are `<feature>:<line>#<n>`, for example `03-void/correct-void:14#27`.
 */
export class Journal {
  readonly #entries: Entry[] = []
  readonly #place: string
  readonly #stopwatch: Stopwatch
  readonly #heard: (entry: Entry) => void

  /** `heard`: told of each entry as it is written. */
  constructor(place: string, stopwatch: Stopwatch, heard: (entry: Entry) => void = () => undefined) {
    this.#place = place
    this.#stopwatch = stopwatch
    this.#heard = heard
  }

  append(fact: Fact): Entry {
    const entry: Entry = { id: `${this.#place}#${this.#entries.length + 1}`, atMicros: this.#stopwatch(), ...fact }
    this.#entries.push(entry)
    this.#heard(entry)
    return entry
  }

  entries(): readonly Entry[] {
    return this.#entries
  }

  /** One line of JSON each. */
  toNdjson(): string {
    return this.#entries.map(entry => `${JSON.stringify(entry)}\n`).join('')
  }
}

/** The place of a scenario in ids: `features/03-void/correct-void.feature`, 14 → `03-void/correct-void:14`. */
export function placeOf(uri: string, line: number): string {
  return `${uri
    .replace(/\\/g, '/')
    .replace(/^.*features\//, '')
    .replace(/\.feature$/, '')}:${line}`
}

/**
 * The entries of a journal file.
 *
 * @throws SyntaxError naming the line that is not an entry.
 */
export function parseNdjson(text: string): Entry[] {
  return text.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return []
    try {
      return [JSON.parse(line) as Entry]
    } catch (cause) {
      throw new SyntaxError(`line ${at + 1} of the journal is not JSON`, { cause })
    }
  })
}

/** The file name of one scenario's piece of the journal. */
export function pieceName(uri: string, line: number): string {
  return `${placeOf(uri, line).replaceAll('/', '~').replace(':', '@')}.ndjson`
}
