import { looks, words } from '../report/look.ts'
import { columns, padded, wrapped } from '../report/plain-text.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import type { AtDoor, Compared, ComparedDoor } from './doors-comparison.ts'
import { reasonsOf } from './doors-reasons.ts'
import { exit } from './exit.ts'

type Options = Readonly<{ colour: boolean; width: number; folder: string; page: string }>
type Paint = (text: string, ansi: string) => string

/** The comparison as a terminal window tells it: a line for each door, then the rows on which they differ, then those that apply at some only. */
export function doorsText(comparison: Compared, { colour, width, folder, page }: Options): string {
  const paint: Paint = (text, ansi) => (colour ? `\u001B[${ansi}m${text}\u001B[0m` : text)
  const { doors, differences, notApplicable, notRun, alike, nowhere, seed } = comparison
  const lines = ['', paint(headline(comparison), '1'), '', ...doorLines(doors, paint), '']
  if (notRun.length > 0) lines.push(paint(`interrupted before ${notRun.join(', ')}`, '35'), '')
  for (const { id, part, says, verdicts } of differences) {
    lines.push(...hanging(`${paint('≠', '33')} ${paint(`${id} ${part}`, '1')}  `, says, width))
    for (const group of alikeIn(verdicts)) {
      const { glyph, ansi } = looks[group.verdict]
      const at = group.doors.join(', ')
      lines.push(
        ...hanging(
          `    ${paint(`${glyph} ${group.verdict}`, ansi)}  `,
          group.says === undefined ? at : `${at}: ${group.says}`,
          width,
        ),
      )
    }
    lines.push('')
  }
  for (const { doors: at, because, rows } of reasonsOf(comparison))
    lines.push(...hanging(`${paint('–', '90')} not applicable  `, `${at}: ${because}: ${rows.join(' ')}`, width))
  if (notApplicable.length > 0) lines.push('')
  lines.push(
    `  alike  ${alike} ${alike === 1 ? 'row' : 'rows'} wherever they apply${nowhere === 0 ? '' : `; ${nowhere} at no door`}`,
  )
  lines.push(`  page   ${page}`, `  each   ${folder}/DOOR/report.html`, `  seed   ${seed}`)
  return `${lines.join('\n')}\n`
}

function headline({ doors, differences, exitCode }: Compared): string {
  const mark = exitCode === exit.ok ? '✓' : exitCode === exit.failed ? '✗' : '?'
  const count = differences.length
  const said = count === 0 ? 'no row differs' : `${count} ${count === 1 ? 'row differs' : 'rows differ'}`
  return `${mark} ONE HOST, ${doors.length} ${doors.length === 1 ? 'DOOR' : 'DOORS'}: ${said}`
}

/** Counts of both parts together, a column for each verdict that occurs at any door. */
function doorLines(doors: readonly ComparedDoor[], paint: Paint): readonly string[] {
  const used = words.filter(word => doors.some(door => countOf(door, word) > 0))
  const wide = Math.max(4, ...doors.map(({ door }) => columns(door)))
  const widest = Math.max(7, ...doors.map(({ verdict }) => columns(verdict)))
  const head = `  ${padded('door', wide)}  ${padded('verdict', widest)}  ${used.map(word => looks[word].glyph.padStart(4)).join('')}  dialect and way`
  const lines = doors.map(door => {
    const counts = used.map(word => `${countOf(door, word)}`.padStart(4)).join('')
    return `  ${padded(door.door, wide)}  ${padded(door.verdict, widest)}  ${counts}  ${door.dialect}, ${door.way}`
  })
  const legend = used.map(word => `${paint(looks[word].glyph, looks[word].ansi)} ${word}`).join('   ')
  return [paint(head, '90'), ...lines, '', `  ${legend}`]
}

export function countOf({ summary: { acquirer, instrument } }: ComparedDoor, word: VerdictWord): number {
  const key = word === 'not applicable' ? 'notApplicable' : word
  return acquirer[key] + instrument[key]
}

/** Doors of one verdict with one reason, together. */
function alikeIn(verdicts: readonly AtDoor[]): readonly Readonly<{ verdict: VerdictWord; says?: string; doors: string[] }>[] {
  const groups = Map.groupBy(verdicts, ({ verdict, says }) => `${verdict} ${says}`)
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return []
    const { door, ...rest } = first
    return [{ ...rest, doors: [door, ...others.map(other => other.door)] }]
  })
}

function hanging(label: string, text: string, width: number): readonly string[] {
  const indent = columns(label)
  return wrapped(text, Math.max(20, width - indent)).map((part, at) => (at === 0 ? label : ' '.repeat(indent)) + part)
}
