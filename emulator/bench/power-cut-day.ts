import type { Card } from '../card/card.ts'
import type { FunctionKey } from '../terminal/key.ts'
import type { TransactionRecord } from '../terminal/record.ts'
import type { LineFaultId } from '../transport/line-faults.ts'
import { Secret } from '../values/secret.ts'
import { cancelledWhileWaiting } from './cashier.ts'
import { cancel, cardPrompts, enter, keys, operate, type Script } from './hands.ts'
import type { Shop } from './power-cut-shop.ts'

export const holders = ['Alice', 'Bob', 'Carol', 'Dora'] as const
export const ways = ['as it should be', 'wrong PIN', 'cancelled at the amount', 'cancelled while waiting'] as const

type Trouble = Readonly<{ fault: LineFaultId; times: number }>
type Sale = Readonly<{ do: 'sale'; holder: (typeof holders)[number]; fen: string; way: (typeof ways)[number] }>
/** `which` picks one out of the sales that the operator knows of. */
type Undoing = Readonly<{ do: 'void'; which: number }> | Readonly<{ do: 'refund'; which: number; fen: string }>
type Inquiry = Readonly<{ do: 'inquire'; holder: (typeof holders)[number] }>
type Errand = Readonly<{ do: 'repeat refund' | 'echo' | 'sign in' | 'sign off' | 'settle' | 'reverse' }>

/** What a cashier does, and what befalls the line meanwhile. `blocked`: the acquirer refuses the till as long as that takes. */
export type Deed = (Sale | Undoing | Inquiry | Errand) & Readonly<{ trouble?: Trouble; blocked?: boolean }>

const supervised: Script = { 'keying supervisor password': keys('123456') }

/** A cashier at the till of a shop, who presses keys, swipes cards and answers prompts, and brings the till back whenever its power has failed. */
export class Day {
  readonly #shop: Shop

  constructor(shop: Shop) {
    this.#shop = shop
  }

  async spend(deeds: readonly Deed[]): Promise<void> {
    for (const deed of deeds) {
      if (!this.#shop.store.signedIn) await this.#attempt({ do: 'sign in' })
      if (isMoney(deed) && this.#shop.store.settlement !== undefined) await this.#attempt({ do: 'settle' })
      await this.#attempt(deed)
    }
  }

  /** The end of the day, with good power and a good line: whatever is due is delivered, whatever is unknown is repeated, and the batch is settled. */
  async close(): Promise<void> {
    this.#shop.plug.mend()
    this.#shop.faults.disarm()
    for (const deed of ['sign in', 'reverse', 'settle', 'repeat refund', 'settle'] as const) await this.#attempt({ do: deed })
  }

  async #attempt(deed: Deed): Promise<void> {
    const { faults, hands } = this.#shop
    // A settlement goes on past a reversal that could not be delivered, and leaves it to people: then nobody can be told what becomes of the money.
    const when = deed.do === 'settle' ? { when: (frame: Uint8Array) => !this.#shop.isReversal(frame) } : {}
    if (deed.trouble !== undefined) faults.arm(deed.trouble.fault, { times: deed.trouble.times, ...when })
    // An upload that is refused is listed for people, and its money set aside.
    const blocked = deed.blocked === true && this.#shop.store.settlement?.stage !== 'uploading'
    if (blocked) await this.#shop.setTill('blocked')
    await this.#perform(deed)
    if (blocked) await this.#shop.setTill('active')
    // A dialog that went another way than the script is left with cancel.
    await hands.press('cancel')
    faults.disarm()
    await this.#shop.recover()
    this.#shop.noteSettlement()
  }

  async #perform(deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'sale':
        return this.#sell(deed)
      case 'void':
        return this.#void(this.#sold(deed.which))
      case 'refund':
        return this.#refund(this.#sold(deed.which), deed.fen)
      case 'repeat refund': {
        const unknown = this.#shop.store.records.find(({ operation, state }) => operation === 'refund' && state === 'unknown')
        return this.#refund(unknown, unknown?.amount.minor.toString() ?? '')
      }
      case 'inquire': {
        const card = this.#shop.card(deed.holder)
        return this.#press('inquire', { ...cardPrompts(card, 'swiped'), 'keying PIN': pinOf(card) })
      }
      case 'sign in':
        return this.#press('sign in', { 'keying operator': keys('01'), 'keying password': keys('0000') })
      case 'settle':
        return this.#press('settle', { 'confirming settlement': enter })
      default:
        return this.#press(deed.do, {})
    }
  }

  #press(start: FunctionKey, script: Script): Promise<void> {
    return operate(this.#shop.hands, start, script)
  }

  #sell({ holder, fen, way }: Sale): Promise<void> {
    const card = this.#shop.card(holder)
    const pin = {
      'as it should be': pinOf(card),
      'cancelled at the amount': pinOf(card),
      'wrong PIN': keys('999999'),
      'cancelled while waiting': cancelledWhileWaiting(card.pin ?? new Secret('')),
    }
    return this.#press('sale', {
      'keying amount': keys(fen),
      'confirming amount': way === 'cancelled at the amount' ? cancel : enter,
      ...cardPrompts(card, 'swiped'),
      'questioning repeat': enter,
      'keying PIN': pin[way],
    })
  }

  async #void(sale: TransactionRecord | undefined): Promise<void> {
    if (sale === undefined) return
    this.#shop.told.about = sale.trace
    const card = this.#cardOf(sale)
    await this.#press('void', {
      ...supervised,
      'keying voucher': keys(sale.trace),
      'confirming original': enter,
      ...cardPrompts(card, 'swiped'),
      'keying PIN': pinOf(card),
    })
  }

  async #refund(sale: TransactionRecord | undefined, fen: string): Promise<void> {
    const reference = sale?.operation === 'refund' ? sale.original?.reference : sale?.reference
    if (sale === undefined || reference === undefined) return
    this.#shop.told.about = sale.trace
    await this.#press('refund', {
      ...supervised,
      ...cardPrompts(this.#cardOf(sale), 'swiped'),
      'keying reference': keys(reference),
      'keying original date': keys(sale.original?.date ?? sale.date ?? '0601'),
      'keying refund amount': keys(fen),
      'confirming refund': enter,
    })
  }

  /** One of the sales whose slip the operator holds and whose log the till still has. */
  #sold(which: number): TransactionRecord | undefined {
    const { store, told } = this.#shop
    const sold = store.records.filter(({ operation, trace }) => operation === 'sale' && told.debits(trace) === 1n)
    return sold[which % Math.max(sold.length, 1)]
  }

  #cardOf({ card }: TransactionRecord): Card {
    const holder = holders.find(one => this.#shop.card(one).pan.equals(card.pan))
    if (holder === undefined) throw new Error('the till has sold to a card that nobody holds')
    return this.#shop.card(holder)
  }
}

const isMoney = (deed: Deed): boolean => ['sale', 'void', 'refund', 'repeat refund', 'inquire'].includes(deed.do)

const pinOf = ({ pin }: Card) => (pin === undefined ? enter : keys(pin.reveal()))
