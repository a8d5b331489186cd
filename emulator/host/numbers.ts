import { createHash, createHmac, randomBytes } from 'node:crypto'
import { withOddParity } from '../crypto/keys.ts'
import type { WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'

/** Lengths in bytes; `trackBytes` is 0 where the terminal asked for no track key. */
export type KeyForm = Readonly<{ pinBytes: 8 | 16; macBytes: 8 | 16; trackBytes: 0 | 16 }>

/** The numbers that a host makes up. */
export interface Numbers {
  /** Field 37, twelve digits, unique for the life of the books. */
  reference(transaction: number): string
  /** Field 38, six digits. */
  approvalCode(transaction: number): string
  /** Working keys of the n-th sign-in. */
  keys(signIn: number, form: KeyForm): WorkingKeys
}

/** Numbers that follow from a seed; keys too when `predictable`, else they come from the machine's random source. */
export function numbersFrom(seed: string, predictable: boolean): Numbers {
  const digest = createHash('sha256').update(seed).digest()
  const start = digest.readUInt16BE(0) % 9000
  const step = digest.readUInt32BE(2) % 1_000_000
  const key = (name: string, signIn: number, bytes: number): Secret => {
    const material = predictable ? createHmac('sha256', seed).update(`${name} ${signIn}`).digest() : randomBytes(bytes)
    return withOddParity(new Secret(material.subarray(0, bytes).toString('hex').toUpperCase()))
  }
  return {
    reference: transaction => `${1000 + start}${String(transaction % 100_000_000).padStart(8, '0')}`,
    approvalCode: transaction => String((step + transaction * 7) % 1_000_000).padStart(6, '0'),
    keys: (signIn, { pinBytes, macBytes, trackBytes }) => ({
      pin: key('pin', signIn, pinBytes),
      mac: key('mac', signIn, macBytes),
      ...(trackBytes > 0 && { track: key('track', signIn, trackBytes) }),
    }),
  }
}
