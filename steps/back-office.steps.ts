import { defineParameterType, Then, When } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import type { TillRole } from '../emulator/bench/tills.ts'
import type { Post } from '../emulator/values/back-office.ts'
import type { ClaimName } from '../emulator/verdict/claims.ts'

// What people do in the merchant's back office, away from any till, and what its pages say.

/** "the shop's clerk": whose, and who. */
type Officer = Readonly<{ at: TillRole; post: Post }>

defineParameterType({
  name: 'officer',
  regexp: /(the shop|the neighbour)'s (second approver|approver|clerk|auditor)/,
  // The pattern lets no other words through.
  transformer: (at: string, post: string): Officer => ({ at: at as TillRole, post: post as Post }),
})

const officer = (bench: Bench, { at, post }: Officer) => ({ of: bench.tills.at(at), post })

When('{officer} looks/looked for that sale', function (this: Bench, who: Officer) {
  return this.desk.look(officer(this, who), this.checks.target())
})
When('{officer} asks/asked for a void of that sale, because {string}', function (this: Bench, who: Officer, reason: string) {
  return this.desk.ask(officer(this, who), 'void', this.checks.target(), reason)
})
When('{officer} asks/asked for a void of that sale without a reason', function (this: Bench, who: Officer) {
  return this.desk.ask(officer(this, who), 'void', this.checks.target(), '')
})
When('{officer} approves/approved that request', function (this: Bench, who: Officer) {
  return this.desk.decide(officer(this, who), 'approve', '')
})
When('{officer} rejects/rejected that request, because {string}', function (this: Bench, who: Officer, reason: string) {
  return this.desk.decide(officer(this, who), 'reject', reason)
})
When('{officer} reads the audit log about that sale', function (this: Bench, who: Officer) {
  return this.desk.readAudit(officer(this, who), this.checks.target())
})
When("{till}'s back office voids/voided that sale, because {string}", function (this: Bench, till: TillRole, reason: string) {
  return this.desk.undo(this.tills.at(till), 'void', this.checks.target(), reason)
})
When("{till}'s back office refunds/refunded that sale, because {string}", function (this: Bench, till: TillRole, reason: string) {
  return this.desk.undo(this.tills.at(till), 'refund', this.checks.target(), reason)
})

Then("{till}'s back office can void a sale of its own", function (this: Bench, till: TillRole) {
  return this.desk.canVoid(this.tills.at(till))
})
Then('{officer} can approve that request', function (this: Bench, who: Officer) {
  return this.desk.stillApprovable(officer(this, who))
})
Then('{officer} finds that request again', function (this: Bench, who: Officer) {
  return this.desk.followAsProbe(officer(this, who))
})
Then('{officer} finds that void in the audit log', function (this: Bench, who: Officer) {
  return this.desk.readAuditAsProbe(officer(this, who), this.checks.target())
})

const claims: Readonly<Record<string, ClaimName>> = {
  'the back office has voided it, once': 'office void done',
  'the back office has refunded it, once': 'office refund done',
  'the request waits for another person': 'office request waits',
  'the back office did not take it': 'office refused',
  'the back office has left everything as it was': 'office rejected',
  'the acquirer counted what the office voided': 'office void counted',
  'the audit log tells who did it, when and why': 'office recorded',
  'the pages of the back office showed no whole card number': 'office pages masked',
}
for (const [sentence, claim] of Object.entries(claims))
  Then(sentence, function (this: Bench) {
    return this.witness.claims(claim, this.checks.tested())
  })
