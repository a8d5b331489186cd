import type { Fields } from '../values/message.ts'
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

/** What a settlement asks for. `apart`: classes of cards each for themselves, else all in one, which then stands under `domestic`. */
export type Claimed = Readonly<{ sums: Sums; apart: boolean }>

const none: ClassSums = { debitCount: 0, debit: 0n, creditCount: 0, credit: 0n }

/** The totals of a settlement request; nothing when they are missing or cannot be read. */
export function claimedIn(fields: Fields): Claimed | undefined {
  const apart = readSums(digitsIn(fields))
  if (apart) return { sums: apart, apart: true }
  const together = [fields.debitCount, fields.debit, fields.creditCount, fields.credit]
  if (fields.additionalData !== undefined || !together.every(isNumber)) return undefined
  const [debitCount, debit, creditCount, credit] = together.map(BigInt)
  const domestic = { debitCount: Number(debitCount), debit: debit ?? 0n, creditCount: Number(creditCount), credit: credit ?? 0n }
  return { sums: { domestic, foreign: none }, apart: false }
}

const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d+$/.test(text)

/** The totals of both classes of cards as 62 digits, also where they stand in fields of their own. */
function digitsIn(fields: Fields): string | undefined {
  if (fields.additionalData !== undefined) return fields.additionalData
  const classes = (['domestic', 'foreign'] as const).map(of => {
    const parts = [fields[`${of}Debit`], fields[`${of}DebitCount`], fields[`${of}Credit`], fields[`${of}CreditCount`]]
    if (!parts.every(isNumber)) return undefined
    return parts.map((part, at) => part.padStart(at % 2 === 0 ? 12 : 3, '0')).join('')
  })
  return classes.includes(undefined) ? undefined : classes.map(digits => `${digits}0`).join('')
}

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
export function compared({ sums, apart }: Claimed, own: Sums): readonly [Result, Result] {
  const { domestic, foreign } = apart ? own : { domestic: together(own), foreign: none }
  return [same(sums.domestic, domestic) ? '1' : '2', same(sums.foreign, foreign) ? '1' : '2']
}

const together = ({ domestic, foreign }: Sums): ClassSums => ({
  debitCount: domestic.debitCount + foreign.debitCount,
  debit: domestic.debit + foreign.debit,
  creditCount: domestic.creditCount + foreign.creditCount,
  credit: domestic.credit + foreign.credit,
})

/**
 * How a settlement came out, as it is kept: the 62 digits that were sent with the results in their places, or, of totals in one, their result.
 */
export function withResults(fields: Fields, [domestic, foreign]: readonly [Result, Result]): string {
  const digits = digitsIn(fields)
  if (digits === undefined && fields.debitCount !== undefined) return [domestic, foreign].toSorted().at(-1) ?? domestic
  const sent = digits !== undefined && /^\d{62}$/.test(digits) ? digits : '0'.repeat(62)
  return sent.slice(0, 30) + domestic + sent.slice(31, 61) + foreign
}

/** The results in what `withResults` made. */
export const resultsIn = (totals: string): readonly [domestic: string, foreign: string] =>
  totals.length === 1 ? [totals, totals] : [totals.slice(30, 31), totals.slice(61, 62)]

/** What an answer says of them. */
export const saidOf = (totals: string): Fields =>
  totals.length === 1 ? { settlementResult: totals } : { additionalData: totals }
