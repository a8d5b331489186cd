import type { Dialect } from '../dialects/dialect.ts'
import { httpOver } from '../dialects/http.ts'
import type { Mapping } from './mapping.ts'

/** The dialect of an acquirer behind HTTP: `http`, as far as its mapping goes. */
export function spoken(dialect: Dialect, { operations, settle, cannot }: Mapping): Dialect {
  const inFull = [...operations].filter(([, plan]) => plan.reply !== undefined).map(([name]) => name)
  return httpOver(dialect, { operations: new Set(operations.keys()), inFull: new Set(inFull), settles: settle.strategy, cannot })
}
