import { replyTypeOf, rowsOfType } from '../../dialects/identify.ts'
import { each, failed, lacking, passed } from '../finding.ts'
import { sameKey } from '../position.ts'
import {
  answer,
  approves,
  byNumber,
  cite,
  citeReply,
  type Exchange,
  type Of,
  type OperationScope,
  resultCode,
  type Scope,
} from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { totalNames } from './totals.ts'

/** What holds of every exchange. Exchanges that our own line touched say nothing about the acquirer. */

const untouched = (scope: Scope): readonly Exchange[] => scope.exchanges.filter(exchange => exchange.fault === undefined)

const answered = (scope: Scope): readonly (readonly [Exchange, Of<'received'>])[] =>
  scope.exchanges.flatMap(exchange => {
    const reply = answer(exchange)
    return reply === undefined ? [] : [[exchange, reply] as const]
  })

const replyType = ({ profile }: Scope, request: string): string => replyTypeOf(profile.speaks, request)

/** Each request was answered with the type of its class. */
export function typesAgree(scope: Scope): Verdict {
  const replies = untouched(scope).flatMap(exchange => {
    const taken = answer(exchange)
    const seen =
      taken === undefined
        ? exchange.others.filter(({ standing }) => standing === 'foreign' || standing === 'unsolicited')
        : [taken]
    return seen.map(reply => ({ exchange, reply }))
  })
  const twice = untouched(scope).find(({ others }) => others.some(({ standing }) => standing === 'unsolicited'))
  if (twice !== undefined)
    return failed({ says: `a ${twice.name} was answered more than once`, expected: 'one answer', received: 'two' }, [
      ...cite(twice),
      ...twice.others.map(citeReply),
    ])
  return each(replies, 'answer', ({ exchange, reply }) => {
    const expected = replyType(scope, exchange.sent.mti)
    const evidence = [...cite(exchange), { entry: reply.id, field: 'mti', saw: reply.mti }]
    if (reply.mti === expected) return passed(evidence)
    return failed(
      { says: `a ${exchange.name} was answered by a message of another type`, expected, received: reply.mti },
      evidence,
    )
  })
}

const financial: ReadonlySet<string> = new Set(['sale', 'void', 'refund', 'reverse'])
const always = ['processingCode', 'amount', 'trace', 'terminalId', 'merchantId']
const ifThere = ['conditionCode', 'currency', 'typeCode', 'batch', 'localTime', 'localDate']

/**
 * Answers give back, unchanged, what their requests say. A refusal may leave more out than an approval.
 *
 * @source UnionPay POS fact sheet, 4.3 and 4.4
 */
export function echoes(scope: Scope): Verdict {
  const replies = untouched(scope)
    .filter(({ name }) => financial.has(name))
    .flatMap(exchange =>
      [
        answer(exchange),
        ...exchange.others.filter(({ standing }) => standing === 'foreign' || standing === 'unsolicited'),
      ].flatMap(reply => (reply === undefined ? [] : [{ exchange, reply }])),
    )
  return each(replies, 'answer to a financial request', ({ exchange, reply }) => {
    const { fields } = exchange.sent
    const other = [...always, ...ifThere].find(name => {
      if (name === 'amount' && scope.codes.partial.includes(resultCode(reply) ?? '')) return false
      const back = reply.fields[name]
      if (back === undefined) return approves(scope, reply) && fields[name] !== undefined && isDue(scope, exchange.sent, name)
      return fields[name] !== undefined && back !== fields[name]
    })
    if (other === undefined) return passed(cite(exchange))
    const evidence = [...cite(exchange), { entry: reply.id, field: other, saw: reply.fields[other] ?? 'absent' }]
    return failed(
      {
        says: `the answer to a ${exchange.name} has another ${other}`,
        expected: fields[other] ?? '',
        received: reply.fields[other] ?? 'none',
      },
      evidence,
    )
  })
}

/** What the dialect’s replies do not say again cannot be missing in them. */
const isDue = ({ profile: { speaks } }: Scope, { mti, name: operation }: Of<'sent'>, name: string): boolean =>
  always.includes(name) &&
  speaks.messages.some(row => row.request === mti && row.operation === operation && row.echoes.includes(name))

/** On different days by the dates of the acquirer's answers, or with the closing of a day in between: references may begin anew. */
function onOneDay(scope: Scope, one: Of<'received'>, other: Of<'received'>): boolean {
  const differs = ['settlementDate', 'localDate'].some(
    name => one.fields[name] !== undefined && other.fields[name] !== undefined && one.fields[name] !== other.fields[name],
  )
  const [from, to] = [scope.entries.indexOf(one), scope.entries.indexOf(other)].toSorted((first, second) => first - second)
  return !differs && !scope.entries.slice(from, to).some(entry => entry.is === 'control' && entry.says.includes('business day'))
}

/** Approved transactions of one merchant and day have references of their own. */
export function referencesAreUnique(scope: Scope): Verdict {
  const approvals = answered(scope).filter(
    ([exchange, reply]) => ['sale', 'void', 'refund'].includes(exchange.name) && approves(scope, reply),
  )
  return each(approvals, 'approved transaction', ([exchange, reply]) => {
    const { reference } = reply.fields
    const evidence = cite(exchange)
    if (reference === undefined || reference.trim() === '')
      return failed(
        { says: `an approved ${exchange.name} has no reference`, expected: 'a reference', received: 'none' },
        evidence,
      )
    const twin = approvals.find(
      ([one, said]) =>
        one.sent.fields.merchantId === exchange.sent.fields.merchantId &&
        said.fields.reference === reference &&
        onOneDay(scope, said, reply) &&
        !sameKey(one, exchange),
    )
    if (twin === undefined) return passed(evidence)
    return failed(
      { says: 'two transactions of a merchant have one reference', expected: 'a reference of its own', received: reference },
      [...cite(twin[0]), ...evidence],
    )
  })
}

/** Approved answers carry an approval code. */
export function approvalCodesAreGiven(scope: Scope): Verdict {
  const approvals = answered(scope).filter(
    ([exchange, reply]) => ['sale', 'void'].includes(exchange.name) && approves(scope, reply),
  )
  return each(approvals, 'approved transaction', ([exchange, reply]) => {
    const code = reply.fields.approvalCode?.trim() ?? ''
    if (code !== '') return passed(cite(exchange))
    return failed(
      { says: `an approved ${exchange.name} has no approval code`, expected: 'an approval code', received: 'none' },
      cite(exchange),
    )
  })
}

/** Every new transaction of a terminal and batch has a trace number of its own; deliberate repeats are looked at by their own rows. */
export function tracesAreUnique(scope: Scope): Verdict {
  const fresh = scope.exchanges.filter(
    exchange =>
      exchange.name !== 'reverse' &&
      exchange.sent.fields.trace !== undefined &&
      byNumber(scope, exchange.operation)?.special === undefined,
  )
  if (fresh.length === 0) return lacking('no request of its own accord')
  return each(fresh, 'request', exchange => {
    const twin = fresh.find(one => one.number < exchange.number && sameKey(one, exchange) && !isRepeat(scope, one, exchange))
    if (twin === undefined) return passed([{ entry: exchange.sent.id, field: 'trace', saw: exchange.sent.fields.trace ?? '' }])
    return failed(
      {
        says: `the ${exchange.name} has the trace number of another ${twin.name}`,
        expected: 'a trace number of its own',
        received: exchange.sent.fields.trace ?? '',
        attribution: 'instrument',
      },
      [...cite(twin), ...cite(exchange)],
    )
  })
}

/** The same message once more: same type, same content. */
const isRepeat = (scope: Scope, one: Exchange, other: Exchange): boolean =>
  firstType(scope, one) === firstType(scope, other) &&
  ['processingCode', 'amount', 'pan', 'track2', 'typeCode', 'networkCode', 'functionCode', 'additionalData', ...totalNames].every(
    name => one.sent.fields[name] === other.sent.fields[name],
  )

/** The type of a message's first copy. */
const firstType = ({ profile }: Scope, { sent }: Exchange): string => rowsOfType(profile.speaks, sent.mti)[0]?.request ?? sent.mti

/** A repeat is answered with the message type that answers its first copy. */
export function typesAreSame(scope: Scope, repeat: OperationScope | undefined): Verdict {
  const again = repeat?.own.at(-1)
  const reply = answer(again)
  if (again === undefined) return lacking('no repeated request')
  if (reply === undefined)
    return scope.profile.knobs.dupMode === 'silent' ? passed(cite(again)) : unanswered(again, 'an exact repeat')
  const expected = replyType(scope, again.sent.mti)
  if (reply.mti === expected) return passed(cite(again))
  return failed({ says: 'a repeat was answered by a message of another type', expected, received: reply.mti }, cite(again))
}
