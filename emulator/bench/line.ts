import { setTimeout as delay } from 'node:timers/promises'
import type { Dialect } from '../dialects/dialect.ts'
import { matches } from '../dialects/matches.ts'
import { toReply } from '../dialects/reply.ts'
import { type Facts, toMessage } from '../dialects/request.ts'
import type { Received } from '../journal/entry.ts'
import { PowerCut } from '../terminal/store.ts'
import { exchange, unclaimed } from '../transport/exchange.ts'
import { type KeptTransport, kept } from '../transport/kept.ts'
import { type FaultyLine, faultyLine, type Injected } from '../transport/line-faults.ts'
import type { Link, Transport, Wait } from '../transport/transport.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import type { Acceptance, Acquirer, Answer, Reply, Request, WorkingKeys } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { Codec, Decoded } from '../wire/codec.ts'
import { Arrangement } from './arrangement.ts'
import { changed } from './change.ts'
import { forged } from './forgery.ts'
import type { Place, Recorder } from './recorder.ts'
import { macOf, openKeys, sealedPin, sealWith } from './sealing.ts'
import { cutShort, type Unmatched, whyUnanswered } from './unanswered.ts'

export type LineOptions = Readonly<{
  /** The till's role in the scenario: "the shop". */
  terminal: string
  masterKey: Secret
  dialect: Dialect
  codec: Codec
  transport: Transport
  connection: 'per operation' | 'kept'
  /** Of the local times that messages tell; UTC unless given. */
  zone?: string
  /** Of everything that a line fault draws. */
  seed: string
  recorder: Recorder
  /** How long to wait for a reply. With `finished` the embedded host says in process when it is done. */
  replyWithinMillis: number
  finished?: () => NonNullable<Wait['finished']>
  /** Whether a silence of our own making is waited for by the clock, as a till in a shop would. */
  waitsForReal?: boolean
  /** Told of every request of a good till, what became of it, unless our own line had a hand in it. */
  heard?: (heard: Heard) => void
  /** Why nothing is sent any more, if so. */
  stopped?: () => string | undefined
}>

/** What became of a request: its answer came, or why it did not. */
export type Heard = Readonly<{ is: 'answer' }> | Readonly<{ is: 'no answer'; to: Operation; because: string }>

/** A message of ours in clear, and the acquirer's answer to it; `taken`: the till got it and its MAC was good. In memory only. */
export type Exchanged = {
  readonly operation: number
  readonly name: Operation
  readonly request: Message
  reply?: Message
  taken?: true
}

/**
 * One till's way to the acquirer: names become a message, the message a frame with PIN block and MAC, the frame leaves, and whatever comes
 * back is journalled and handed to the terminal. Here, and only here, `send the sale` turns into bytes.
 */
export class Line implements Acquirer {
  /** Faults of our own line, armed by a scenario. */
  readonly faults: FaultyLine
  /** What else a scenario has arranged. */
  readonly arranged = new Arrangement()
  /** The operation whose messages these are; the bench sets it. */
  operation = 0
  /** Whether the connection outlives the operation. */
  keepsConnection: boolean
  readonly #options: LineOptions
  readonly #sent: Exchanged[] = []
  /** The connection from operation to operation; one that the acquirer closed in between is replaced. */
  readonly #kept: KeptTransport
  #place: Place = { terminal: '', operation: 0, exchange: 0 }
  #keys: WorkingKeys | undefined
  readonly #forgeries = new WeakSet<Uint8Array>()
  /** The message on its way is not what the terminal thinks: its answer is known by the dialect's table alone. */
  #altered = false
  /** A message that no good till sends: an acquirer may lawfully leave it without an answer. */
  #odd = false
  #powerFails = false
  #ours = false

  constructor(options: LineOptions) {
    this.#options = options
    this.keepsConnection = options.connection === 'kept'
    this.faults = faultyLine(options.transport, {
      seed: options.seed,
      form: options.dialect.framing.form,
      log: injected => this.#injected(injected),
    })
    this.#kept = kept(this.faults)
  }

  /** The last message of that kind in that operation. */
  sentFor(operation: number, name: Operation): Exchanged | undefined {
    return this.#sent.findLast(one => one.operation === operation && one.name === name)
  }

  /** The session keys under which this till last sent something. */
  get lastKeys(): WorkingKeys | undefined {
    return this.#keys
  }

  /** Seals a message with these keys: for a forged answer. */
  frameOf(message: Message, keys: WorkingKeys | undefined): Uint8Array {
    const { dialect, codec } = this.#options
    const seal = sealWith(dialect, message, keys, false)
    return codec.encode(message, { spans: false, ...(seal === undefined ? {} : { seal }) }).frame
  }

  /** Takes down a call that a mapping made of the message on its way. */
  called(call: HttpCall): void {
    this.#options.recorder.note({ is: 'call', ...this.#place, ...call })
  }

  decode(frame: Uint8Array): Decoded {
    return this.#options.codec.decode(frame)
  }

  async exchange(request: Request, keys: WorkingKeys | undefined, accepts: (reply: Reply) => Acceptance): Promise<Answer> {
    const { dialect, codec, recorder, terminal } = this.#options
    const change = this.arranged.takeChange()
    this.#altered = change?.set !== undefined || change?.unheardOf === true
    this.#odd = change !== undefined
    this.#keys = change?.keys ?? keys
    this.#ours = false
    const message = changed(dialect, toMessage(dialect, request, this.#factsFor(request)), change)
    const seal = change?.mac === 'missing' ? undefined : sealWith(dialect, message, this.#keys, change?.mac === 'wrong')
    const { frame } = codec.encode(message, { spans: false, ...(seal === undefined ? {} : { seal }) })
    this.#place = { terminal, operation: this.operation, exchange: recorder.nextExchange() }
    const opened = await this.#open(request.operation)
    if ('says' in opened) return { is: 'not connected', says: opened.says }
    this.#powerFails = this.arranged.takeOutage(request.operation)
    const sent = codec.decode(frame)
    const exchanged: Exchanged = { operation: this.operation, name: request.operation, request: sent.ok ? sent.message : message }
    this.#sent.push(exchanged)
    recorder.sent(this.#place, request.operation, sent, frame)
    const answer = await this.#await(opened.link, frame, exchanged, accepts)
    if (!this.keepsConnection) await this.close()
    if (this.#powerFails) await this.#lightsOut(`before the answer to the ${request.operation} was read`)
    return answer
  }

  #factsFor(request: Request): Facts {
    const { dialect, zone } = this.#options
    return { ...sealedPin(dialect, request, this.#keys), ...(zone === undefined ? {} : { zone }) }
  }

  close(): Promise<void> {
    return this.#kept.hangUp()
  }

  async #lightsOut(says: string): Promise<never> {
    this.#powerFails = false
    await this.close()
    throw new PowerCut(says)
  }

  async #open(name: Operation): Promise<{ link: Link } | { says: string }> {
    const stopped = this.#options.stopped?.()
    if (stopped !== undefined) return this.#notConnected(`nothing is sent any more: ${stopped}`, true)
    try {
      const link = await this.#kept.open()
      // Whoever hangs up while the line is being opened finds nothing to close.
      const meanwhile = this.#options.stopped?.()
      if (meanwhile === undefined) return { link }
      await this.close()
      return this.#notConnected(`nothing is sent any more: ${meanwhile}`, true)
    } catch (thrown) {
      if (!isEmulatorError(thrown)) throw thrown
      if (!this.#ours) this.#options.heard?.({ is: 'no answer', to: name, because: thrown.message })
      return this.#notConnected(thrown.message, this.#ours)
    }
  }

  #notConnected(says: string, ours: boolean): { says: string } {
    this.#options.recorder.note({ is: 'line', ...this.#place, event: 'not connected', ours, says })
    return { says }
  }

  async #await(link: Link, frame: Uint8Array, exchanged: Exchanged, accepts: (reply: Reply) => Acceptance): Promise<Answer> {
    const { recorder, finished, replyWithinMillis } = this.#options
    let accepted: Reply | undefined
    const judge = (bytes: Uint8Array): Received['standing'] => {
      const decoded = this.#options.codec.decode(bytes)
      const reply = this.#replyOf(decoded, bytes)
      const standing = this.#powerFails ? 'swallowed' : this.#standing(exchanged.request, decoded, reply, accepts)
      const ours = this.#forgeries.has(bytes)
      recorder.received(this.#place, bytes, decoded, { ...this.#facts(reply, standing), ...(ours ? { ours } : {}) })
      if (decoded.ok && !ours && standing !== 'foreign' && standing !== 'late') exchanged.reply = decoded.message
      if (standing === 'matched') accepted = reply
      if (standing === 'matched' && reply?.mac !== 'bad') exchanged.taken = true
      return this.#powerFails ? 'matched' : standing
    }
    const wait: Wait =
      finished === undefined ? { withinMillis: replyWithinMillis } : { withinMillis: replyWithinMillis, finished: finished() }
    const outcome = await exchange(this.#forgedLink(link, exchanged.name), frame, judge, wait)
    if (outcome.is === 'closed' && outcome.by === 'us') this.#ours = true
    if (outcome.is === 'matched') this.#options.heard?.({ is: 'answer' })
    else if (!this.#ours && !this.#odd) this.#options.heard?.(this.#unanswered(exchanged.name, frame, outcome))
    if (outcome.is !== 'matched' && this.#ours && this.#options.waitsForReal) await delay(replyWithinMillis)
    if (outcome.is === 'matched' && accepted !== undefined) return this.#afterMatch(link, exchanged, accepts, accepted)
    const place = this.#place
    if (outcome.is === 'silent')
      recorder.note({ is: 'line', ...place, event: 'silence', ours: this.#ours, says: `no answer to the ${exchanged.name}` })
    if (outcome.is === 'closed')
      recorder.note({ is: 'line', ...place, event: 'close', ours: this.#ours, says: cutShort(outcome) })
    if (outcome.is === 'failed') recorder.note({ is: 'line', ...place, event: 'failure', ours: this.#ours, says: outcome.says })
    if (outcome.is === 'closed' || outcome.is === 'failed') await this.close()
    return { is: 'silence' }
  }

  #unanswered(name: Operation, request: Uint8Array, outcome: Unmatched): Heard {
    const { codec, replyWithinMillis } = this.#options
    return {
      is: 'no answer',
      to: name,
      because: whyUnanswered(request, outcome, frame => codec.decode(frame), replyWithinMillis),
    }
  }

  #forgedLink(link: Link, name: Operation): Link {
    const forge = this.arranged.takeForge(name)
    if (forge === undefined) return link
    const { recorder } = this.#options
    return forged(link, reply => {
      recorder.note({
        is: 'line',
        ...this.#place,
        event: 'fault',
        ours: true,
        fault: 'puts in another answer',
        says: 'our own line put in an answer that the acquirer did not give',
      })
      const frames = forge(reply)
      for (const frame of frames) if (frame !== reply) this.#forgeries.add(frame)
      if (!frames.includes(reply)) this.#swallow(reply)
      return frames
    })
  }

  #facts(reply: Reply | undefined, standing: Received['standing']): Pick<Received, 'name' | 'standing' | 'mac'> {
    return { name: reply?.operation ?? 'unknown', standing, mac: reply?.mac ?? 'not due' }
  }

  /** What came besides the answer: a second one, or one that nobody asked for. */
  async #afterMatch(link: Link, exchanged: Exchanged, accepts: (reply: Reply) => Acceptance, accepted: Reply): Promise<Answer> {
    const { codec, recorder } = this.#options
    for (const frame of (await unclaimed(link)).frames) {
      const decoded = codec.decode(frame)
      const reply = this.#replyOf(decoded, frame)
      const standing = this.#standing(exchanged.request, decoded, reply, accepts)
      recorder.received(this.#place, frame, decoded, this.#facts(reply, standing === 'matched' ? 'unsolicited' : standing))
    }
    return { is: 'reply', reply: accepted }
  }

  #replyOf(decoded: Decoded, frame: Uint8Array): Reply | undefined {
    if (!decoded.ok) return undefined
    const { dialect, masterKey } = this.#options
    const business = toReply(dialect, decoded.message)
    const opened = business.operation === 'signIn' ? openKeys(masterKey, decoded.message, dialect) : undefined
    return { ...business, mac: macOf(dialect, decoded, frame, this.#keys), ...(opened === undefined ? {} : { keys: opened }) }
  }

  /** The terminal decides what it takes; what it does not take is named after the request that it would have answered. */
  #standing(
    asked: Message,
    decoded: Decoded,
    reply: Reply | undefined,
    accepts: (reply: Reply) => Acceptance,
  ): Received['standing'] {
    if (reply === undefined || !decoded.ok) return 'unreadable'
    const acceptance = accepts(reply)
    const known = matches(this.#options.dialect, asked, decoded.message).matches
    if (acceptance === 'final' || (this.#altered && known)) return 'matched'
    if (acceptance === 'not yet') return 'in progress'
    const { dialect } = this.#options
    if (known) return 'foreign'
    const earlier = this.#sent.slice(0, -1)
    return earlier.some(one => matches(dialect, one.request, decoded.message).matches) ? 'late' : 'foreign'
  }

  /** Our own line did something: the journal says so, and the next silence is its doing. A reply that it took away was an answer all the same. */
  #injected({ fault, says, frame, swallowed }: Injected): void {
    this.#ours = true
    this.#options.recorder.note({ is: 'line', ...this.#place, event: 'fault', ours: true, fault, says })
    if (swallowed && frame !== undefined) this.#swallow(frame)
  }

  /** The acquirer has answered, and the till will never see it. */
  #swallow(frame: Uint8Array): void {
    const { recorder, codec } = this.#options
    const decoded = codec.decode(frame)
    const reply = this.#replyOf(decoded, frame)
    const exchanged = this.#sent.at(-1)
    if (decoded.ok && exchanged !== undefined) exchanged.reply = decoded.message
    recorder.received(this.#place, frame, decoded, this.#facts(reply, 'swallowed'))
  }
}
