export type Some<T> = readonly [T, ...T[]]

/** What was seen, and in which journal entry. */
export type Evidence = Readonly<{ entry: string; field?: string; saw: string }>

/** Whose it is. */
export type Attribution = 'acquirer' | 'instrument' | 'profile' | 'network' | 'suite'

type Finding = Readonly<{
  /** What happened, in a sentence. */
  says: string
  expected: string
  received: string
  attribution: Attribution
  evidence: Some<Evidence>
}>

export type Verdict =
  | Readonly<{ is: 'passed'; evidence: Some<Evidence> }>
  | (Readonly<{ is: 'warned' }> & Finding)
  | (Readonly<{ is: 'failed' }> & Finding)
  | Readonly<{ is: 'inconclusive'; because: string; becauseOf?: string; attribution: Attribution; evidence: readonly Evidence[] }>
  | Readonly<{ is: 'not applicable'; because: string }>
  | Readonly<{ is: 'untested'; because: string; attribution: Attribution }>

export type VerdictWord = Verdict['is']

/** Worst first: a row is as bad as the worst of its scenarios. */
const worstFirst: readonly VerdictWord[] = ['failed', 'inconclusive', 'untested', 'warned', 'passed', 'not applicable']

export function worst(words: Some<VerdictWord>): VerdictWord {
  return worstFirst.find(word => words.includes(word)) ?? words[0]
}
