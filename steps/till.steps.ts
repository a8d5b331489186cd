import { Then } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import type { ClaimName } from '../emulator/verdict/claims.ts'

// What the till itself did, showed and printed: rows that judge our own instrument.

const claims: Readonly<Record<string, ClaimName>> = {
  'nothing was sent': 'nothing sent',
  'one request was sent': 'one request sent',
  'the till named the original': 'follow-up names its original',
  'the till reversed the sale': 'reversal sent',
  'no reversal was sent': 'no reversal sent',
  'the till repeated the reversal': 'reversal repeated',
  'the till repeated the reversal as often as the answers ask for': 'reversal repeated',
  'the reversal was kept as unresolved': 'reversal left unresolved',
  'the reversal went first': 'pending reversal first',
  'the till ignored that answer': 'answer ignored',
  'the till went on waiting': 'not taken as final',
  'the till showed how it ended': 'result shown',
  'the till showed the original': 'original shown',
  'the till showed what it was about to send': 'question asked',
  'the till marked the sale as the answer says': 'original marked',
  'the till showed its state': 'looked up',
  'the operation came to exactly one end': 'ended once',
  'the till asked before it sent anything': 'question asked',
  'the till sent the totals of its batch': 'totals sent',
  'the till uploaded its batch': 'details uploaded',
  'the till left its settlement open until it was answered': 'settlement left open',
  'the till cleared its log once': 'log cleared',
  'the slips say what they must': 'slip printed',
  'no approval was printed': 'no approval printed',
  'the reprint is marked': 'reprint marked',
  'the till sealed its request with the new key': 'new key used',
  'the refund was kept as unknown': 'refund left unknown',
}

/** Claims about what became of an operation after it went wrong, and about the first settlement, whatever was done since. */
const afterTrouble: readonly ClaimName[] = [
  'reversal sent',
  'no reversal sent',
  'reversal repeated',
  'reversal left unresolved',
  'pending reversal first',
  'answer ignored',
  'ended once',
  'refund left unknown',
]
const ofSettlement: readonly ClaimName[] = ['log cleared', 'settlement left open', 'details uploaded', 'totals sent']

for (const [sentence, claim] of Object.entries(claims))
  Then(sentence, function (this: Bench) {
    if (afterTrouble.includes(claim)) return this.witness.claims(claim, this.checks.troubled())
    return this.witness.claims(claim, ofSettlement.includes(claim) ? this.checks.settlement() : this.checks.tested())
  })
