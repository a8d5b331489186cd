import { When as define, defineParameterType, Then } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import { type WrongProof, wrongProofs } from '../emulator/bench/http-headstrong.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { Amount } from '../emulator/values/amount.ts'
import { beyondPages } from './beyond-pages.ts'

const When = beyondPages(define)

// What only an acquirer behind HTTP can be asked: keys, signatures, answers that are not the last word.

defineParameterType({
  name: 'proof',
  regexp: new RegExp(wrongProofs.join('|')),
  transformer: (proof: string): WrongProof => proof as WrongProof,
})

for (const does of ['sells', 'tries to sell'])
  When(
    `{till} ${does} for {amount} to {holder} under the key of that sale`,
    function (this: Bench, till: TillRole, amount: Amount, who: string) {
      return this.http.sellUnderKeyOf(this.tills.at(till), this.memory.last('sale'), this.cast.card(who), amount)
    },
  )
When(
  '{till} tries to sell for {amount} to {holder} with {proof}',
  function (this: Bench, till: TillRole, amount: Amount, who: string, proof: WrongProof) {
    return this.http.sellWith(this.tills.at(till), proof, this.cast.card(who), amount)
  },
)
When(
  '{till} tries to sell for {amount} to {holder} with the credentials of {till}',
  function (this: Bench, till: TillRole, amount: Amount, who: string, other: TillRole) {
    return this.http.sellAs(this.tills.at(till), this.tills.at(other), this.cast.card(who), amount)
  },
)
When(
  '{till} sends a sale of {amount} to {holder} twice at once',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.http.sellTwiceAtOnce(this.tills.at(till), this.cast.card(who), amount)
  },
)

Then('the acquirer did it once', function (this: Bench) {
  return this.witness.claims('parallel requests answered', this.checks.tested())
})
Then('the till followed it to its end', function (this: Bench) {
  return this.witness.claims('followed to the end', this.checks.tested())
})
