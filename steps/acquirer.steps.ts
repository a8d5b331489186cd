import { Then } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { ClaimName } from '../emulator/verdict/claims.ts'

// Controls: who was refused may do the same with what is its own. Probes: what was attacked is as it was.

Then('{till} can sell', function (this: Bench, till: TillRole) {
  return this.checks.canSell(this.tills.at(till))
})
Then('{holder} can pay at {till}', function (this: Bench, who: string, till: TillRole) {
  return this.checks.canSell(this.tills.at(till), this.cast.card(who))
})
Then('{till} can sell under the new keys', function (this: Bench, till: TillRole) {
  return this.checks.canSell(this.tills.at(till))
})
Then('with everything right {till} can sell', function (this: Bench, till: TillRole) {
  return this.checks.canSellSignedIn(this.tills.at(till))
})
Then(/^(the shop|the second till|the neighbour) can void (?:a|another) sale of its own$/, function (this: Bench, till: TillRole) {
  return this.checks.canVoid(this.tills.at(till))
})
Then(
  /^(the shop|the second till|the neighbour) can refund (?:a|another) sale of its own$/,
  function (this: Bench, till: TillRole) {
    return this.checks.canRefund(this.tills.at(till))
  },
)
Then('that sale can still be voided', function (this: Bench) {
  return this.checks.stillVoidable(this.checks.target())
})
Then("{holder}'s sale can still be voided", function (this: Bench, who: string) {
  return this.checks.stillVoidable(this.memory.last('sale', who))
})
Then('both sales can still be voided', async function (this: Bench) {
  const sales = this.memory.all('sale').slice(0, 2)
  for (const sale of sales) await this.checks.stillVoidable(sale)
})
Then('that sale can still be refunded', function (this: Bench) {
  return this.checks.stillRefundable(this.checks.target())
})

// Claims: what the scenario says happened. The row that the rule is tagged with judges.

const claims: Readonly<Record<string, ClaimName>> = {
  'the acquirer approves the sale': 'sale approved',
  'the acquirer refuses the sale': 'sale refused',
  'the balances follow what was approved': 'balances follow',
  'the acquirer approves the void': 'void approved',
  'the acquirer refused the void': 'void refused',
  'the acquirer approves the refund': 'refund approved',
  'the acquirer refused the refund': 'refund refused',
  'the acquirer treats the repeat as it declares': 'repeat answered',
  'the acquirer refused the second use': 'key reuse refused',
  'the acquirer answered the reversal': 'reversal answered',
  'the acquirer answered every reversal': 'reversals answered',
  'the acquirer refuses the message': 'message refused',
  'the acquirer has signed the till in': 'sign-in answered',
  'the acquirer answers the echo test': 'echo answered',
  'the acquirer denied access': 'access refused',
  'the acquirer answered that the totals agree': 'settlement balanced',
  'the acquirer answered that the totals differ': 'settlement unbalanced',
  'the acquirer refused to settle': 'settlement refused',
  'the acquirer settled once': 'settlement repeated',
  'what was settled is what was live': 'batch settled',
  'the money is where the answers say': 'money as expected',
  'the acquirer answered what arrived in pieces': 'split and joined requests answered',
}
for (const [sentence, claim] of Object.entries(claims))
  Then(sentence, function (this: Bench) {
    return this.witness.claims(claim, this.checks.tested())
  })
Then('nothing is left of that sale', function (this: Bench) {
  return this.witness.claims('reversal answered', this.checks.troubled())
})
