import type { Dialect } from '../dialects/dialect.ts'
import { hasMessageFor } from '../dialects/offers.ts'
import { says } from '../dialects/says.ts'
import type { Operation, Reversible } from '../values/operation.ts'

/** A flag of a profile that its dialect has no message, or no field in a message, for. */
export type EmptyClaim = Readonly<{ flag: string; says: string }>

/** Flags that mean a message. */
const operations: Readonly<Record<string, Operation>> = {
  refund: 'refund',
  balance: 'inquire',
  tcs: 'settle',
  signon: 'signIn',
  preauth: 'preauth',
  'batch-upload': 'upload',
}

/** Flags that mean a field in a message. */
const fields: Readonly<Record<string, readonly [operation: Operation, name: string]>> = {
  magstripe: ['sale', 'track2'],
  'manual-pan': ['sale', 'pan'],
  pin: ['sale', 'pinBlock'],
  'void-pin': ['void', 'pinBlock'],
}

/** What every terminal does, whatever a profile claims. */
const reversed: readonly Reversible[] = ['sale', 'void']

/** What a profile claims that the messages of its dialect cannot say. */
export function emptyClaims(dialect: Dialect, supports: ReadonlySet<string>): readonly EmptyClaim[] {
  const found: EmptyClaim[] = []
  for (const [flag, operation] of Object.entries(operations))
    if (supports.has(flag) && !hasMessageFor(dialect, operation))
      found.push({ flag, says: `supports ${flag}, but dialect ${dialect.id} has no message ${operation}` })
  for (const [flag, [operation, name]] of Object.entries(fields)) {
    const rows = dialect.messages.filter(row => row.operation === operation)
    if (supports.has(flag) && rows.length > 0 && !rows.some(row => says(dialect, row, name)))
      found.push({ flag, says: `supports ${flag}, but a ${operation} of dialect ${dialect.id} carries no ${name}` })
  }
  if (supports.has('mac') && !dialect.messages.some(({ sealed }) => sealed))
    found.push({ flag: 'mac', says: `supports mac, but no message of dialect ${dialect.id} is sealed` })
  for (const of of reversed)
    if (dialect.messages.every(row => row.operation !== 'reverse' || row.of !== of) && hasMessageFor(dialect, of))
      found.push({ flag: 'core', says: `dialect ${dialect.id} has no message that reverses a ${of}` })
  return found
}
