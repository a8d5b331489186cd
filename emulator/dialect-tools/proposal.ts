import type { Encoding } from '../dialects/dialect.ts'
import { dialectById, dialectIds } from '../dialects/index.ts'
import { isEmulatorError } from '../values/errors.ts'
import type { Guess } from './guess.ts'

/** What to write for a guess: a line of the profile, or where no setting says it, a dialect file. */
export type Proposal = Readonly<
  { is: 'profile'; dialect: string; settings: Readonly<Record<string, string>> } | { is: 'dialect file'; text: string }
>

/** Settings of a guess that differ from the defaults of its dialect; or a file that extends it where no setting writes so. */
export function proposalOf(guess: Guess): Proposal {
  const framing = framingSettings(guess)
  const named = ['ascii', 'bcd', 'ebcdic'].map(encoding => ({ encoding }))
  if (dialectIds.includes(guess.dialect)) {
    const fitting = [{}, ...named].find(settings => same(encodingUnder(guess.dialect, settings), guess.encoding))
    if (fitting !== undefined) return { is: 'profile', dialect: guess.dialect, settings: { ...fitting, ...framing } }
  }
  return { is: 'dialect file', text: fileText(guess, framing) }
}

function encodingUnder(dialect: string, settings: Readonly<Record<string, string>>): Encoding | undefined {
  try {
    return dialectById(dialect, settings).encoding
  } catch (thrown) {
    if (isEmulatorError(thrown, 'DIALECT_SETTING')) return undefined
    throw thrown
  }
}

const compared = ['digits', 'prefix', 'bitmap', 'text'] as const

function same(one: Encoding | undefined, other: Encoding): boolean {
  return (
    one !== undefined &&
    compared.every(key => one[key] === other[key]) &&
    (one.type ?? one.digits) === (other.type ?? other.digits)
  )
}

function framingSettings({ framing, side, dialect }: Guess): Record<string, string> {
  const defaults = dialectIds.includes(dialect) ? dialectById(dialect).settings : {}
  const { length, lengthCounts, tpdu, header } = framing
  const wanted = { length, lengthCounts, tpdu: requestTpdu(tpdu, side) || 'none', header: header || 'none' }
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => defaults[name] !== value))
}

/** A reply carries the addresses of its request in each other's place; a profile says what a request carries. */
function requestTpdu(tpdu: string, side: Guess['side']): string {
  return side === 'reply' ? tpdu.slice(0, 2) + tpdu.slice(6) + tpdu.slice(2, 6) : tpdu
}

function fileText({ dialect, encoding }: Guess, framing: Readonly<Record<string, string>>): string {
  const own = { ...(encoding.type === undefined ? {} : { type: encoding.type }), ...pick(encoding) }
  return [
    'id: my-acquirer',
    ...(dialectIds.includes(dialect) ? [`extends: ${dialect}`] : []),
    'source: the interface of the acquirer, and samples',
    `encoding: ${flow(own)}`,
    ...(Object.keys(framing).length === 0 ? [] : [`framing: ${flow(framing)}`]),
    '',
  ].join('\n')
}

function pick(encoding: Encoding): Record<string, string> {
  return Object.fromEntries(compared.map(key => [key, encoding[key]]))
}

/** `{ length: ascii 4, tpdu: '6000030000' }`, as YAML has it on one line. */
export function flow(values: Readonly<Record<string, string>>): string {
  const quoted = (value: string) => (/^[A-Za-z][\w ]*$/.test(value) ? value : `'${value}'`)
  return `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${quoted(value)}`)
    .join(', ')} }`
}
