import { randomInt } from 'node:crypto'
import { macOf, openKeys, sealedPin, sealWith } from '../bench/sealing.ts'
import { swipe } from '../card/magstripe.ts'
import { toReply } from '../dialects/reply.ts'
import { toMessage } from '../dialects/request.ts'
import type { Profile, ProfileCard, ProfileTerminal } from '../profile/profile.ts'
import type { Amount } from '../values/amount.ts'
import type { Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import type { Original, Reply, Request, WorkingKeys } from '../values/request.ts'
import { nextTrace } from '../values/trace.ts'
import type { Standing } from './diagnose-answer.ts'
import type { Reading, Spoken } from './reading.ts'

/** A message ready to go: its names and values, and its bytes. */
export type Ready = Readonly<{ operation: Operation; message: Message; bytes: Uint8Array }>

/** Where a terminal stands in its profile. */
export type Nth = Readonly<{ merchant: number; terminal: number }>

/** All terminals of a profile, or those of some sets. */
export function terminalsOf({ merchants }: Profile, sets?: ReadonlySet<number>): readonly Nth[] {
  return merchants.flatMap(({ terminals }, merchant) =>
    terminals.flatMap(({ set }, terminal) => (sets === undefined || sets.has(set) ? [{ merchant, terminal }] : [])),
  )
}

/** One terminal of the profile as preflight uses it: who it is, its session, and the numbers that it counts. */
export class PreflightTill {
  readonly standing: Standing
  readonly terminal: ProfileTerminal
  readonly card: ProfileCard | undefined
  readonly #profile: Profile
  readonly #merchantId: string
  keys: WorkingKeys | undefined
  batch = '000001'
  /** In the upper half, where a till that begins at 1 does not come soon. */
  #trace = String(randomInt(500_000, 999_999))

  constructor(profile: Profile, nth: Nth) {
    const merchant = profile.merchants[nth.merchant]
    const terminal = merchant?.terminals[nth.terminal]
    if (merchant === undefined || terminal === undefined) throw new RangeError('the profile has no such terminal')
    this.#profile = profile
    this.terminal = terminal
    this.#merchantId = merchant.id
    const card = profile.cards.findIndex(each => each.funds !== undefined && each.set === terminal.set)
    this.card = profile.cards[card]
    const path = `merchants[${nth.merchant}]`
    this.standing = {
      merchant: path,
      terminal: `${path}.terminals[${nth.terminal}]`,
      merchantId: this.#merchantId,
      terminalId: terminal.id,
      settings: profile.speaks.settings,
      signsOn: profile.supports.has('signon'),
      ...(card < 0 ? {} : { card: `cards[${card}]` }),
    }
  }

  /** A message of this terminal, said in this way. */
  ready(request: Request, { dialect, codec }: Spoken): Ready {
    const message = toMessage(dialect, request, sealedPin(dialect, request, this.keys))
    const seal = sealWith(dialect, message, this.keys, false)
    const { frame } = codec.encode(message, { spans: false, ...(seal === undefined ? {} : { seal }) })
    return { operation: request.operation, message, bytes: frame }
  }

  /** What an answer says in business terms, its MAC and its keys looked at. */
  replyOf(reading: Extract<Reading, { is: 'answer' | 'another' }>, { dialect }: Spoken): Reply {
    const { message, decoded, frame } = reading
    const keys = openKeys(this.terminal.masterKey, message, dialect)
    return {
      ...toReply(dialect, message),
      mac: macOf(dialect, decoded, frame, this.keys),
      ...(keys === undefined ? {} : { keys }),
    }
  }

  get who(): Pick<Request, 'terminalId' | 'merchantId'> {
    return { terminalId: this.terminal.id, merchantId: this.#merchantId }
  }

  manage(operation: 'echo' | 'signIn'): Request {
    return { operation, ...this.who, ...this.#stamp() }
  }

  /** A sale by a swiped card; with its PIN where the acquirer takes PINs. */
  sale(amount: Amount, card: ProfileCard): Request {
    return {
      operation: 'sale',
      ...this.who,
      ...this.#stamp(),
      amount,
      card: swipe(card),
      ...this.#pin(card, 'pin'),
    }
  }

  /** Asks what the card may spend: a message with a MAC that moves no money, and is sent without a PIN. */
  inquiry(card: ProfileCard): Request {
    return {
      operation: 'inquire',
      ...this.who,
      ...this.#stamp(),
      card: swipe(card),
    }
  }

  void(sale: Request, answer: Reply, card: ProfileCard): Request {
    const original: Original = {
      batch: sale.batch,
      ...(sale.at === undefined ? {} : { at: sale.at }),
      ...(sale.trace === undefined ? {} : { trace: sale.trace }),
      ...(answer.reference === undefined ? {} : { reference: answer.reference }),
      ...(answer.date === undefined ? {} : { date: answer.date }),
      ...(answer.approvalCode === undefined ? {} : { approvalCode: answer.approvalCode }),
    }
    const { pin: _, ...said } = sale
    return { ...said, operation: 'void', ...this.#stamp(), original, ...this.#pin(card, 'void-pin') }
  }

  /** Undoes what may or may not have happened: trace, amount and batch are the original's own. */
  reversal(of: Request, reversible: 'sale' | 'void', copy: boolean): Request {
    const { pin, at, ...said } = of
    return {
      ...said,
      at: new Date().toISOString(),
      operation: 'reverse',
      reversal: { of: reversible, reason: 'no answer', pinEntered: pin !== undefined, ...(at === undefined ? {} : { at }) },
      ...(copy ? { repeat: true } : {}),
    }
  }

  /** What every message of its own has: when, under which number, in which batch, by whom. */
  #stamp(): Pick<Request, 'at' | 'trace' | 'batch' | 'operator'> {
    return { at: new Date().toISOString(), trace: this.#nextTrace(), batch: this.batch, operator: '01' }
  }

  #pin({ pin }: ProfileCard, flag: 'pin' | 'void-pin'): Pick<Request, 'pin'> {
    return pin !== undefined && this.#profile.supports.has(flag) && this.#profile.supports.has('pin') ? { pin } : {}
  }

  #nextTrace(): string {
    this.#trace = nextTrace(this.#trace)
    return this.#trace
  }
}
