import { adjustmentRows } from './adjustment.ts'
import { chipRows } from './chip.ts'
import { concurrencyRows } from './concurrency.ts'
import { duplicateRows } from './duplicate.ts'
import { duplicateCapabilityRows } from './duplicate-capabilities.ts'
import { httpRows } from './http.ts'
import { ledgerRows } from './ledger.ts'
import { messageRows } from './message.ts'
import { networkRows } from './network.ts'
import { officeRows } from './office.ts'
import { offlineRows } from './offline.ts'
import { otherCapabilityRows } from './other-capabilities.ts'
import { preauthRows } from './preauth.ts'
import { receiptRows } from './receipt.ts'
import { refundRows } from './refund.ts'
import { refundCapabilityRows } from './refund-capabilities.ts'
import { reversalRows } from './reversal.ts'
import { reversalCapabilityRows } from './reversal-capabilities.ts'
import { terminalReversalRows } from './reversal-terminal.ts'
import { keyOf, type Row } from './row.ts'
import { saleRows } from './sale.ts'
import { securityRows } from './security.ts'
import { settlementRows } from './settlement.ts'
import { settlementCapabilityRows } from './settlement-capabilities.ts'
import { terminalSettlementRows } from './settlement-terminal.ts'
import { signInRows } from './sign-in.ts'
import { terminalRows } from './terminal.ts'
import { voidRows } from './void.ts'
import { voidCapabilityRows } from './void-capabilities.ts'
import { moreVoidRows } from './void-more.ts'

/** The order of the catalogue's chapters. */
const chapters = [
  'MSG',
  'SIGN',
  'SALE',
  'INQ',
  'VOID',
  'DUP',
  'REV',
  'REF',
  'PRE',
  'ADJ',
  'SETL',
  'CONC',
  'LEDG',
  'TERM',
  'OFF',
  'EMV',
  'RCPT',
  'SEC',
  'NET',
  'HTTP',
  'DESK',
]

/** The whole catalogue in its order. A row that binds both stands twice, once for each half. */
export const rows: readonly Row[] = [
  messageRows,
  signInRows,
  saleRows,
  voidRows,
  moreVoidRows,
  voidCapabilityRows,
  duplicateRows,
  duplicateCapabilityRows,
  reversalRows,
  terminalReversalRows,
  reversalCapabilityRows,
  refundRows,
  refundCapabilityRows,
  preauthRows,
  adjustmentRows,
  settlementRows,
  terminalSettlementRows,
  settlementCapabilityRows,
  concurrencyRows,
  ledgerRows,
  terminalRows,
  offlineRows,
  chipRows,
  receiptRows,
  securityRows,
  networkRows,
  otherCapabilityRows,
  httpRows,
  officeRows,
]
  .flat()
  .toSorted((one, other) => placeOf(one) - placeOf(other))

/** Chapter, then number, then the host's half before the terminal's. */
function placeOf({ id, binds }: Row): number {
  const [chapter = '', number = '0'] = id.split('-')
  return chapters.indexOf(chapter) * 10_000 + Number(number) * 10 + (binds === 'host' ? 0 : 1)
}

const byKey = new Map(rows.map(row => [keyOf(row), row]))
const ids: ReadonlySet<string> = new Set(rows.map(row => row.id))

/** A row by its key: `VOID-013`, `VOID-004/host`. */
export const rowById = (key: string): Row | undefined => byKey.get(key)

/** All rows of these ids, both halves of those that bind both. */
export const rowsFor = (wanted: readonly string[]): readonly Row[] => rows.filter(row => wanted.includes(row.id))

/** Whether a tag, without its `@`, names a row. */
export const isRequirementTag = (tag: string): boolean => ids.has(tag)
