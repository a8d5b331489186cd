import { failed, lacking, passed } from '../finding.ts'
import type { OperationScope, Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { balanceSaid, settlementRequest } from './settlement.ts'

/** The settlement slip says what the settlement request said: counts and sums per class of cards, with the acquirer's result. */
export function settlementSlipTrue(_: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = settlementRequest(operation)
  const printed = operation?.slips.find(({ slip }) => slip.kind === 'settlement')
  if (operation === undefined || exchange === undefined) return lacking('no settlement under test')
  if (printed === undefined)
    return failed({ says: 'no settlement slip was printed', expected: 'a slip', received: 'none', attribution: 'instrument' }, [
      { entry: exchange.sent.id, saw: 'settlement sent' },
    ])
  const { fields } = exchange.sent
  const evidence: Evidence[] = [
    { entry: exchange.sent.id, field: 'additionalData', saw: fields.additionalData ?? 'no totals' },
    { entry: printed.id, saw: 'settlement slip' },
    ...(exchange.received === undefined
      ? []
      : [{ entry: exchange.received.id, saw: balanceSaid(exchange.received) ?? 'no result' }]),
  ]
  const wrong = ['Debit', 'DebitCount', 'Credit', 'CreditCount']
    .flatMap(name => [`domestic${name}`, `foreign${name}`])
    .find(name => digits(printed.slip.facts[name]) !== digits(fields[name]))
  if (wrong !== undefined) return wrongly(wrong, fields[wrong] ?? 'none', printed.slip.facts[wrong] ?? 'none', evidence)
  const unprinted = ['domesticDebit', 'domesticCredit'].find(
    name => !printed.slip.lines.some(line => line.includes(printed.slip.facts[name] ?? '-')),
  )
  if (unprinted !== undefined) return wrongly(unprinted, printed.slip.facts[unprinted] ?? '', 'not printed', evidence)
  return passed(evidence)
}

const wrongly = (name: string, expected: string, received: string, evidence: readonly Evidence[]): Verdict =>
  failed(
    { says: `the settlement slip has another ${name} than the request`, expected, received, attribution: 'instrument' },
    evidence,
  )

/** Digits without leading zeros: `12.50` and `000000001250` are one amount. */
const digits = (text: string | undefined): string => (text ?? '').replace(/\D/g, '').replace(/^0+/, '')
