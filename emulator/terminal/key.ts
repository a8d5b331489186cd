export type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** The keys that start something. They work when nothing else is going on. */
export const functionKeys = [
  'sale',
  'void',
  'refund',
  'inquire',
  'sign in',
  'sign off',
  'echo',
  'settle',
  'reverse',
  'look up',
  'reprint',
  'totals',
] as const
export type FunctionKey = (typeof functionKeys)[number]

/** `clear` empties the entry; `cancel` ends the operation. */
export const editKeys = ['enter', 'clear', 'cancel'] as const
export type EditKey = (typeof editKeys)[number]

export type Key = Digit | EditKey | FunctionKey

export function isDigit(key: Key): key is Digit {
  return /^\d$/.test(key)
}
