import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv } from 'node:crypto'
import { EmulatorError } from '../values/errors.ts'
import { fromHex } from '../values/hex.ts'
import type { Secret } from '../values/secret.ts'

/** The bytes of one block. */
export const blockBytes = 8

type Engine = { encrypt: Cipheriv; decrypt: Decipheriv }

/** ECB keeps nothing from block to block, so a key needs one cipher for all its life. Gone with the key. */
const engines = new WeakMap<Secret, Engine>()

/**
 * Encrypts whole blocks, ECB, no padding: DES under 8 bytes of key, triple DES under 16 or 24.
 *
 * @param key     hex of 8, 16 or 24 bytes
 * @param blocks  a multiple of 8 bytes
 * @throws EmulatorError `KEY_LENGTH`; RangeError on a part of a block
 * @source NIST SP 800-67; single DES is triple DES with three equal keys, the only form that OpenSSL 3 still has
 */
export function encrypt(key: Secret, blocks: Uint8Array): Uint8Array {
  return new Uint8Array(engineOf(key).encrypt.update(whole(blocks)))
}

/** The inverse of `encrypt`, with the same errors. */
export function decrypt(key: Secret, blocks: Uint8Array): Uint8Array {
  return new Uint8Array(engineOf(key).decrypt.update(whole(blocks)))
}

function engineOf(key: Secret): Engine {
  const known = engines.get(key)
  if (known) return known
  const wide = widen(fromHex(key.reveal()))
  const engine = {
    encrypt: createCipheriv('des-ede3-ecb', wide, null).setAutoPadding(false),
    decrypt: createDecipheriv('des-ede3-ecb', wide, null).setAutoPadding(false),
  }
  engines.set(key, engine)
  return engine
}

function widen(key: Uint8Array): Uint8Array {
  if (key.length === 8) return Buffer.concat([key, key, key])
  if (key.length === 16) return Buffer.concat([key, key.subarray(0, 8)])
  if (key.length === 24) return key
  throw new EmulatorError('KEY_LENGTH', { key: 'a DES key', bytes: key.length, expected: '8, 16 or 24' })
}

function whole(blocks: Uint8Array): Uint8Array {
  if (blocks.length % blockBytes !== 0)
    throw new RangeError(`${blocks.length} bytes are no whole number of blocks of ${blockBytes}`)
  return blocks
}
