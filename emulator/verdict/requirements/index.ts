import { adjustmentRows } from './adjustment.ts'
import { chipRows } from './chip.ts'
import { concurrencyRows } from './concurrency.ts'
import { httpRows } from './http.ts'
import { offlineRows } from './offline.ts'
import { preauthRows } from './preauth.ts'
import { keyOf, type Row } from './row.ts'
import { saleRows } from './sale.ts'
import { voidRows } from './void.ts'
import { voidCapabilityRows } from './void-capabilities.ts'
import { moreVoidRows } from './void-more.ts'

/** The whole catalogue, chapter by chapter. A row that binds both stands twice, once for each half. */
export const rows: readonly Row[] = [
  ...saleRows,
  ...voidRows,
  ...moreVoidRows,
  ...voidCapabilityRows,
  ...preauthRows,
  ...adjustmentRows,
  ...concurrencyRows,
  ...offlineRows,
  ...chipRows,
  ...httpRows,
]

const byKey = new Map(rows.map(row => [keyOf(row), row]))
const ids: ReadonlySet<string> = new Set(rows.map(row => row.id))

/** A row by its key: `VOID-013`, `VOID-004/host`. */
export const rowById = (key: string): Row | undefined => byKey.get(key)

/** All rows of these ids, both halves of those that bind both. */
export const rowsFor = (wanted: readonly string[]): readonly Row[] => rows.filter(row => wanted.includes(row.id))

/** Whether a tag, without its `@`, names a row. */
export const isRequirementTag = (tag: string): boolean => ids.has(tag)
