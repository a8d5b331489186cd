import { accepting, type Decision, refusing } from './decision.ts'
import { fundingOf } from './ledger.ts'
import type { Rule, Situation } from './rules.ts'
import { claimedIn, compared, countedIn, netOf, saidOf, sumsOf, withResults } from './totals.ts'

/**
 * A settlement: the terminal's totals against ours. Where transactions can be uploaded the batch is settling from here on, and closed by the end
 * notice of the upload; where not, it is closed at once, as our books have it. A repeat gets the recorded result and settles nothing again.
 *
 * @source UnionPay POS fact sheet, 4.5 and 4.6
 */
export function decideSettlement(situation: Situation): Decision {
  const { ask, books, policy } = situation
  const { terminalId, merchantId, batch } = ask
  const asked = claimedIn(ask.fields)
  if (!terminalId || !merchantId || !batch || !asked) return notSettled('30', 'the totals cannot be read', situation)
  const known = books.batches.find(terminalId, batch)
  if (!known) return notSettled('77', 'this terminal has no such batch', situation)
  if (known.state !== 'open') return answered('the recorded result', known.totals)
  const counted = countedIn(books, policy, terminalId, batch)
  const totals = withResults(ask.fields, compared(asked, sumsOf(counted)))
  const decision = answered('the totals are compared', totals)
  const settling = { is: 'batch settling', terminalId, batch, totals } as const
  if (policy.uploads) return { ...decision, effects: [settling] }
  const net = netOf(counted)
  return {
    ...decision,
    effects: [settling, { is: 'batch closed', terminalId, batch, settled: net, funded: net }],
    postings: [fundingOf(merchantId, net)],
  }
}

/** Where totals are in one, a result code of its own says that they differ. */
function answered(says: string, totals: string): Decision {
  const decision = accepting(says, [], saidOf(totals))
  return totals === '2' && decision.answer.is === 'answer'
    ? { ...decision, answer: { ...decision.answer, code: '95' } }
    : decision
}

/** Where an answer to a settlement has no result code, result 3 is the refusal. */
const notSettled = (code: string, says: string, { ask }: Situation): Decision =>
  refusing(code, says, saidOf(withResults(ask.fields, ['3', '3'])))

/** A refusal by one of the rules that any request has to get past, in the form of a settlement's answer. */
export const settlementRefused = (broken: Rule<Situation>, situation: Situation): Decision =>
  notSettled(broken.code, `it does not hold that ${broken.says}`, situation)
