import { withoutCardNumbers } from './card-numbers.ts'

/** The shortest and longest that each may be, characters. */
export const lengths = {
  reason: { least: 3, most: 200 },
  evidence: { least: 0, most: 1000 },
  note: { least: 0, most: 200 },
} as const

export type Prose = keyof typeof lengths

/** What somebody wrote, or what is wrong with it. */
export type Written = Readonly<{ is: 'text'; text: string }> | Readonly<{ is: 'too short' | 'too long' | 'not text' }>

/** Anything that does not print, but for the ends of lines. */
const unprintable = /[^\P{C}\n\t]/u

/** A text that a person wrote in a form. What could be a card number in it is masked before anybody keeps it. */
export function readProse(of: Prose, typed: string, least: number = lengths[of].least): Written {
  const { most } = lengths[of]
  const text = typed.replaceAll('\r\n', '\n').trim()
  if (text.length < least) return { is: 'too short' }
  if (text.length > most) return { is: 'too long' }
  if (unprintable.test(text)) return { is: 'not text' }
  return { is: 'text', text: withoutCardNumbers(text) }
}
