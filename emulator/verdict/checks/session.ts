import { failed, inconclusive, lacking, passed } from '../finding.ts'
import { moneyBook } from '../position.ts'
import { answer, cite, firstOwn, type OperationScope, type Scope } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { described } from './preparation.ts'

/** The keys of a sign-in answer hold: the terminal, which compares their check values, loaded them. */
export function keysLoaded(scope: Scope, signIn: OperationScope | undefined): Verdict {
  const exchange = firstOwn(signIn)
  if (signIn === undefined || exchange === undefined) return lacking('no sign-in under test')
  const reply = answer(exchange)
  if (reply === undefined) return unanswered(exchange, described(signIn))
  const from = scope.entries.indexOf(reply)
  const loaded = scope.events.find(
    event => event.event === 'keys loaded' && event.terminal === signIn.terminal && scope.entries.indexOf(event) > from,
  )
  if (loaded !== undefined) return passed([...cite(exchange), { entry: loaded.id, saw: loaded.says }])
  if (signIn.outcome?.outcome === 'done')
    return inconclusive('the terminal was content with the keys and did not load them', {
      becauseOf: 'SEC-004',
      attribution: 'instrument',
      evidence: cite(exchange),
    })
  return failed(
    { says: 'the terminal could not load the keys of the sign-in', expected: 'keys whose check values hold', received: 'none' },
    cite(exchange),
  )
}

/** The batch number of a sign-in answer is that of the batch in which this terminal has open transactions. */
export function keepsTheBatch(scope: Scope, signIn: OperationScope | undefined): Verdict {
  const exchange = firstOwn(signIn)
  const reply = answer(exchange)
  if (signIn === undefined || exchange === undefined || reply === undefined) return lacking('no answered sign-in under test')
  const open = moneyBook(scope).movements.filter(
    one =>
      one.exchange.number < exchange.number &&
      one.exchange.terminal === signIn.terminal &&
      one.standing === 'live' &&
      !one.settled,
  )
  const expected = open.at(-1)?.exchange.sent.fields.batch
  const { batch } = reply.fields
  const evidence = [...cite(exchange), ...open.flatMap(one => cite(one.exchange))]
  if (batch === undefined)
    return failed(
      { says: 'the sign-in answer has no batch number', expected: expected ?? 'a batch number', received: 'none' },
      evidence,
    )
  if (expected === undefined || expected === batch) return passed(evidence)
  return failed({ says: 'the sign-in opened another batch over open transactions', expected, received: batch }, evidence)
}

/** After the last sign-in that gave keys the terminal's next sealed request was accepted, in an answer sealed under those keys. */
export function newKeysUsed(scope: Scope): Verdict {
  const loaded = scope.exchanges.filter(one => one.name === 'signIn' && one.received !== undefined)
  const last = loaded.at(-1)
  if (last === undefined || loaded.length < 2) return lacking('no second sign-in')
  const next = scope.exchanges.find(
    one => one.number > last.number && one.terminal === last.terminal && ['sale', 'void', 'refund', 'inquire'].includes(one.name),
  )
  if (next === undefined) return lacking('no sealed request after the second sign-in')
  const reply = answer(next)
  const evidence = [...cite(last), ...cite(next)]
  if (reply !== undefined && reply.mac === 'good') return passed(evidence)
  return failed(
    {
      says: 'the request after the sign-in was not sealed under the new key',
      expected: 'accepted',
      received: reply?.fields.resultCode ?? 'no answer',
      attribution: 'instrument',
    },
    evidence,
  )
}
