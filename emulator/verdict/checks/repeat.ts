import { allOf, failed, lacking, passed } from '../finding.ts'
import { sameKey } from '../position.ts'
import {
  answer,
  approves,
  cite,
  citeReply,
  type Exchange,
  firstOwn,
  type OperationScope,
  resultCode,
  type Scope,
  target,
} from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { unanswered } from './approval.ts'
import { described, unsent } from './preparation.ts'
import { graded } from './refusal.ts'

/**
 * An exact repeat was answered as the profile declares: the first answer again, a refusal as duplicate, or silence.
 *
 * @source Requirement catalogue, section 2, `dupMode`
 */
export function repeatedAsDeclared(scope: Scope, repeat: OperationScope | undefined): Verdict {
  return onRepeat(scope, repeat, (first, again) => {
    const before = answer(first)
    const mode = scope.profile.knobs.dupMode
    if (before === undefined && !first.lost) return unanswered(first, 'the first of two equal requests')
    if (before !== undefined && !approves(scope, before)) return repeatOfRefusal(scope, first, again)
    const reply = answer(again)
    const expected = {
      replay: 'the first answer again',
      decline: 'a refusal as duplicate',
      flag: 'the first answer, or a refusal as duplicate',
      silent: 'no answer',
    }
    const facts = {
      expected: expected[mode ?? 'decline'],
      received: reply === undefined ? 'no answer' : (resultCode(reply) ?? 'no result code'),
    }
    const evidence = [...cite(first), ...cite(again)]
    if (mode === 'silent')
      return reply === undefined && again.silence !== undefined
        ? passed(evidence)
        : failed({ says: 'an exact repeat was answered', ...facts }, evidence)
    if (reply === undefined) return unanswered(again, 'an exact repeat')
    const approvedAgain = approves(scope, reply)
    if (first.lost)
      return approvedAgain
        ? passed(evidence)
        : failed({ says: 'the first copy that arrived was refused', ...facts, expected: 'an approval' }, evidence)
    if (mode !== 'decline' && approvedAgain) return passed(evidence)
    if (mode === 'replay') return failed({ says: 'an exact repeat did not get the first answer again', ...facts }, evidence)
    if (approvedAgain)
      return failed({ says: 'an exact repeat was approved, where the profile says that it is refused', ...facts }, evidence)
    return allOf(graded(scope, repeat, scope.codes.accepts.duplicate), passed(evidence))
  })
}

/** A repeat of a refused request gets the same refusal, a refusal as duplicate, or nothing where that is declared; never an approval. */
export function repeatOfRefusal(scope: Scope, first: Exchange, again: Exchange): Verdict {
  const reply = answer(again)
  const evidence = [...cite(first), ...cite(again)]
  const code = resultCode(answer(first))
  if (reply === undefined)
    return scope.profile.knobs.dupMode === 'silent' ? passed(evidence) : unanswered(again, 'the repeat of a refused request')
  const received = resultCode(reply) ?? 'no result code'
  const facts = { expected: `${code}, or ${scope.codes.accepts.duplicate.join(', ')}`, received }
  if (approves(scope, reply)) return failed({ says: 'the repeat of a refused request was approved', ...facts }, evidence)
  if (received === code || scope.codes.accepts.duplicate.includes(received)) return passed(evidence)
  return failed({ says: 'the repeat of a refused request got another refusal', ...facts }, evidence)
}

/** As above, where the scenario means the first to be refused. */
export function repeatsARefusal(scope: Scope, repeat: OperationScope | undefined): Verdict {
  return onRepeat(scope, repeat, (first, again) => {
    const before = answer(first)
    if (before === undefined) return lacking('no answer to the first of two equal requests')
    return approves(scope, before) ? lacking('no refusal that could be repeated') : repeatOfRefusal(scope, first, again)
  })
}

/** Our line delivered one request twice, and the terminal got its answer; that it took effect once is for the money to show. */
export function deliveredTwice(scope: Scope, operation: OperationScope | undefined): Verdict {
  const exchange = operation?.own.find(one => one.fault?.fault === 'delivers the request twice')
  if (operation === undefined || exchange === undefined) return lacking('no request that our line delivered twice')
  const codes = [...exchange.others, answer(exchange)].map(resultCode)
  if (answer(exchange) === undefined && exchange.others.length === 0) return unanswered(exchange, described(operation))
  const fitting = codes.some(code => code !== undefined && scope.codes.approved.includes(code))
  if (fitting) return passed([...cite(exchange), ...exchange.others.map(citeReply)])
  return failed(
    { says: 'neither copy of a request was approved', expected: 'one approval', received: codes.join(', ') },
    cite(exchange),
  )
}

/** A replayed answer is the first one: same reference, approval code, result and amount. */
export function replaysTheFirst(scope: Scope, repeat: OperationScope | undefined): Verdict {
  return onRepeat(scope, repeat, (first, again) => {
    const [before, after] = [answer(first), answer(again)]
    if (before === undefined) return lacking('no answer to the first of two equal requests')
    if (after === undefined) return unanswered(again, 'an exact repeat')
    const other = ['resultCode', 'reference', 'approvalCode', 'amount'].find(name => before.fields[name] !== after.fields[name])
    const evidence = [...cite(first), ...cite(again)]
    if (other === undefined) return passed(evidence)
    return failed(
      {
        says: `the replayed answer has another ${other}`,
        expected: before.fields[other] ?? 'none',
        received: after.fields[other] ?? 'none',
      },
      evidence,
    )
  })
}

/** Finds the first request and its repeat; a terminal's repeat within one operation counts as well as an operation of its own. */
function onRepeat(
  scope: Scope,
  repeat: OperationScope | undefined,
  judge: (first: Exchange, again: Exchange) => Verdict,
): Verdict {
  if (repeat === undefined) return lacking('no repeated operation')
  const again = repeat.own.at(-1)
  if (again === undefined) return unsent(repeat)
  const first = repeat.of === undefined ? repeat.own[0] : firstOwn(target(scope, repeat))
  if (first === undefined || first === again) return lacking(`no first request that ${described(repeat)} repeats`)
  if (!sameKey(first, again)) return lacking(`a repeat with another key than its first: ${described(repeat)}`)
  return judge(first, again)
}
