import { fromHex, toHex } from '../values/hex.ts'
import type { Secret } from '../values/secret.ts'
import { decrypt, encrypt } from './des.ts'

/** Digits of a track that are encrypted: one block. */
const blockDigits = 16

/**
 * Encrypts a track as field 53 digit 3 = 1 announces it: of the packed track the eight bytes before the last one.
 *
 * @param key    hex of 8 or 16 bytes
 * @param track  digits with `D` as separator, 18 at least
 * @returns      the track, as long as before; digits may now be A–F
 * @throws       RangeError on a track too short to hold a block
 * @source       UnionPay POS fact sheet, 6.4
 */
export function encryptTrack(key: Secret, track: string): string {
  return inPlace(track, block => encrypt(key, block))
}

/** The inverse of `encryptTrack`. */
export function decryptTrack(key: Secret, track: string): string {
  return inPlace(track, block => decrypt(key, block))
}

function inPlace(track: string, change: (block: Uint8Array) => Uint8Array): string {
  const end = track.length % 2 === 0 ? track.length - 2 : track.length - 1
  const start = end - blockDigits
  if (start < 0) throw new RangeError(`a track of ${track.length} digits is too short to encrypt`)
  return track.slice(0, start) + toHex(change(fromHex(track.slice(start, end)))) + track.slice(end)
}
