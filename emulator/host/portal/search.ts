import type { BooksView } from '../books.ts'
import { isoIn } from '../moment.ts'
import type { Transaction } from '../transaction.ts'

/** What transactions are looked for by, as it was typed. */
export const searchFields = ['voucher', 'reference', 'card', 'amount', 'from', 'to'] as const
export type SearchField = (typeof searchFields)[number]
export type Search = Readonly<Partial<Record<SearchField, string>>>

/** The form of each, and the longest that is taken, characters. */
const shapes: Readonly<Record<SearchField, Readonly<{ shape: RegExp; longest: number }>>> = {
  voucher: { shape: /^B?\d{1,8}$/i, longest: 9 },
  reference: { shape: /^\d{1,12}$/, longest: 12 },
  card: { shape: /^\d{4}$/, longest: 4 },
  amount: { shape: /^\d{1,8}([.,]\d{1,2})?$/, longest: 11 },
  from: { shape: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/, longest: 16 },
  to: { shape: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/, longest: 16 },
}

/** The longest text of a field, characters: what a page lets be typed, and what is taken if somebody sends more. */
export const longestOf = (field: SearchField): number => shapes[field].longest

export type Mistake = Readonly<{ field: SearchField; is: 'too long' | 'not of this form' }>

/** A search that can be done, or what is wrong with it. `shown` is what was typed, cut to its longest. */
export type Read = Readonly<{ shown: Search; mistakes: readonly Mistake[] }>

/** @param typed  the query of the page; what is not one of our fields is left out */
export function readSearch(typed: URLSearchParams): Read {
  const mistakes: Mistake[] = []
  const shown: Partial<Record<SearchField, string>> = {}
  for (const field of searchFields) {
    const text = typed.get(field)?.trim() ?? ''
    if (text === '') continue
    const { shape, longest } = shapes[field]
    shown[field] = text.slice(0, longest)
    if (text.length > longest) mistakes.push({ field, is: 'too long' })
    else if (!shape.test(text)) mistakes.push({ field, is: 'not of this form' })
  }
  return { shown, mistakes }
}

/** `88`, `88.5` and `88,50` as fen; nothing for any other text. */
export function fenIn(text: string): bigint | undefined {
  if (!shapes.amount.shape.test(text)) return undefined
  const [whole = '0', part = ''] = text.split(/[.,]/)
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'))
}

/** The transactions that a search finds, newest first. @param isSeen  whether they are the searcher's to see */
export function found(
  books: BooksView,
  isSeen: (transaction: Transaction) => boolean,
  zone: string,
  search: Search,
): readonly Transaction[] {
  const minor = search.amount === undefined ? undefined : fenIn(search.amount)
  const voucher = search.voucher?.toUpperCase()
  return books.transactions
    .filter(one => {
      if (!isSeen(one)) return false
      const at = isoIn(one.at, zone).slice(0, 16)
      return (
        (voucher === undefined || one.trace === padded(voucher)) &&
        (search.reference === undefined || one.reference.endsWith(search.reference)) &&
        (search.card === undefined || one.pan.lastFour === search.card) &&
        (minor === undefined || one.minor === minor) &&
        (search.from === undefined || at >= search.from) &&
        (search.to === undefined || at <= search.to)
      )
    })
    .toReversed()
}

/** A voucher number as it is kept, six digits; an office's begins with B. */
const padded = (voucher: string): string => (voucher.startsWith('B') ? voucher : voucher.padStart(6, '0'))
