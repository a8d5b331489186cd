import { EmulatorError } from '../values/errors.ts'

export type SettingValue = string | boolean | number

/** One thing in which hosts of a dialect differ: what it is, the values it can have, and the one it has unless told otherwise. */
export type Setting = Readonly<{ is: string; default: SettingValue; oneOf: readonly SettingValue[] | RegExp }>
export type SettingTable = Readonly<Record<string, Setting>>

/**
 * The settings of a dialect with defaults filled in.
 *
 * @throws EmulatorError `DIALECT_SETTING` for a name or value that the dialect does not know
 */
export function settle(
  dialect: string,
  table: SettingTable,
  given: Readonly<Record<string, SettingValue>>,
): Readonly<Record<string, SettingValue>> {
  for (const [name, value] of Object.entries(given)) {
    const setting = Object.hasOwn(table, name) ? table[name] : undefined
    if (!setting)
      throw new EmulatorError('DIALECT_SETTING', { dialect, name, because: `known are ${Object.keys(table).join(', ')}` })
    const { oneOf } = setting
    if (oneOf instanceof RegExp ? oneOf.test(String(value)) : oneOf.includes(value)) continue
    const expected = oneOf instanceof RegExp ? `text like ${oneOf.source}` : oneOf.map(one => JSON.stringify(one)).join(', ')
    throw new EmulatorError('DIALECT_SETTING', { dialect, name, because: `${JSON.stringify(value)} is not one of ${expected}` })
  }
  return Object.fromEntries(Object.entries(table).map(([name, setting]) => [name, given[name] ?? setting.default]))
}
