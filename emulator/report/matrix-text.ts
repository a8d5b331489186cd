import { columns, padded, printable, wrapped } from './plain-text.ts'

/** The kill matrix, as `faults --json` prints it: every named fault, what it must break, and what broke. */
export type KillMatrix = Readonly<{
  faults: readonly FaultRun[]
  /** Ids of rows that failed on the good host. */
  falseAlarms: readonly string[]
}>

/** `killed`: at least one row that the fault must break did fail. `unexpected`: failed, though not foretold; `missing`: foretold, but did not fail. */
export type FaultRun = Readonly<{
  id: string
  kind: 'host' | 'line' | 'terminal'
  says: string
  breaks: readonly string[]
  moneyAtRisk: boolean
  seed: string
  killed: boolean
  killedBy: readonly string[]
  unexpected: readonly string[]
  missing: readonly string[]
}>

/** JSON with two spaces and a line break at its end, equal for equal matrices. */
export function matrixJson(matrix: KillMatrix): string {
  return `${JSON.stringify(matrix, undefined, 2)}\n`
}

/** A line for each fault, survivors first, and the score in a sentence. */
export function matrixText(matrix: KillMatrix, { colour, width }: Readonly<{ colour: boolean; width: number }>): string {
  const paint = (text: string, ansi: string): string => (colour ? `\u001B[${ansi}m${text}\u001B[0m` : text)
  const idWidth = Math.max(5, ...matrix.faults.map(fault => columns(printable(fault.id))))
  const lines = ['', paint(scoreOf(matrix), '1'), '']
  for (const fault of matrix.faults.toSorted((one, other) => Number(one.killed) - Number(other.killed))) {
    const glyph = fault.killed ? paint('✓', '32') : paint('✗ survived', '31')
    const head = `${glyph} ${padded(printable(fault.id), idWidth)} ${fault.moneyAtRisk ? '¥' : ' '} `
    const indent = ' '.repeat(columns(head))
    const news = [
      fault.killedBy.length > 0
        ? `by ${fault.killedBy.join(' ')}`
        : `should be caught by ${fault.breaks.join(' ') || 'nothing: it says so'}`,
      ...(fault.missing.length > 0 && fault.killed ? [`not by ${fault.missing.join(' ')}`] : []),
      ...(fault.unexpected.length > 0 ? [`also ${fault.unexpected.join(' ')}, which was not foretold`] : []),
      ...(fault.killed ? [] : [`${fault.says} (seed ${fault.seed})`]),
    ]
    const told = news.flatMap(text => wrapped(text, Math.max(20, width - columns(head))))
    lines.push(...told.map((text, at) => (at === 0 ? head : indent) + text))
  }
  lines.push('')
  for (const id of matrix.falseAlarms) lines.push(paint(`✗ ${id} fails on the good host: a false alarm`, '31'))
  return `${lines.join('\n')}\n`
}

function scoreOf({ faults, falseAlarms }: KillMatrix): string {
  const killed = faults.filter(fault => fault.killed).length
  const money = faults.filter(fault => fault.moneyAtRisk)
  const moneyKilled = money.filter(fault => fault.killed).length
  const alarms =
    falseAlarms.length === 0 ? 'no false alarm' : `${falseAlarms.length} false ${falseAlarms.length === 1 ? 'alarm' : 'alarms'}`
  return `${killed} of ${faults.length} faults caught; ${moneyKilled} of ${money.length} that cost money (¥); ${alarms}`
}
