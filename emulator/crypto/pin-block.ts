import { EmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import type { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import { blockBytes, decrypt, encrypt } from './des.ts'
import { xor } from './mac.ts'

/** Whether the card number is mixed in: ISO 9564-1 format 0, or the UnionPay form without it. */
export type PinBlockForm = 'with PAN' | 'without PAN'

/**
 * Builds a clear PIN block, ISO 9564-1 format 0.
 *
 * @param pin  4–12 decimal digits, as keyed.
 * @param pan  Mixed in: its last 12 digits before the check digit.
 * @returns    8 bytes, not yet encrypted; encrypt before it leaves `crypto/`.
 * @throws     EmulatorError `PIN_LENGTH`; RangeError on anything but digits
 * @source     ISO 9564-1, format 0
 * @example    pinBlock0(new Secret('1234'), new Pan('43219876543210987')) // 04 12 AC 89 AB CD EF 67
 */
export function pinBlock0(pin: Secret, pan: Pan): Uint8Array {
  return xor(pinBlockWithoutPan(pin), panField(pan))
}

/**
 * The clear PIN block without a card number: length, PIN, F to the end.
 *
 * @source UnionPay POS fact sheet, 6.3: field 53 begins with 1
 */
export function pinBlockWithoutPan(pin: Secret): Uint8Array {
  const digits = pin.reveal()
  if (digits.length < 4 || digits.length > 12) throw new EmulatorError('PIN_LENGTH', { digits: digits.length })
  if (!/^\d+$/.test(digits)) throw new RangeError('a PIN is made of decimal digits')
  return fromHex(`0${digits.length.toString(16)}${digits}`.padEnd(16, 'F'))
}

/** The encrypted PIN block, 16 hex digits: what stands in the PIN field of a message. */
export function sealPin(key: Secret, pin: Secret, pan: Pan, form: PinBlockForm = 'with PAN'): string {
  return toHex(encrypt(key, form === 'with PAN' ? pinBlock0(pin, pan) : pinBlockWithoutPan(pin)))
}

/** A PIN out of its block, or why it cannot be read: a wrong key or card number, hardly ever a wrong PIN. */
export type OpenedPin = Readonly<{ is: 'pin'; pin: Secret }> | Readonly<{ is: 'unreadable'; because: string }>

/** Opens an encrypted PIN block. What it holds is somebody else's: nothing is thrown for it. */
export function openPin(key: Secret, block: string, pan: Pan, form: PinBlockForm = 'with PAN'): OpenedPin {
  if (!/^[0-9A-Fa-f]{16}$/.test(block))
    return unreadable(`a PIN block has 16 hex digits; this one has ${block.length} characters`)
  const clear = decrypt(key, fromHex(block))
  const field = toHex(form === 'with PAN' ? xor(clear, panField(pan)) : clear)
  if (field[0] !== '0') return unreadable(`the format nibble is ${field[0]}, not 0`)
  const length = Number.parseInt(field.slice(1, 2), 16)
  if (length < 4 || length > 12) return unreadable(`the length nibble says ${length} digits; a PIN has 4 to 12`)
  const pin = field.slice(2, 2 + length)
  if (!/^\d+$/.test(pin)) return unreadable('a nibble of the PIN is no decimal digit')
  if (!/^F*$/.test(field.slice(2 + length))) return unreadable('the filler is not F throughout')
  return { is: 'pin', pin: new Secret(pin) }
}

/** The same PIN under another key, for the same card; or why the block could not be opened. */
export function translatePin(
  from: Secret,
  to: Secret,
  block: string,
  pan: Pan,
): Readonly<{ is: 'block'; block: string }> | OpenedPin {
  const opened = openPin(from, block, pan)
  return opened.is === 'pin' ? { is: 'block', block: sealPin(to, opened.pin, pan) } : opened
}

function panField(pan: Pan): Uint8Array {
  return fromHex(
    pan
      .reveal()
      .slice(0, -1)
      .slice(-12)
      .padStart(blockBytes * 2, '0'),
  )
}

function unreadable(because: string): OpenedPin {
  return { is: 'unreadable', because }
}
