import { type HttpAnswer, refusal } from './http-answer.ts'

/** How often the state of a refund is asked for before it is final. */
const looksBeforeTheEnd = 2

type Pending = { readonly answer: HttpAnswer; readonly owner: string; looks: number }

/**
 * Refunds that were taken and are not yet answered for: on a host that offers `async`, a refund is answered 202, and what became of it is told to
 * whoever asks often enough.
 *
 * @source Requirement catalogue, HTTP-007
 */
export class PendingRefunds {
  readonly #pending = new Map<string, Pending>()

  /** The answer "accepted" in the place of the one that is kept. */
  accept(reference: string, owner: string, answer: HttpAnswer): HttpAnswer {
    this.#pending.set(reference, { answer, owner, looks: 0 })
    return accepted
  }

  /** What is told of a refund that was accepted: that it is pending, and in the end its answer. */
  look(reference: string, merchantId: string): HttpAnswer | undefined {
    const pending = this.#pending.get(reference)
    if (pending === undefined || pending.owner !== merchantId) return undefined
    pending.looks += 1
    return pending.looks < looksBeforeTheEnd ? accepted : { ...pending.answer, status: 200 }
  }
}

/** Taken, and not yet done. */
const accepted: HttpAnswer = {
  ...refusal(202, '09', 'the refund is accepted; ask for its state'),
  body: { approved: 'pending', resultCode: '09', note: 'the refund is accepted; ask for its state' },
}
