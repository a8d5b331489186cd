import { type Business, replyFrame } from './business.ts'
import { type Acting, type Asking, type Called, makeCall } from './caller.ts'
import { holds } from './classify.ts'
import type { Expression } from './expression.ts'
import { followedUp } from './follow-up.ts'
import type { MappedOperation } from './form.ts'
import { followedIntentOf, intentOf, originalIntentOf } from './intent.ts'
import type { CallPlan, OperationPlan } from './mapping.ts'
import type { Intent, Memory } from './memory.ts'
import { type AnswerNames, requestNames } from './names.ts'
import type { Desk } from './notifications.ts'
import { approving, type Ruled } from './outcome.ts'
import { settled } from './settlement.ts'

/** Everything that an operation needs beside what the till asks. */
export type Setting = Acting &
  Readonly<{
    memory: Memory
    run: string
    wait: (millis: number, signal: AbortSignal) => Promise<void>
    desk?: Desk
    /** A fault: each send has an idempotency key of its own. */
    newKeys?: boolean
  }>

/**
 * Does what a till asks, in as many calls as the interface needs.
 *
 * @returns the frame of the reply; undefined when the outcome is not known, or the interface has no such operation: the till hears nothing
 * @throws  EmulatorError `MAPPING_FAILED`
 */
export async function converse(setting: Setting, asked: Business): Promise<Uint8Array | undefined> {
  const { mapping, memory, run } = setting
  const intent = memory.opened(intentOf(run, asked), asked)
  intent.attempts += 1
  if (asked.operation === 'settle' && mapping.settle.strategy !== 'call') return settled(setting, asked, intent)
  const plan = planOf(setting, asked)
  if (plan === undefined) return unsaid(setting, asked, intent)
  const key = `${intent.id}-${intent.attempts}`
  const faulty =
    setting.newKeys && setting.overrides.key === undefined ? { ...setting, overrides: { ...setting.overrides, key } } : setting
  const called = await perform(faulty, plan, asked, intent, await originalOf(setting, asked))
  return replyTo(setting, plan, asked, intent, called)
}

const planOf = ({ mapping }: Setting, { operation }: Business): OperationPlan | undefined =>
  // A name that no mapping can have finds nothing.
  operation === 'status' ? undefined : mapping.operations.get(operation as MappedOperation)

/** Makes the calls of an operation, in order, and what follows them up. */
export async function perform(
  setting: Setting,
  plan: OperationPlan,
  asked: Business,
  intent: Intent,
  original: Readonly<Record<string, string>> | undefined,
): Promise<Called> {
  const answers: Record<string, AnswerNames> = {}
  let last: Called | undefined
  for (const call of plan.calls) {
    if (!(await due(setting, call, asked, intent, original, answers))) continue
    const name = call.id === plan.name ? plan.name : `${plan.name}.${call.id}`
    last = await made(setting, { name, plan: call, rules: call.classify, asked, intent, original, answers })
    intent.refs = { ...intent.refs, ...last.refs }
    if (last.answer !== undefined) answers[call.id] = last.answer
    if (last.rule.means !== 'NEXT') break
  }
  if (last === undefined)
    return {
      rule: { id: 'no call', means: 'UNKNOWN', also: [], final: true, unmapped: false },
      says: 'no call was due',
      refs: {},
    }
  const end =
    last.rule.final || plan.followUp === undefined ? last : await followedUp(setting, plan, plan.followUp, asked, intent, last)
  remember(setting, asked, intent, end.rule.means)
  return end
}

/** A call, or two of the same bytes at once: then the approval counts, if one of them is approved. */
async function made(setting: Setting, asking: Asking): Promise<Called> {
  if (!setting.overrides.twice) return makeCall(setting, asking)
  const [one, other] = await Promise.all([makeCall(setting, asking), makeCall(setting, asking)])
  return approving.has(other.rule.means) ? other : one
}

async function due(
  { overrides, party, now, mapping }: Setting,
  { when }: CallPlan,
  asked: Business,
  intent: Intent,
  original: Readonly<Record<string, string>> | undefined,
  answers: Readonly<Record<string, AnswerNames>>,
): Promise<boolean> {
  return (
    when === undefined ||
    holds(when, requestNames(asked, { intent, overrides, party, now: now(), original, answers, cards: mapping.cards }))
  )
}

function remember({ memory, run }: Setting, asked: Business, intent: Intent, means: Ruled): void {
  if (means !== 'NEXT') intent.outcome = means
  const undoes = asked.operation === 'void' || asked.operation === 'reverse' || asked.operation === 'completionVoid'
  if (!undoes || !approving.has(means)) return
  const original =
    memory.named(asked.operation === 'void' ? asked.fields.reference : undefined) ?? memory.get(originalIntentOf(run, asked))
  if (original !== undefined) original.undone = true
}

/**
 * What is known of the transaction that a message names. Its reference tells the acquirer’s ids, batch and trace the till’s own: where a
 * message names two different ones, both are passed on, and which of them counts is for the acquirer to say.
 */
async function originalOf(
  { memory, run, mapping }: Setting,
  asked: Business,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { reference, approvalCode, originalBatch, originalTrace, originalDate } = asked.fields
  const traced = originalIntentOf(run, asked)
  const named = memory.named(reference) ?? (reference === undefined ? memory.get(traced) : undefined)
  if (named === undefined && traced === undefined && reference === undefined) return undefined
  // The reversal of a void names the sale besides: what that was called is known from its own answers.
  const voided = asked.operation === 'reverse' ? memory.get(followedIntentOf(run, asked)) : undefined
  const known = named?.refs ?? (reference === undefined ? {} : { hostRef: await madeUp(mapping.unknownOriginal, reference) })
  const facts = {
    ...voided?.refs,
    ...known,
    ...(voided === undefined ? {} : { voidedRef: voided.id }),
    clientRef: memory.get(traced)?.id ?? named?.id ?? traced,
    reference,
    approvalCode: approvalCode ?? named?.refs.approvalCode,
    batch: originalBatch,
    trace: originalTrace,
    date: originalDate,
    operation: named?.operation,
  }
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** The id of something that the acquirer never named: in its own form, where the mapping knows that. */
async function madeUp(unknown: Expression | undefined, reference: string): Promise<string> {
  const made = await unknown?.evaluate({ reference })
  return typeof made === 'string' ? made : reference
}

/** What a reply may carry of what answers named. */
const spoken = [
  'approvalCode',
  'localTime',
  'localDate',
  'settlementDate',
  'balance',
  'amount',
  'currency',
  'batch',
  'keys',
  'pan',
  'cardCompany',
] as const

async function replyTo(
  setting: Setting,
  plan: OperationPlan,
  asked: Business,
  intent: Intent,
  { rule, names }: Called,
): Promise<Uint8Array | undefined> {
  if (rule.means === 'UNKNOWN' || rule.means === 'NEXT') return undefined
  const own = plan.reply === undefined || names === undefined ? {} : await textsOf(plan.reply, names)
  const { trace, terminalId, merchantId, batch, of } = asked.fields
  const refs = Object.fromEntries(spoken.flatMap(name => (intent.refs[name] === undefined ? [] : [[name, intent.refs[name]]])))
  const reference =
    approving.has(rule.means) || intent.refs.reference !== undefined ? setting.memory.referenceOf(intent) : undefined
  return replyFrame(asked.operation, {
    // An HTTP answer is paired with its request by the connection, so what an interface does not say again is said for it.
    ...{ terminalId, merchantId, trace, batch, of },
    ...refs,
    ...resultsOf(asked, rule.means),
    ...(reference === undefined ? {} : { reference }),
    ...own,
    resultCode: rule.means,
    alsoMeans: rule.also.join(' '),
    kind: rule.kind,
  })
}

/** How both classes of cards came out of a settlement: an interface tells them apart only where its `reply` says so. */
function resultsOf({ operation }: Business, means: Ruled): Readonly<Record<string, string>> {
  if (operation !== 'settle') return {}
  const result = means === 'BALANCED' || means === 'APPROVED' ? '1' : means === 'UNBALANCED' ? '2' : undefined
  return result === undefined ? {} : { domesticResult: result, foreignResult: result }
}

async function textsOf(expression: Expression, names: NonNullable<Called['names']>): Promise<Readonly<Record<string, string>>> {
  const value = await expression.evaluate(names)
  if (typeof value !== 'object' || value === null) return {}
  const each = Object.entries(value).filter(
    ([name, one]) => name !== 'type' && (typeof one === 'string' || typeof one === 'number'),
  )
  return Object.fromEntries(each.map(([name, one]) => [name, String(one)]))
}

/** Nothing was asked of the acquirer, and the journal says why. */
function unsaid({ saw, party }: Setting, { operation }: Business, intent: Intent): undefined {
  const says = `the mapping has no operation ${operation}: nothing was sent`
  saw({
    call: operation,
    intent: intent.id,
    attempt: intent.attempts,
    party: party.name,
    method: 'none',
    path: '',
    headers: {},
    rule: 'no operation',
    outcome: 'UNKNOWN',
    final: true,
    says,
  })
}
