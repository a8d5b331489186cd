import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'

/** Hides a value before it is written, and opens it again. */
export interface Seal {
  seal(text: string): Uint8Array
  /** @throws Error when the bytes were changed, or sealed under another key. */
  open(sealed: Uint8Array): string
}

/** For a store that never leaves memory. */
export const unsealed: Seal = {
  seal: text => Buffer.from(text),
  open: bytes => Buffer.from(bytes).toString(),
}

/**
 * Seals single values, so that a stolen file of a terminal shows no number, no expiry and no key.
 *
 * AES-256-GCM with a fresh 96-bit nonce per value; a sealed value is nonce, tag and text in one run of bytes.
 */
export class Sealing implements Seal {
  readonly #key: KeyObject

  /**
   * @param key  32 bytes, the caller's.
   * @throws     RangeError on any other length.
   */
  constructor(key: Uint8Array) {
    if (key.length !== 32) throw new RangeError(`a sealing key has 32 bytes; this one has ${key.length}`)
    this.#key = createSecretKey(key)
  }

  seal(text: string): Uint8Array {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), body])
  }

  open(sealed: Uint8Array): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  }
}
