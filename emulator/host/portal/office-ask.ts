import type { Ask } from '../ask.ts'
import type { BooksView } from '../books.ts'
import type { Means } from '../decide.ts'
import { type Decision, refusing } from '../decision.ts'
import { fundingOf } from '../ledger.ts'
import { decideRefund } from '../refund.ts'
import { type Following, firstBroken, type Rule, type Situation } from '../rules.ts'
import type { Transaction } from '../transaction.ts'
import { decideVoid } from '../void.ts'
import type { Case } from './case.ts'

/** The batch of what belongs to no terminal's batch. */
const noBatch = '000000'

/**
 * What a till would have asked, from the books. A void stands in the batch of its sale, a refund in none. The trace number begins with B, which no
 * terminal's does, so that nothing that comes over the wire can be its repeat or its reversal.
 */
export function officeAsk(books: BooksView, original: Transaction, { of, minor }: Pick<Case, 'of' | 'minor'>): Ask {
  const { approvalCode, batch, localDate, merchantId, pan, reference, terminalId, trace } = original
  return {
    operation: of,
    mti: 'back office',
    line: 0,
    fields: {
      reference,
      originalBatch: batch,
      originalTrace: trace,
      originalDate: localDate,
      amount: minor.toString(),
      ...(approvalCode !== undefined && { approvalCode }),
    },
    terminalId,
    merchantId,
    trace: `B${String(books.transactions.length + 1).padStart(5, '0')}`,
    batch: of === 'void' ? batch : noBatch,
    pan,
    minor,
    mac: 'not due',
    pin: { is: 'absent' },
  }
}

/** What no office can satisfy, for it has no card, no keys and no batch of its own. All other rules of the wire hold here. */
const notAskedOfAnOffice: readonly string[] = [
  'the terminal is not blocked',
  'the terminal is signed in',
  'the batch is the one in use',
  'a PIN is there where the original had one',
]

const settledFirst: Rule<Following> = {
  says: 'the original is settled',
  code: '12',
  holds: ({ books, original }) => books.batches.isClosed(original.terminalId, original.batch),
}

function asked<R extends Readonly<{ says: string }>>(rules: readonly R[], ...more: readonly string[]): readonly R[] {
  return rules.filter(({ says }) => !notAskedOfAnOffice.includes(says) && !more.includes(says))
}

/** What the host does about a void or refund from a back office: its rules for the wire decide, and its postings are made. */
export function decideOffice(situation: Situation, { rules, numbers, issuerAway }: Means): Decision {
  const { operation, merchantId = '', minor = 0n } = situation.ask
  const isVoid = operation === 'void'
  const access = isVoid ? asked(rules.access) : asked(rules.access, 'the batch is not being settled')
  const broken = firstBroken(access, situation)
  if (broken) return refusing(broken.code, `it does not hold that ${broken.says}`)
  if (issuerAway) return refusing('91', 'the issuer does not answer')
  if (isVoid) return decideVoid(situation, numbers, { ...rules.void, rules: asked(rules.void.rules) })
  const refund = decideRefund(situation, numbers, { ...rules.refund, rules: [settledFirst, ...rules.refund.rules] })
  // No till's settlement will ask the merchant for it, so it is asked for here.
  return refund.postings.length === 0 ? refund : { ...refund, postings: [...refund.postings, fundingOf(merchantId, -minor)] }
}
