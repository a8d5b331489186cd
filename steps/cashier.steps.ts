import { Given, When } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import { operationOf } from '../emulator/bench/memory.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { Amount } from '../emulator/values/amount.ts'
import type { Thing } from './vocabulary.ts'

// What people do at a good till, by its own keys.

When('{holder} pays/paid {amount} at {till}', function (this: Bench, who: string, amount: Amount, till: TillRole) {
  return this.cashier.sell(this.tills.at(till), { card: this.cast.card(who), amount })
})
When('{holder} pays/paid {amount} at {till} by keyed card', function (this: Bench, who: string, amount: Amount, till: TillRole) {
  return this.cashier.sell(this.tills.at(till), { card: this.cast.card(who), amount, how: 'keyed' })
})
When(
  '{holder} pays/paid {amount} at {till} with a wrong PIN',
  function (this: Bench, who: string, amount: Amount, till: TillRole) {
    return this.cashier.sell(this.tills.at(till), {
      card: this.cast.card(who),
      amount,
      pin: this.cast.wrongPin(who),
      special: 'wrong PIN',
    })
  },
)
When('{holder} pays/paid all she has and one fen more at {till}', function (this: Bench, who: string, till: TillRole) {
  return this.cashier.sell(this.tills.at(till), {
    card: this.cast.card(who),
    amount: this.cast.tooMuch(who),
    special: 'above the funds',
  })
})
When('a stranger pays {amount} at {till}', function (this: Bench, amount: Amount, till: TillRole) {
  return this.cashier.sell(this.tills.at(till), { card: this.cast.stranger(), amount, special: 'unknown card' })
})
Given(
  '{holder} paid {amount} at {till} but the reply was lost',
  function (this: Bench, who: string, amount: Amount, till: TillRole) {
    this.trouble.onLine(this.tills.at(till), 'loses the reply', 'sale')
    return this.cashier.sell(this.tills.at(till), { card: this.cast.card(who), amount })
  },
)
When(
  '{holder} pays {amount} at {till} and the operator presses Enter once too often',
  function (this: Bench, who: string, amount: Amount, till: TillRole) {
    return this.cashier.payPressingTwice(this.tills.at(till), { card: this.cast.card(who), amount })
  },
)
When(
  '{holder} pays {amount} at {till} and the operator cancels while the till waits',
  function (this: Bench, who: string, amount: Amount, till: TillRole) {
    return this.cashier.payCancelledWhileWaiting(this.tills.at(till), { card: this.cast.card(who), amount })
  },
)
When('{holder} begins to pay {amount} at {till} once more', function (this: Bench, who: string, amount: Amount, till: TillRole) {
  return this.cashier.askAgain(this.tills.at(till), { card: this.cast.card(who), amount })
})
When(
  'the operator cancels a sale of {amount} at {till} when the amount is shown',
  function (this: Bench, amount: Amount, till: TillRole) {
    return this.cashier.cancelSale(this.tills.at(till), { card: this.cast.card('Alice'), amount }, 'confirming amount')
  },
)
When(
  'the operator cancels a sale of {amount} at {till} when the card is asked for',
  function (this: Bench, amount: Amount, till: TillRole) {
    return this.cashier.cancelSale(this.tills.at(till), { card: this.cast.card('Alice'), amount }, 'awaiting card')
  },
)
When(
  'the operator cancels a sale of {amount} at {till} when the PIN is asked for',
  function (this: Bench, amount: Amount, till: TillRole) {
    return this.cashier.cancelSale(this.tills.at(till), { card: this.cast.card('Alice'), amount }, 'keying PIN')
  },
)

When('{till} voids/voided that sale', function (this: Bench, till: TillRole) {
  return this.cashier.void(this.tills.at(till), this.memory.last('sale'))
})
When("{till} voids/voided {holder}'s sale", function (this: Bench, till: TillRole, who: string) {
  return this.cashier.void(this.tills.at(till), this.memory.last('sale', who))
})
When('the operator looks for that {thing} to void it at {till}', function (this: Bench, thing: Thing, till: TillRole) {
  return this.cashier.void(this.tills.at(till), this.memory.last(operationOf(thing)), {}, 'unsuitable original')
})
When('the operator looks for voucher {word} to void it at {till}', function (this: Bench, voucher: string, till: TillRole) {
  return this.cashier.voidVoucher(this.tills.at(till), voucher, undefined, {}, 'unknown original')
})
When('the operator tries to void that sale at {till} with a wrong supervisor password', function (this: Bench, till: TillRole) {
  return this.cashier.voidUnsupervised(this.tills.at(till), this.memory.last('sale'))
})
When('the operator cancels the void of that sale at {till} when the original is shown', function (this: Bench, till: TillRole) {
  return this.cashier.cancelVoid(this.tills.at(till), this.memory.last('sale'))
})
When("the operator tries to void that sale at {till} with {holder}'s card", function (this: Bench, till: TillRole, who: string) {
  return this.cashier.voidWithCard(this.tills.at(till), this.memory.last('sale'), this.cast.card(who))
})

When('{till} refunds/refunded {amount} of that sale', function (this: Bench, till: TillRole, amount: Amount) {
  return this.cashier.refund(this.tills.at(till), this.memory.last('sale'), amount)
})
When("{till} refunds/refunded {amount} of {holder}'s sale", function (this: Bench, till: TillRole, amount: Amount, who: string) {
  return this.cashier.refund(this.tills.at(till), this.memory.last('sale', who), amount)
})
When(
  'the operator tries to refund {amount} to {holder} at {till} without a reference',
  function (this: Bench, amount: Amount, who: string, till: TillRole) {
    return this.cashier.refundWithoutReference(this.tills.at(till), this.memory.last('sale', who), amount)
  },
)

When('{holder} asks/asked for her balance at {till}', function (this: Bench, who: string, till: TillRole) {
  return this.balances.ask(this.tills.at(till), this.cast.card(who))
})
When('{till} signs/signed in', function (this: Bench, till: TillRole) {
  return this.cashier.signIn(this.tills.at(till))
})
Given('{till} signed in twice', async function (this: Bench, till: TillRole) {
  await this.cashier.signIn(this.tills.at(till))
  return this.cashier.signInAgain(this.tills.at(till))
})
When('{till} sends an echo test', function (this: Bench, till: TillRole) {
  return this.cashier.echo(this.tills.at(till))
})
When('{till} settles/settled', function (this: Bench, till: TillRole) {
  return this.cashier.settle(this.tills.at(till))
})
When('{till} sends what it still owes', function (this: Bench, till: TillRole) {
  return this.cashier.catchUp(this.tills.at(till), this.memory.last('sale'))
})
When('{till} comes back and sends what it still owes', function (this: Bench, till: TillRole) {
  return this.cashier.comeBack(this.tills.at(till))
})
Given('{till} sent what it still owed', function (this: Bench, till: TillRole) {
  return this.cashier.catchUp(this.tills.at(till), this.memory.last('sale'))
})
When(
  '{holder} wants to pay {amount} at {till}, where nobody has signed in',
  async function (this: Bench, who: string, amount: Amount, till: TillRole) {
    await this.cashier.leaveUnsigned(this.tills.at(till))
    return this.cashier.sell(this.tills.at(till), { card: this.cast.card(who), amount, special: 'not signed in' })
  },
)
When('the operator tries to refund {amount} of that sale at {till}', function (this: Bench, amount: Amount, till: TillRole) {
  return this.cashier.refund(this.tills.at(till), this.memory.last('sale'), amount, {}, 'above the maximum')
})
When('{till} comes back and settles', function (this: Bench, till: TillRole) {
  return this.cashier.comeBackAndSettle(this.tills.at(till))
})
When('{till} prints the last slip once more', function (this: Bench, till: TillRole) {
  return this.cashier.reprint(this.tills.at(till), this.memory.last('sale'))
})
When('the operator looks up that sale by its voucher number at {till}', function (this: Bench, till: TillRole) {
  return this.cashier.lookUp(this.tills.at(till), this.memory.last('sale'), 'trace')
})
When('the operator looks up that sale by its reference at {till}', function (this: Bench, till: TillRole) {
  return this.cashier.lookUp(this.tills.at(till), this.memory.last('sale'), 'reference')
})
Given('{till} hung up', function (this: Bench, till: TillRole) {
  return this.tills.at(till).line.close()
})
