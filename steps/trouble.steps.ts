import { Given, When } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import { operationOf } from '../emulator/bench/memory.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { Thing } from './vocabulary.ts'

// What befalls lines, power and the acquirer, arranged before it happens.

Given("the reply to {till}'s next {thing} will be lost", function (this: Bench, till: TillRole, thing: Thing) {
  this.trouble.onLine(this.tills.at(till), 'loses the reply', operationOf(thing))
})
Given("the replies to {till}'s next {int} reversals will be lost", function (this: Bench, till: TillRole, times: number) {
  this.trouble.onLine(this.tills.at(till), 'loses the reply', 'reverse', times)
})
Given("the reply to every send of {till}'s next reversal will be lost", function (this: Bench, till: TillRole) {
  this.trouble.ofReversal(this.tills.at(till))
})
Given("the reply to {till}'s next {thing} will be damaged", function (this: Bench, till: TillRole, thing: Thing) {
  this.trouble.damagedAnswer(this.tills.at(till), operationOf(thing))
})
Given("the reply to {till}'s next {thing} will be late", function (this: Bench, till: TillRole, thing: Thing) {
  this.trouble.onLine(this.tills.at(till), 'delays the reply', operationOf(thing))
})
Given("{till}'s next request will be lost", function (this: Bench, till: TillRole) {
  this.trouble.onLine(this.tills.at(till), 'loses the request', 'sale')
})
Given('the line of {till} will break after the next request', function (this: Bench, till: TillRole) {
  this.trouble.onLine(this.tills.at(till), 'cuts after sending', 'sale')
})
Given("{till}'s next request and its answer will arrive in pieces", async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.onLine(this.tills.at(till), 'splits at every byte')
})
Given('the line of {till} will break in the middle of the next answer', async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.onLine(this.tills.at(till), 'cuts before the reply is whole')
})
Given("{till}'s next connection will be refused", async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  await this.tills.at(till).line.close()
  this.trouble.onLine(this.tills.at(till), 'refuses the connection')
})
Given('the power of {till} will fail while it waits for an answer', async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.ofPower(this.tills.at(till))
})
Given("another till's answer will arrive before {till}'s next", async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.foreignAnswer(this.tills.at(till))
})
Given('an answer "in progress" will arrive before {till}\'s next', async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.answerInProgress(this.tills.at(till))
})
Given("the answer to {till}'s next reversal will say {word}", function (this: Bench, till: TillRole, code: string) {
  this.trouble.answerSays(this.tills.at(till), code, 'reverse')
})
Given("{till}'s answer to the next settlement will say that the totals differ", function (this: Bench, till: TillRole) {
  this.trouble.settlementDiffers(this.tills.at(till))
})
Given('the acquirer will lose the line before its next answer', async function (this: Bench) {
  await this.cashier.attend(this.tills.at('the shop'))
  return this.office.crashBeforeAnswering()
})
Given('the power of {till} will fail at the end of its next upload', function (this: Bench, till: TillRole) {
  this.trouble.ofPowerAtEndOfUpload(this.tills.at(till))
})
Given("{till}'s next sale will look approved whatever the acquirer says", function (this: Bench, till: TillRole) {
  this.trouble.answerSays(this.tills.at(till), '00', 'sale')
})
Given("{till}'s next request will arrive twice", async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.onLine(this.tills.at(till), 'delivers the request twice')
})
Given('the acquirer was restarted', function (this: Bench) {
  return this.office.restart()
})
Given('the terminal of {till} was blocked', async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  return this.office.blockTerminal(this.tills.at(till).identity.terminalId)
})
When('the terminal of {till} is no longer blocked', function (this: Bench, till: TillRole) {
  return this.office.unblockTerminal(this.tills.at(till).identity.terminalId)
})
Given("{holder}'s card has expired", function (this: Bench, who: string) {
  return this.office.expireCard(this.cast.card(who))
})
Given('the log of {till} has room for {int} transactions', function (this: Bench, till: TillRole, transactions: number) {
  this.tills.equip(till, { logCapacity: transactions })
})
Given('the settlement of {till} was cut short', async function (this: Bench, till: TillRole) {
  await this.cashier.attend(this.tills.at(till))
  this.trouble.ofPower(this.tills.at(till))
  await this.cashier.settle(this.tills.at(till), 'left settling')
})
Given('the time in which it could be voided has passed', function (this: Bench) {
  return this.office.endVoidWindow()
})
Given("{holder}'s card was stopped", function (this: Bench, who: string) {
  return this.office.stopCard(this.cast.card(who))
})
