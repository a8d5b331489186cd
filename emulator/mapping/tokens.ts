import type { HttpCall } from '../values/http-call.ts'
import { type Acting, encoderOf } from './caller.ts'
import { readJson } from './encode.ts'
import type { Names } from './expression.ts'
import { maskingOf, shownHeaders } from './masking.ts'
import { prepare } from './prepare.ts'
import type { Prepared } from './prepared.ts'

/** A token is renewed so long before it ends. */
const margin = 5_000
/** Of a token that does not say how long it holds. */
const usualSeconds = 300

/** Tokens that were fetched, by credential set, until they expire by the clock of the bench. */
export class Tokens {
  readonly #held = new Map<string, Readonly<{ token: string; until: number }>>()
  #counted = 0

  /** A number that no other call has: the n-th call of this acquirer. */
  count(): number {
    this.#counted += 1
    return this.#counted
  }

  /**
   * The token of a credential set, where one is needed: fetched if there is none. Fetching is a call of its own, and told like any other.
   */
  async of(acting: Acting, names: Names): Promise<Readonly<{ token?: string }> | 'not given'> {
    const plan = acting.mapping.auth.find(auth => auth.use === 'token-fetch')
    if (plan?.use !== 'token-fetch') return {}
    const { party, now, http, signal, base } = acting
    const held = this.#held.get(party.name)
    if (held !== undefined && held.until > now()) return { token: held.token }
    const call = {
      id: 'token',
      method: 'POST',
      idempotency: { carrier: 'none' },
      messageHeader: {},
      capture: {},
      classify: [],
      path: plan.path,
      headers: plan.headers,
      body: plan.body,
    } as const
    const prepared = await prepare(call, encoderOf(plan.encoder), { ...names, nonce: `${party.name}${this.count()}` }, base)
    const came = await http.call(prepared, signal)
    if (came.is === 'nothing')
      return this.#told(acting, prepared, { rule: 'no token', outcome: 'UNKNOWN', says: `no token: ${came.says}` })
    const seen = { status: came.status, headers: came.headers, body: readJson(came.text) }
    const token = came.status < 300 ? await plan.token.evaluate(seen) : undefined
    const seconds = Number((await plan.expires?.evaluate(seen)) ?? usualSeconds)
    const answer = { status: came.status, headers: shownHeaders(came.headers, new Set(), maskingOf(party, nobody, [])) }
    if (typeof token !== 'string' || token === '')
      return this.#told(acting, prepared, {
        rule: 'no token',
        outcome: 'SECURITY',
        says: `status ${came.status}: no token in the answer`,
        answer,
      })
    this.#held.set(party.name, { token, until: now() + seconds * 1000 - margin })
    this.#told(acting, prepared, {
      rule: 'token',
      outcome: 'APPROVED',
      says: `status ${came.status}: a token for ${seconds} s`,
      answer,
    })
    return { token }
  }

  #told(
    { saw, party }: Acting,
    { method, path, headers }: Prepared,
    facts: Pick<HttpCall, 'rule' | 'outcome' | 'says'> & Partial<Pick<HttpCall, 'answer'>>,
  ): 'not given' {
    const masking = maskingOf(party, nobody, [])
    const shown = shownHeaders(headers, new Set(), masking)
    saw({
      call: 'token',
      intent: party.name,
      attempt: 1,
      party: party.name,
      method,
      path: masking(path),
      headers: shown,
      final: true,
      ...facts,
    })
    return 'not given'
  }
}

const nobody = { operation: 'token', fields: {} }
