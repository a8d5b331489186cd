import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { saidAs } from '../dialects/said.ts'
import { hasPlaceFor } from '../dialects/says.ts'
import type { LineFaultId } from '../transport/line-faults.ts'
import type { FrameForm } from '../values/framing.ts'
import type { Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import { nextTrace } from '../values/trace.ts'
import type { Till } from './till.ts'

/** What befalls a till's line and power, arranged beforehand. All of it is ours, and the journal says so. */
export class Trouble {
  readonly #dialect: Dialect
  readonly #reversalSends: number

  /** `reversalSends`: how often a till sends a reversal, the first included. */
  constructor(dialect: Dialect, reversalSends: number) {
    this.#dialect = dialect
    this.#reversalSends = reversalSends
  }

  /** The next `times` exchanges of that kind, of any kind if none is named. */
  onLine(till: Till, fault: LineFaultId, about?: Operation, times = 1): void {
    if (fault === 'delays the reply' || fault === 'joins two') till.line.keepsConnection = true
    const when = about === undefined ? {} : { when: (request: Uint8Array) => this.#isAbout(till, request, about) }
    till.line.faults.arm(fault, { times, ...when })
  }

  /** The till sends its next reversal as often as it may, and hears nothing. */
  ofReversal(till: Till): void {
    this.onLine(till, 'loses the reply', 'reverse', this.#reversalSends)
  }

  /** The power fails when the next request has been answered and the till has not yet seen it. */
  ofPower(till: Till): void {
    till.line.arranged.failPower()
  }

  /** The power fails when the upload has been answered and its end notice has not. */
  ofPowerAtEndOfUpload(till: Till): void {
    till.line.arranged.failPower('upload', 1)
  }

  /** An answer "in progress" arrives before the acquirer's own. */
  answerInProgress(till: Till): void {
    till.line.arranged.forge(reply => [this.#forged(till, reply, { resultCode: this.#said('09') }), reply])
  }

  /** The answer to another request arrives before the acquirer's own: it is right in all but its trace number. */
  foreignAnswer(till: Till): void {
    till.line.arranged.forge(reply => [this.#forged(till, reply, { trace: 'next' }), reply])
  }

  /** The answer to the next exchange of that kind says this code instead of the acquirer's. */
  answerSays(till: Till, code: string, about: Operation): void {
    till.line.arranged.forge(reply => [this.#forged(till, reply, { resultCode: this.#said(code, about) })], about)
  }

  /** The answer to the next exchange of that kind arrives with a MAC that does not fit. */
  damagedAnswer(till: Till, about: Operation): void {
    till.line.arranged.forge(reply => [withMacChanged(reply, this.#dialect.framing.form)], about)
  }

  /** The next settlement is answered as unbalanced, though the acquirer may have said otherwise. */
  settlementDiffers(till: Till): void {
    till.line.arranged.forge(reply => [this.#forged(till, reply, this.#unbalanced())], 'settle')
  }

  /** In the words of the dialect: per class of cards, for all in one, or by the result code alone. */
  #unbalanced(): Readonly<Record<string, string>> {
    if (hasPlaceFor(this.#dialect, 'domesticResult')) return { domesticResult: '2' }
    const resultCode = this.#said('95', 'settle')
    return hasPlaceFor(this.#dialect, 'settlementResult') ? { settlementResult: '2', resultCode } : { resultCode }
  }

  /** A code that terminals think in, as the acquirer says it. */
  #said(code: string, about?: Operation): string {
    return saidAs(this.#dialect.codes, code, about)
  }

  #isAbout(till: Till, request: Uint8Array, about: Operation): boolean {
    const decoded = till.line.decode(request)
    if (!decoded.ok) return false
    const identity = identify(this.#dialect, decoded.message)
    return identity !== 'unknown' && identity.operation === about
  }

  #forged(till: Till, reply: Uint8Array, set: Readonly<Record<string, string>>): Uint8Array {
    const decoded = till.line.decode(reply)
    if (!decoded.ok) return reply
    const { mti, fields } = decoded.message
    const trace = fields.trace
    const put = set.trace === 'next' && trace !== undefined ? { ...set, trace: nextTrace(trace) } : set
    const { mac: _, ...unsealed } = fields
    return till.line.frameOf(this.#rebuilt({ mti, fields: unsealed }, put), till.line.lastKeys)
  }

  #rebuilt(message: Message, set: Readonly<Record<string, string>>): Message {
    const composites = Object.entries(this.#dialect.layouts).filter(([, layouts]) =>
      layouts.some(({ parts }) => parts.some(({ name }) => name in set)),
    )
    const wholes = new Set(composites.map(([name]) => name))
    const kept = Object.entries(message.fields).filter(([name]) => !wholes.has(name))
    return { mti: message.mti, fields: { ...Object.fromEntries(kept), ...set } }
  }
}

/**
 * The last byte of a sealed message is one of its MAC, a hexadecimal character mostly: another one takes its place. What stands behind the
 * message on the line stays right.
 */
function withMacChanged(frame: Uint8Array, form: FrameForm): Uint8Array {
  const changed = frame.slice()
  const last = frame.length - (form.is === 'STX ETX LRC' ? 3 : 1)
  const was = frame[last] ?? 0
  const now = was === 0x30 ? 0x31 : 0x30
  changed[last] = now
  if (form.is === 'STX ETX LRC') changed[frame.length - 1] = (frame.at(-1) ?? 0) ^ was ^ now
  return changed
}
