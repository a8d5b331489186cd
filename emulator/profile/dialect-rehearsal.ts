import type { Dialect, MessageRow } from '../dialects/dialect.ts'
import { toMessage } from '../dialects/request.ts'
import { Amount } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import { isEmulatorError } from '../values/errors.ts'
import { Pan } from '../values/pan.ts'
import type { ReadCard, Request } from '../values/request.ts'
import { Track2 } from '../values/track2.ts'
import type { Objection } from './dialect-contradictions.ts'
import { keyOf } from './dialect-messages.ts'

const track2 = new Track2('6212142000000000012D33012010000000000')
const cards: Readonly<Record<string, ReadCard>> = {
  'a card that was swiped': { entry: 'swiped', pan: track2.pan, track2, expiry: '3301' },
  'a card that was keyed': { entry: 'keyed', pan: new Pan('6212142000000000012'), expiry: '3301' },
}
const amount = new Amount(100n, CNY)
const sums = { debitCount: 1, debit: amount, creditCount: 0, credit: new Amount(0n, CNY) }

/** Whatever a till could say in a request of this row. */
function requestOf(
  { operation, of }: MessageRow & { operation: Request['operation'] },
  dialect: Dialect,
  card: ReadCard,
): Request {
  const id = (name: string) => '1'.repeat(dialect.fields[name]?.length.count ?? 8)
  const money =
    operation !== 'signIn' && operation !== 'signOff' && operation !== 'echo' && operation !== 'settle' && operation !== 'inquire'
  const followUp = operation !== 'sale' && operation !== 'preauth' && operation !== 'inquire'
  return {
    operation,
    terminalId: id('terminalId'),
    merchantId: id('merchantId'),
    trace: '000002',
    at: '2026-06-01T02:15:00.000Z',
    batch: '000001',
    operator: '01',
    ...(money ? { amount } : {}),
    ...(money || operation === 'inquire' ? { card } : {}),
    ...(followUp ? { original } : {}),
    ...(of === undefined ? {} : { reversal: { of, reason: 'no answer', pinEntered: false, at: '2026-06-01T02:15:00.000Z' } }),
    ...(operation === 'settle' ? { totals: { domestic: sums, foreign: sums } } : {}),
  }
}

const original = { batch: '000001', trace: '000001', date: '0601', reference: '060100000001', approvalCode: 'A00001' } as const

/**
 * Has a till say every message of a dialect once, swiped and keyed: a field that a message must carry and that nothing fills is found here and not in
 * the middle of a run. (A reversal of what the terminal never saw answered has no reference and no approval code.)
 */
export function* rehearsal(dialect: Dialect): Generator<Objection> {
  for (const row of dialect.messages) {
    const { operation } = row
    if (operation === undefined || operation === 'upload') continue
    for (const [how, card] of Object.entries(cards)) {
      const objection = said(dialect, row, requestOf({ ...row, operation }, dialect, card), how)
      if (objection === undefined) continue
      yield objection
      break
    }
  }
}

function said(dialect: Dialect, row: MessageRow, request: Request, how: string): Objection | undefined {
  const key = keyOf(row)
  try {
    toMessage(dialect, request)
    return undefined
  } catch (thrown) {
    if (isEmulatorError(thrown, 'MESSAGE_UNKNOWN')) {
      const says = `\`messages.${key}\` is one of several for the same operation, and a terminal cannot choose`
      return { path: ['messages', key], says, hint: 'Keep one, or give each its own `identity: { networkCode: … }`.' }
    }
    if (!isEmulatorError(thrown, 'FIELD_VALUE') || !('name' in thrown.facts)) throw thrown
    const { name } = thrown.facts
    const paid = request.card === undefined ? '' : ` for ${how}`
    return {
      path: ['messages', key, 'must'],
      says: `\`messages.${key}\` must carry ${name}, and nothing fills it${paid}`,
      hint: `Move it to \`may\`, or give it a fixed value: \`identity: { ${name}: … }\`. docs/dialect-file.md lists the names that a terminal fills.`,
    }
  }
}
