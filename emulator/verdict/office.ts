import type { Movement } from './position.ts'
import { cite, type Of } from './scope.ts'
import type { Evidence } from './verdict.ts'

/** What somebody did in a merchant's back office, as the journal has it. */
export type Deed = Of<'office'>

export const citeDeed = (deed: Deed): Evidence => ({
  entry: deed.id,
  saw: `the ${deed.by} of ${deed.merchantId} ${deed.act}: ${deed.saw}`,
})

/** What moved a transaction's money: its messages, and what was done about it in a back office. */
export const citeMovement = ({ exchange, deeds }: Movement): Evidence[] => [...cite(exchange), ...deeds.map(citeDeed)]

/** Whether an office undid a transaction. Its till knows nothing of that. */
export const isUndoneByOffice = ({ deeds }: Movement): boolean => deeds.some(({ saw }) => saw === 'voided')

/** What an office gave back, minor units: certainly, and perhaps. */
export type GivenBack = { sure: bigint; perhaps: readonly bigint[] }

/** Every sum that may have been given back. */
export const sumsGivenBack = ({ sure, perhaps }: GivenBack): readonly bigint[] =>
  perhaps.reduce((sums, minor) => sums.flatMap(sum => [sum, sum + minor]), [sure])

/** Reading tells of money and moves none. */
const moves = (deed: Deed): boolean => deed.act !== 'looked for' && deed.act !== 'read the audit log'

/**
 * Moves the money of back offices, request by request, by what their pages say. A void or refund that a page calls done is done, once, however often
 * it is told. What waits, was refused or was rejected moves nothing. Where a page says what nobody understands, the money is not known until the request
 * is followed to words that are.
 */
export class OfficeMoney {
  readonly #done = new Set<number>()
  readonly #asked = new Map<number, Deed>()
  readonly #doubted = new Set<number>()

  apply(deed: Deed, movements: readonly Movement[]): void {
    const { request, saw } = deed
    if (request === undefined) return
    if (deed.act === 'asked for a void' || deed.act === 'asked for a refund') this.#asked.set(request, deed)
    const original = movements.find(({ exchange, kind }) => exchange.operation === deed.about && kind !== 'void')
    if (original === undefined || !moves(deed) || this.#done.has(request)) return
    if (saw === 'unclear') this.#doubt(request, deed, original)
    else if (this.#doubted.has(request)) this.#clear(request, deed, original)
    if (saw !== 'voided' && saw !== 'refunded') return
    this.#done.add(request)
    original.deeds.push(deed)
    if (saw === 'voided') undone(original, movements)
    else original.givenBack = { ...original.givenBack, sure: original.givenBack.sure + this.#minorOf(request, deed) }
  }

  #doubt(request: number, deed: Deed, original: Movement): void {
    if (this.#doubted.has(request)) return
    this.#doubted.add(request)
    original.deeds.push(deed)
    if (this.#asked.get(request)?.act === 'asked for a refund') {
      const { sure, perhaps } = original.givenBack
      original.givenBack = { sure, perhaps: [...perhaps, this.#minorOf(request, deed)] }
    } else if (original.standing === 'live') original.standing = 'unknown'
    else this.#doubted.delete(request)
  }

  #clear(request: number, deed: Deed, original: Movement): void {
    this.#doubted.delete(request)
    original.deeds.push(deed)
    if (this.#asked.get(request)?.act === 'asked for a refund') {
      const { sure, perhaps } = original.givenBack
      original.givenBack = { sure, perhaps: perhaps.toSpliced(perhaps.indexOf(this.#minorOf(request, deed)), 1) }
    } else if (original.standing === 'unknown') original.standing = 'live'
  }

  #minorOf(request: number, deed: Deed): bigint {
    return BigInt(this.#asked.get(request)?.minor ?? deed.minor ?? 0)
  }
}

/** A void from a till that is still out brings nothing back any more, whatever it is answered. */
function undone(original: Movement, movements: readonly Movement[]): void {
  original.standing = 'none'
  for (const movement of movements) if (movement.undoes === original) movement.doubts = false
}
