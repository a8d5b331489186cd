import { toHex } from '../values/hex.ts'

/**
 * Something that must not stand in clear in anything that a run leaves behind.
 *
 * `digits` is written as text or packed two to a byte: card numbers, tracks with `D`. `bytes` is binary: keys and clear PIN blocks. `text` is
 * found as it stands only.
 */
export type Sought = Readonly<{ what: string }> &
  (Readonly<{ digits: string }> | Readonly<{ bytes: Uint8Array }> | Readonly<{ text: string }>)

/** One way of writing a secret, and the bytes to look for. */
export type Form = Readonly<{ what: string; form: string; needle: Uint8Array }>

export type Leak = Readonly<{ file: string; what: string; form: string; atByte: number }>

/** Every way in which a secret may stand in a file: plain, hex in both cases and spaced, packed, base64, UTF-16, JSON-escaped. */
export function formsOf(sought: Sought): readonly Form[] {
  const forms =
    'text' in sought ? inText(sought.text) : 'bytes' in sought ? inBytes(sought.bytes) : inDigits(sought.digits.toUpperCase())
  return forms.map(([form, needle]) => ({ what: sought.what, form, needle }))
}

type Written = readonly [form: string, needle: Uint8Array]

function inText(text: string): readonly Written[] {
  const escaped = [...text].map(each => `\\u${(each.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('')
  const wide = Buffer.from(text, 'utf16le')
  return [
    ['plain', Buffer.from(text)],
    ['JSON-escaped', Buffer.from(escaped)],
    ['UTF-16, little end first', wide],
    ['UTF-16, big end first', Buffer.from(wide).swap16()],
    ...inBase64(Buffer.from(text)),
  ]
}

function inBytes(bytes: Uint8Array): readonly Written[] {
  const hex = toHex(bytes)
  return [['raw', bytes], ...inBase64(bytes), ...inText(hex), ...inText(hex.toLowerCase()), ...inSpacedHex(hex)]
}

function inDigits(digits: string): readonly Written[] {
  const spellings = new Set([digits, digits.toLowerCase(), digits.replace('D', '=')])
  const ascii = [...spellings].flatMap(spelling => {
    const hex = toHex(Buffer.from(spelling))
    const written = [Buffer.from(hex), Buffer.from(hex.toLowerCase())] as const
    return [...inText(spelling), ['hex', written[0]], ['hex', written[1]], ...inSpacedHex(hex)] satisfies readonly Written[]
  })
  const inFours: Written = ['in groups of four', Buffer.from(digits.replace(/(.{4})(?=.)/g, '$1 '))]
  return [...ascii, inFours, ...inPacked(digits), ...inPacked(digits.slice(1))]
}

/** Two digits to a byte, as many whole bytes as there are: a number may begin in either half of a byte. */
function inPacked(digits: string): readonly Written[] {
  const pairs = digits.slice(0, digits.length - (digits.length % 2))
  const packed = Buffer.from(pairs, 'hex')
  const inBase = inBase64(packed).map(([form, needle]): Written => [`packed, ${form}`, needle])
  return [['packed', packed], ...inBase, ...inSpacedHex(pairs)]
}

function inSpacedHex(hex: string): readonly Written[] {
  const spaced = hex.replace(/(..)(?=.)/g, '$1 ')
  return [
    ['spaced hex', Buffer.from(spaced)],
    ['spaced hex', Buffer.from(spaced.toLowerCase())],
  ]
}

/** At each of the three places where bytes can stand in a longer text, without the characters that they share with their neighbours. */
function inBase64(bytes: Uint8Array): readonly Written[] {
  return [0, 1, 2].flatMap(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const own = text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    const forUrls = own.replaceAll('+', '-').replaceAll('/', '_')
    return [...new Set([own, forUrls])].map((each): Written => ['base64', Buffer.from(each)])
  })
}

/** Looks for any number of forms in one pass over each file. */
export class LeakSearch {
  /** Forms by their first four bytes. */
  readonly #byStart = new Map<number, Form[]>()
  /** Whether any form begins with these two bytes: most places in a file are done with here. */
  readonly #starts = new Uint8Array(0x1_0000)

  constructor(sought: Iterable<Sought>) {
    for (const form of [...sought].flatMap(formsOf)) {
      // What is shorter than this occurs by chance.
      if (form.needle.length < 7)
        throw new RangeError(`${form.what}, ${form.form}: ${form.needle.length} bytes are too few to look for`)
      const start = fourBytes(form.needle, 0)
      this.#starts[start >>> 16] = 1
      this.#byStart.set(start, [...(this.#byStart.get(start) ?? []), form])
    }
  }

  /** The leaks of one file, in order. */
  in(file: string, content: Uint8Array): readonly Leak[] {
    const view = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
    const leaks: Leak[] = []
    for (let at = 0; at + 4 <= content.length; at += 1) {
      if (this.#starts[((content[at] ?? 0) << 8) | (content[at + 1] ?? 0)] === 0) continue
      for (const { what, form, needle } of this.#byStart.get(fourBytes(content, at)) ?? [])
        if (view.compare(needle, 0, needle.length, at, Math.min(at + needle.length, content.length)) === 0)
          leaks.push({ file, what, form, atByte: at })
    }
    return leaks
  }
}

function fourBytes(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
}
