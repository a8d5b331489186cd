/**
 * UnionPay POS frames drawn from a seed: any fields together, every length, values that their forms allow. They make no business
 * sense; what they ask is whether two readers cut the same bytes in the same places.
 */
import { type Form, type Row, rows } from './reader.ts'

/** A frame and the values that were written into it, as `readFrame` gives them. */
export interface GeneratedFrame {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
}

/** @param seed  Any 32-bit number; the same one draws the same frames. */
export function generatedFrames(count: number, seed: number): readonly GeneratedFrame[] {
  const draw = drawing(seed)
  return Array.from({ length: count }, (_, i) => generated(`frame ${i} of seed ${seed}`, draw))
}

/** A whole number from 0 up to, not including, `below`. */
export type Draw = (below: number) => number

/** mulberry32: small, and the same everywhere. */
export function drawing(seed: number): Draw {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const messageTypes = ['0100', '0110', '0200', '0210', '0220', '0230', '0400', '0410', '0810', '0830']

function generated(name: string, draw: Draw): GeneratedFrame {
  const mti = messageTypes[draw(messageTypes.length)] ?? '0200'
  const chosen = Object.entries(rows).filter(() => draw(3) > 0)
  const fields = Object.fromEntries(chosen.map(([number, row]) => [number, value(number, row, draw)]))
  const bitmap = chosen.reduce((bits, [number]) => bits | (1n << BigInt(64 - Number(number))), 0n)
  const body = chosen.map(([number, row]) => written(row, fields[number] ?? '')).join('')
  const message = Buffer.from(`6000030000603100311001${mti}${bitmap.toString(16).padStart(16, '0')}${body}`, 'hex')
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return { name, bytes: Buffer.concat([length, message]), mti, fields }
}

/** Fields whose parts have fixed places come in the lengths that the sheet lists (3.4 to 3.10, 4.5), the rest in any. */
const lengths: Readonly<Record<string, readonly number[]>> = {
  '2': [14, 15, 16, 18, 19],
  '35': [21, 30, 34, 36, 37],
  '44': [22],
  '48': [4, 12, 62, 42, 322],
  '54': [20, 40],
  '60': [8, 11, 13, 14, 17],
  '61': [12, 16, 29],
}

function value(number: string, [form, prefix, size]: Row, draw: Draw): string {
  const listed = lengths[number]
  const units =
    prefix === 'none' ? size : listed === undefined ? 1 + draw(Math.min(size, 120)) : (listed[draw(listed.length)] ?? size)
  const digits = (count: number) => Array.from({ length: count }, () => draw(10)).join('')
  if (form === 'track') return `${digits(16)}D${digits(Math.max(units - 17, 0))}`.slice(0, Math.max(units, 17))
  if (form === 'bytes')
    return Array.from({ length: units }, () => draw(256).toString(16).padStart(2, '0'))
      .join('')
      .toUpperCase()
  if (form === 'text') return Array.from({ length: units }, () => textOf(number, draw)).join('')
  return digits(units)
}

/** 49 is a number in letters; 37, 38, 39 and 54 hold letters and digits; the rest is any printable ASCII. */
function textOf(number: string, draw: Draw): string {
  if (number === '49') return String(draw(10))
  if (!['37', '38', '39', '54'].includes(number)) return String.fromCharCode(0x20 + draw(95))
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return letters[draw(letters.length)] ?? '0'
}

function written([form, prefix]: Row, value: string): string {
  const units = form === 'bytes' ? value.length / 2 : value.length
  const length = prefix === 'none' ? '' : String(units).padStart(prefix === 'LL' ? 2 : 4, '0')
  return length + wire(form, value)
}

function wire(form: Form, value: string): string {
  if (form === 'text') return Buffer.from(value, 'latin1').toString('hex')
  if (form === 'bytes' || value.length % 2 === 0) return value
  return form === 'right digits' ? `0${value}` : `${value}0`
}
