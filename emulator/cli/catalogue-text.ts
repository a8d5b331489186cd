import { byChapter } from '../report/chapters.ts'
import type { Catalogue, CatalogueRow } from './catalogue.ts'
import type { Paint } from './colour.ts'

const bold = '1'
const dim = '90'
const indent = ' '.repeat(22)

/**
 * The catalogue for people: a chapter after the other, a row in two or three lines of at most `width` columns.
 *
 * `✓` covered · `–` does not apply under the profile · `·` not covered
 */
export function catalogueText({ profile, summary, rows }: Catalogue, options: Readonly<{ paint: Paint; width: number }>): string {
  const { paint } = options
  const chapters = byChapter(rows).map(({ chapter, rows: members }) => {
    const covered = members.filter(({ notCovered }) => notCovered === undefined).length
    const title = `${paint(`${chapter.id}  ${chapter.title}`, bold)}  ${paint(`${covered} of ${members.length} covered`, dim)}`
    return [title, ...members.flatMap(row => rowLines(row, options))].join('\n')
  })
  const last = `${summary.rows} rows: ${summary.covered} covered, ${summary.notCovered} not covered`
  const applicable = profile === undefined ? '' : `; ${summary.applicable} of the covered ones apply to ${profile}`
  return `${[...chapters, `${last}${applicable}`].join('\n\n')}\n`
}

function rowLines(row: CatalogueRow, { paint, width }: Readonly<{ paint: Paint; width: number }>): readonly string[] {
  const mark = row.notCovered !== undefined ? paint('·', dim) : row.applies === false ? paint('–', dim) : paint('✓', '32')
  const words = [row.level.toUpperCase(), row.severity, row.binds === 'host' ? 'acquirer' : 'our terminal']
  const head = `  ${mark} ${row.key.padEnd(17)} ${paint(words.join(' · '), dim)}`
  const indented = (text: string): readonly string[] => wrapped(text, width - indent.length).map(line => indent + line)
  const dimmed = (text: string): readonly string[] => wrapped(text, width - indent.length).map(line => indent + paint(line, dim))
  return [head, ...indented(row.says), ...conditions(row).flatMap(dimmed), ...dimmed(noteOf(row))]
}

/** What a profile must say for the row, where that is more than usual. */
function conditions({ needs, knobs }: CatalogueRow): readonly string[] {
  const flags = needs.filter(flag => flag !== 'core')
  return [...(flags.length > 0 ? [`needs ${flags.join(', ')}`] : []), ...(knobs.length > 0 ? [`reads ${knobs.join(', ')}`] : [])]
}

function noteOf({ notCovered, applies, because, coveredBy }: CatalogueRow): string {
  if (notCovered !== undefined) return `not covered: ${notCovered}`
  const inapplicable = applies === false && because !== undefined ? `does not apply: ${because}; ` : ''
  if (coveredBy === 'every scenario') return `${inapplicable}judged over every scenario`
  return `${inapplicable}${coveredBy.map(({ at }) => at).join(', ')}`
}

/** Lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
