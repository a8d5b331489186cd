import { accepting, type Decision, refusing } from './decision.ts'
import type { Rule, Situation } from './rules.ts'
import { compared, countedIn, readSums, sumsOf, withResults } from './totals.ts'

/**
 * A settlement: the terminal's totals against ours. Equal or not, the batch is settling from here on; it is closed by the end notice of the
 * upload. A repeat gets the recorded result and settles nothing again.
 *
 * @source UnionPay POS fact sheet, 4.5 and 4.6
 */
export function decideSettlement(situation: Situation): Decision {
  const { ask, books, policy } = situation
  const { terminalId, batch } = ask
  const digits = ask.fields.additionalData
  const asked = readSums(digits)
  if (!terminalId || !batch || !asked) return notSettled('30', 'the totals are not 62 digits', digits)
  const known = books.batches.find(terminalId, batch)
  if (!known) return notSettled('77', 'this terminal has no such batch', digits)
  if (known.state !== 'open') return accepting('the recorded result', [], { additionalData: known.totals })
  const own = sumsOf(countedIn(books, policy, terminalId, batch))
  const totals = withResults(digits, compared(asked, own))
  return accepting('the totals are compared', [{ is: 'batch settling', terminalId, batch, totals }], { additionalData: totals })
}

/** Where an answer to a settlement has no field 39, result 3 is the refusal. */
export const notSettled = (code: string, says: string, digits: string | undefined): Decision =>
  refusing(code, says, { additionalData: withResults(digits, ['3', '3']) })

/** A refusal by one of the rules that any request has to get past, in the form of a settlement's answer. */
export const settlementRefused = (broken: Rule<Situation>, situation: Situation): Decision =>
  notSettled(broken.code, `it does not hold that ${broken.says}`, situation.ask.fields.additionalData)
