/**
 * A second reading of UnionPay POS frames: read-only, and written from the fact sheet alone (UnionPay POS fact sheet, 1 to 4
 * and 6.5), without a look at the codec that it is there to doubt. It imports nothing of ours, on purpose: two readers that
 * share a table share its mistakes.
 *
 * Its table is laid out by how a field lies on the wire, not by what it means; what it cannot read it refuses, with the byte.
 */
import { createCipheriv } from 'node:crypto'

/** One frame as digits, text and hex. `length`, `tpdu` and `header` are absent where the bytes began with the message type. */
export interface Reading {
  readonly length?: number
  readonly tpdu?: string
  readonly header?: string
  readonly mti: string
  readonly bitmap: string
  /** By field number: digits as digits, tracks with `D`, 52 55 62 64 as upper-case hex, anything else as text. */
  readonly fields: Readonly<Record<string, string>>
  /** By field number: where it lies in the bytes given, its own length digits included. */
  readonly spans: Readonly<Record<string, Span>>
}

/** `offset` and `length` in bytes. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** Where the bytes begin: with the 2-byte length, or with the message type. */
export type Start = 'length' | 'mti'

/** How a field's value lies on the wire. `left`: an odd last digit is followed by a zero nibble; `right`: one precedes the first. */
export type Form = 'left digits' | 'right digits' | 'track' | 'text' | 'bytes'
export type Prefix = 'none' | 'LL' | 'LLL'
export type Row = readonly [form: Form, prefix: Prefix, size: number]

/** Size is the fixed or the largest number of units: digits for digits and tracks, bytes for text and bytes. */
export const rows: Readonly<Record<number, Row>> = {
  2: ['left digits', 'LL', 19],
  3: ['right digits', 'none', 6],
  4: ['right digits', 'none', 12],
  11: ['right digits', 'none', 6],
  12: ['right digits', 'none', 6],
  13: ['right digits', 'none', 4],
  14: ['right digits', 'none', 4],
  15: ['right digits', 'none', 4],
  22: ['left digits', 'none', 3], // the exception of section 2: 021 is 02 10, although 23 of the same size is 00 01
  23: ['right digits', 'none', 3],
  25: ['right digits', 'none', 2],
  26: ['right digits', 'none', 2],
  32: ['left digits', 'LL', 11],
  35: ['track', 'LL', 37],
  36: ['track', 'LLL', 104],
  37: ['text', 'none', 12],
  38: ['text', 'none', 6],
  39: ['text', 'none', 2],
  41: ['text', 'none', 8],
  42: ['text', 'none', 15],
  44: ['text', 'LL', 25],
  48: ['left digits', 'LLL', 322],
  49: ['text', 'none', 3],
  52: ['bytes', 'none', 8],
  53: ['right digits', 'none', 16],
  54: ['text', 'LLL', 40],
  55: ['bytes', 'LLL', 255],
  57: ['text', 'LLL', 100],
  58: ['text', 'LLL', 100],
  59: ['text', 'LLL', 600],
  60: ['left digits', 'LLL', 17],
  61: ['left digits', 'LLL', 29],
  62: ['bytes', 'LLL', 512],
  63: ['text', 'LLL', 163],
  64: ['bytes', 'none', 8],
}

/** Thrown for bytes that the sheet does not allow; `atByte` counts from the first byte given. */
export class Unreadable extends Error {
  readonly atByte: number

  constructor(says: string, atByte: number) {
    super(`${says}, at byte ${atByte}`)
    this.name = 'Unreadable'
    this.atByte = atByte
  }
}

/**
 * Reads one whole frame.
 *
 * @param frame  The bytes of exactly one frame; one too many is refused like one too few.
 * @param start  `mti` for bytes without length, TPDU and header.
 * @throws       `Unreadable`
 * @source       UnionPay POS fact sheet, 1.1, 2 and 3.1
 */
export function readFrame(frame: Uint8Array, start: Start = 'length'): Reading {
  const bytes = Buffer.from(frame)
  let at = 0
  const take = (count: number, what: string): Buffer => {
    if (at + count > bytes.length) throw new Unreadable(`${what} needs ${count} bytes and ${bytes.length - at} are left`, at)
    at += count
    return bytes.subarray(at - count, at)
  }
  const takeDigits = (count: number, what: string): string => {
    const began = at
    const digits = take(count / 2, what).toString('hex')
    if (!/^\d*$/.test(digits)) throw new Unreadable(`${what} holds something that is not a digit`, began)
    return digits
  }

  const envelope = start === 'length' ? readEnvelope(take) : {}
  const mti = takeDigits(4, 'the message type')
  const bits = take(8, 'the bitmap')
  const bitmap = bits.toString('hex').toUpperCase()
  const fields: Record<string, string> = {}
  const spans: Record<string, Span> = {}
  for (let number = 1; number <= 64; number++) {
    if (((bits[(number - 1) >> 3] ?? 0) & (0x80 >> ((number - 1) & 7))) === 0) continue
    const row = rows[number]
    if (row === undefined) throw new Unreadable(`field ${number} has no row in the sheet`, at)
    const offset = at
    fields[number] = readField(number, row, take, takeDigits, offset)
    spans[number] = { offset, length: at - offset }
  }
  if (at !== bytes.length) throw new Unreadable(`${bytes.length - at} bytes follow the last field`, at)
  return { ...envelope, mti, bitmap, fields, spans }
}

type Take = (count: number, what: string) => Buffer

function readEnvelope(take: Take): { length: number; tpdu: string; header: string } {
  const length = take(2, 'the length').readUInt16BE()
  const tpdu = take(5, 'the TPDU').toString('hex').toUpperCase()
  const header = take(6, 'the header').toString('hex').toUpperCase()
  return { length, tpdu, header }
}

function readField(
  number: number,
  [form, prefix, size]: Row,
  take: Take,
  takeDigits: (count: number, what: string) => string,
  began: number,
): string {
  const what = `field ${number}`
  const units = prefix === 'none' ? size : Number(takeDigits(prefix === 'LL' ? 2 : 4, `the length of ${what}`))
  if (units > size) throw new Unreadable(`${what} says ${units} and may have ${size}`, began)
  if (form === 'text') return new TextDecoder('gb18030').decode(take(units, what))
  if (form === 'bytes') return take(units, what).toString('hex').toUpperCase()
  const nibbles = take(Math.ceil(units / 2), what)
    .toString('hex')
    .toUpperCase()
  const value = form === 'right digits' ? nibbles.slice(nibbles.length - units) : nibbles.slice(0, units)
  const alphabet = form === 'track' ? /^[\dD]*$/ : /^\d*$/
  if (!alphabet.test(value)) throw new Unreadable(`${what} holds something that is not a digit`, began)
  return value
}

/** Whether the 2-byte length counts everything after itself. */
export function lengthIsRight(frame: Uint8Array): boolean {
  return frame.length >= 2 && Buffer.from(frame).readUInt16BE() === frame.length - 2
}

const block = 8
const beforeMti = 2 + 5 + 6

/**
 * The UnionPay ECB MAC as it stands in field 64: eight ASCII characters of upper-case hex.
 *
 * @param mab  Message type to the last field before 64, bit 64 set; any length, filled with zero bytes here.
 * @param mak  8 bytes (DES) or 16 bytes (3DES, EDE2).
 * @source     UnionPay POS fact sheet, 6.5
 */
export function macOf(mab: Uint8Array, mak: Uint8Array): string {
  const folded = Buffer.alloc(block)
  mab.forEach((byte, i) => {
    folded[i % block] = (folded[i % block] ?? 0) ^ byte
  })
  const spelt = Buffer.from(folded.toString('hex').toUpperCase(), 'latin1')
  const first = encryptBlock(spelt.subarray(0, block), mak)
  const mixed = first.map((byte, i) => byte ^ (spelt[block + i] ?? 0))
  return encryptBlock(mixed, mak).toString('hex').toUpperCase().slice(0, block)
}

/** Whether a whole frame (from its length on) ends in the MAC that its own bytes and this key give. */
export function macIsRight(frame: Uint8Array, mak: Uint8Array): boolean {
  const mab = frame.subarray(beforeMti, frame.length - block)
  return Buffer.from(frame.subarray(frame.length - block)).toString('latin1') === macOf(mab, mak)
}

function encryptBlock(clear: Uint8Array, key: Uint8Array): Buffer {
  const left = key.subarray(0, block)
  const right = key.length === block ? left : key.subarray(block, 2 * block)
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([left, right, left]), null).setAutoPadding(false)
  return Buffer.concat([cipher.update(clear), cipher.final()])
}
