import type { Blank } from './pages-form.ts'

/** What is put into the blanks of a pages file; what is not there has nothing to put. */
export type Filling = Readonly<Partial<Record<Blank, string>>>

/** Not the braces of a regular expression: `\\d{2}`, `\\p{Lu}`. */
const braces = /(?<!\\[pP])\{([a-z]\w*)\}/g
const slashed = /^\/(.+)\/(i?)$/s

/** The names of the blanks in a text, known or not. */
export const blanksIn = (text: string): readonly string[] => [...text.matchAll(braces)].flatMap(([, name]) => name ?? [])

/** A text with its blanks filled in; nothing where there is nothing to put into one of them. */
export function filled(text: string, filling: Filling): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = filling
  if (blanksIn(text).some(name => values[name] === undefined)) return undefined
  return text.replace(braces, (_, name: string) => values[name] ?? '')
}

/**
 * Words of a pages file as a regular expression over the text of an element, in which any white space may stand for a space: as they stand
 * there, all of them, or what `/…/` says.
 *
 * @throws SyntaxError when what stands between the slashes is none
 */
export function wordsOf(text: string, filling: Filling): RegExp {
  const values: Readonly<Record<string, string | undefined>> = filling
  const [, pattern, flags] = slashed.exec(text) ?? []
  if (pattern === undefined) return new RegExp(`^\\s*${escaped(filled(text, filling) ?? text)}\\s*$`)
  const put = pattern.replace(braces, (all, name: string) => escaped(values[name] ?? all))
  return new RegExp(put.replaceAll(' ', '\\s+'), `${flags}s`)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+')
}
