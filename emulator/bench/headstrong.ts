import type { Card } from '../card/card.ts'
import { key, swipe } from '../card/magstripe.ts'
import type { Order } from '../terminal/order.ts'
import type { Amount } from '../values/amount.ts'
import { Amount as Money } from '../values/amount.ts'
import type { Fields } from '../values/message.ts'
import type { Operation, Reversible } from '../values/operation.ts'
import type { Original, ReadCard, Totals } from '../values/request.ts'
import { totalNames } from '../verdict/checks/totals.ts'
import type { Cashier } from './cashier.ts'
import { otherPin } from './cast.ts'
import type { Change } from './change.ts'
import { type Deed, type Memory, originalOf, requestOf } from './memory.ts'
import type { Staff } from './staff.ts'
import type { Till } from './till.ts'

/** What is deliberately wrong, in the words that the journal and the report use. */
export type Wrong = Readonly<{
  special?: string
  amount?: Amount
  card?: Card
  pin?: 'wrong' | 'none'
  original?: Original
  change?: Change
  trace?: string
  /** Whether the till keeps a record of it. */
  recorded?: false
  batch?: string
  /** Another name on the message than the till's own. */
  sender?: Readonly<{ merchantId?: string; terminalId?: string }>
}>

/**
 * A till with its own checks switched off: an acquirer must refuse what a good till would never send. Everything still goes through the
 * terminal's program and store, so traces and logs stay true.
 */
export class Headstrong {
  readonly #staff: Staff
  readonly #memory: Memory
  readonly #cashier: Cashier

  readonly #refundPercent: number

  /** `refundPercent`: how much of a sale the acquirer gives back in all. */
  constructor(cashier: Cashier, staff: Staff, memory: Memory, refundPercent = 100) {
    this.#cashier = cashier
    this.#refundPercent = refundPercent
    this.#staff = staff
    this.#memory = memory
  }

  sell(till: Till, card: Card, amount: Amount, wrong: Wrong = {}, of?: Deed): Promise<Deed> {
    return this.#send(till, 'sale', { card: wrong.card ?? card, amount: wrong.amount ?? amount }, wrong, of)
  }

  /** A void of something, whoever sold it. */
  void(till: Till, of: Deed, wrong: Wrong = {}): Promise<Deed> {
    const facts = { ...cardOf(wrong, of), ...amountOf(wrong, of), original: wrong.original ?? originalOf(of) }
    return this.#send(till, 'void', facts, { special: whose(till, of), ...wrong }, of)
  }

  /** A void of a sale that never was: references that nobody gave. */
  voidOfNothing(till: Till, card: Card, amount: Amount): Promise<Deed> {
    const original = { batch: till.batch, trace: '999998', reference: '999999999998', approvalCode: '000000' }
    return this.#send(till, 'void', { card, amount, original }, { special: 'unknown original' })
  }

  refund(till: Till, of: Deed, amount: Amount | undefined, wrong: Wrong = {}): Promise<Deed> {
    const facts = {
      ...cardOf(wrong, of),
      ...amountOf(amount === undefined ? wrong : { ...wrong, amount }, of),
      original: wrong.original ?? originalOf(of),
    }
    return this.#send(till, 'refund', facts, { pin: 'none', special: whose(till, of), ...wrong }, of)
  }

  /** One minor unit more than the acquirer declares that a sale can give back, less what it has given back. */
  refundTooMuch(till: Till, of: Deed): Promise<Deed> {
    if (of.amount === undefined) throw new Error('the scenario refunds something that has no amount')
    const ceiling = new Money((of.amount.minor * BigInt(this.#refundPercent)) / 100n, of.amount.currency)
    const earlier = this.#memory.all('refund').filter(refund => this.#memory.target(refund) === of)
    const left = earlier.reduce((rest, { amount }) => (amount === undefined ? rest : rest.minus(amount)), ceiling)
    return this.refund(till, of, andOneMore(left), { special: 'above the remainder' })
  }

  refundOfNothing(till: Till, card: Card, amount: Amount): Promise<Deed> {
    const original = { reference: '999999999998', date: '0601' }
    return this.#send(till, 'refund', { card, amount, original }, { special: 'unknown original', pin: 'none' })
  }

  /** The same message once more: the same trace number and content. */
  repeat(till: Till, of: Deed): Promise<Deed> {
    const request = requestOf(of)?.fields
    const again = {
      special: 'exact repeat',
      ...(request?.trace === undefined ? {} : { trace: request.trace }),
      ...(request?.batch === undefined ? {} : { batch: request.batch }),
    }
    if (of.name === 'settle') return this.settle(till, undefined, { ...again, change: { set: totalsIn(request) } }, of)
    const earlier = this.#memory.target(of)
    const facts = {
      ...cardOf({}, of),
      ...amountOf({}, of),
      ...(earlier === undefined ? {} : { original: namedAs(request, originalOf(earlier)) }),
    }
    return this.#send(till, of.name, facts, of.name === 'refund' ? { ...again, pin: 'none' } : again, of)
  }

  /** The till's own repeat of a request of its own, which it knows for one. */
  async repeatByItself(till: Till, of: Deed): Promise<Deed> {
    const trace = requestOf(of)?.fields.trace ?? ''
    const operation = this.#staff.begin(till, of.name, { of, special: 'exact repeat', card: of.card })
    const deed = this.#memory.keep({ ...of, operation }, of)
    await till.terminal.order({ operation: of.name, repeatOf: trace })
    return deed
  }

  /** A reversal by hand, under the trace number of what it reverses. */
  reverse(till: Till, of: Deed, wrong: Wrong = {}): Promise<Deed> {
    const request = requestOf(of)?.fields
    const names = {
      ...(request?.trace === undefined ? {} : { trace: request.trace }),
      ...(request?.batch === undefined ? {} : { batch: request.batch }),
    }
    const facts = { ...cardOf(wrong, of), ...amountOf(wrong, of), ...(of.name === 'void' ? { original: originalOf(of) } : {}) }
    if (of.name === 'refund') return this.#reverseRefund(till, of, wrong)
    const reversal = { of: of.name as Reversible, reason: 'no answer' as const, pinEntered: request?.pinBlock !== undefined }
    return this.#send(till, 'reverse', facts, { ...names, pin: 'none', special: whose(till, of), ...wrong }, of, reversal)
  }

  /** The dialect has no such message: one that looks like a reversal of a sale, with the codes of a refund. */
  #reverseRefund(till: Till, of: Deed, wrong: Wrong): Promise<Deed> {
    const request = requestOf(of)?.fields
    const names = {
      ...(request?.trace === undefined ? {} : { trace: request.trace }),
      ...(request?.batch === undefined ? {} : { batch: request.batch }),
    }
    const set = identityOf(request)
    const reversal = { of: 'sale', reason: 'no answer', pinEntered: false } as const
    return this.#send(
      till,
      'reverse',
      { ...cardOf(wrong, of), ...amountOf(wrong, of) },
      { ...names, special: 'reversal of a refund', pin: 'none', change: { set }, ...wrong },
      of,
      reversal,
    )
  }

  /** A settlement with totals that are not the till's own. */
  settle(till: Till, totals: Totals | undefined, wrong: Wrong, of?: Deed): Promise<Deed> {
    return this.#send(till, 'settle', {}, { pin: 'none', ...wrong }, of, undefined, totals ?? till.terminal.totals())
  }

  /** The reference of one sale, the trace number of another. */
  voidByTwoNames(till: Till, of: Deed, other: Deed): Promise<Deed> {
    const { trace } = originalOf(other)
    return this.void(till, of, {
      special: 'conflicting references',
      original: { ...originalOf(of), ...(trace === undefined ? {} : { trace }) },
    })
  }

  /** Another sale under a trace number that stands for one already. */
  sellUnderTraceOf(till: Till, of: Deed, card: Card, amount: Amount): Promise<Deed> {
    const trace = requestOf(of)?.fields.trace
    return this.sell(till, card, amount, { special: 'same trace, other content', ...(trace === undefined ? {} : { trace }) }, of)
  }

  /** Nobody has signed this till in: it seals with keys that nobody gave it. */
  async sellUnsigned(till: Till, card: Card, amount: Amount): Promise<Deed> {
    await this.#cashier.leaveUnsigned(till)
    return this.sell(till, card, amount, { special: 'not signed in' })
  }

  sellUnderOldKey(till: Till, card: Card, amount: Amount): Promise<Deed> {
    const keys = till.oldKeys
    return this.sell(till, card, amount, { special: 'old key', ...(keys === undefined ? {} : { change: { keys } }) })
  }

  settleWith(till: Till, what: 'one fen too much' | 'one sale too many' | 'a voided sale in one column only'): Promise<Deed> {
    const { domestic, foreign } = till.terminal.totals()
    const wrong = {
      'one fen too much': () => ({ ...domestic, debit: andOneMore(domestic.debit) }),
      'one sale too many': () => ({ ...domestic, debitCount: domestic.debitCount + 1 }),
      'a voided sale in one column only': () => this.#lopsided(domestic),
    }
    return this.settle(till, { domestic: wrong[what](), foreign }, { special: what })
  }

  /** Where the till counts voided sales in both columns, its credits are left out; where in neither, the sale is counted after all. */
  #lopsided(sums: Totals['domestic']): Totals['domestic'] {
    if (sums.creditCount > 0) return { ...sums, creditCount: 0, credit: sums.credit.minus(sums.credit) }
    const { amount } = this.#memory.last('void')
    return amount === undefined ? sums : { ...sums, debitCount: sums.debitCount + 1, debit: sums.debit.plus(amount) }
  }

  async #send(
    till: Till,
    name: Operation,
    { card, amount, original }: Readonly<{ card?: Card; amount?: Amount; original?: Original }>,
    wrong: Wrong,
    of?: Deed,
    reversal?: Order['reversal'],
    totals?: Totals,
  ): Promise<Deed> {
    if (wrong.special !== 'not signed in') await this.#cashier.attend(till)
    if (card !== undefined) await this.#staff.beforeCard(card)
    const operation = this.#staff.begin(till, name, { of, special: wrong.special, sender: wrong.sender, card })
    const deed = this.#memory.keep(
      { operation, name, till, ...(card === undefined ? {} : { card }), ...(amount === undefined ? {} : { amount }) },
      of,
    )
    if (wrong.change !== undefined) till.line.arranged.change(wrong.change)
    const pin = wrong.pin === 'none' ? undefined : wrong.pin === 'wrong' ? otherPin(card?.pin) : card?.pin
    const keyed = of !== undefined && requestOf(of)?.fields.track2 === undefined && requestOf(of)?.fields.pan !== undefined
    const order: Order = {
      operation: name,
      ...(card === undefined ? {} : { card: read(card, keyed && (name === 'reverse' || wrong.special === 'exact repeat')) }),
      ...(amount === undefined ? {} : { amount }),
      ...(original === undefined ? {} : { original }),
      ...(pin === undefined ? {} : { pin }),
      ...(wrong.trace === undefined ? {} : { trace: wrong.trace }),
      ...(wrong.batch === undefined ? {} : { batch: wrong.batch }),
      ...(reversal === undefined ? {} : { reversal }),
      ...(totals === undefined ? {} : { totals }),
      ...wrong.sender,
      ...(wrong.recorded === undefined ? {} : { recorded: wrong.recorded }),
    }
    await till.terminal.order(order)
    return deed
  }
}

const read = (card: Card, keyed: boolean): ReadCard => (keyed ? key(card) : swipe(card))

const cardOf = (wrong: Wrong, of: Deed): { card?: Card } => {
  const card = wrong.card ?? of.card
  return card === undefined ? {} : { card }
}

const amountOf = (wrong: Wrong, of: Deed): { amount?: Amount } => {
  const amount = wrong.amount ?? of.amount
  return amount === undefined ? {} : { amount }
}

/** One minor unit more than this. */
export const andOneMore = (amount: Amount): Amount => amount.plus(new Money(1n, amount.currency))

/** What names an original, as far as this request named it: a refund at a till knows no trace number. */
function namedAs(request: Fields | undefined, { reference, date, ...more }: Original): Original {
  const traced = request?.originalTrace !== undefined && !/^0+$/.test(request.originalTrace)
  const known = { ...(reference === undefined ? {} : { reference }), ...(date === undefined ? {} : { date }) }
  return traced || request?.originalTrace === undefined ? { ...known, ...more } : known
}

/** The totals as a settlement request carries them, for an exact repeat. */
function totalsIn(request: Fields | undefined): Record<string, string> {
  const named = ['additionalData', ...totalNames, 'net']
  const whole = request?.additionalData === undefined ? named : ['additionalData']
  return picked(request, whole)
}

/** What says of which kind a financial request is, beside its type. */
const identityOf = (request: Fields | undefined): Record<string, string> => picked(request, ['processingCode', 'typeCode'])

/** Those of these fields that a request has. */
function picked(request: Fields | undefined, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap(name => (request?.[name] === undefined ? [] : [[name, request[name]]])))
}

/** What is wrong when nothing else is: whose the original is, or the state that it is in. */
function whose(till: Till, of: Deed): string {
  if (till.identity.merchantId !== of.till.identity.merchantId) return 'another merchant'
  return till === of.till ? `${of.name} as it stands` : 'another terminal'
}
