import { macAgrees } from '../crypto/mac.ts'
import { openPin } from '../crypto/pin-block.ts'
import { decryptTrack } from '../crypto/track.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { identify, isRequestType } from '../dialects/identify.ts'
import type { Fields } from '../values/message.ts'
import { Pan } from '../values/pan.ts'
import type { WorkingKeys } from '../values/request.ts'
import type { Decoded } from '../wire/codec.ts'
import type { Ask } from './ask.ts'

/** The keys of a terminal: in use, and before. */
export type Sessions = Readonly<{ current?: WorkingKeys; ended?: WorkingKeys }>

/** A request of which at least terminal and trace could be read, so that it can be answered; otherwise why it cannot. */
export type Reading = Readonly<{ is: 'request'; ask: Ask }> | Readonly<{ is: 'unreadable'; says: string }>

/**
 * A decoded frame as the rules see it: its MAC compared under the session's key, its PIN block opened, its numbers read.
 *
 * @param line      the connection it came over, counted from 1
 * @param sessions  the working keys of a terminal, if it is signed in, and those that its last sign-in ended
 */
export function read(
  dialect: Dialect,
  frame: Uint8Array,
  decoded: Decoded,
  sessions: (terminalId: string) => Sessions,
  line: number,
): Reading {
  const message = decoded.ok ? decoded.message : decoded.partial
  const { mti } = message
  const problem = decoded.ok ? oddity(decoded) : `field ${decoded.problem.path}: ${decoded.problem.says}`
  const what = identify(dialect, message)
  const row = what === 'unknown' ? undefined : what.row
  const terminalId = message.fields.terminalId?.trimEnd()
  if (!isRequestType(dialect, mti)) return { is: 'unreadable', says: problem ?? 'the message type is not that of a request' }
  if (!decoded.ok && (terminalId === undefined || message.fields.trace === undefined))
    return { is: 'unreadable', says: problem ?? 'no terminal' }
  const { current, ended }: Sessions = terminalId === undefined ? {} : sessions(terminalId)
  const mac = !decoded.ok || row?.sealed === false ? 'not due' : macOfRequest(dialect, frame, decoded, { current, ended })
  const keys = mac === 'of old keys' ? ended : current
  const fields = withClearTrack(message.fields, keys)
  const pan = panOf(fields)
  const { trace, batch, amount } = fields
  const merchantId = fields.merchantId?.trimEnd()
  const expiry = fields.expiry ?? fields.track2?.split(/[D=]/)[1]?.slice(0, 4)
  const ask: Ask = {
    operation: what === 'unknown' ? 'unknown' : what.operation,
    ...(row?.of !== undefined && { of: row.of }),
    mti,
    ...(row && { row }),
    line,
    fields,
    ...(terminalId !== undefined && { terminalId }),
    ...(merchantId !== undefined && { merchantId }),
    ...(trace !== undefined && { trace }),
    ...(batch !== undefined && { batch }),
    ...(pan && { pan }),
    ...(expiry !== undefined && { expiry }),
    ...(amount !== undefined && /^\d{1,12}$/.test(amount) && { minor: BigInt(amount) }),
    mac,
    pin: pinOf(dialect, fields, pan, keys),
    ...(problem !== undefined && { malformed: problem }),
  }
  return { is: 'request', ask }
}

/** What a decoder tolerates and a host must not: bytes after the last field, a length beyond the field's, a number for a text. */
function oddity(decoded: Decoded): string | undefined {
  const odd = decoded.remarks.find(
    ({ path, says }) => path === 'end' || says.startsWith('its length says') || says.endsWith('where a text is due'),
  )
  return odd && `field ${odd.path}: ${odd.says}`
}

/**
 * Track 2 in the clear, where the third digit of the security control says that it is encrypted and the terminal has a key for it.
 *
 * @source UnionPay POS fact sheet, 3.5 and 6.4
 */
function withClearTrack(fields: Fields, keys: WorkingKeys | undefined): Fields {
  const { track2, securityControl } = fields
  const readable = track2 !== undefined && /^[0-9A-F]{18,37}$/.test(track2)
  if (!readable || securityControl?.[2] !== '1' || !keys?.track) return fields
  return { ...fields, track2: decryptTrack(keys.track, track2) }
}

function panOf(fields: Fields): Pan | undefined {
  const digits = fields.pan ?? fields.track2?.split(/[D=]/)[0]
  return digits !== undefined && /^\d{12,19}$/.test(digits) ? new Pan(digits) : undefined
}

function macOfRequest(
  dialect: Dialect,
  frame: Uint8Array,
  decoded: Decoded,
  { current, ended }: Readonly<{ current: WorkingKeys | undefined; ended: WorkingKeys | undefined }>,
): Ask['mac'] {
  const received = (decoded.ok ? decoded.message : decoded.partial).fields.mac
  if (received === undefined || !decoded.covered) return 'absent'
  const { offset, length } = decoded.covered
  const covered = frame.subarray(offset, offset + length)
  const agrees = (keys: WorkingKeys | undefined) =>
    keys !== undefined && macAgrees(macSchemeOf(dialect), keys.mac, covered, received)
  if (agrees(current)) return 'good'
  return agrees(ended) ? 'of old keys' : 'bad'
}

type MacScheme = Parameters<typeof macAgrees>[0]
const schemes: readonly MacScheme[] = ['unionpay-ecb', 'x9.9', 'x9.19']

/** How the dialect makes its MAC. */
export const macSchemeOf = (dialect: Dialect): MacScheme =>
  schemes.find(scheme => scheme === dialect.settings.mac) ?? 'unionpay-ecb'

/**
 * The PIN in the clear, for as long as the request is being decided. The first digit of the security control says whether the card number is mixed in.
 *
 * @source UnionPay POS fact sheet, 3.5 and 6.3
 */
function pinOf(dialect: Dialect, fields: Fields, pan: Pan | undefined, keys: WorkingKeys | undefined): Ask['pin'] {
  const block = fields.pinBlock
  if (block === undefined) return { is: 'absent' }
  if (!keys || !pan || !/^[0-9A-F]{16}$/.test(block)) return { is: 'unreadable' }
  const form = fields.securityControl?.[0] === '1' || dialect.settings.pinBlock === 'without PAN' ? 'without PAN' : 'with PAN'
  const opened = openPin(keys.pin, block, pan, form)
  return opened.is === 'pin' ? { is: 'entered', pin: opened.pin } : { is: 'unreadable' }
}
