import type { Business } from './business.ts'
import { type Called, makeCall } from './caller.ts'
import type { Setting } from './conversation.ts'
import type { FollowUp, OperationPlan } from './mapping.ts'
import type { Intent } from './memory.ts'

/**
 * Follows an answer that was not the last word until one is: by notification, by asking for the status, or by both, whichever comes first.
 *
 * @returns what was found in the end; `UNKNOWN` when the limit passes
 * @source  HTTP acquirers fact sheet, 8.7
 */
export async function followedUp(
  setting: Setting,
  plan: OperationPlan,
  terms: FollowUp,
  asked: Business,
  intent: Intent,
  first: Called,
): Promise<Called> {
  const { signal, wait, desk, mapping } = setting
  const status = terms.by.includes('status') ? mapping.operations.get('status') : undefined
  let every = terms.everyMillis
  for (let waited = 0, asking = 1; waited < terms.limitMillis && !signal.aborted; asking += 1) {
    const notified = terms.by.includes('notification') ? await desk?.look(intent, plan.name, setting) : undefined
    if (notified?.rule.final) return notified
    const pause = Math.min(every, terms.limitMillis - waited)
    await (desk === undefined ? wait(pause, signal) : Promise.race([wait(pause, signal), desk.arrival(intent)]))
    waited += pause
    every *= terms.factor
    if (status === undefined) continue
    const called = await askStatus(setting, status, plan, terms, asked, intent, asking)
    intent.refs = { ...intent.refs, ...called.refs }
    if (called.rule.final && called.rule.means !== 'UNKNOWN') return called
  }
  const last = terms.by.includes('notification') ? await desk?.look(intent, plan.name, setting) : undefined
  if (last?.rule.final) return last
  const says = `no final state within ${terms.limitMillis / 1000} s`
  return { ...first, rule: { ...first.rule, id: `${first.rule.id}, then nothing final`, means: 'UNKNOWN', final: true }, says }
}

/** Asks for the state of an intent by its own reference or the acquirer’s: a call of its own, under a name of its own. */
async function askStatus(
  setting: Setting,
  status: OperationPlan,
  plan: OperationPlan,
  terms: FollowUp,
  { fields }: Business,
  intent: Intent,
  asking: number,
): Promise<Called> {
  const [call] = status.calls
  const question: Intent = { ...intent, id: `${intent.id}-S${asking}`, operation: 'status', made: new Map() }
  const rules = terms.classify ?? (status.unwrap === undefined ? call.classify : plan.calls[plan.calls.length - 1]?.classify)
  return makeCall(setting, {
    name: `${plan.name}, status`,
    plan: call,
    rules: rules ?? call.classify,
    asked: { operation: 'status', fields },
    intent: question,
    original: { ...intent.refs, clientRef: intent.id, operation: plan.name },
    answers: {},
    ...(status.unwrap === undefined ? {} : { unwrap: status.unwrap }),
  })
}
