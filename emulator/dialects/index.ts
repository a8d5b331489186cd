import { EmulatorError } from '../values/errors.ts'
import type { Dialect } from './dialect.ts'
import { iso1987 } from './iso8583-1987.ts'
import { iso1993 } from './iso8583-1993.ts'
import { http, json } from './json.ts'
import type { SettingValue } from './settings.ts'
import { unionPayPos } from './unionpay-pos.ts'

const known: Readonly<Record<string, (settings: Readonly<Record<string, SettingValue>>) => Dialect>> = {
  'unionpay-pos': unionPayPos,
  'iso8583-1987': iso1987,
  'iso8583-1993': iso1993,
  json,
  http,
}

/** Dialects made so far, by id and settings: a dialect is data, and never changes. */
const made = new Map<string, Dialect>()

/** The ids of all dialects. */
export const dialectIds: readonly string[] = Object.keys(known)

/**
 * A dialect by its id, with settings that differ from its defaults.
 *
 * @throws EmulatorError `DIALECT_UNKNOWN`; `DIALECT_SETTING` for a setting or value that it does not know
 */
export function dialectById(id: string, settings: Readonly<Record<string, SettingValue>> = {}): Dialect {
  const make = Object.hasOwn(known, id) ? known[id] : undefined
  if (!make) throw new EmulatorError('DIALECT_UNKNOWN', { id, known: dialectIds.join(', ') })
  const key = JSON.stringify([id, settings])
  const dialect = made.get(key) ?? make(settings)
  made.set(key, dialect)
  return dialect
}
