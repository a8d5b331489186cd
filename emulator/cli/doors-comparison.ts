import type { Part, RequirementResult, Result, Summary } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import { exit } from './exit.ts'

/** What one door's run came to. `way`: how the host was reached. */
export type DoorRan = Readonly<{ door: string; dialect: string; way: string; result: Result }>

/** `doors.json`: one host through several doors. Its JSON Schema stands in `docs/doors.schema.json`. */
export type Compared = Readonly<{
  schema: 'https://tillproof.dev/schema/doors-1.json'
  seed: string
  /** Of the worst door. */
  exitCode: number
  doors: readonly ComparedDoor[]
  /** Doors that were not tried, because the run was interrupted. */
  notRun: readonly string[]
  /** How many rows got one verdict at every door where they apply. */
  alike: number
  /** How many rows apply at none of them. */
  nowhere: number
  differences: readonly Difference[]
  notApplicable: readonly Inapplicable[]
}>

/** `report` and `result` are paths from the folder of `doors.json`. */
export type ComparedDoor = Readonly<{
  door: string
  dialect: string
  way: string
  profile: Readonly<{ name: string; sha256: string }>
  verdict: string
  exitCode: number
  summary: Readonly<Record<Part, Summary>>
  stopped?: string
  report: string
  result: string
}>

type Row = Readonly<{ id: string; part: Part; severity: RequirementResult['severity']; says: string }>

/** A row on which the doors where it applies are not of one mind: a verdict for each door, in their order. */
export type Difference = Row & Readonly<{ verdicts: readonly AtDoor[] }>

/** A row that does not apply at these doors, and does at others. */
export type Inapplicable = Row & Readonly<{ at: readonly Readonly<{ door: string; because: string }>[] }>

/** `says`: what was found, or why nothing could be. */
export type AtDoor = Readonly<{ door: string; verdict: VerdictWord; says?: string }>

/** Compares the results of one suite through several doors, row by row. That a row does not apply at a door is no difference; it is told apart. */
export function compared(
  ran: readonly DoorRan[],
  { seed, notRun }: Readonly<{ seed: string; notRun: readonly string[] }>,
): Compared {
  const rows = rowsOf(ran)
  const applying = rows.map(({ row, at }) => ({ row, at, words: new Set(at.map(one => one.verdict).filter(applies)) }))
  return {
    schema: 'https://tillproof.dev/schema/doors-1.json',
    seed,
    exitCode: worstCode([...ran.map(({ result }) => result.exitCode), ...(notRun.length > 0 ? [exit.inconclusive] : [])]),
    doors: ran.map(doorOf),
    notRun,
    alike: applying.filter(({ words }) => words.size === 1).length,
    nowhere: applying.filter(({ words }) => words.size === 0).length,
    differences: applying.filter(({ words }) => words.size > 1).map(({ row, at }) => ({ ...row, verdicts: at })),
    notApplicable: applying
      .filter(({ words, at }) => words.size > 0 && !at.every(one => applies(one.verdict)))
      .map(({ row, at }) => ({
        ...row,
        at: at.filter(one => !applies(one.verdict)).map(({ door, says }) => ({ door, because: says ?? 'no reason was given' })),
      })),
  }
}

const applies = (word: VerdictWord): boolean => word !== 'not applicable'

/** Every row that any door has, in the order of the suite, with its verdict at each door. */
function rowsOf(ran: readonly DoorRan[]): readonly Readonly<{ row: Row; at: readonly AtDoor[] }>[] {
  const keys = new Map<string, Row>()
  for (const { result } of ran)
    for (const { id, part, severity, says } of result.requirements) keys.set(`${id}/${part}`, { id, part, severity, says })
  const byDoor = ran.map(({ door, result }) => ({
    door,
    rows: new Map(result.requirements.map(requirement => [`${requirement.id}/${requirement.part}`, requirement])),
  }))
  return [...keys].map(([key, row]) => ({ row, at: byDoor.map(({ door, rows }) => atDoor(door, rows.get(key))) }))
}

function atDoor(door: string, requirement: RequirementResult | undefined): AtDoor {
  if (requirement === undefined) return { door, verdict: 'untested', says: 'the run through this door did not plan it' }
  const says = requirement.finding ?? requirement.because
  return { door, verdict: requirement.verdict, ...(says === undefined ? {} : { says }) }
}

function doorOf({ door, dialect, way, result }: DoorRan): ComparedDoor {
  const { run, verdict, exitCode, summary, stopped } = result
  return {
    door,
    dialect,
    way,
    profile: run.profile,
    verdict,
    exitCode,
    summary: { acquirer: summary.acquirer, instrument: summary.instrument },
    ...(stopped === undefined ? {} : { stopped }),
    report: `${door}/report.html`,
    result: `${door}/result.json`,
  }
}

/** A host that failed through one door is not certified, whatever else stayed open: the order is that of one run's exit codes. */
function worstCode(codes: readonly number[]): number {
  return [exit.failed, exit.ours, exit.inconclusive].find(code => codes.includes(code)) ?? exit.ok
}
