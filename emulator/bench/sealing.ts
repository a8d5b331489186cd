import { unwrapWorkingKeys } from '../crypto/keys.ts'
import { macOf as computeMac, type MacScheme, macAgrees } from '../crypto/mac.ts'
import { sealPin } from '../crypto/pin-block.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { isSealed } from '../dialects/identify.ts'
import { keyLayoutOf } from '../dialects/key-layout.ts'
import type { Message } from '../values/message.ts'
import type { Reply, Request, WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import type { Decoded, Seal } from '../wire/codec.ts'

/** The encrypted PIN block of a request that has a PIN. Without session keys there is none: a headstrong terminal sends the PIN under a key of its own. */
export function sealedPin(dialect: Dialect, request: Request, keys: WorkingKeys | undefined): Readonly<{ pinBlock?: string }> {
  const { pin, card } = request
  if (pin === undefined || card === undefined) return {}
  const form = dialect.settings.pinBlock === 'without PAN' ? 'without PAN' : 'with PAN'
  return { pinBlock: sealPin(keys?.pin ?? nobodysKey, pin, card.pan, form) }
}

/** How to make the MAC of a message, where its row of the dialect's table has one. `wrong`: with a key that nobody shares. */
export function sealWith(dialect: Dialect, message: Message, keys: WorkingKeys | undefined, wrong: boolean): Seal | undefined {
  if (!isSealed(dialect, message)) return undefined
  const key = wrong || keys === undefined ? nobodysKey : keys.mac
  return covered => computeMac(schemeOf(dialect), key, covered)
}

/** What the MAC of a received frame is worth under these keys. */
export function macOf(dialect: Dialect, decoded: Decoded, frame: Uint8Array, keys: WorkingKeys | undefined): Reply['mac'] {
  if (!decoded.ok || !isSealed(dialect, decoded.message)) return 'not due'
  const received = decoded.message.fields.mac
  if (received === undefined || decoded.covered === undefined) return 'absent'
  const { offset, length } = decoded.covered
  return keys !== undefined && macAgrees(schemeOf(dialect), keys.mac, frame.subarray(offset, offset + length), received)
    ? 'good'
    : 'bad'
}

/** The working keys out of a sign-in reply, opened with the terminal's master key; absent when the reply carries none. */
export function openKeys(masterKey: Secret, reply: Message, dialect: Dialect): Reply['keys'] {
  const { private62, keys = private62, networkCode } = reply.fields
  return keys === undefined ? undefined : unwrapWorkingKeys(masterKey, keys, keyLayoutOf(dialect, networkCode))
}

function schemeOf(dialect: Dialect): MacScheme {
  const scheme = dialect.settings.mac
  return scheme === 'x9.9' || scheme === 'x9.19' ? scheme : 'unionpay-ecb'
}

/** A key that is nobody's. */
const nobodysKey = new Secret('6E6F626F6479277320746573746B6579')
