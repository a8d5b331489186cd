import { createHash } from 'node:crypto'
import { type HttpAnswer, refusal } from './http-answer.ts'

/** What an idempotency key stands for. */
type Kept = { content: string; answer: HttpAnswer | 'in work' | 'never given' }

/** What to do about a request with a key. `again`: the first answer, which is given once more. */
export type Known =
  | Readonly<{ is: 'new' }>
  | Readonly<{ is: 'again'; answer: HttpAnswer }>
  | Readonly<{ is: 'refused'; answer: HttpAnswer }>

/**
 * Idempotency keys, each with the content it was first used for and the answer that was given. A key belongs to the merchant who used it.
 *
 * @source HTTP acquirers fact sheet, 3
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>()

  /** What the key is known for; a new one is in work from here on. */
  take(owner: string, key: string, content: string, bound: boolean): Known {
    const name = nameOf(owner, key)
    const digest = createHash('sha256').update(content).digest('hex')
    const kept = this.#kept.get(name)
    if (kept === undefined) {
      this.#kept.set(name, { content: digest, answer: 'in work' })
      return { is: 'new' }
    }
    if (bound && kept.content !== digest)
      return { is: 'refused', answer: refusal(409, '94', 'the key was used for another request') }
    if (kept.answer === 'in work')
      return { is: 'refused', answer: refusal(409, '09', 'the first request with this key is in work') }
    if (kept.answer === 'never given') return { is: 'new' }
    return { is: 'again', answer: { ...kept.answer, headers: { ...kept.answer.headers, 'idempotent-replayed': 'true' } } }
  }

  /** What came of the request. What was refused before anything was done is not kept, so that it can be put right; nor is a failure. */
  settle(owner: string, key: string, came: HttpAnswer | 'never given'): void {
    const name = nameOf(owner, key)
    const kept = this.#kept.get(name)
    if (kept === undefined) return
    const forgotten = came !== 'never given' && (came.status >= 500 || came.status === 400 || came.status === 403)
    if (forgotten) this.#kept.delete(name)
    else kept.answer = came
  }
}

const nameOf = (owner: string, key: string): string => `${owner}\n${key}`
