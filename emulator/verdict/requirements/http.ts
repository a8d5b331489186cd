import { moneyAgrees } from '../checks/balance.ts'
import { inQuestion, resolvedByReversal } from '../checks/follow-up.ts'
import {
  answeredAsItsOwn,
  doneOnce,
  followedToTheEnd,
  keysStay,
  kindTold,
  layersAgree,
  outcomeFromBoth,
  proofRefused,
  sameResult,
  underTheSameKey,
  undoneByOwnReference,
} from '../checks/http.ts'
import { given } from '../checks/preparation.ts'
import { goesOn, graded } from '../checks/refusal.ts'
import { claimed, firstOwn, type OperationScope, type Scope, target } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { hostRow, type Row, terminalRow, uncoveredRow } from './row.ts'

const noForgedNotice = 'the bench does not yet send notifications that are forged, repeated or out of order'

/** Hosts with an HTTP/JSON interface. */
export const httpRows: readonly Row[] = [
  hostRow({
    id: 'HTTP-001',
    half: true,
    severity: 'critical',
    says: 'Status code and business result of an answer agree; a 2xx with a failed or pending result is no approval',
    source: 'WSB, WPAY, MPGS',
    needs: ['http'],
    min: 1,
    check: layersAgree,
    brokenBy: [
      'host:answers every request with 200',
      'host:sets the success flag on a refusal',
      'host:refuses in the body of an approval',
      'host:answers without a body',
    ],
  }),
  terminalRow({
    id: 'HTTP-001',
    half: true,
    severity: 'critical',
    says: 'The outcome is taken from status code and business result together',
    source: 'WSB, WPAY, MPGS',
    needs: ['http'],
    min: 1,
    check: outcomeFromBoth,
    brokenBy: ['terminal:takes every 2xx for an approval', 'terminal:takes an accepted request for an approved one'],
  }),
  hostRow({
    id: 'HTTP-002',
    severity: 'critical',
    says: 'The same idempotency key with the same content has one effect, and gets the first result or a reference to it',
    source: 'CH, GPA, STRP, MON',
    needs: ['http'],
    money: true,
    answersTo: ['repeat answered', 'sale approved'],
    check: oneEffectUnderOneKey,
    brokenBy: [
      'host:ignores the idempotency key',
      'host:shares keys between merchants',
      'host:answers a repeated key with another reference',
    ],
  }),
  hostRow({
    id: 'HTTP-003',
    severity: 'critical',
    says: 'The same key with different content is refused with no effect',
    source: 'STRP, SQR, RAZ',
    needs: ['http'],
    money: true,
    answersTo: ['key reuse refused'],
    check: otherContentIsRefused,
    brokenBy: ['host:takes a key for any content', 'host:refuses a reused key and does it all the same'],
  }),
  hostRow({
    id: 'HTTP-004',
    severity: 'critical',
    says: 'The same key while the first is in work starts no second execution',
    source: 'RAZ, BRT, CH',
    needs: ['http'],
    money: true,
    answersTo: ['parallel requests answered'],
    check: twoAtOnceAreOne,
    brokenBy: ['host:begins again what is in work'],
  }),
  terminalRow({
    id: 'HTTP-005',
    severity: 'critical',
    says: 'A time-out or 5xx is treated as unknown: the terminal inquires, repeats with the same key, or cancels by its own reference; never with a new key',
    source: 'CH, TEYA, CYBT, VFI',
    needs: ['http'],
    answersTo: ['reversal sent'],
    check: unknownIsResolved,
    brokenBy: ['terminal:makes a new key for every send'],
  }),
  hostRow({
    id: 'HTTP-006',
    severity: 'major',
    says: 'An operation whose host reference was never received is cancellable by the client’s own reference',
    source: 'ADY, CYBT, TEYA, SQR, WSB',
    needs: ['http'],
    money: true,
    answersTo: ['reversal answered'],
    check: cancelledByOwnReference,
    brokenBy: ['host:knows a sale by its own reference only'],
  }),
  terminalRow({
    id: 'HTTP-007',
    severity: 'critical',
    says: '"Accepted for processing" is followed to a final state by inquiry or notification before anything is concluded',
    source: 'WPAY, ADY, LKL',
    needs: ['http', 'async'],
    answersTo: ['followed to the end'],
    check: acceptedIsFollowed,
    brokenBy: ['terminal:takes an accepted request for an approved one', 'terminal:takes every 2xx for an approval'],
  }),
  hostRow({
    id: 'HTTP-008',
    severity: 'critical',
    says: 'A request with a wrong signature, key or stale time stamp is refused with no effect',
    source: 'CH, WSB, LKL',
    needs: ['http'],
    money: true,
    answersTo: ['access refused'],
    check: badProofIsRefused,
    brokenBy: ['host:does not check signatures', 'host:takes any time stamp', 'host:takes the key of one terminal for another'],
  }),
  uncoveredRow({
    id: 'HTTP-009',
    binds: 'host',
    half: true,
    severity: 'critical',
    says: 'A notification is authenticated, and a repeated one has the same id',
    source: 'LKL, WPAY',
    needs: ['http', 'async'],
    notCovered: noForgedNotice,
  }),
  uncoveredRow({
    id: 'HTTP-009',
    binds: 'terminal',
    half: true,
    severity: 'critical',
    says: 'A notification that is forged, repeated or out of order does not change money twice',
    source: 'LKL, WPAY',
    needs: ['http', 'async'],
    notCovered: noForgedNotice,
  }),
  hostRow({
    id: 'HTTP-010',
    severity: 'major',
    says: 'An endpoint that decides itself between cancel and refund tells which one it did',
    source: 'WPAY, ADY, UNIP, MOOV',
    needs: ['http', 'refund'],
    knobs: ['refundBeforeSettle'],
    money: true,
    excluded: ({ knobs }) =>
      knobs.refundBeforeSettle === 'convert-to-void' ? undefined : 'no endpoint decides between cancel and refund',
    answersTo: ['refund approved'],
    check: decisionIsTold,
    brokenBy: ['host:does not say what a refund became', 'host:calls a void a refund'],
  }),
]

const isForeignKey = (operation: OperationScope | undefined): boolean => operation?.special === 'key of another merchant'

function oneEffectUnderOneKey(scope: Scope): Verdict {
  const operation = claimed(scope)
  const judged = isForeignKey(operation)
    ? answeredAsItsOwn(scope, operation)
    : sameResult(scope, firstOwn(target(scope, operation)), operation)
  return given(scope, judged, moneyAgrees(scope))
}

function otherContentIsRefused(scope: Scope): Verdict {
  const operation = claimed(scope)
  const reused = underTheSameKey(scope, operation)
  if (reused.is !== 'passed') return given(scope, reused)
  const refused = graded(scope, operation, scope.codes.accepts.duplicate)
  return given(scope, reused, refused, goesOn(scope, operation), moneyAgrees(scope))
}

function twoAtOnceAreOne(scope: Scope): Verdict {
  return given(scope, doneOnce(scope, claimed(scope)), moneyAgrees(scope))
}

function unknownIsResolved(scope: Scope): Verdict {
  return given(scope, resolvedByReversal(scope, inQuestion(scope)), keysStay(scope))
}

function cancelledByOwnReference(scope: Scope): Verdict {
  return given(scope, undoneByOwnReference(scope, inQuestion(scope)), moneyAgrees(scope))
}

function acceptedIsFollowed(scope: Scope): Verdict {
  return given(scope, followedToTheEnd(scope, claimed(scope, 'refund')))
}

function badProofIsRefused(scope: Scope): Verdict {
  const operation = claimed(scope)
  return given(scope, proofRefused(scope, operation), goesOn(scope, operation), moneyAgrees(scope))
}

function decisionIsTold(scope: Scope): Verdict {
  return given(scope, kindTold(scope, claimed(scope, 'refund')), moneyAgrees(scope))
}
