/**
 * A second reading of ISO 8583:1987 messages, with one bitmap or two, as characters, packed or in EBCDIC: read-only, written from the
 * standard's table of data elements and without a look at the codec. It imports nothing of ours but the shape that readings share.
 *
 * What it cannot read it refuses, with the byte.
 */
import { type Span, Unreadable } from './reader.ts'

/** Everything as characters with a bitmap in hex · digits packed, bitmap as it is · EBCDIC, bitmap as it is. Bytes are as they are in all. */
export type IsoForm = 'ascii' | 'packed' | 'ebcdic'

export interface IsoReading {
  readonly mti: string
  /** One bitmap, or two behind each other, as upper-case hex. */
  readonly bitmap: string
  /** By field number: digits as digits, tracks with `D`, 52 55 62 64 128 as upper-case hex, 97 with its sign, anything else as text. */
  readonly fields: Readonly<Record<string, string>>
  readonly spans: Readonly<Record<string, Span>>
}

/** `left`: packed from the left, an odd last digit followed by a zero nibble; `digits`: one precedes the first. */
export type IsoKind = 'digits' | 'left' | 'track' | 'text' | 'bytes' | 'signed'
/** Kind, digits of the length before it (0: none), and the fixed or largest number of digits, characters or bytes. */
export type IsoRow = readonly [kind: IsoKind, prefix: 0 | 2 | 3, size: number]

/** @source ISO 8583:1987, table of data elements; 60, 62 and 63 are private */
export const isoRows: Readonly<Record<number, IsoRow>> = {
  2: ['left', 2, 19],
  3: ['digits', 0, 6],
  4: ['digits', 0, 12],
  7: ['digits', 0, 10],
  11: ['digits', 0, 6],
  12: ['digits', 0, 6],
  13: ['digits', 0, 4],
  14: ['digits', 0, 4],
  15: ['digits', 0, 4],
  22: ['digits', 0, 3],
  23: ['digits', 0, 3],
  25: ['digits', 0, 2],
  26: ['digits', 0, 2],
  32: ['left', 2, 11],
  33: ['left', 2, 11],
  35: ['track', 2, 37],
  36: ['track', 3, 104],
  37: ['text', 0, 12],
  38: ['text', 0, 6],
  39: ['text', 0, 2],
  41: ['text', 0, 8],
  42: ['text', 0, 15],
  44: ['text', 2, 25],
  49: ['text', 0, 3],
  52: ['bytes', 0, 8],
  53: ['digits', 0, 16],
  54: ['text', 3, 120],
  55: ['bytes', 3, 255],
  60: ['digits', 3, 6],
  62: ['bytes', 3, 120],
  63: ['text', 3, 20],
  64: ['bytes', 0, 8],
  66: ['digits', 0, 1],
  70: ['digits', 0, 3],
  74: ['digits', 0, 10],
  75: ['digits', 0, 10],
  76: ['digits', 0, 10],
  77: ['digits', 0, 10],
  86: ['digits', 0, 16],
  87: ['digits', 0, 16],
  88: ['digits', 0, 16],
  89: ['digits', 0, 16],
  90: ['digits', 0, 42],
  97: ['signed', 0, 16],
  128: ['bytes', 0, 8],
}

/**
 * Reads one whole message, from its type on.
 *
 * @throws `Unreadable`
 */
export function readIso(message: Uint8Array, form: IsoForm): IsoReading {
  const bytes = Buffer.from(message)
  let at = 0
  const take = (count: number, what: string): Buffer => {
    if (at + count > bytes.length) throw new Unreadable(`${what} needs ${count} bytes and ${bytes.length - at} are left`, at)
    at += count
    return bytes.subarray(at - count, at)
  }
  const takeText = (count: number, what: string): string => textOf(take(count, what), form)
  const takeDigits = (count: number, what: string): string => {
    const began = at
    const digits = form === 'packed' ? take(Math.ceil(count / 2), what).toString('hex') : takeText(count, what)
    if (!/^\d*$/.test(digits)) throw new Unreadable(`${what} holds something that is not a digit`, began)
    return digits
  }

  const mti = takeDigits(4, 'the message type')
  let bitmap = takeBitmap(form, take)
  if (Number.parseInt(bitmap.charAt(0), 16) >= 8) bitmap += takeBitmap(form, take)
  const fields: Record<string, string> = {}
  const spans: Record<string, Span> = {}
  for (const number of numbersIn(bitmap)) {
    if (number === 1) continue
    const row = isoRows[number]
    if (row === undefined) throw new Unreadable(`field ${number} has no row`, at)
    const offset = at
    fields[number] = readValue(`field ${number}`, row, form, { take, takeText, takeDigits }, offset)
    spans[number] = { offset, length: at - offset }
  }
  if (at !== bytes.length) throw new Unreadable(`${bytes.length - at} bytes follow the last field`, at)
  return { mti, bitmap, fields, spans }
}

function takeBitmap(form: IsoForm, take: (count: number, what: string) => Buffer): string {
  if (form !== 'ascii') return take(8, 'a bitmap').toString('hex').toUpperCase()
  const hex = take(16, 'a bitmap').toString('latin1')
  if (!/^[\dA-F]*$/.test(hex)) throw new Unreadable('a bitmap holds something that is not a hex digit', 4)
  return hex
}

/** The numbers of the bits that are set, from 1 at the left. */
function numbersIn(bitmap: string): readonly number[] {
  const bits = Array.from(bitmap, digit => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  return Array.from(bits).flatMap((bit, index) => (bit === '1' ? [index + 1] : []))
}

type Takes = Readonly<{
  take: (count: number, what: string) => Buffer
  takeText: (count: number, what: string) => string
  takeDigits: (count: number, what: string) => string
}>

function readValue(what: string, [kind, prefix, size]: IsoRow, form: IsoForm, takes: Takes, began: number): string {
  const { take, takeText, takeDigits } = takes
  const units = prefix === 0 ? size : Number(takeDigits(prefix, `the length of ${what}`))
  if (units > size) throw new Unreadable(`${what} says ${units} and may have ${size}`, began)
  if (kind === 'bytes') return take(units, what).toString('hex').toUpperCase()
  if (kind === 'text') return takeText(units, what)
  if (kind === 'signed') {
    const sign = takeText(1, what)
    if (sign !== 'C' && sign !== 'D') throw new Unreadable(`${what} has no sign`, began)
    return sign + takeDigits(units, what)
  }
  if (form !== 'packed') {
    const value = takeText(units, what)
    if (!(kind === 'track' ? /^[\d=]*$/ : /^\d*$/).test(value)) throw new Unreadable(`${what} holds something else`, began)
    return value.replaceAll('=', 'D')
  }
  const nibbles = take(Math.ceil(units / 2), what)
    .toString('hex')
    .toUpperCase()
  const value = kind === 'digits' ? nibbles.slice(nibbles.length - units) : nibbles.slice(0, units)
  const filler = kind === 'digits' ? nibbles.slice(0, nibbles.length - units) : nibbles.slice(units)
  if (!(kind === 'track' ? /^[\dD]*$/ : /^\d*$/).test(value) || !/^(0?|F)$/.test(filler))
    throw new Unreadable(`${what} holds something that is not a digit`, began)
  return value
}

/** EBCDIC has its letters in three runs of nine, nine and eight, each a row of its own, and its digits in the last row. */
const ebcdicRuns: readonly (readonly [first: number, characters: string])[] = [
  [0xf0, '0123456789'],
  [0xc1, 'ABCDEFGHI'],
  [0xd1, 'JKLMNOPQR'],
  [0xe2, 'STUVWXYZ'],
  [0x81, 'abcdefghi'],
  [0x91, 'jklmnopqr'],
  [0xa2, 'stuvwxyz'],
  [0x40, ' '],
  [0x4b, '.'],
  [0x60, '-/'],
  [0x7e, '='],
]

/** Characters of EBCDIC that all its code pages share; any other byte becomes a question mark. */
function textOf(bytes: Uint8Array, form: IsoForm): string {
  if (form !== 'ebcdic') return Buffer.from(bytes).toString('latin1')
  return Array.from(bytes, byte => {
    const run = ebcdicRuns.find(([first, characters]) => byte >= first && byte < first + characters.length)
    return run === undefined ? '?' : run[1].charAt(byte - run[0])
  }).join('')
}

/** These characters as bytes; the inverse for what is drawn. */
export function bytesOf(text: string, form: IsoForm): Uint8Array {
  if (form !== 'ebcdic') return Buffer.from(text, 'latin1')
  return Uint8Array.from(text, character => {
    const run = ebcdicRuns.find(([, characters]) => characters.includes(character))
    return run === undefined ? 0x6f : run[0] + run[1].indexOf(character)
  })
}
