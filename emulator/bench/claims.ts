import { AssertionError } from 'node:assert'
import type { Verdict } from '../verdict/verdict.ts'

/** A scenario could not find out: something it needs from another row did not hold. Never the acquirer's failure. */
export class Inconclusive extends Error {
  constructor(because: string) {
    super(because)
    this.name = 'Inconclusive'
  }
}

/** A scenario came to something that the profile does not offer: it does not apply. */
export class NotOffered extends Error {
  constructor(because: string) {
    super(because)
    this.name = 'NotOffered'
  }
}

/** A verdict on one row, as attached to a scenario. */
export type Judged = Readonly<{ requirement: string; verdict: Verdict }>

/** Throws the worst of what was judged: `AssertionError` for a failure (reports call anything else broken), `Inconclusive` next. */
export function raise(judged: readonly Judged[]): void {
  for (const { requirement, verdict } of judged) {
    if (verdict.is !== 'failed') continue
    throw new AssertionError({
      message: `${requirement}: ${verdict.says}`,
      expected: verdict.expected,
      actual: verdict.received,
      operator: 'equals',
    })
  }
  for (const { requirement, verdict } of judged)
    if (verdict.is === 'inconclusive') throw new Inconclusive(`${requirement}: ${verdict.because}`)
}
