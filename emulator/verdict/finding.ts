import type { Attribution, Evidence, Some, Verdict } from './verdict.ts'

/** How verdicts are made and put together. A check is a composition of these. */

export type Facts = Readonly<{ says: string; expected: string; received: string; attribution?: Attribution }>

export function passed(evidence: readonly Evidence[]): Verdict {
  return isSome(evidence)
    ? { is: 'passed', evidence }
    : inconclusive('there is no evidence to rest a pass on', { attribution: 'suite' })
}

/** Without evidence nothing can be held against anybody. */
export function failed(facts: Facts, evidence: readonly Evidence[]): Verdict {
  return isSome(evidence)
    ? { is: 'failed', attribution: 'acquirer', ...facts, evidence }
    : inconclusive(facts.says, { attribution: 'suite' })
}

export function warned(facts: Facts, evidence: readonly Evidence[]): Verdict {
  return isSome(evidence)
    ? { is: 'warned', attribution: 'acquirer', ...facts, evidence }
    : inconclusive(facts.says, { attribution: 'suite' })
}

export function inconclusive(
  because: string,
  more: Readonly<{ becauseOf?: string; attribution: Attribution; evidence?: readonly Evidence[] }>,
): Verdict {
  const { becauseOf, attribution, evidence = [] } = more
  return { is: 'inconclusive', because, attribution, evidence, ...(becauseOf === undefined ? {} : { becauseOf }) }
}

export function notApplicable(because: string): Verdict {
  return { is: 'not applicable', because }
}

/** The scenario did not do what this check needs: our own omission, never the acquirer's. */
export function lacking(what: string): Verdict {
  return inconclusive(`the scenario has ${what}`, { attribution: 'suite' })
}

const worstFirst: readonly Verdict['is'][] = ['failed', 'inconclusive', 'untested', 'warned']

/**
 * All of these must hold. The worst speaks for all; a pass carries the evidence of every part.
 * Parts that are not applicable say nothing, unless none is left.
 */
export function allOf(...parts: readonly Verdict[]): Verdict {
  for (const word of worstFirst) {
    const spokesman = parts.find(part => part.is === word)
    if (spokesman === undefined) continue
    return spokesman.is === 'warned' ? { ...spokesman, evidence: merged(spokesman.evidence, parts) } : spokesman
  }
  const passes = parts.filter(part => part.is === 'passed')
  const [first] = passes
  if (first !== undefined) return { is: 'passed', evidence: merged(first.evidence, passes) }
  return parts[0] ?? lacking('nothing for this requirement to look at')
}

/** As `allOf`, over a list that must not be empty: `what` names what would be missing. */
export function each<T>(items: readonly T[], what: string, judge: (item: T) => Verdict): Verdict {
  return items.length === 0 ? lacking(`no ${what}`) : allOf(...items.map(judge))
}

function merged(first: Some<Evidence>, parts: readonly Verdict[]): Some<Evidence> {
  const seen = new Set(first.map(key))
  const more = parts
    .flatMap(part => ('evidence' in part ? part.evidence : []))
    .filter(item => !seen.has(key(item)) && seen.add(key(item)))
  return [...first, ...more]
}

const key = (evidence: Evidence): string => `${evidence.entry} ${evidence.field ?? ''} ${evidence.saw}`

export function isSome<T>(items: readonly T[]): items is Some<T> {
  return items.length > 0
}
