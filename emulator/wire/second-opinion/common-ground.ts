/**
 * The part of a UnionPay POS frame that plain ISO 8583:1987 lays out alike, so that a general dissector can be asked about it.
 * What is left out, and why (tshark 4.0.17, measured):
 *
 * - the TPDU and the header, which it does not know;
 * - 22, which UnionPay fills on the other side; 2 and 32 where they have an odd number of digits, for the same reason;
 * - 35 and 36, whose packed length it misreads;
 * - 48, 60 and 61, packed digits here and text there, so that their lengths count other things;
 * - 53, sixteen digits here and eight there;
 * - 55, and 62 unless it is text: bytes here, text there.
 */
import type { Readable } from './comparison.ts'
import { readFrame, type Start } from './reader.ts'

const otherwiseLaidOut = new Set(['22', '35', '36', '48', '53', '55', '60', '61'])
const printable = /^(?:[2-7][0-9A-F])*$/

/** A 2-byte length and a message whose every field both standards lay out alike, and what it says. */
export interface CommonGround {
  readonly frame: Uint8Array
  readonly expected: Readable
}

/**
 * Cuts a frame down to the common ground; every byte that stays is the one that its author wrote, but for the length and the
 * bits of the fields left out.
 *
 * @throws  `Unreadable`
 */
export function commonGround(bytes: Uint8Array, start: Start = 'length'): CommonGround {
  const reading = readFrame(bytes, start)
  const bitmap = Buffer.alloc(8)
  const fields: Record<string, string> = {}
  const parts: Uint8Array[] = []
  for (const [number, { offset, length }] of Object.entries(reading.spans)) {
    const value = reading.fields[number] ?? ''
    if (!isLaidOutAlike(number, value)) continue
    const bit = Number(number) - 1
    bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (0x80 >> (bit & 7))
    fields[number] = number === '62' ? Buffer.from(value, 'hex').toString('latin1') : value
    parts.push(bytes.subarray(offset, offset + length))
  }
  const message = Buffer.concat([Buffer.from(reading.mti, 'hex'), bitmap, ...parts])
  return { frame: withLength(message), expected: { mti: reading.mti, fields } }
}

function isLaidOutAlike(number: string, value: string): boolean {
  if (otherwiseLaidOut.has(number)) return false
  if (number === '2' || number === '32') return value.length % 2 === 0
  return number !== '62' || printable.test(value)
}

/** The message behind its length: two bytes, big endian, not counting themselves. */
export function withLength(message: Uint8Array): Uint8Array {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(message.length)
  return Buffer.concat([length, message])
}
