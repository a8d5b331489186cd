/** Two readings of the same bytes, laid side by side field by field. */

/** What any reader of a frame can say; keys with a dot (`60.1`) are parts of a field that stands whole beside them. */
export interface Readable {
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
}

/** One value on which two readers of the same bytes do not agree; `absent` is a field that only the other has. */
export interface Difference {
  readonly field: string
  readonly first: string | 'absent'
  readonly second: string | 'absent'
}

/** Every whole field, and the message type, on which the two differ; empty when they agree. Parts (`60.1`) are left aside. */
export function compareFields(first: Readable, second: Readable): readonly Difference[] {
  const differences: Difference[] = []
  if (first.mti !== second.mti) differences.push({ field: 'mti', first: first.mti, second: second.mti })
  for (const field of new Set([...wholeFields(first), ...wholeFields(second)])) {
    const [mine, theirs] = [first.fields[field] ?? 'absent', second.fields[field] ?? 'absent']
    if (mine !== theirs) differences.push({ field, first: mine, second: theirs })
  }
  return differences
}

/** The fields that stand under their own number. */
export function wholeFields(reading: Readable): readonly string[] {
  return Object.keys(reading.fields).filter(field => !field.includes('.'))
}

/** How much has been compared: a comparison of nothing agrees with everything, so it is counted. */
export class Tally {
  #frames = 0
  #fields = 0
  readonly #differences: string[] = []

  /** Compares one frame and remembers what it found; the name stands before each difference. */
  add(name: string, first: Readable, second: Readable): readonly Difference[] {
    const found = compareFields(first, second)
    this.#frames += 1
    this.#fields += wholeFields(first).length
    for (const { field, first: mine, second: theirs } of found) this.#differences.push(`${name}, ${field}: ${mine} and ${theirs}`)
    return found
  }

  get frames(): number {
    return this.#frames
  }

  get fields(): number {
    return this.#fields
  }

  get differences(): readonly string[] {
    return this.#differences
  }

  /** `22 frames, 249 fields, no difference` */
  says(): string {
    const found = this.#differences.length
    return `${this.#frames} frames, ${this.#fields} fields, ${found === 0 ? 'no difference' : `${found} differences`}`
  }
}
