/**
 * What a `Then` can claim. A claim judges nothing: it goes into the journal as `{ is: 'claim', check: <name>, with }`, and each row of the rule
 * that answers to it is judged on the journal so far. Before a claim the bench lets every control and probe of the scenario happen and takes
 * the views.
 *
 * `with.operation` is the number of the operation that the claim is about; without it the last tested one is meant.
 */
const table = {
  // What the acquirer answered.
  'sale approved': 'The tested sale was approved by the acquirer, with a reference, and its money moved once.',
  'sale refused': 'The tested sale was refused; a good sale of the same till (control) was approved.',
  'balances follow': 'Balance views stand before a sale, after it and after its void; all were answered.',
  'void approved': 'The tested void (of: the sale) was approved, and the money of its sale came back.',
  'void refused':
    'Each tested void (of: its target, if there is one; special: what is wrong) was refused; its sender had a void of its own approved (control), and the target was shown to be live (probe: its owner voids it, or refunds it once settled).',
  'refund approved': 'The tested refund (of: the sale) was approved and credited.',
  'refund refused': 'The tested refund was refused; a good refund of the same till was approved (control).',
  'repeat answered':
    'The tested operation (special: exact repeat; of: the first) got what the profile declares for repeats; the money moved once. The first may be setup or tested.',
  'key reuse refused': 'The tested operation (special: same trace, other content; of: the first) was refused.',
  'reversal answered':
    'The tested reversal (of: what it reverses; special: what is wrong with it) was answered, and the money is as the answer says.',
  'reversals answered': 'Every one of several tested reversals of one operation was acknowledged; the money came back once.',
  'message refused':
    'The tested message (special: what is wrong with it) was refused, and a good operation of the same till after it was approved (control).',
  'sign-in answered': 'The tested sign-in gave keys and a batch number, and a sale under them was approved (control).',
  'echo answered': 'The tested echo was answered, and no money moved.',
  'access refused':
    'The tested request (special: not signed in, unknown terminal, unknown merchant, blocked terminal, wrong MAC, missing MAC, old key) was refused, and the till with everything right was approved (control).',
  'settlement balanced': 'The tested settlement was answered as balanced for every class of cards.',
  'settlement unbalanced': 'The tested settlement (special: what differs) was answered as unbalanced.',
  'settlement refused':
    'The tested settlement (special: unknown batch, another terminal, another merchant) closed nothing and was refused.',
  'settlement repeated':
    'The tested settlement (special: exact repeat; of: the first) got the recorded result or "already closed".',
  'batch settled': 'After the end notice of the tested settlement a view shows what was settled and funded.',
  'split and joined requests answered': 'Every tested request, though split or joined by our line, was answered once.',
  'parallel requests answered':
    'The tested operation (special: twice at once) was sent twice at once with the same bytes; one was done, and the money moved once.',
  // What the merchant's back office did, deed by deed. `with` is not read: the last tested deed is meant.
  'office void done':
    'The tested void in the back office took effect, if another person approved where that is needed; its page, followed afterwards, says voided; its money came back once.',
  'office refund done': 'The tested refund in the back office took effect, its page says so, and its money came back once.',
  'office request waits':
    'The tested request waits for another person; the office voided another sale (control), and the target was shown to be live (probe).',
  'office refused':
    'What was tested in the back office (a request, a decision, a look) was not taken, and nothing moved; the same office voided another sale (control), and the target was shown to be live where it was (probe: voided at the till, or in the office by whoever may).',
  'office rejected':
    'The tested request was rejected and its page says so; nothing moved; the same office voided another sale (control), and the target was shown to be live (probe).',
  'office void counted':
    'The sale was voided in the back office (setup), its till settled (tested), and the auditor read the log about it (probe).',
  'office recorded': 'The auditor read the log about what was done in the back office (tested).',
  'office pages masked': 'What the pages of the back office said of sales and requests stands in the journal.',
  // What money shows.
  'money as expected': 'Views before and after show that the money moved as the answers say.',
  // What our own terminal did.
  'nothing sent': 'The tested operation ended without any request, and the operator saw why.',
  'one request sent': 'Exactly one request was sent for the tested operation, whatever was pressed meanwhile.',
  'follow-up names its original': 'The requests of the tested operation carry the references of the operation it refers to.',
  'reversal sent': 'The terminal reversed the tested operation, in time and with the original data.',
  'no reversal sent': 'The terminal sent no reversal for the tested operation.',
  'reversal repeated': 'The terminal sent the reversal of the tested operation again, as often as the profile says.',
  'reversal left unresolved':
    'The sends were used up: fault slip, new transactions allowed, sent again before settlement and after sign-in, listed on its slip.',
  'pending reversal first': 'The pending reversal left before the next financial request or settlement.',
  'answer ignored': 'A foreign, late, unsolicited or double answer arrived and changed nothing.',
  'not taken as final': 'An answer "in progress" arrived, and the terminal went on waiting.',
  'result shown': 'The display told the result of the tested operation: approved, declined with its code, or unresolved.',
  'original shown':
    'Before the follow-up was sent the display showed type, amount, masked card, date and time of the original, and asked.',
  'original marked': 'The terminal marked, or left, the original as the answer to the void says, and its totals agree.',
  'looked up': 'The journal of the terminal showed a transaction with its current state.',
  'ended once': 'After a restart the interrupted operation came to exactly one end, and the terminal showed it.',
  'question asked': 'The terminal asked before sending, and sent nothing before the answer.',
  'totals sent': 'The settlement request carries the counts and sums of the live transactions of its batch.',
  'details uploaded':
    'After "unbalanced" every transaction of the batch was uploaded, and the upload was closed by its end notice.',
  'settlement left open':
    'A settlement without an answer left the batch open, was repeated with the same totals and resumed after a restart.',
  'log cleared': 'The log was cleared and the batch number moved on, once, after the end notice was answered.',
  'slip printed': 'The slips of the tested operation are printed, with all that must stand on them.',
  'no approval printed': 'No slip of approval was printed for an operation that was not approved.',
  'reprint marked': 'The reprint is marked as a duplicate and says what the first print said.',
  'new key used': 'After a new sign-in the terminal sealed its requests under the new key.',
  'followed to the end':
    'What the acquirer had only accepted was asked for until its end was known; nothing was concluded before.',
  'refund left unknown': 'A refund without an answer was kept as unknown, shown so, and never sent again under a new trace.',
} as const

export type ClaimName = keyof typeof table

/** Every claim, with what the journal must show when it is made. */
export const claims: Readonly<Record<ClaimName, string>> = table

export function isClaim(name: string): name is ClaimName {
  return Object.hasOwn(table, name)
}
