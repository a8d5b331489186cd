import type { VerdictWord } from '../verdict/verdict.ts'
import { looks, words } from './look.ts'
import { columns, printable } from './plain-text.ts'

/** A scenario has ended: `done` of `of`, and the verdicts it gave. */
export type Progress = Readonly<{ scenario: string; done: number; of: number; verdicts: readonly VerdictWord[] }>

/** `tty`: one line is drawn again and again; otherwise a line for each scenario that gave more than passes, and one at each tenth of the way. */
export type ProgressOptions = Readonly<{ tty: boolean; colour: boolean; width: number }>

const clearLine = '\r\u001B[2K'

/** Tells how a run goes, as text for the caller to write; `finish` clears what a window still shows. */
export function progress(options: ProgressOptions): Readonly<{ on: (event: Progress) => string; finish: () => string }> {
  const counts = new Map<VerdictWord, number>()
  let tenth = 0
  return {
    on(event) {
      for (const word of event.verdicts) counts.set(word, (counts.get(word) ?? 0) + 1)
      if (options.tty) return clearLine + barLine(event, counts, options)
      const told = Math.floor((event.done * 10) / Math.max(1, event.of))
      const news = event.verdicts.filter(word => word !== 'passed' && word !== 'not applicable')
      const due = told > tenth
      tenth = Math.max(tenth, told)
      if (news.length > 0) return `${event.done}/${event.of} ${toldOnce(news)}: ${printable(event.scenario)}\n`
      return due ? `${event.done}/${event.of} ${countsText(counts, false)}\n` : ''
    },
    finish: () => (options.tty ? clearLine : ''),
  }
}

/** `failed`, or `failed × 5` where a scenario gave the same verdict on several rows. */
function toldOnce(news: readonly VerdictWord[]): string {
  const times = (word: VerdictWord) => news.filter(other => other === word).length
  return [...new Set(news)].map(word => (times(word) === 1 ? word : `${word} × ${times(word)}`)).join(', ')
}

function countsText(counts: ReadonlyMap<VerdictWord, number>, colour: boolean): string {
  return words
    .filter(word => (counts.get(word) ?? 0) > 0)
    .map(word => paint(`${looks[word].glyph} ${counts.get(word)}`, looks[word].ansi, colour))
    .join('  ')
}

function barLine(
  { scenario, done, of }: Progress,
  counts: ReadonlyMap<VerdictWord, number>,
  { colour, width }: ProgressOptions,
): string {
  const full = Math.round((done * 20) / Math.max(1, of))
  const bar = `${paint('━'.repeat(full), '36', colour)}${paint('━'.repeat(20 - full), '90', colour)}`
  const head = `${bar} ${done}/${of}  ${countsText(counts, colour)}  `
  return head + cut(printable(scenario), width - 1 - columns(head))
}

const paint = (text: string, ansi: string, colour: boolean): string => (colour ? `\u001B[${ansi}m${text}\u001B[0m` : text)

/** The start of a text that fits, with `…` where it was cut; a line that wrapped could not be drawn again. */
function cut(text: string, width: number): string {
  if (columns(text) <= width) return text
  let kept = ''
  for (const character of text) {
    if (columns(kept + character) > width - 1) break
    kept += character
  }
  return width < 1 ? '' : `${kept}…`
}
