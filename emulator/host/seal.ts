import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Secret } from '../values/secret.ts'

/** Hides a value before it is written to a file, and opens it again. */
export interface ValueSeal {
  close(clear: string): string
  /** @throws Error when the value was changed, or closed under another key */
  open(sealed: string): string
}

/** For books that never leave memory. */
export const unsealed: ValueSeal = { close: clear => clear, open: sealed => sealed }

/**
 * AES-256-GCM, value by value: a nonce of 12 bytes, the tag of 16, then what was hidden, in base64.
 *
 * @param key 32 bytes, hex
 */
export function aesSeal(key: Secret): ValueSeal {
  const bytes = Buffer.from(key.reveal(), 'hex')
  if (bytes.length !== 32) throw new RangeError(`the key of a ledger file has 32 bytes, in hex; this one has ${bytes.length}`)
  return {
    close: clear => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce)
      const hidden = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64')
    },
    open: sealed => {
      const all = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv('aes-256-gcm', bytes, all.subarray(0, 12))
      decipher.setAuthTag(all.subarray(12, 28))
      return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8')
    },
  }
}
