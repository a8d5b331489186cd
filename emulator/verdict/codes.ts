import type { Codes, Dialect } from '../dialects/dialect.ts'
import { waysToSay } from '../dialects/said.ts'

/**
 * What a refusal is about: the line of the accept-set table that fits the situation.
 *
 * @source UnionPay POS fact sheet, 5.6; requirement catalogue, section 3
 */
export type Situation =
  | 'original not found'
  | 'original declined'
  | 'original voided'
  | 'original reversed'
  | 'void of a void'
  | 'original settled'
  | 'too late'
  | 'another card'
  | 'another amount'
  | 'more than is left'
  | 'another merchant'
  | 'another terminal'
  | 'state forbids it'
  | 'same-day refund'
  | 'not offered'
  | 'impossible amount'
  | 'duplicate'
  | 'nothing to reverse'
  | 'batch unknown'
  | 'batch is settling'
  | 'not signed in'
  | 'unknown merchant'
  | 'unknown terminal'
  | 'bad MAC'
  | 'wrong PIN'
  | 'card unknown'
  | 'no funds'
  | 'malformed'

/** Which result codes say what, in one dialect. Sets stand best code first. */
export type CodeSets = Readonly<{
  approved: readonly string[]
  /** On a business refusal the terminal would wait, try again or sign in. */
  misleading: readonly string[]
  /** An answer that is not the last word. */
  inProgress: readonly string[]
  /** An approval of a part of the amount. */
  partial: readonly string[]
  /** Totals that differ, where a result code says so: the settlement was taken all the same. */
  unbalanced: readonly string[]
  /** All ways in which the dialect may say these codes of ISO 8583:1987. */
  ways: (...common: readonly string[]) => readonly string[]
  accepts: Readonly<Record<Situation, readonly string[]>>
}>

/** The situation by the dialect's own name, and the outcome class whose codes stay where the dialect has no line for it. */
type Line = Readonly<{ situation?: string; class: string }>

const lines: Readonly<Record<Situation, Line>> = {
  'original not found': { situation: 'original not found', class: 'NOT-FOUND' },
  'original declined': { situation: 'original was declined', class: 'NOT-ELIGIBLE' },
  'original voided': { situation: 'original already voided', class: 'VOIDED' },
  'original reversed': { situation: 'original reversed before', class: 'VOIDED' },
  'void of a void': { situation: 'void of a void', class: 'NOT-ELIGIBLE' },
  'original settled': { situation: 'original settled', class: 'SETTLED' },
  'too late': { situation: 'void on a later day', class: 'WINDOW' },
  'another card': { situation: 'card differs from the original', class: 'WRONG-CARD' },
  'another amount': { situation: 'amount differs from the original', class: 'WRONG-AMOUNT' },
  'more than is left': { situation: 'refund above original or rest', class: 'LIMIT' },
  'another merchant': { class: 'WRONG-MERCHANT' },
  'another terminal': { class: 'WRONG-TERMINAL' },
  'state forbids it': { situation: 'related transaction for one voided or reversed', class: 'NOT-ELIGIBLE' },
  'same-day refund': { situation: 'refund on the same day', class: 'NOT-ELIGIBLE' },
  'not offered': { situation: 'unknown operation', class: 'UNSUPPORTED' },
  'impossible amount': { situation: 'amount zero or absurd', class: 'BAD-AMOUNT' },
  duplicate: { situation: 'same key, other content', class: 'DUPLICATE' },
  'nothing to reverse': { situation: 'reversal of an unknown original', class: 'REV-NONE' },
  'batch unknown': { situation: 'settlement of a closed batch', class: 'BATCH-BAD' },
  'batch is settling': { situation: 'batch is settling', class: 'BATCH-BAD' },
  'not signed in': { situation: 'not signed in', class: 'NOT-SIGNED-ON' },
  'unknown merchant': { situation: 'unknown merchant', class: 'MERCHANT-BAD' },
  'unknown terminal': { situation: 'unknown terminal', class: 'TERMINAL-BAD' },
  'bad MAC': { situation: 'MAC missing or wrong', class: 'SECURITY' },
  'wrong PIN': { situation: 'wrong PIN', class: 'PIN' },
  'card unknown': { situation: 'card number that nobody issued', class: 'WRONG-CARD' },
  'no funds': { situation: 'amount above the funds', class: 'FUNDS' },
  malformed: { situation: 'field missing or malformed', class: 'FORMAT' },
}

/** Worked out once for a dialect. */
const cache = new WeakMap<Dialect, CodeSets>()

export function codeSetsOf(dialect: Dialect): CodeSets {
  const known = cache.get(dialect)
  if (known !== undefined) return known
  const sets = read(dialect.codes)
  cache.set(dialect, sets)
  return sets
}

function read(codes: Codes): CodeSets {
  const setOf = (line: Line): readonly string[] =>
    (line.situation === undefined ? undefined : codes.accept[line.situation]?.codes) ?? codes.classes[line.class] ?? []
  return {
    approved: codes.approved,
    misleading: codes.misleading,
    inProgress: codes.classes['IN-PROGRESS'] ?? ['09'],
    partial: codes.classes.PARTIAL ?? ['10'],
    unbalanced: codes.classes.UNBALANCED ?? [],
    ways: (...common) => waysToSay(codes, common),
    // Every situation has its line above, so every situation has its set here.
    accepts: Object.fromEntries(
      Object.entries(lines).map(([situation, line]) => [situation, setOf(line)]),
    ) as CodeSets['accepts'],
  }
}
