import { createHash } from 'node:crypto'
import jsonata from 'jsonata'
import { EmulatorError } from '../values/errors.ts'
import { money } from './money.ts'

/** A JSONata expression of a mapping, ready to be evaluated. `place`: where it stands, `file:line` once it was loaded from a file. */
export type Expression = Readonly<{
  text: string
  place: string
  /**
   * @returns the value, or undefined where its paths find nothing
   * @throws  EmulatorError `MAPPING_FAILED`: the expression fails, or goes beyond its time or depth
   */
  evaluate(names: Names): Promise<unknown>
}>

/** What an expression can speak of. */
export type Names = Readonly<Record<string, unknown>>

/** Milliseconds, nested steps, and items of a list: beyond them the mapping is in error. @source HTTP acquirers fact sheet, 8.4 */
export const limits = { timeout: 100, stack: 200, sequence: 10_000 } as const

/** These would make two runs differ, or run what an acquirer sent. */
const absent: ReadonlySet<string> = new Set(['now', 'millis', 'random', 'shuffle', 'eval'])

const ours: Readonly<Record<string, (...given: readonly unknown[]) => unknown>> = {
  ...money,
  short,
  digits,
}

export type Unusable = Readonly<{ says: string; hint: string }>

/**
 * Reads an expression.
 *
 * @returns what is wrong with it when it is no JSONata, or uses what is not there
 */
export function expression(text: string, place: string): Expression | Unusable {
  try {
    const parsed = jsonata(text, limits)
    const unwanted = [...variablesIn(parsed.ast())].find(name => absent.has(name))
    if (unwanted !== undefined)
      return {
        says: `it uses $${unwanted}, which is not there`,
        hint: 'Two runs of one seed have to be equal: use `now`, the clock of the bench, or `intentId`.',
      }
    for (const name of absent) parsed.assign(name, undefined)
    for (const [name, does] of Object.entries(ours)) parsed.registerFunction(name, (...given: unknown[]) => does(...given))
    return { text, place, evaluate: names => evaluate(parsed, text, place, names) }
  } catch (thrown) {
    return {
      says: `it is no JSONata: ${because(thrown)}`,
      hint: 'Correct the expression; JSONata is described at docs.jsonata.org.',
    }
  }
}

export const isUsable = (read: Expression | Unusable): read is Expression => 'evaluate' in read

async function evaluate(parsed: jsonata.Expression, text: string, place: string, names: Names): Promise<unknown> {
  try {
    return plain(await unlessHeldUp(() => parsed.evaluate(names)))
  } catch (thrown) {
    throw new EmulatorError('MAPPING_FAILED', { place, expression: text, because: because(thrown) })
  }
}

/** How often an expression is begun again because the machine was held up. */
const tries = 20

/**
 * JSONata goes by the clock on the wall, and a machine may be held up: an expression that ran out of time without having had it is begun again. It
 * changes nothing, so it may be.
 */
async function unlessHeldUp(run: () => Promise<unknown>): Promise<unknown> {
  for (let left = tries; ; left -= 1) {
    const before = process.threadCpuUsage()
    try {
      return await run()
    } catch (thrown) {
      const { user, system } = process.threadCpuUsage(before)
      const hadItsTime = (user + system) / 1000 >= limits.timeout
      if (left === 0 || hadItsTime || !ranOutOfTime(thrown)) throw thrown
    }
  }
}

const ranOutOfTime = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && Reflect.get(thrown, 'code') === 'D1012'

/** Lists of JSONata carry marks of their own, and a function is no value. */
function plain(value: unknown): unknown {
  if (typeof value === 'function') return undefined
  if (Array.isArray(value)) return value.map(plain)
  return value
}

/** What went wrong, without the values that it went wrong with: they may be secret. */
function because(thrown: unknown): string {
  if (thrown instanceof RangeError) return thrown.message
  const { code, message, position } = facts(thrown)
  const said =
    code === 'D1012'
      ? `it took longer than ${limits.timeout} ms`
      : code === 'D1011'
        ? `it goes deeper than ${limits.stack} steps`
        : message
  return position === undefined ? said : `${said} (at character ${position})`
}

function facts(thrown: unknown): Readonly<{ code?: string; message: string; position?: number }> {
  if (typeof thrown !== 'object' || thrown === null) return { message: 'it failed' }
  const get = (name: string): unknown => Reflect.get(thrown, name)
  const [code, message, position, value] = [get('code'), get('message'), get('position'), get('value')]
  const said = typeof message === 'string' ? message : 'it failed'
  // D3137 and D3141 are raised by the expression itself, with a text of its own making.
  const own = code === 'D3137' || code === 'D3141'
  const shown = own
    ? 'the expression raised an error'
    : value === undefined
      ? said
      : said.replaceAll(JSON.stringify(value) ?? '', '…').replaceAll(String(value), '…')
  return {
    ...(typeof code === 'string' ? { code } : {}),
    message: shown,
    ...(typeof position === 'number' ? { position } : {}),
  }
}

/** The names of all variables and functions in a parsed expression. */
function* variablesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  if (Reflect.get(node, 'type') === 'variable') yield String(Reflect.get(node, 'value'))
  for (const child of Array.isArray(node) ? node : Object.values(node)) yield* variablesIn(child)
}

/** A stable short form of an id, letters and digits: the same id always, another for another. */
function short(id: unknown, length: unknown): string | undefined {
  if (typeof id !== 'string') return undefined
  const count = typeof length === 'number' ? length : 10
  if (count < 6 || count > 40) throw new RangeError('a short form has 6 to 40 characters')
  return BigInt(`0x${createHash('sha256').update(id).digest('hex')}`)
    .toString(36)
    .toUpperCase()
    .padStart(50, '0')
    .slice(-count)
}

/** The same in digits alone. */
function digits(id: unknown, length: unknown): string | undefined {
  if (typeof id !== 'string') return undefined
  const count = typeof length === 'number' ? length : 12
  if (count < 6 || count > 40) throw new RangeError('a form in digits has 6 to 40 of them')
  return BigInt(`0x${createHash('sha256').update(id).digest('hex')}`)
    .toString()
    .padStart(80, '0')
    .slice(-count)
}
