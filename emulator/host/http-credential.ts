import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Book } from './book.ts'
import { type HttpAnswer, refusal } from './http-answer.ts'

/** Whose credential a request was made with. */
export type Holder = Readonly<{ terminalId: string; merchantId: string }>

/** What a signature covers. */
export type Covered = Readonly<{ method: string; path: string; timestamp: string; body: string }>

/** How far a time stamp may be from the host's clock, milliseconds. */
const tolerance = 300_000

/**
 * HMAC-SHA-256, base64, over key id, time stamp, method, path and body, each on a line of its own but for the last. The key id is the terminal's
 * number, its secret the text of the terminal's master key.
 *
 * @source HTTP acquirers fact sheet, 5: what hosts sign
 */
export const signatureOf = (secret: string, keyId: string, { timestamp, method, path, body }: Covered): string =>
  createHmac('sha256', secret).update([keyId, timestamp, method, path, body].join('\n')).digest('base64')

export type Leniency = Readonly<{ signature: boolean; time: boolean }>

/**
 * Who sent a request: `Authorization: HMAC-SHA256 <key id>:<signature>` and `X-Timestamp`, milliseconds since 1970.
 *
 * @param now  the host's clock, milliseconds
 * @returns    the holder of the key, or the refusal
 */
export function holderOf(
  book: Book,
  headers: Readonly<Record<string, string | undefined>>,
  covered: Omit<Covered, 'timestamp'>,
  now: number,
  lenient: Leniency,
): Readonly<{ holder: Holder }> | Readonly<{ refused: HttpAnswer }> {
  const [, keyId = '', signature = ''] =
    /^HMAC-SHA256 ([^\s:]{1,64}):([A-Za-z0-9+/=]{1,128})$/.exec(headers.authorization ?? '') ?? []
  const timestamp = headers['x-timestamp'] ?? ''
  if (keyId === '') return unauthorised('Authorization is due: HMAC-SHA256 <key id>:<signature>')
  if (!/^\d{13}$/.test(timestamp)) return unauthorised('X-Timestamp is due: milliseconds since 1970')
  const known = book.merchants
    .flatMap(({ id, terminals }) => terminals.map(terminal => ({ merchantId: id, terminal })))
    .find(({ terminal }) => terminal.id === keyId)
  if (known === undefined) return unauthorised('key or signature is wrong')
  const due = signatureOf(known.terminal.masterKey.reveal(), keyId, { ...covered, timestamp })
  if (!lenient.signature && !same(due, signature)) return unauthorised('key or signature is wrong')
  if (!lenient.time && Math.abs(now - Number(timestamp)) > tolerance) return unauthorised('the time stamp is stale')
  return { holder: { terminalId: keyId, merchantId: known.merchantId } }
}

function unauthorised(note: string): Readonly<{ refused: HttpAnswer }> {
  return { refused: refusal(401, '63', note, { 'www-authenticate': 'HMAC-SHA256' }) }
}

function same(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)]
  return first.length === second.length && timingSafeEqual(first, second)
}
