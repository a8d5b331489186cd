import { timingSafeEqual } from 'node:crypto'
import { EmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { Secret } from '../values/secret.ts'
import { blockBytes, decrypt, encrypt } from './des.ts'

/** How a MAC is made. `unionpay-ecb` is the rule of UnionPay terminals; the others are asked for by some acquirers. */
export type MacScheme = 'unionpay-ecb' | 'x9.9' | 'x9.19'

/** `zeros`: to a full block, nothing when it is full. `one bit`: a byte 80, then zeros, always. (ISO/IEC 9797-1, padding 1 and 2.) */
export type MacPadding = 'zeros' | 'one bit'

/**
 * The UnionPay MAC: all blocks XORed into one, written as 16 upper-case hex characters, the first eight encrypted, XORed with the
 * other eight, encrypted again.
 *
 * @param key      hex of 8 bytes (DES) or 16 (triple DES)
 * @param covered  message type to the last field before the MAC; bitmap with the bit of the MAC set
 * @returns        8 bytes which are ASCII: the first 8 hex characters of the result
 * @source         UnionPay POS fact sheet, 6.5
 */
export function unionPayMac(key: Secret, covered: Uint8Array): Uint8Array {
  const folded = new Uint8Array(blockBytes)
  for (let at = 0; at < covered.length; at += 1) folded[at % blockBytes] = (folded[at % blockBytes] ?? 0) ^ (covered[at] ?? 0)
  const characters = charactersOf(toHex(folded))
  const once = encrypt(key, characters.subarray(0, blockBytes))
  const twice = encrypt(key, xor(once, characters.subarray(blockBytes)))
  return charactersOf(toHex(twice.subarray(0, 4)))
}

/** Hex digits as the bytes that they are in ASCII. */
function charactersOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length)
  for (let at = 0; at < hex.length; at += 1) bytes[at] = hex.charCodeAt(at)
  return bytes
}

/**
 * DES in CBC mode, the last block.
 *
 * @param key  hex of 8 bytes
 * @source     ANSI X9.9; ISO/IEC 9797-1 algorithm 1
 */
export function x99Mac(key: Secret, data: Uint8Array, padding: MacPadding = 'zeros'): Uint8Array {
  let chained: Uint8Array = new Uint8Array(blockBytes)
  const padded = pad(data, padding)
  for (let at = 0; at < padded.length; at += blockBytes)
    chained = encrypt(key, xor(chained, padded.subarray(at, at + blockBytes)))
  return chained
}

/**
 * The retail MAC: X9.9 under the left half of the key, the last block then decrypted under the right half and encrypted under the left.
 *
 * @param key  hex of 16 bytes
 * @throws     EmulatorError `KEY_LENGTH`
 * @source     ANSI X9.19; ISO/IEC 9797-1 algorithm 3
 */
export function x919Mac(key: Secret, data: Uint8Array, padding: MacPadding = 'zeros'): Uint8Array {
  const digits = key.reveal()
  if (digits.length !== 32)
    throw new EmulatorError('KEY_LENGTH', { key: 'an X9.19 key', bytes: digits.length / 2, expected: '16' })
  const left = new Secret(digits.slice(0, 16))
  const right = new Secret(digits.slice(16))
  return encrypt(left, decrypt(right, x99Mac(left, data, padding)))
}

/** The value of a MAC field, in hex, over the bytes it covers. */
export function macOf(scheme: MacScheme, key: Secret, covered: Uint8Array): string {
  return toHex(macs[scheme](key, covered))
}

/** Whether a received MAC field (16 hex digits) is the one of these bytes. Text of another length is not. */
export function macAgrees(scheme: MacScheme, key: Secret, covered: Uint8Array, received: string): boolean {
  const expected = macs[scheme](key, covered)
  return received.length === 16 && /^[0-9A-Fa-f]+$/.test(received) && timingSafeEqual(fromHex(received), expected)
}

const macs: Readonly<Record<MacScheme, (key: Secret, covered: Uint8Array) => Uint8Array>> = {
  'unionpay-ecb': unionPayMac,
  'x9.9': (key, covered) => x99Mac(key, covered),
  'x9.19': (key, covered) => x919Mac(key, covered),
}

function pad(data: Uint8Array, padding: MacPadding): Uint8Array {
  const marked = padding === 'one bit' ? Buffer.concat([data, Buffer.of(0x80)]) : data
  const padded = new Uint8Array(Math.ceil(marked.length / blockBytes) * blockBytes)
  padded.set(marked)
  return padded
}

/** Two blocks, bit by bit. */
export function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length)
  for (let at = 0; at < one.length; at += 1) both[at] = (one[at] ?? 0) ^ (other[at] ?? 0)
  return both
}
