import type { Remark, Span } from '../values/message.ts'
import type { Problem } from './codec.ts'

/** One member of an object: its name and where it and its value stand, in characters. */
export type Member = Readonly<{ name: string; from: number; valueAt: number; end: number }>

const white = /[ \t\r\n]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a text
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** A position in a JSON text, and what was noticed on the way. Whatever comes is a case, never an exception. */
export class JsonCursor {
  readonly remarks: Remark[] = []
  readonly spans: Span[] = []
  problem: Problem | undefined
  readonly #text: string
  /** Whether every character is one byte, so that places in text and frame are the same. */
  readonly #single: boolean
  readonly #withSpans: boolean
  #at = 0

  private constructor(text: string, bytes: number, withSpans: boolean) {
    this.#text = text
    this.#single = text.length === bytes
    this.#withSpans = withSpans
  }

  /** Over the bytes of a frame, of which so many at most are believed. */
  static over(frame: Uint8Array, longest: number, withSpans: boolean): JsonCursor {
    const long = frame.length > longest
    const text = long ? 'too long' : textOf(frame)
    const cursor = new JsonCursor(text === 'too long' || text === 'not UTF-8' ? '' : text, frame.length, withSpans)
    if (text === 'too long') cursor.stop('json', `the message has ${frame.length} bytes; ${longest} at most`)
    if (text === 'not UTF-8') cursor.stop('json', 'the bytes are not UTF-8')
    return cursor
  }

  /** Where reading stopped, in bytes. */
  get atByte(): number {
    return this.#byte(this.#at)
  }

  /** The members of the object, in their order; reading stops at the first thing that is no JSON. */
  *members(): Generator<Member> {
    if (this.problem !== undefined || !this.#expect('{', 'the object begins')) return
    let from = 0
    if (this.#sees('}')) return this.#end(from)
    while (this.problem === undefined) {
      const member = this.#member(from)
      if (member === undefined) return
      yield member
      if (this.problem !== undefined) return
      from = this.#at
      if (this.#sees('}')) return this.#end(from)
      if (!this.#expect(',', 'the next name follows')) return
    }
  }

  /** The text of a member's value. A number is taken by its digits; anything else is left out. Both are remarked. */
  textOf({ valueAt, end }: Member, path: string): string | undefined {
    const written = this.#text.slice(valueAt, end)
    if (written.startsWith('"')) {
      const value = unquoted(written)
      if (value.isWellFormed()) return value
      this.remark(path, 'its text has half a character')
      return undefined
    }
    const number = /^[-\d]/.test(written)
    const what = number ? 'a number' : written.startsWith('{') ? 'an object' : written.startsWith('[') ? 'a list' : written
    this.remark(path, `it is ${what}, where a text is due`)
    return number ? written : undefined
  }

  /** A member and what stands before it belong to `path`. */
  span(path: string, { from, end }: Pick<Member, 'from' | 'end'>): void {
    if (!this.#withSpans) return
    const offset = this.#byte(from)
    this.spans.push({ path, offset, length: this.#byte(end) - offset })
  }

  remark(path: string, says: string): void {
    this.remarks.push({ path, says })
  }

  stop(path: string, says: string): false {
    this.problem ??= { path, says }
    return false
  }

  #member(from: number): Member | undefined {
    this.#match(white)
    const start = this.#at
    if (this.#match(quoted) === undefined) {
      this.stop('json', `a name in quotation marks is due ${this.#instead()}`)
      return undefined
    }
    const name = unquoted(this.#text.slice(start, this.#at))
    if (!this.#expect(':', 'the value follows')) return undefined
    this.#match(white)
    const valueAt = this.#at
    if (this.#value()) return { name, from, valueAt, end: this.#at }
    this.stop('json', `a value is due ${this.#instead()}`)
    return undefined
  }

  #value(): boolean {
    const next = this.#text[this.#at]
    if (next === '{' || next === '[') return this.#nested()
    return this.#match(next === '"' ? quoted : plain) !== undefined
  }

  /** An object or a list within: skipped, but it has to be one. */
  #nested(): boolean {
    const start = this.#at
    let depth = 0
    while (this.#at < this.#text.length) {
      const next = this.#text[this.#at]
      if (next === '"') {
        if (this.#match(quoted) === undefined) return false
        continue
      }
      this.#at += 1
      if (next === '{' || next === '[') depth += 1
      if (next === '}' || next === ']') depth -= 1
      if (depth === 0) return isJson(this.#text.slice(start, this.#at))
    }
    return false
  }

  #end(from: number): void {
    this.span('end', { from, end: this.#at })
    const end = this.#at
    this.#match(white)
    const left = this.#text.length - this.#at
    if (left > 0) this.remark('end', `${left} ${left === 1 ? 'character follows' : 'characters follow'} the object`)
    else this.#at = end
  }

  #sees(character: string): boolean {
    const start = this.#at
    this.#match(white)
    if (this.#text[this.#at] === character) {
      this.#at += 1
      return true
    }
    this.#at = start
    return false
  }

  #expect(character: string, why: string): boolean {
    if (this.#sees(character)) return true
    this.#match(white)
    return this.stop('json', `${character} is due, where ${why} ${this.#instead()}`)
  }

  /** What stands here, without quoting what may be a secret. */
  #instead(): string {
    if (this.#at >= this.#text.length) return 'and the text ends'
    const next = this.#text[this.#at] ?? ''
    return /[{}[\]:,"]/.test(next) ? `and ${next} stands there` : 'and something else stands there'
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #byte(character: number): number {
    return this.#single ? character : Buffer.byteLength(this.#text.slice(0, character))
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function textOf(frame: Uint8Array): string {
  try {
    return utf8.decode(frame)
  } catch (thrown) {
    if (thrown instanceof TypeError) return 'not UTF-8'
    throw thrown
  }
}

const unquoted = (written: string): string => (written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1))

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof RangeError) return false
    throw thrown
  }
}
