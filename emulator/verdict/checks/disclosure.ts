import { failed, lacking, passed } from '../finding.ts'
import { answer, cite, firstOwn, resultCode, type Scope, tested } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { described } from './preparation.ts'

/**
 * Two refusals look alike: that of a void that names another merchant's sale, and that of one that names nothing. The first may instead be an
 * error about the merchant only. Whatever else the first says, it says about somebody else's sale.
 */
export function revealsNothing(scope: Scope): Verdict {
  const voids = tested(scope, 'void')
  const foreign = voids.find(one => one.special?.includes('another merchant'))
  const unknown = voids.find(one => one.special?.includes('unknown'))
  if (foreign === undefined || unknown === undefined)
    return lacking('no void of another merchant’s sale beside one of an unknown sale')
  const [theirs, nobodys] = [firstOwn(foreign), firstOwn(unknown)]
  const [said, usual] = [answer(theirs), answer(nobodys)]
  if (theirs === undefined || nobodys === undefined || said === undefined || usual === undefined)
    return lacking('no two answers to compare')
  const evidence = [...cite(theirs), ...cite(nobodys)]
  const merchantError = scope.codes.accepts['unknown merchant'].includes(resultCode(said) ?? '')
  if (!merchantError && resultCode(said) !== resultCode(usual))
    return failed(
      {
        says: `the refusal of ${described(foreign)} differs from that of an unknown sale`,
        expected: resultCode(usual) ?? 'none',
        received: resultCode(said) ?? 'none',
      },
      evidence,
    )
  const more = Object.keys(said.fields).filter(name => !(name in usual.fields) && !(name in theirs.sent.fields))
  if (more.length === 0) return passed(evidence)
  return failed(
    {
      says: `the refusal of ${described(foreign)} tells more than that of an unknown sale`,
      expected: 'the same fields',
      received: `also ${more.join(', ')}`,
    },
    evidence,
  )
}
