import * as cucumber from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import { operationOf } from '../emulator/bench/memory.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { Amount } from '../emulator/values/amount.ts'
import { beyondPages } from './beyond-pages.ts'
import type { Thing } from './vocabulary.ts'

const [Given, When] = [beyondPages(cucumber.Given), beyondPages(cucumber.When)]

// What a good till would never send: somebody tries.

When('{till} tries to void that {thing}', function (this: Bench, till: TillRole, thing: Thing) {
  return this.headstrong.void(this.tills.at(till), this.memory.last(operationOf(thing)))
})
Given('{till} tried to void that sale, in vain', function (this: Bench, till: TillRole) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), { special: 'to be refused' })
})
When('{till} tries to void that sale for {amount}', function (this: Bench, till: TillRole, amount: Amount) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), { special: 'another amount', amount })
})
When("{till} tries to void that sale with {holder}'s card", function (this: Bench, till: TillRole, who: string) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), {
    special: 'another card',
    card: this.cast.card(who),
  })
})
When('{till} tries to void that sale with a wrong PIN', function (this: Bench, till: TillRole) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), { special: 'wrong PIN', pin: 'wrong' })
})
When('{till} tries to void that sale without a PIN', function (this: Bench, till: TillRole) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), { special: 'no PIN', pin: 'none' })
})
When('{till} tries to void that sale naming no original', function (this: Bench, till: TillRole) {
  return this.headstrong.void(this.tills.at(till), this.memory.last('sale'), {
    special: 'no reference',
    change: { drop: ['reference', 'original', 'approvalCode'] },
  })
})
When('{till} tries to void that sale by the trace number of the one before', function (this: Bench, till: TillRole) {
  return this.headstrong.voidByTwoNames(this.tills.at(till), this.memory.last('sale'), this.memory.before('sale'))
})
When(
  '{till} tries to void a sale of {amount} to {holder} that never was',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.voidOfNothing(this.tills.at(till), this.cast.card(who), amount)
  },
)

When('{till} sends that {thing} once more', function (this: Bench, till: TillRole, thing: Thing) {
  return this.headstrong.repeat(this.tills.at(till), this.memory.last(operationOf(thing)))
})
When("{till} sends {holder}'s sale once more", function (this: Bench, till: TillRole, who: string) {
  return this.headstrong.repeat(this.tills.at(till), this.memory.last('sale', who))
})
When(
  '{till} tries to sell for {amount} to {holder} under the same trace number',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sellUnderTraceOf(this.tills.at(till), this.memory.last('sale'), this.cast.card(who), amount)
  },
)

When('{till} tries to sell for {amount} to {holder}', function (this: Bench, till: TillRole, amount: Amount, who: string) {
  return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, { special: 'impossible amount' })
})
When(
  '{till} tries to sell for {amount} to {holder} without having signed in',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sellUnsigned(this.tills.at(till), this.cast.card(who), amount)
  },
)
When(
  '{till} tries to sell for {amount} to {holder} under an unknown terminal number',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'unknown terminal',
      sender: { terminalId: 'T9999999' },
    })
  },
)
When(
  '{till} tries to sell for {amount} to {holder} under an unknown merchant number',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'unknown merchant',
      sender: { merchantId: 'M99999999999999' },
    })
  },
)
When(
  '{till} tries to sell for {amount} to {holder} sealed with the old key',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sellUnderOldKey(this.tills.at(till), this.cast.card(who), amount)
  },
)
When(
  '{till} tries to sell for {amount} to {holder} with a wrong MAC',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'wrong MAC',
      change: { mac: 'wrong' },
    })
  },
)
When(
  '{till} tries to sell for {amount} to {holder} without a MAC',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'missing MAC',
      change: { mac: 'missing' },
    })
  },
)
When(
  '{till} tries to sell for {amount} to {holder} leaving out the amount',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'no amount',
      change: { drop: ['amount'] },
    })
  },
)
When(
  '{till} tries to sell for {amount} to {holder} leaving out the currency',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'no currency',
      change: { drop: ['currency'] },
    })
  },
)
When(
  '{till} tries to send an operation that does not exist, for {amount} to {holder}',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'unknown operation',
      change: { unheardOf: true },
    })
  },
)

When('{till} tries to refund that sale', function (this: Bench, till: TillRole) {
  return this.headstrong.refund(this.tills.at(till), this.memory.last('sale'), undefined)
})
When('{till} tries to refund one fen more than is left of that sale', function (this: Bench, till: TillRole) {
  return this.headstrong.refundTooMuch(this.tills.at(till), this.memory.last('sale'))
})
When(
  '{till} tries to refund {amount} of that sale to {holder}',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.refund(this.tills.at(till), this.memory.last('sale'), amount, {
      special: 'another card',
      card: this.cast.card(who),
    })
  },
)
When(
  '{till} tries to refund a sale of {amount} to {holder} that never was',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.refundOfNothing(this.tills.at(till), this.cast.card(who), amount)
  },
)

When('{till} reverses/reversed that {thing}', function (this: Bench, till: TillRole, thing: Thing) {
  return this.headstrong.reverse(this.tills.at(till), this.memory.last(operationOf(thing)))
})
When('{till} reverses that sale for {amount}', function (this: Bench, till: TillRole, amount: Amount) {
  return this.headstrong.reverse(this.tills.at(till), this.memory.last('sale'), { special: 'another amount', amount })
})
When("{till} reverses that sale with {holder}'s card", function (this: Bench, till: TillRole, who: string) {
  return this.headstrong.reverse(this.tills.at(till), this.memory.last('sale'), {
    special: 'another card',
    card: this.cast.card(who),
  })
})

When('{till} tries to settle with one fen too much', function (this: Bench, till: TillRole) {
  return this.headstrong.settleWith(this.tills.at(till), 'one fen too much')
})
When('{till} tries to settle with one sale too many', function (this: Bench, till: TillRole) {
  return this.headstrong.settleWith(this.tills.at(till), 'one sale too many')
})
When('{till} tries to settle with that sale in one column only', function (this: Bench, till: TillRole) {
  return this.headstrong.settleWith(this.tills.at(till), 'a voided sale in one column only')
})
When('{till} tries to settle an unknown batch', function (this: Bench, till: TillRole) {
  return this.headstrong.settle(this.tills.at(till), undefined, { special: 'unknown batch', batch: '999998' })
})

When('{till} repeats that sale by itself', function (this: Bench, till: TillRole) {
  return this.headstrong.repeatByItself(this.tills.at(till), this.memory.last('sale'))
})
When(
  '{till} tries to sell for {amount} to {holder} from a blocked terminal',
  function (this: Bench, till: TillRole, amount: Amount, who: string) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, { special: 'blocked terminal' })
  },
)
When(
  '{till} comes/came back and tries/tried to sell for {amount} to {holder}',
  async function (this: Bench, till: TillRole, amount: Amount, who: string) {
    await this.tills.at(till).hands.plugIn()
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, { special: 'while settling' })
  },
)
Given(
  'the acquirer holds a sale of {amount} to {holder} at {till} that the till has forgotten',
  function (this: Bench, amount: Amount, who: string, till: TillRole) {
    return this.headstrong.sell(this.tills.at(till), this.cast.card(who), amount, {
      special: 'forgotten by the till',
      recorded: false,
    })
  },
)
