import type { Card } from '../card/card.ts'
import type { Amount } from '../values/amount.ts'
import type { Message } from '../values/message.ts'
import type { Operation } from '../values/operation.ts'
import type { Original } from '../values/request.ts'
import type { Till } from './till.ts'

/** Something done at a till, with what was sent and what came back, in clear and in memory only. */
export type Deed = Readonly<{
  operation: number
  name: Operation
  till: Till
  card?: Card
  amount?: Amount
}>

/** What has been done in this scenario: so that a step can say "that sale". */
export class Memory {
  readonly #deeds: Deed[] = []
  readonly #targets = new Map<Deed, Deed>()

  keep(deed: Deed, target?: Deed): Deed {
    this.#deeds.push(deed)
    if (target !== undefined) this.#targets.set(deed, target)
    return deed
  }

  /** What a deed referred to: the sale of a void. */
  target(deed: Deed): Deed | undefined {
    return this.#targets.get(deed)
  }

  /**
   * The last deed of this name, of this holder if one is named.
   *
   * @throws Error when there is none: the scenario is written wrongly.
   */
  last(name: Operation, holder?: string): Deed {
    const found = this.#deeds.findLast(deed => deed.name === name && (holder === undefined || deed.card?.holder === holder))
    if (found === undefined)
      throw new Error(`the scenario speaks of a ${name}${holder === undefined ? '' : ` of ${holder}`}, but there was none`)
    return found
  }

  /** The one before the last. */
  before(name: Operation): Deed {
    const found = this.#deeds.filter(deed => deed.name === name).at(-2)
    if (found === undefined) throw new Error(`the scenario speaks of two operations ${name}, but there were fewer`)
    return found
  }

  all(name: Operation): readonly Deed[] {
    return this.#deeds.filter(deed => deed.name === name)
  }
}

/** The request of a deed as it was sent, and the acquirer's answer, whether or not it reached the till. */
export const requestOf = (deed: Deed): Message | undefined => deed.till.line.sentFor(deed.operation, deed.name)?.request
export const replyOf = (deed: Deed): Message | undefined => deed.till.line.sentFor(deed.operation, deed.name)?.reply

/** What names a deed in a follow-up. */
export function originalOf(deed: Deed): Original {
  const request = requestOf(deed)?.fields
  const reply = replyOf(deed)?.fields
  const begunAt = deed.till.store.records.find(one => one.trace === request?.trace && one.batch === request.batch)?.begunAt
  return {
    ...(request?.batch === undefined ? {} : { batch: request.batch }),
    ...(request?.trace === undefined ? {} : { trace: request.trace }),
    ...(begunAt === undefined ? {} : { at: begunAt }),
    ...(reply?.localDate === undefined ? {} : { date: reply.localDate }),
    ...(reply?.reference === undefined ? {} : { reference: reply.reference }),
    ...(reply?.approvalCode === undefined ? {} : { approvalCode: reply.approvalCode }),
  }
}

/** What a feature calls it, and what it is called here. */
export function operationOf(thing: 'sale' | 'void' | 'refund' | 'settlement'): Operation {
  return thing === 'settlement' ? 'settle' : thing
}
