import type { RequirementResult, Result, ScenarioResult } from '../verdict/result.ts'
import type { VerdictWord } from '../verdict/verdict.ts'
import type { DialectFields } from './dialect-fields.ts'

// A run as the tests of the reports see it: one void that is right, one that a wrong merchant gets approved, one lost reply.

export const sampleFields: DialectFields = [
  { path: '2', name: 'pan', is: 'primary account number' },
  { path: '3', name: 'processingCode', is: 'what kind of transaction' },
  { path: '4', name: 'amount', is: 'amount, in minor units of the currency' },
  { path: '11', name: 'trace', is: 'system trace audit number' },
  { path: '37', name: 'reference', is: 'retrieval reference number' },
  { path: '39', name: 'resultCode', is: 'how the acquirer answers' },
  { path: '41', name: 'terminalId', is: 'card acceptor terminal' },
  { path: '42', name: 'merchantId', is: 'card acceptor' },
  { path: '49', name: 'currency', is: 'currency of the amount' },
  { path: '52', name: 'pinBlock', is: 'PIN block, enciphered' },
  { path: '60', name: 'private60', is: 'function, batch and capabilities' },
  { path: '60.2', name: 'batch', is: 'batch number' },
  { path: '48.#.trace', name: 'item.#.trace', is: 'trace number of an uploaded transaction' },
  { path: '64', name: 'mac', is: 'message authentication code' },
]

const evidence = (entry: string, saw: string, field?: string) => ({ entry, saw, ...(field ? { field } : {}) })
const ran = (name: string, uri: string, verdict: VerdictWord): ScenarioResult => ({ name, uri: `features/${uri}`, verdict })

const row = (id: string, says: string, verdict: VerdictWord, more: Partial<RequirementResult> = {}): RequirementResult => ({
  ...{
    id,
    part: 'acquirer',
    level: 'must',
    severity: 'critical',
    says,
    source: 'UnionPay POS fact sheet, 4.5',
    verdict,
    evidence: [],
    scenarios: [],
  },
  ...more,
})

export const sampleResult: Result = {
  schema: 'https://tillproof.dev/schema/result-1.json',
  run: {
    id: '2026-11-21T08-30-00Z-51a7',
    seed: '42',
    suite: 'tillproof 0.1.0',
    profile: { name: 'Example Acquiring, laboratory', sha256: 'c0ffee'.padEnd(64, '0') },
    endpoint: 'tcp://127.0.0.1:9100',
    startedAt: '2026-11-21T08:30:00.000Z',
    finishedAt: '2026-11-21T08:30:41.000Z',
  },
  verdict: 'not certified',
  exitCode: 1,
  summary: {
    acquirer: { passed: 1, warned: 1, failed: 1, inconclusive: 2, notApplicable: 1, untested: 1 },
    instrument: { passed: 1, warned: 0, failed: 0, inconclusive: 0, notApplicable: 0, untested: 0 },
    notCovered: 2,
  },
  requirements: [
    row('VOID-001', 'A host MUST approve the void of an open sale and give the whole amount back.', 'passed', {
      evidence: [
        evidence('03-void/correct-void:14#19', 'void of ¥88.00 sent'),
        evidence('03-void/correct-void:14#20', '00', 'resultCode'),
      ],
      scenarios: [ran('Alice takes her book back', '03-void/correct-void.feature:14', 'passed')],
    }),
    row('VOID-013', 'A host MUST refuse a void that comes from another merchant than the sale’s.', 'failed', {
      finding: 'The acquirer approved a void from another merchant; the shop is short ¥88.00.',
      attribution: 'acquirer',
      expected: 'a refusal, one of 03 25 58, and the sale untouched',
      received: 'approval 00; merchant:105310055426541 fell from ¥88.00 to ¥0.00',
      evidence: [
        evidence('03-void/wrong-merchant-void:9#9', 'the void of another merchant', 'merchantId'),
        evidence('03-void/wrong-merchant-void:9#10', '00', 'resultCode'),
      ],
      scenarios: [ran('A kiosk voids the shop’s sale', '03-void/wrong-merchant-void.feature:9', 'failed')],
    }),
    row('VOID-020', 'A refused void SHOULD say why in its code.', 'warned', {
      ...{
        level: 'should',
        severity: 'minor',
        attribution: 'acquirer',
        finding: 'A void of a voided sale was refused with 05.',
        expected: '25 or 12',
        received: '05',
      },
    }),
    row('REV-001', 'A host MUST undo a sale whose reversal it acknowledges.', 'inconclusive', {
      because: 'the balance inquiry that would show it was refused',
      attribution: 'acquirer',
      scenarios: [ran('The reply to a sale is lost', '05-reversal/lost-reply.feature:22', 'inconclusive')],
    }),
    row('REV-002', 'A host MUST acknowledge a reversal for a transaction it never saw.', 'inconclusive', {
      because: 'the balance inquiry that would show it was refused',
      attribution: 'acquirer',
    }),
    row('CONC-001', 'Two voids of one sale at the same time MUST take effect once.', 'untested', {
      because: 'the run was interrupted',
      attribution: 'suite',
    }),
    row('PRE-001', 'A host MUST hold the amount of a pre-authorisation.', 'not applicable', {
      because: 'the profile does not claim preauth',
    }),
    row('TERM-004', 'A terminal MUST keep a reversal until it is acknowledged.', 'passed', {
      part: 'instrument',
      evidence: [evidence('05-reversal/lost-reply:22#9', 'stored')],
      scenarios: [ran('The reply to a sale is lost', '05-reversal/lost-reply.feature:22', 'passed')],
    }),
  ],
  notCovered: [
    { id: 'VOID-031', because: 'needs a second acquirer to route to' },
    { id: 'EMV-001', because: 'the virtual card has no chip yet' },
  ],
  views: [
    { name: 'ledger', usable: true },
    { name: 'balance', usable: false, because: 'a sale did not move it' },
  ],
}
