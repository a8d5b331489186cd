import type { BooksView } from './books.ts'
import type { Policy } from './knobs.ts'
import { sizeOf } from './posting.ts'
import { isDomestic, type Transaction } from './transaction.ts'

/** Counts and sums of one class of cards, fen. */
export type ClassSums = Readonly<{ debitCount: number; debit: bigint; creditCount: number; credit: bigint }>
export type Sums = Readonly<{ domestic: ClassSums; foreign: ClassSums }>

/** What of a transaction a settlement counts, as debit or credit; nothing for one that does not count. */
export type Counted = Readonly<{ transaction: Transaction; as: 'debit' | 'credit'; minor: bigint }>

/**
 * The transactions of a batch that count: reversed ones never; a voided sale and its void both under `gross`, neither under `net`.
 *
 * @source UnionPay POS fact sheet, 4.5
 */
export function countedIn(books: BooksView, policy: Policy, terminalId: string, batch: string): readonly Counted[] {
  const { ledger } = books
  return books.ofBatch(terminalId, batch).flatMap((transaction): Counted[] => {
    const posting = ledger.postingOf(transaction)
    if (!posting || ledger.isReversed(posting)) return []
    if (posting.kind === 'sale') {
      const minor = policy.totals === 'gross' ? sizeOf(posting) : ledger.standing(posting)
      return minor === 0n ? [] : [{ transaction, as: 'debit', minor }]
    }
    if (posting.kind === 'void' && policy.totals === 'net') return []
    return [{ transaction, as: 'credit', minor: sizeOf(posting) }]
  })
}

export function sumsOf(counted: readonly Counted[]): Sums {
  const of = (domestic: boolean): ClassSums => {
    const mine = counted.filter(one => isDomestic(one.transaction.pan) === domestic)
    const sum = (as: Counted['as']) => mine.reduce((total, one) => (one.as === as ? total + one.minor : total), 0n)
    const count = (as: Counted['as']) => mine.filter(one => one.as === as).length
    return { debitCount: count('debit'), debit: sum('debit'), creditCount: count('credit'), credit: sum('credit') }
  }
  return { domestic: of(true), foreign: of(false) }
}

/** What the merchant is owed: debits less credits. */
export const netOf = (counted: readonly Counted[]): bigint =>
  counted.reduce((sum, one) => (one.as === 'debit' ? sum + one.minor : sum - one.minor), 0n)

const classDigits = 31

/**
 * The 62 digits of a settlement: amount 12 and count 3 of debits, the same of credits, a result digit; first domestic, then foreign cards.
 *
 * @returns nothing when they are not 62 digits
 * @source  UnionPay POS fact sheet, 4.5
 */
export function readSums(digits: string | undefined): Sums | undefined {
  if (digits === undefined || !/^\d{62}$/.test(digits)) return undefined
  return { domestic: readClass(digits.slice(0, classDigits)), foreign: readClass(digits.slice(classDigits)) }
}

function readClass(digits: string): ClassSums {
  return {
    debit: BigInt(digits.slice(0, 12)),
    debitCount: Number(digits.slice(12, 15)),
    credit: BigInt(digits.slice(15, 27)),
    creditCount: Number(digits.slice(27, 30)),
  }
}

const same = (one: ClassSums, other: ClassSums): boolean =>
  one.debit === other.debit &&
  one.credit === other.credit &&
  one.debitCount === other.debitCount &&
  one.creditCount === other.creditCount

export type Result = '1' | '2' | '3'

/** `1` where the counts and sums of a class agree, `2` where any differs. */
export const compared = (asked: Sums, own: Sums): readonly [Result, Result] => [
  same(asked.domestic, own.domestic) ? '1' : '2',
  same(asked.foreign, own.foreign) ? '1' : '2',
]

/** The digits that were sent, with the results in their places. */
export function withResults(digits: string | undefined, [domestic, foreign]: readonly [Result, Result]): string {
  const sent = digits !== undefined && /^\d{62}$/.test(digits) ? digits : '0'.repeat(62)
  return sent.slice(0, 30) + domestic + sent.slice(31, 61) + foreign
}

/** The results in an answer. */
export const resultsIn = (digits: string): readonly [domestic: string, foreign: string] => [
  digits.slice(30, 31),
  digits.slice(61, 62),
]
