import { type Change, type Diagnosis, written } from './diagnosis.ts'
import type { Place } from './place.ts'
import type { Climb, Rung } from './rung.ts'

type Paint = (text: string, ansi: string) => string

const widest = 'who speaks first'.length
const margin = '    '

/** One rung as lines for a person: a mark, its name, what was found; where it is broken what was sent and seen, and what to change. */
export function rungText(rung: Rung, place: (setting: string) => Place, paint: Paint): string {
  const marks = { held: paint('✓', '32'), broken: paint('✗', '31'), 'passed over': paint('–', '2') }
  const head = `  ${marks[rung.is]} ${rung.rung.padEnd(widest)}  ${rung.says}`
  if (rung.is === 'passed over') return head
  if (rung.is === 'held') return [head, ...rung.advice.flatMap(one => adviceLines(one, place, paint))].join('\n')
  const shown = rung.shown.flatMap(({ is, says, lines }) => [
    `${margin}${is}  ${says}`,
    ...lines.map(line => `${margin}      ${paint(line, '2')}`),
  ])
  return [head, ...shown, ...changeLines(rung.diagnosis, place, paint)].join('\n')
}

function adviceLines(diagnosis: Diagnosis, place: (setting: string) => Place, paint: Paint): readonly string[] {
  return [`${margin}${paint('note', '33')}  ${diagnosis.says}`, ...changeLines(diagnosis, place, paint)]
}

const certainties = {
  sure: 'change',
  likely: 'change, most likely',
  possible: 'look at',
}

function changeLines(
  { changes, certainty, whose }: Diagnosis,
  place: (setting: string) => Place,
  paint: Paint,
): readonly string[] {
  const whoElse = whose === 'acquirer' ? [`${margin}this is for the acquirer to mend`] : []
  return [
    ...whoElse,
    ...changes.map(change => {
      const { file, line } = place(change.setting)
      const verb = change.to === undefined && certainty === 'sure' ? certainties.possible : certainties[certainty]
      return `${margin}${verb}  ${paint(written(change), '1')}${noteOf(change)}   ${paint(`${file}:${line}`, '2')}`
    }),
  ]
}

const noteOf = ({ note }: Change): string => (note === undefined ? '' : `  (${note})`)

/** The last line: whether certification can begin. */
export function climbText({ broken, open }: Climb, interrupted: boolean, paint: Paint): string {
  const warning = open === undefined ? '' : `\n${paint(open, '31')}`
  if (broken !== undefined) return `\nIt stops at “${broken}”. Nothing further was tried.${warning}`
  if (interrupted) return `\nInterrupted.${warning}`
  return `\n${paint('Ready to certify.', '32')}`
}

/** The same as JSON: rungs with their diagnoses, every change with the place where it is to be made. */
export function climbJson(climb: Climb, place: (setting: string) => Place): Record<string, unknown> {
  const placed = (diagnosis: Diagnosis) => ({
    ...diagnosis,
    changes: diagnosis.changes.map(change => ({ ...change, ...place(change.setting) })),
  })
  return {
    ready: climb.broken === undefined,
    ...climb,
    rungs: climb.rungs.map(rung => {
      if (rung.is === 'broken') return { ...rung, diagnosis: placed(rung.diagnosis) }
      return rung.is === 'held' ? { ...rung, advice: rung.advice.map(placed) } : rung
    }),
  }
}
