import type { Card } from '../card/card.ts'
import { swipe } from '../card/magstripe.ts'
import type { FunctionKey } from '../terminal/key.ts'
import type { Amount } from '../values/amount.ts'
import type { Operation } from '../values/operation.ts'
import type { Secret } from '../values/secret.ts'
import { missing } from '../verdict/applicability.ts'
import { NotOffered } from './claims.ts'
import { cancel, cardPrompts, enter, type Hands, keys, operate, type Script } from './hands.ts'
import { type Deed, type Memory, originalOf, replyOf, requestOf } from './memory.ts'
import type { Staff } from './staff.ts'
import type { Till } from './till.ts'

/** What is done at a till: by which operator's keys, on which card, about what. */
type Job = Readonly<{
  name: Operation
  start: FunctionKey
  script: Script
  card?: Card
  amount?: Amount
  of?: Deed
  special?: string
}>

export type Payment = Readonly<{
  card: Card
  amount: Amount
  how?: 'swiped' | 'keyed'
  pin?: Secret
  special?: string
  prompts?: Script
}>

/**
 * The person at the till, who presses keys as a person would and never does what the till does not offer. Nothing here knows a message.
 */
export class Cashier {
  readonly #staff: Staff
  readonly #memory: Memory

  readonly #offered: ReadonlySet<string>

  /** `offered`: the flags of the profile. */
  constructor(staff: Staff, memory: Memory, offered: ReadonlySet<string>) {
    this.#staff = staff
    this.#memory = memory
    this.#offered = offered
  }

  /** Signs a till in that nobody has attended to in this scenario. */
  async attend(till: Till): Promise<void> {
    if (till.attended) return
    till.attended = true
    await this.#staff.as('setup', () => this.signIn(till))
  }

  /** Leaves a till as one that nobody has signed in; where somebody has, in an earlier scenario, it signs off. */
  async leaveUnsigned(till: Till): Promise<void> {
    if (till.store.keys !== undefined) await this.#staff.as('setup', () => this.signOff(till))
    till.attended = true
  }

  async signIn(till: Till): Promise<Deed> {
    return this.#do(till, {
      name: 'signIn',
      start: 'sign in',
      script: { 'keying operator': keys(this.#staff.operator), 'keying password': keys(this.#staff.password.reveal()) },
    })
  }

  signOff(till: Till): Promise<Deed> {
    return this.#do(till, { name: 'signOff', start: 'sign off', script: {} })
  }

  echo(till: Till): Promise<Deed> {
    return this.#do(till, { name: 'echo', start: 'echo', script: {} })
  }

  /** @throws NotOffered for an equal sale again, where the acquirer would suspect it */
  sell(till: Till, { card, amount, how = 'swiped', pin = card.pin, special, prompts = {} }: Payment): Promise<Deed> {
    const again = this.#memory.all('sale').some(one => one.card === card && one.amount?.equals(amount))
    if (again && special === undefined && this.#offered.has('dup-check'))
      throw new NotOffered('the acquirer checks for suspected duplicates')
    const script: Script = {
      'keying amount': keys(amount.minor.toString()),
      'confirming amount': enter,
      ...cardPrompts(card, how),
      'questioning repeat': enter,
      'keying PIN': pin === undefined ? enter : keys(pin.reveal()),
      ...prompts,
    }
    return this.#do(till, { name: 'sale', start: 'sale', script, card, amount, ...(special === undefined ? {} : { special }) })
  }

  /** Voids by voucher number: the till finds, shows and sends what belongs to it. */
  void(till: Till, of: Deed, prompts: Script = {}, special?: string): Promise<Deed> {
    const voucher = requestOf(of)?.fields.trace ?? '999999'
    return this.voidVoucher(till, voucher, of, prompts, special)
  }

  voidVoucher(till: Till, voucher: string, of: Deed | undefined, prompts: Script = {}, special?: string): Promise<Deed> {
    const card = of?.card
    const script: Script = {
      'keying supervisor password': keys(this.#staff.supervisorPassword.reveal()),
      'keying voucher': keys(voucher),
      'confirming original': enter,
      ...(card === undefined ? {} : cardPrompts(card, 'swiped')),
      'keying PIN': card?.pin === undefined ? enter : keys(card.pin.reveal()),
      ...prompts,
    }
    return this.#do(till, {
      name: 'void',
      start: 'void',
      script,
      ...(card === undefined ? {} : { card }),
      ...(of?.amount === undefined ? {} : { amount: of.amount }),
      ...(of === undefined ? {} : { of }),
      ...(special === undefined ? {} : { special }),
    })
  }

  /** @throws NotOffered where the profile claims no refunds, or none of a part */
  refund(till: Till, of: Deed, amount: Amount, prompts: Script = {}, special?: string): Promise<Deed> {
    const { card } = of
    this.#needs('refund')
    if (of.amount !== undefined && of.amount.minor > amount.minor) this.#needs('partial-refund')
    if (card === undefined) throw new Error('the scenario refunds something that has no card')
    const { reference, date } = originalOf(of)
    const script: Script = {
      'keying supervisor password': keys(this.#staff.supervisorPassword.reveal()),
      ...cardPrompts(card, 'swiped'),
      'keying reference': keys(reference ?? ''),
      'keying original date': keys(date ?? '0101'),
      'keying refund amount': keys(amount.minor.toString()),
      'confirming refund': enter,
      ...prompts,
    }
    return this.#do(till, {
      name: 'refund',
      start: 'refund',
      script,
      card,
      amount,
      of,
      ...(special === undefined ? {} : { special }),
    })
  }

  balance(till: Till, card: Card): Promise<Deed> {
    const pin = card.pin === undefined ? enter : keys(card.pin.reveal())
    return this.#do(till, {
      name: 'inquire',
      start: 'inquire',
      script: { ...cardPrompts(card, 'swiped'), 'keying PIN': pin },
      card,
    })
  }

  settle(till: Till, special?: string): Promise<Deed> {
    const job = { name: 'settle', start: 'settle', script: { 'confirming settlement': enter } } as const
    return this.#do(till, special === undefined ? job : { ...job, special })
  }

  /** Sends whatever reversal is due, as the till does before anything else. */
  catchUp(till: Till, of: Deed): Promise<Deed> {
    return this.#do(till, {
      name: 'reverse',
      start: 'reverse',
      script: {},
      of,
      ...(of.card === undefined ? {} : { card: of.card }),
    })
  }

  /** By voucher number, or by the reference that the acquirer gave. */
  lookUp(till: Till, of: Deed, by: 'trace' | 'reference'): Promise<Deed> {
    const digits = (by === 'trace' ? requestOf(of)?.fields.trace : replyOf(of)?.fields.reference) ?? '999999'
    return this.#do(till, { name: of.name, start: 'look up', script: { 'keying look-up': keys(digits) }, of, special: 'look-up' })
  }

  reprint(till: Till, of: Deed): Promise<Deed> {
    return this.#do(till, { name: of.name, start: 'reprint', script: { 'keying reprint': enter }, of, special: 'reprint' })
  }

  /**
   * The operator presses cancel at this prompt of a sale.
   *
   * @throws NotOffered where no PIN is asked for
   */
  async cancelSale(till: Till, payment: Payment, at: 'confirming amount' | 'awaiting card' | 'keying PIN'): Promise<Deed> {
    if (at === 'keying PIN') this.#needs('pin')
    return this.sell(till, { ...payment, prompts: { [at]: cancel }, special: 'cancelled' })
  }

  /** The same again within minutes: the till asks, and the operator says no. */
  askAgain(till: Till, payment: Payment): Promise<Deed> {
    return this.sell(till, { ...payment, prompts: { 'questioning repeat': cancel }, special: 'repeated sale' })
  }

  /** Enter once too often, with the last key before the request leaves. */
  payPressingTwice(till: Till, payment: Payment): Promise<Deed> {
    return this.sell(till, { ...payment, prompts: this.#lastPrompt(payment, pressedTwice, 'enter') })
  }

  /** Cancel, while the till waits for its answer. */
  payCancelledWhileWaiting(till: Till, payment: Payment): Promise<Deed> {
    const prompts = this.#lastPrompt(payment, cancelledWhileWaiting, 'cancel')
    return this.sell(till, { ...payment, prompts, special: 'cancelled while waiting' })
  }

  /** The PIN, or, at a till that asks for none, the card: and another key at once. */
  #lastPrompt({ card, pin = card.pin }: Payment, atPin: (pin: Secret) => Script['keying PIN'], key: 'enter' | 'cancel'): Script {
    const whenKeyed = pin === undefined ? undefined : atPin(pin)
    if (this.#offered.has('pin') && whenKeyed !== undefined) return { 'keying PIN': whenKeyed }
    const atCard = async (hands: Hands): Promise<void> => {
      await Promise.all([hands.present(swipe(card)), hands.press(key)])
    }
    return { 'awaiting card': atCard, 'questioning repeat': enter }
  }

  /** A supervisor password that is wrong, as often as the till asks. */
  voidUnsupervised(till: Till, of: Deed): Promise<Deed> {
    return this.void(till, of, { 'keying supervisor password': keys('654321') }, 'wrong supervisor password')
  }

  cancelVoid(till: Till, of: Deed): Promise<Deed> {
    return this.void(till, of, { 'confirming original': cancel }, 'cancelled')
  }

  voidWithCard(till: Till, of: Deed, card: Card): Promise<Deed> {
    return this.void(till, of, cardPrompts(card, 'swiped'), 'another card')
  }

  refundWithoutReference(till: Till, of: Deed, amount: Amount): Promise<Deed> {
    const emptied = async (hands: Hands): Promise<void> => {
      await hands.press('enter')
      if (hands.asks() === 'keying reference') await hands.press('cancel')
    }
    return this.refund(till, of, amount, { 'keying reference': emptied }, 'no reference')
  }

  async signInAgain(till: Till): Promise<Deed> {
    till.keepKeys()
    return this.signIn(till)
  }

  /** The power is back: the till brings what was going on to its end, and then sends what it still owes. */
  async comeBack(till: Till): Promise<Deed> {
    await till.hands.plugIn()
    return this.catchUp(till, this.#memory.last('sale'))
  }

  async comeBackAndSettle(till: Till): Promise<Deed> {
    await till.hands.plugIn()
    return this.settle(till)
  }

  #needs(flag: string): void {
    if (!this.#offered.has(flag)) throw new NotOffered(missing(flag).because)
  }

  async #do(till: Till, { name, start, script, card, amount, of, special }: Job): Promise<Deed> {
    if (name !== 'signIn') await this.attend(till)
    till.attended = true
    if (card !== undefined) await this.#staff.beforeCard(card)
    const operation = this.#staff.begin(till, name, { of, special, card })
    const deed = this.#memory.keep(
      { operation, name, till, ...(card === undefined ? {} : { card }), ...(amount === undefined ? {} : { amount }) },
      of,
    )
    await operate(this.#staff.handsAt(till), start, script)
    return deed
  }
}

/** A second Enter while the first is still at work. */
export const pressedTwice =
  (pin: Secret) =>
  async (hands: Hands): Promise<void> => {
    await hands.type(pin.reveal())
    await Promise.all([hands.press('enter'), hands.press('enter')])
  }

/** Cancel while the till waits for its answer. */
export const cancelledWhileWaiting =
  (pin: Secret) =>
  async (hands: Hands): Promise<void> => {
    await hands.type(pin.reveal())
    await Promise.all([hands.press('enter'), hands.press('cancel')])
  }
