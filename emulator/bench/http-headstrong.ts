import type { Card } from '../card/card.ts'
import type { MappedAcquirer } from '../mapping/mapped-http.ts'
import type { Amount } from '../values/amount.ts'
import type { Fields } from '../values/message.ts'
import type { Cashier } from './cashier.ts'
import { NotOffered } from './claims.ts'
import type { Headstrong, Wrong } from './headstrong.ts'
import { type Deed, requestOf } from './memory.ts'
import type { Office } from './office.ts'
import type { Till } from './till.ts'

/** How far a stale request is behind the clock, or ahead of it, milliseconds. */
const anHour = 3_600_000

/** How a request is signed wrongly, in the words of the features. */
export const wrongProofs = ['a wrong signature', 'a stale time stamp', 'a time stamp from the future'] as const
export type WrongProof = (typeof wrongProofs)[number]

const proofs: Readonly<Record<WrongProof, Fields>> = {
  'a wrong signature': { overrideSignature: 'broken' },
  'a stale time stamp': { overrideSkewMillis: String(-anHour) },
  'a time stamp from the future': { overrideSkewMillis: String(anHour) },
}

/**
 * What a till never asks of an acquirer behind HTTP, because its mapping makes keys and signatures: somebody tries it all the same. Only where a
 * mapping stands between.
 */
export class HttpHeadstrong {
  readonly #headstrong: Headstrong
  readonly #cashier: Cashier
  readonly #office: Office
  readonly #mapped: MappedAcquirer | undefined

  constructor(headstrong: Headstrong, cashier: Cashier, office: Office, mapped: MappedAcquirer | undefined) {
    this.#headstrong = headstrong
    this.#cashier = cashier
    this.#office = office
    this.#mapped = mapped
  }

  /** Another sale under the idempotency key of one that was made. */
  sellUnderKeyOf(till: Till, of: Deed, card: Card, amount: Amount): Promise<Deed> {
    const whose = till.identity.merchantId === of.till.identity.merchantId
    const special = whose ? 'same key, other content' : 'key of another merchant'
    return this.#sell(till, card, amount, { special, change: { set: { overrideKey: this.#keyOf(of) } } }, of)
  }

  sellWith(till: Till, proof: WrongProof, card: Card, amount: Amount): Promise<Deed> {
    return this.#sell(till, card, amount, { special: proof, change: { set: proofs[proof] } })
  }

  /** In the name of this till, with the credentials of another. */
  sellAs(till: Till, other: Till, card: Card, amount: Amount): Promise<Deed> {
    const overrideParty = this.#offered.partyOf(other.identity)
    return this.#sell(till, card, amount, { special: 'credentials of another', change: { set: { overrideParty } } })
  }

  /** The same bytes over two connections at once. An acquirer that can be told to takes its time over the first. */
  async sellTwiceAtOnce(till: Till, card: Card, amount: Amount): Promise<Deed> {
    await this.#cashier.attend(till)
    await this.#office.slowOnce()
    return this.#sell(till, card, amount, { special: 'twice at once', change: { set: { overrideTwice: 'yes' } } })
  }

  #sell(till: Till, card: Card, amount: Amount, wrong: Wrong, of?: Deed): Promise<Deed> {
    if (this.#mapped === undefined) throw new NotOffered('the profile does not claim http')
    return this.#headstrong.sell(till, card, amount, wrong, of)
  }

  #keyOf(of: Deed): string {
    const sent = requestOf(of)
    if (sent === undefined) throw new Error('the scenario speaks of the key of something that was never sent')
    return this.#offered.intentOf(sent)
  }

  get #offered(): MappedAcquirer {
    if (this.#mapped === undefined) throw new NotOffered('the profile does not claim http')
    return this.#mapped
  }
}
