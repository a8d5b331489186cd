import type { Exchanged } from '../transport/exchange.ts'
import type { Decoded } from '../wire/codec.ts'

/** An exchange that ended without the reply that belongs to its request. */
export type Unmatched = Exclude<Exchanged, { is: 'matched' }>

/**
 * Why a request got no answer that is its own, in a sentence about the acquirer. It quotes no field of any message: what an acquirer sends may hold
 * a card.
 *
 * @param withinMillis  How long was waited.
 */
export function whyUnanswered(
  request: Uint8Array,
  outcome: Unmatched,
  decode: (frame: Uint8Array) => Decoded,
  withinMillis: number,
): string {
  const foreign = otherProtocol(outcome)
  if (foreign !== undefined) return `what listens there speaks ${foreign}, not ISO 8583`
  const other = outcome.others.at(-1)?.frame
  if (other !== undefined) return `the acquirer answers, but ${whatCame(request, other, decode)}`
  if (outcome.is === 'closed')
    return `the acquirer closes the line ${manner(outcome)}${outcome.partial === undefined ? 'without an answer' : middle(outcome.partial)}`
  if (outcome.is === 'failed') return `the line broke before an answer: ${outcome.says}`
  const waited = `within ${withinMillis / 1000} s`
  if (outcome.partial === undefined) return `the acquirer does not answer ${waited}`
  return `the acquirer sends no whole frame ${waited}: ${bytes(outcome.partial)} came${announced(outcome.partial)}`
}

/** How a line ended that closed before an answer. */
export function cutShort({ partial, says }: Readonly<{ partial?: Uint8Array; says?: string }>): string {
  return `the line closed ${manner({ says })}${partial === undefined ? 'before an answer' : middle(partial)}`
}

/** With which words the line itself closed, where it has some: the code of a WebSocket. */
function manner({ says }: Readonly<{ says?: string | undefined }>): string {
  return says === undefined ? '' : `${says}, `
}

function whatCame(request: Uint8Array, frame: Uint8Array, decode: (frame: Uint8Array) => Decoded): string {
  if (Buffer.compare(request, frame) === 0) return 'with the request itself'
  const [asked, came] = [decode(request), decode(frame)]
  if (!came.ok)
    return `with ${bytes(frame)} that are no message: reading stops at byte ${came.atByte}, in field ${came.problem.path}`
  const mti = asked.ok ? asked.message.mti : 'request'
  return `with a ${came.message.mti} that does not belong to the ${mti}`
}

/** What a stream is that cannot be cut into frames, where its beginning tells. Its first two bytes were taken for a length. */
function otherProtocol(outcome: Unmatched): string | undefined {
  const start = 'partial' in outcome ? outcome.partial : undefined
  if (start === undefined) return undefined
  const text = Buffer.from(start.subarray(0, 80)).toString('latin1')
  const status = /^HTTP\/\d(?:\.\d)? \d{3}(?: [A-Za-z ]{1,40})?/.exec(text)
  if (status !== null) return `HTTP (${status[0].trim()})`
  if (/^SSH-\d/.test(text)) return 'SSH'
  return start[0] === 0x15 && start[1] === 0x03 ? 'TLS' : undefined
}

const bytes = ({ length }: Uint8Array): string => (length === 1 ? '1 byte' : `${length} bytes`)

const middle = (partial: Uint8Array): string => `in the middle of an answer, after ${bytes(partial)}`

/** The length that the first two bytes would be. */
function announced([high, low]: Uint8Array): string {
  return high === undefined || low === undefined ? '' : `, which begin with a length of ${high * 256 + low}`
}
