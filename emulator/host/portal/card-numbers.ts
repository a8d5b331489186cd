import { maskPan, passesLuhn } from '../../values/pan.ts'

/** Digits of a card number where nobody says that there is one. */
const shortest = 13
const longest = 19

/** Digits in groups, and what people put between them: spaces of any kind, hyphens, dashes, dots, slashes. */
const numbers = /\p{Nd}+(?:[\s\p{Pd}./]{1,3}\p{Nd}+)*/gu
const group = /\p{Nd}+/gu

/** One group of digits, and where it stands. */
type Group = Readonly<{ digits: string; from: number; to: number }>

/**
 * A text with every card number in it masked: groups of digits, one after the other, that make 13 to 19 with a right check digit, whatever
 * numbers stand before and after. Full-width digits are digits.
 *
 * @example withoutCardNumbers('voucher 2 6212142000000000012') // voucher 2 621214…0012
 */
export function withoutCardNumbers(text: string): string {
  return text.replace(numbers, masked)
}

function masked(run: string): string {
  const groups = [...run.matchAll(group)].map(
    ({ 0: digits, index }): Group => ({ digits: digits.normalize('NFKC'), from: index, to: index + digits.length }),
  )
  let clean = ''
  let done = 0
  for (let at = 0; at < groups.length; at += 1) {
    const card = cardFrom(groups.slice(at))
    const [first, last] = [groups[at], groups[at + (card?.groups ?? 1) - 1]]
    if (card === undefined || first === undefined || last === undefined) continue
    clean += `${run.slice(done, first.from)}${maskPan(card.digits)}`
    done = last.to
    at += card.groups - 1
  }
  return clean + run.slice(done)
}

/** The card number that the first of these groups begin, if they do; the longest there is. */
function cardFrom(groups: readonly Group[]): Readonly<{ digits: string; groups: number }> | undefined {
  let digits = ''
  let found: Readonly<{ digits: string; groups: number }> | undefined
  for (const [no, next] of groups.entries()) {
    digits += next.digits
    if (digits.length > longest) break
    if (digits.length >= shortest && passesLuhn(digits)) found = { digits, groups: no + 1 }
  }
  return found
}
