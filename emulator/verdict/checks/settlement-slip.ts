import { failed, lacking, passed } from '../finding.ts'
import type { OperationScope, Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { balanceSaid, settlementRequest } from './settlement.ts'
import { inOne, totalsSent } from './totals.ts'

/** The settlement slip says what the settlement request said: counts and sums per class of cards, with the acquirer's result. */
export function settlementSlipTrue(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = settlementRequest(operation)
  const printed = operation?.slips.find(({ slip }) => slip.kind === 'settlement')
  if (operation === undefined || exchange === undefined) return lacking('no settlement under test')
  if (printed === undefined)
    return failed({ says: 'no settlement slip was printed', expected: 'a slip', received: 'none', attribution: 'instrument' }, [
      { entry: exchange.sent.id, saw: 'settlement sent' },
    ])
  const { fields } = exchange.sent
  const evidence: Evidence[] = [
    totalsSent(exchange),
    { entry: printed.id, saw: 'settlement slip' },
    ...(exchange.received === undefined
      ? []
      : [{ entry: exchange.received.id, saw: balanceSaid(scope, exchange.received) ?? 'no result' }]),
  ]
  const wrong = ['Debit', 'DebitCount', 'Credit', 'CreditCount']
    .flatMap((name): Told[] =>
      fields.debitCount === undefined
        ? [`domestic${name}`, `foreign${name}`].map(one => ({ name: one, slip: [printed.slip.facts[one]], wire: fields[one] }))
        : [
            {
              name,
              slip: [printed.slip.facts[`domestic${name}`], printed.slip.facts[`foreign${name}`]],
              wire: fields[inOne(name)],
            },
          ],
    )
    .find(({ slip, wire }) => slip.reduce((sum, one) => sum + minor(one), 0n) !== minor(wire))
  if (wrong !== undefined) return wrongly(wrong.name, wrong.wire ?? 'none', wrong.slip.join(' and ') || 'none', evidence)
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

/** One column of the slip, of a class of cards or of both, and what the request says of it. */
type Told = Readonly<{ name: string; slip: readonly (string | undefined)[]; wire: string | undefined }>

/** Digits alone: `12.50` and `000000001250` are one amount. */
const minor = (text: string | undefined): bigint => BigInt((text ?? '').replace(/\D/g, ''))
