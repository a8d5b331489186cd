import { each, failed, lacking, passed } from '../finding.ts'
import { answer, firstOwn, type Of, type OperationScope, type Scope } from '../scope.ts'
import type { Evidence, Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

const cited = (printed: Of<'slip'>): Evidence => ({
  entry: printed.id,
  saw: `slip: ${printed.slip.kind}, ${printed.slip.copy} copy`,
})

function instrument(says: string, expected: string, received: string, evidence: readonly Evidence[]): Verdict {
  return failed({ says, expected, received, attribution: 'instrument' }, evidence)
}

/** Each slip of the operation tells these facts. */
export function tells(operation: OperationScope | undefined, facts: readonly string[]): Verdict {
  return onSlips(operation, printed => {
    const missing = facts.find(name => (printed.slip.facts[name] ?? '').trim() === '')
    return missing === undefined
      ? passed([cited(printed)])
      : instrument(`the slip does not tell the ${missing}`, missing, 'nothing', [cited(printed)])
  })
}

export function onSlips(operation: OperationScope | undefined, judge: (printed: Of<'slip'>) => Verdict): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  return each(operation.slips, `slip of ${described(operation)}`, judge)
}

/** What the slip calls itself, in its lines. */
export function isTitled(operation: OperationScope | undefined, title: RegExp, not: RegExp): Verdict {
  return onSlips(operation, printed => {
    const types = printed.slip.lines.filter(line => /TRANS TYPE|交易类别/.test(line)).join(' ')
    const text = types === '' ? printed.slip.lines.join(' ') : types
    if (title.test(text) && !not.test(text)) return passed([cited(printed)])
    return instrument('the slip is titled as something else', title.source, text, [cited(printed)])
  })
}

/** Facts of the original as they stood in its request or answer. */
export function namesOriginal(
  scope: Scope,
  operation: OperationScope | undefined,
  facts: Readonly<Record<string, 'trace' | 'reference'>>,
): Verdict {
  const original = operation === undefined ? undefined : firstOwn(scope.operations.find(one => one.number === operation.of))
  if (original === undefined) return lacking('no original of the operation under test')
  return onSlips(operation, printed => {
    const evidence: Evidence[] = [
      cited(printed),
      { entry: original.sent.id, saw: `${original.name} ${original.sent.fields.trace}` },
    ]
    for (const [fact, name] of Object.entries(facts)) {
      const expected = name === 'trace' ? original.sent.fields.trace : answer(original)?.fields.reference
      if (printed.slip.facts[fact] !== expected)
        return instrument(`the slip has another ${fact}`, expected ?? 'none', printed.slip.facts[fact] ?? 'none', evidence)
      const printedLine = expected !== undefined && printed.slip.lines.some(line => line.includes(expected))
      if (!printedLine) return instrument(`the slip does not print the ${fact}`, expected ?? '', 'not printed', evidence)
    }
    return passed(evidence)
  })
}

/** First six and last four on the merchant copy, last four on the customer copy, the rest hidden; no expiry. */
export function hidesTheCard(operation: OperationScope | undefined): Verdict {
  return onSlips(operation, printed => {
    const { slip } = printed
    const text = slip.lines.join('\n')
    const card = slip.facts.card ?? ''
    const clear = text.match(/\d{13,19}/g)?.find(run => run !== slip.facts.merchantId && card.replace(/\D/g, '').length > 10)
    if (clear !== undefined || card.replace(/\D/g, '').length > 10 || /pan:/.test(text))
      return instrument('the slip shows more of the card number than it may', 'first six and last four', 'more', [cited(printed)])
    const digits = card.replace(/\D/g, '').length
    if (slip.copy === 'customer' && digits > 4)
      return instrument('the customer copy shows more than the last four digits', 'last four', `${digits} digits`, [
        cited(printed),
      ])
    const expiry = slip.facts.expiry ?? '****'
    if (!/^\**$/.test(expiry)) return instrument('the slip shows the expiry date', '****', 'a date', [cited(printed)])
    return passed([cited(printed)])
  })
}

/** No slip that reads as an approval, for an operation that was not approved. */
export function noApprovalPrinted(operation: OperationScope | undefined): Verdict {
  if (operation === undefined) return lacking('no operation under test')
  const { outcome } = operation
  if (outcome === undefined) return lacking(`no end of ${described(operation)}`)
  const told: Evidence = { entry: outcome.id, saw: `${outcome.outcome}: ${outcome.says}` }
  const approving = operation.slips.find(({ slip }) => slip.kind === operation.name && slip.facts.result === 'approved')
  const lawful =
    outcome.outcome === 'approved' && operation.own.some(one => one.received?.mac === 'good' || one.received?.mac === 'not due')
  if (approving !== undefined && !lawful)
    return instrument(`an approval of ${described(operation)} was printed`, 'no approval', 'an approval', [
      told,
      cited(approving),
    ])
  return passed([
    told,
    ...operation.own.map(({ sent }) => ({ entry: sent.id, saw: `${sent.name} sent` })),
    ...operation.slips.map(cited),
  ])
}

/** Amount and currency on the slip are those on the wire. */
export function amountAsSent(operation: OperationScope | undefined): Verdict {
  const sent = firstOwn(operation)?.sent
  if (sent === undefined) return lacking('no request under test')
  return onSlips(operation, printed => {
    const minor = (printed.slip.facts.amount ?? '').replace(/[^\d]/g, '').padStart(12, '0')
    const evidence: Evidence[] = [cited(printed), { entry: sent.id, field: 'amount', saw: sent.fields.amount ?? 'none' }]
    if (minor !== sent.fields.amount?.padStart(12, '0'))
      return instrument('the slip has another amount than the request', sent.fields.amount ?? 'none', minor, evidence)
    const text = printed.slip.lines.join('\n')
    return text.includes(printed.slip.facts.amount ?? '-')
      ? passed(evidence)
      : instrument('the amount is not printed', printed.slip.facts.amount ?? '', 'not printed', evidence)
  })
}

/** The reprint is marked, and otherwise says what the first print said. */
export function reprintEquals(scope: Scope, reprint: OperationScope | undefined): Verdict {
  if (reprint === undefined) return lacking('no reprint under test')
  const printed = scope.entries.filter((entry): entry is Of<'slip'> => entry.is === 'slip')
  const firsts = printed.filter(entry => entry.operation === reprint.of)
  const agains = printed.filter(entry => entry.operation === reprint.number)
  if (firsts.length === 0) return lacking('no first print')
  return each(agains, 'reprint', again => {
    const first = firsts.find(({ slip }) => slip.copy === again.slip.copy && slip.kind === again.slip.kind)
    if (first === undefined) return lacking(`no first print of the ${again.slip.copy} copy`)
    const evidence = [cited(first), cited(again)]
    const marked = again.slip.duplicate && again.slip.lines.some(line => /DUPLICATE|重打印/i.test(line))
    if (!marked) return instrument('the reprint is not marked as a duplicate', 'a mark', 'none', evidence)
    const rest = again.slip.lines.filter(line => !/DUPLICATE|重打印/i.test(line)).join('\n')
    return rest === first.slip.lines.join('\n')
      ? passed(evidence)
      : instrument(
          'the reprint differs from the first print',
          first.slip.lines.join(' / '),
          rest.replaceAll('\n', ' / '),
          evidence,
        )
  })
}

/** No approval was printed for a transaction, whatever was going on at its terminal: a late answer may come while something else is done. */
export function neverPrintedAsApproved(scope: Scope, operation: OperationScope | undefined): Verdict {
  const sent = firstOwn(operation)?.sent
  if (operation === undefined || sent === undefined) return lacking('no request under test')
  const printed = scope.entries.find(
    (entry): entry is Of<'slip'> =>
      entry.is === 'slip' &&
      entry.terminal === operation.terminal &&
      entry.slip.facts.trace === sent.fields.trace &&
      entry.slip.facts.result === 'approved',
  )
  const evidence: Evidence[] = [{ entry: sent.id, field: 'trace', saw: sent.fields.trace ?? 'none' }]
  if (printed === undefined) return passed(evidence)
  return instrument(`an approval of ${described(operation)} was printed after all`, 'no approval', 'an approval', [
    ...evidence,
    cited(printed),
  ])
}
