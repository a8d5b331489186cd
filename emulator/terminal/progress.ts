import type { Operation } from '../values/operation.ts'
import type { OutcomeWord, State } from './state.ts'
import type { Effect, Step } from './transition.ts'

export const go = (next: State, ...effects: readonly Effect[]): Step => ({ next, effects })

export const stay = (state: State): Step => ({ next: state, effects: [] })

/** Ends an operation: its outcome is shown until the next key, and reported once. */
export function finish(
  operation: Operation,
  outcome: OutcomeWord,
  lines: readonly string[],
  effects: readonly Effect[] = [],
  resultCode?: string,
): Step {
  const end: Effect = {
    do: 'end',
    operation,
    outcome,
    says: lines.join(' '),
    ...(resultCode === undefined ? {} : { resultCode }),
  }
  return { next: { at: 'told', outcome, lines }, effects: [...effects, { do: 'show', lines }, end] }
}

export const refuse = (operation: Operation, ...lines: readonly string[]): Step =>
  finish(operation, 'refused locally', ['不能交易 REFUSED', ...lines])

export const cancel = (operation: Operation): Step =>
  finish(operation, 'cancelled', ['交易取消 CANCELLED', '未发送 nothing was sent'])

/** Shows something that ends no operation, or ends it as done. */
export const notice = (...lines: readonly string[]): Step => go({ at: 'told', outcome: 'notice', lines })
