import { EmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import type { WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import { decrypt, encrypt } from './des.ts'

/** Hex digits of a check value in a UnionPay key download. */
const checkDigits = 8
const filler = '0'.repeat(16)

/**
 * The check value of a DES key: the first bytes of eight zero bytes encrypted under it.
 *
 * @param bytes  4 in UnionPay key downloads, 3 elsewhere
 * @example      checkValue(new Secret('0123456789ABCDEF'), 3) // D5D44F
 */
export function checkValue(key: Secret, bytes = 4): string {
  return toHex(encrypt(key, new Uint8Array(8)).subarray(0, bytes))
}

/** The key, hex, with the last bit of each byte set so that its ones are odd in number. The cipher ignores that bit. */
export function withOddParity(key: Secret): Secret {
  return new Secret(toHex(fromHex(key.reveal()).map(byte => (byte & 0xfe) | (ones(byte & 0xfe) % 2 === 0 ? 1 : 0))))
}

function ones(byte: number): number {
  return byte.toString(2).replaceAll('0', '').length
}

/** The slots of a key download: name, and hex digits of the encrypted key before its check value. */
type Slot = Readonly<{ key: 'pin' | 'mac' | 'track'; digits: number }>

/** By network management code: 001 single-length keys, 003 double-length, 004 with a track key. */
const layouts: Readonly<Record<string, readonly Slot[]>> = {
  '001': [
    { key: 'pin', digits: 16 },
    { key: 'mac', digits: 16 },
  ],
  '003': [
    { key: 'pin', digits: 32 },
    { key: 'mac', digits: 32 },
  ],
  '004': [
    { key: 'pin', digits: 32 },
    { key: 'mac', digits: 32 },
    { key: 'track', digits: 32 },
  ],
}

/**
 * Opens the keys of a sign-in reply and checks each against its check value.
 *
 * A MAC key of eight bytes stands in a slot of sixteen, followed by eight zero bytes that are filler and no ciphertext: the zeros tell
 * the layout, never the check value.
 *
 * @param field62      hex, as received: 24, 40 or 60 bytes
 * @param networkCode  `001`, `003` or `004`: what the terminal asked for
 * @source             UnionPay POS fact sheet, 6.2
 */
export function unwrapWorkingKeys(
  masterKey: Secret,
  field62: string,
  networkCode: string,
): WorkingKeys | 'check value wrong' | 'layout unknown' {
  const slots = Object.hasOwn(layouts, networkCode) ? layouts[networkCode] : undefined
  if (!slots || !/^[0-9A-Fa-f]*$/.test(field62)) return 'layout unknown'
  if (field62.length !== slots.reduce((sum, slot) => sum + slot.digits + checkDigits, 0)) return 'layout unknown'
  const keys: { pin?: Secret; mac?: Secret; track?: Secret } = {}
  let at = 0
  for (const slot of slots) {
    const wrapped = field62.slice(at, at + slot.digits)
    const check = field62.slice(at + slot.digits, at + slot.digits + checkDigits).toUpperCase()
    at += slot.digits + checkDigits
    const cryptogram = slot.key === 'mac' && wrapped.endsWith(filler) ? wrapped.slice(0, 16) : wrapped
    const key = new Secret(toHex(decrypt(masterKey, fromHex(cryptogram))))
    if (checkValue(key) !== check) return 'check value wrong'
    keys[slot.key] = key
  }
  const { pin, mac, track } = keys
  if (!pin || !mac) return 'layout unknown'
  return track ? { pin, mac, track } : { pin, mac }
}

/**
 * The key field of a sign-in reply, hex: what `unwrapWorkingKeys` opens. A MAC key of eight bytes in a slot of sixteen gets its filler.
 *
 * @throws EmulatorError `KEY_LENGTH` for a key that does not fit its slot or is missing
 */
export function wrapWorkingKeys(masterKey: Secret, keys: WorkingKeys, networkCode: string): string {
  const slots = Object.hasOwn(layouts, networkCode) ? layouts[networkCode] : undefined
  if (!slots) throw new RangeError(`no key layout for network management code ${JSON.stringify(networkCode)}`)
  return slots.map(slot => wrapped(masterKey, keys[slot.key], slot)).join('')
}

function wrapped(masterKey: Secret, key: Secret | undefined, slot: Slot): string {
  const digits = key?.reveal().length ?? 0
  const short = slot.key === 'mac' && slot.digits === 32 && digits === 16
  if (!key || (digits !== slot.digits && !short))
    throw new EmulatorError('KEY_LENGTH', { key: `the ${slot.key} key`, bytes: digits / 2, expected: String(slot.digits / 2) })
  return toHex(encrypt(masterKey, fromHex(key.reveal()))) + (short ? filler : '') + checkValue(key)
}
