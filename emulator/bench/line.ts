import type { Dialect } from '../dialects/dialect.ts'
import { identify, matches, toReply } from '../dialects/reply.ts'
import { toMessage } from '../dialects/request.ts'
import type { Received } from '../journal/entry.ts'
import { exchange } from '../transport/exchange.ts'
import type { FaultyLine } from '../transport/line-faults.ts'
import type { Link, Wait } from '../transport/transport.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Message } from '../values/message.ts'
import type { Acceptance, Acquirer, Answer, Reply, Request, WorkingKeys } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { Codec, Decoded } from '../wire/codec.ts'
import { type Change, changed } from './change.ts'
import type { Place, Recorder } from './recorder.ts'
import { macOf, openKeys, sealWith, sealedPin } from './sealing.ts'

export type LineOptions = Readonly<{
  /** The till's role in the scenario: "the shop". */
  terminal: string
  masterKey: Secret
  dialect: Dialect
  codec: Codec
  transport: FaultyLine
  connection: 'per operation' | 'kept'
  recorder: Recorder
  /** How long to wait for a reply. With `finished` the embedded host says in process when it is done. */
  replyWithinMillis: number
  finished?: () => NonNullable<Wait['finished']>
}>

/**
 * One till's way to the acquirer: names become a message, the message a frame with PIN block and MAC, the frame leaves, and whatever comes
 * back is journalled and handed to the terminal. Here, and only here, `send the sale` turns into bytes.
 */
export class Line implements Acquirer {
  readonly #options: LineOptions
  #link: Link | undefined
  #change: Change | undefined
  #earlier: Message[] = []
  #last: Message | undefined
  /** The operation whose messages these are; the bench sets it. */
  operation = 0

  constructor(options: LineOptions) {
    this.#options = options
  }

  /** Applies to the next message only. */
  change(change: Change): void {
    this.#change = change
  }

  /** The last message sent, in clear: only in memory, for exact repeats. */
  get lastMessage(): Message | undefined {
    return this.#last
  }

  async exchange(request: Request, keys: WorkingKeys | undefined, accepts: (reply: Reply) => Acceptance): Promise<Answer> {
    const { dialect, codec, recorder, terminal } = this.#options
    const change = this.#change
    this.#change = undefined
    const working = change?.keys ?? keys
    const plain = toMessage(dialect, request, sealedPin(dialect, request, working))
    const message = changed(plain, change)
    const seal = change?.mac === 'missing' ? undefined : sealWith(dialect, message, working, change?.mac === 'wrong')
    const { frame } = codec.encode(message, seal === undefined ? {} : { seal })
    const place: Place = { terminal, operation: this.operation, exchange: recorder.nextExchange() }
    const sent = codec.decode(frame)
    const asSent = sent.ok ? sent.message : message
    const link = await this.#open(place)
    if ('says' in link) return { is: 'not connected', says: link.says }
    recorder.sent(place, request.operation, sent, frame)
    this.#last = asSent
    const answer = await this.#await(place, link.link, frame, asSent, request.operation, working, accepts)
    this.#earlier.push(asSent)
    if (this.#options.connection === 'per operation') await this.close()
    return answer
  }

  async #open(place: Place): Promise<{ link: Link } | { says: string }> {
    if (this.#link !== undefined) return { link: this.#link }
    try {
      this.#link = await this.#options.transport.open()
      return { link: this.#link }
    } catch (thrown) {
      if (!isEmulatorError(thrown)) throw thrown
      this.#options.recorder.note({ is: 'line', ...place, event: 'not connected', ours: false, says: thrown.message })
      return { says: thrown.message }
    }
  }

  async #await(
    place: Place,
    link: Link,
    frame: Uint8Array,
    asked: Message,
    name: Received['name'],
    keys: WorkingKeys | undefined,
    accepts: (reply: Reply) => Acceptance,
  ): Promise<Answer> {
    const { recorder, finished, replyWithinMillis } = this.#options
    let accepted: Reply | undefined
    const judge = (bytes: Uint8Array): Received['standing'] => {
      const decoded = this.#options.codec.decode(bytes)
      const reply = this.#replyOf(decoded, bytes, keys)
      const standing = reply === undefined ? 'unreadable' : this.#standing(asked, decoded, accepts(reply))
      recorder.received(place, reply?.operation ?? 'unknown', standing, reply?.mac ?? 'not due', decoded, bytes)
      if (standing === 'matched') accepted = reply
      return standing
    }
    const wait: Wait = finished === undefined ? { withinMillis: replyWithinMillis } : { withinMillis: replyWithinMillis, finished: finished() }
    const outcome = await exchange(link, frame, judge, wait)
    if (outcome.is === 'matched' && accepted !== undefined) return { is: 'reply', reply: accepted }
    if (outcome.is === 'silent') recorder.note({ is: 'line', ...place, event: 'silence', ours: this.#oursNow(), says: `no answer to the ${name}` })
    else if (outcome.is === 'closed') recorder.note({ is: 'line', ...place, event: 'close', ours: outcome.by === 'us' || this.#oursNow(), says: 'the line closed before an answer' })
    else if (outcome.is === 'failed') recorder.note({ is: 'line', ...place, event: 'failure', ours: this.#oursNow(), says: outcome.says })
    if (outcome.is !== 'silent') await this.close()
    return { is: 'silence' }
  }

  #replyOf(decoded: Decoded, frame: Uint8Array, keys: WorkingKeys | undefined): Reply | undefined {
    if (!decoded.ok) return undefined
    const { dialect, masterKey } = this.#options
    const business = toReply(dialect, decoded.message)
    const opened = business.operation === 'signIn' ? openKeys(masterKey, decoded.message) : undefined
    return { ...business, mac: macOf(dialect, decoded, frame, keys), ...(opened === undefined ? {} : { keys: opened }) }
  }

  /** The terminal decides what it takes; what it does not take is named after the request it would have answered. */
  #standing(asked: Message, decoded: Decoded, acceptance: Acceptance): Received['standing'] {
    if (acceptance === 'final') return 'matched'
    if (acceptance === 'not yet') return 'in progress'
    if (!decoded.ok) return 'unreadable'
    const { dialect } = this.#options
    if (matches(dialect, asked, decoded.message).matches) return 'foreign'
    return this.#earlier.some(earlier => matches(dialect, earlier, decoded.message).matches) ? 'late' : 'unsolicited'
  }

  #ours = false

  /** Called by the faulty line when it does something: the next silence or close is its doing. */
  faultInjected(): void {
    this.#ours = true
  }

  #oursNow(): boolean {
    const ours = this.#ours
    this.#ours = false
    return ours
  }

  async close(): Promise<void> {
    const link = this.#link
    this.#link = undefined
    await link?.close()
  }

  /** The swallowed reply of a line fault of ours: the acquirer acted, so the journal must know. */
  swallowed(place: Place, frame: Uint8Array, keys: WorkingKeys | undefined): void {
    const decoded = this.#options.codec.decode(frame)
    const reply = this.#replyOf(decoded, frame, keys)
    this.#options.recorder.received(place, reply?.operation ?? 'unknown', 'swallowed', reply?.mac ?? 'not due', decoded, frame)
  }

  /** What this till's dialect makes of a message. */
  nameOf(message: Message): Received['name'] {
    const identity = identify(this.#options.dialect, message)
    return identity === 'unknown' ? 'unknown' : identity.operation
  }
}
