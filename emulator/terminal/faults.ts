/**
 * Terminals that do one thing wrong, so that the rows that bind the terminal can be shown to notice. `breaks`: the rows that must fail, stated beforehand.
 */
const catalogue = [
  {
    id: 'drops the reversal record at once',
    says: 'forgets after an unanswered request that a reversal is due',
    breaks: ['REV-001', 'SETL-013', 'NET-002', 'LEDG-011'],
  },
  {
    id: 'forgets the reversal at restart',
    says: 'keeps the due reversal in volatile memory only',
    breaks: ['REV-003', 'TERM-011'],
  },
  { id: 'sends the reversal after the next sale', says: 'lets a new sale overtake the due reversal', breaks: ['REV-004'] },
  { id: 'settles before the reversal', says: 'asks for settlement while a reversal is due', breaks: ['SETL-013', 'LEDG-011'] },
  { id: 'reverses with another amount', says: 'puts one minor unit more into the reversal', breaks: ['REV-007', 'LEDG-011'] },
  {
    id: 'reverses under a new trace',
    says: 'gives the reversal a trace number of its own',
    breaks: ['REV-007', 'SETL-013', 'LEDG-011'],
  },
  {
    id: 'tells another time of what it voids',
    says: 'names the original of a void with a time one minute late',
    breaks: ['MSG-008'],
    under: 'iso8583-1987-ascii',
  },
  { id: 'gives up after one send', says: 'sends a reversal once instead of P.revRetries times', breaks: ['REV-005'] },
  { id: 'forgets a reversal that failed', says: 'drops the record after the last send', breaks: ['REV-006'] },
  { id: 'says nothing of a failed reversal', says: 'prints no fault slip after the last send', breaks: ['REV-006'] },
  { id: 'takes 05 as the end of a reversal', says: 'takes any answer as the end of a reversal', breaks: ['REV-011'] },
  { id: 'repeats a reversal that was answered 25', says: 'goes on although the original is not known', breaks: ['REV-011'] },
  { id: 'reverses a refund', says: 'reverses a refund that got no answer', breaks: ['REV-020'] },
  {
    id: 'repeats a refund under a new trace',
    says: 'sends an unknown refund again as a new one',
    breaks: ['REF-014'],
  },
  {
    id: 'counts an unknown refund',
    says: 'counts a refund without an answer as made',
    breaks: ['SETL-002', 'LEDG-011'],
  },
  { id: 'reverses although not connected', says: 'reverses what never left', breaks: ['NET-001'] },
  { id: 'late answer changes the outcome', says: 'prints an approval for an answer after the time-out', breaks: ['REV-022'] },
  {
    id: 'shows unresolved as approved',
    says: 'says approved although no answer came',
    breaks: ['REV-026', 'TERM-008', 'RCPT-005'],
  },
  { id: 'shows a decline as unresolved', says: 'shows the same for a decline and for no answer', breaks: ['TERM-008'] },
  { id: 'takes a foreign reply', says: 'takes any reply as the one to its open request', breaks: ['MSG-004', 'NET-003'] },
  { id: 'takes in progress as approved', says: 'takes the answer 09 as an approval', breaks: ['MSG-015'] },
  { id: 'takes in progress as declined', says: 'takes the answer 09 as final', breaks: ['MSG-015'] },
  { id: 'approves on a bad MAC', says: 'does not look at the MAC of an approval', breaks: ['SEC-003', 'REV-002'] },
  { id: 'keeps using the old keys', says: 'does not load the keys of a new sign-in', breaks: ['SEC-004'] },
  {
    id: 'takes a new trace on a repeat',
    says: 'gives the repeat of a request a new trace number',
    breaks: ['SETL-011'],
  },
  { id: 'uses a trace twice', says: 'does not move its trace number on after a request', breaks: ['MSG-005', 'LEDG-011'] },
  {
    id: 'sends twice on a double key press',
    says: 'takes a key press during the wait as a second confirmation',
    breaks: ['DUP-021'],
  },
  { id: 'prints a decline for a duplicate', says: 'takes 94 to its own repeat as a decline', breaks: ['DUP-022'] },
  {
    id: 'does not ask about a repeated sale',
    says: 'sends the same card and amount again without a question',
    breaks: ['DUP-023'],
  },
  { id: 'sends before the amount is confirmed', says: 'takes the keyed amount as confirmed', breaks: ['TERM-001'] },
  { id: 'sends although cancelled', says: 'goes on after the cancel key', breaks: ['TERM-001', 'TERM-004', 'TERM-010'] },
  {
    id: 'ignores a cancel during the wait',
    says: 'keeps the approval although the operator cancelled',
    breaks: ['TERM-010'],
  },
  { id: 'no supervisor password', says: 'voids without the supervisor', breaks: ['TERM-002', 'SEC-007'] },
  { id: 'any supervisor password', says: 'takes every password as right', breaks: ['TERM-002', 'SEC-007'] },
  { id: 'voids what it does not know', says: 'sends a void for a voucher that is not in its batch', breaks: ['TERM-003'] },
  { id: 'voids a void', says: 'lets the operator void a void', breaks: ['VOID-024'] },
  { id: 'voids a refund', says: 'takes a refund in the menu of sale voids', breaks: ['VOID-035'] },
  { id: 'voids twice', says: 'sends the void of a voided sale', breaks: ['TERM-003'] },
  { id: 'voids without showing the original', says: 'asks for no confirmation of the original', breaks: ['TERM-004'] },
  { id: 'voids another card', says: 'does not compare the card with the original', breaks: ['TERM-005'] },
  { id: 'leaves the approval code out', says: 'leaves the approval code of the original out of the void', breaks: ['MSG-007'] },
  { id: 'voids without a reference', says: 'names zeros as the original of a void', breaks: ['VOID-004', 'MSG-007', 'MSG-009'] },
  { id: 'marks voided before the answer', says: 'marks the sale before the void is answered', breaks: ['TERM-007'] },
  { id: 'does not mark voided', says: 'leaves the sale live after an approved void', breaks: ['TERM-003', 'TERM-007'] },
  { id: 'refunds above its maximum', says: 'does not look at the maximum of a refund', breaks: ['REF-010'] },
  { id: 'takes a refund without a reference', says: 'lets the operator leave the original reference out', breaks: ['TERM-006'] },
  { id: 'looks up nothing', says: 'finds no transaction in its own log', breaks: ['TERM-009'] },
  { id: 'starts without a sign-in', says: 'sells although not signed in', breaks: ['TERM-012'] },
  { id: 'forgets the batch at restart', says: 'loses its log at a restart', breaks: ['TERM-011', 'LEDG-011'] },
  { id: 'counts a refund as a debit', says: 'adds refunds to the debits', breaks: ['REF-013', 'SETL-002', 'LEDG-011'] },
  { id: 'counts a reversed sale', says: 'leaves a reversed sale in the totals', breaks: ['SETL-002', 'LEDG-011'] },
  { id: 'counts a void as a sale', says: 'adds voids to the debits', breaks: ['SETL-002', 'LEDG-011'] },
  { id: 'uploads the voided sale alone', says: 'leaves voids out of the upload', breaks: ['SETL-006'] },
  { id: 'uploads nothing', says: 'ends an unbalanced settlement without an upload', breaks: ['SETL-004'] },
  { id: 'sends no end notice', says: 'takes the answer to its last upload as the end', breaks: ['SETL-005'] },
  {
    id: 'clears the log on a lost settlement answer',
    says: 'takes an unanswered settlement as done',
    breaks: ['SETL-011', 'SETL-015'],
  },
  { id: 'sells while settlement is open', says: 'sells between settlement and end notice', breaks: ['SETL-011'] },
  { id: 'starts the upload again', says: 'uploads acknowledged transactions again after a restart', breaks: ['SETL-012'] },
  { id: 'keeps the batch number after settlement', says: 'does not move its batch number on', breaks: ['SETL-014'] },
  { id: 'moves the batch number on twice', says: 'adds two to its batch number', breaks: ['SETL-014'] },
  { id: 'settlement slip leaves a column out', says: 'prints no credits on the settlement slip', breaks: ['SETL-022'] },
  { id: 'drops entries when full', says: 'goes on selling with a full log', breaks: ['SETL-023'] },
  { id: 'says nothing of an empty settlement', says: 'ends an empty settlement without a word', breaks: ['SETL-019'] },
  { id: 'prints the number in full', says: 'prints the whole card number', breaks: ['RCPT-004', 'SEC-005'] },
  { id: 'shows the number in full', says: 'shows the whole card number while the PIN is keyed', breaks: ['SEC-005'] },
  { id: 'prints the expiry', says: 'prints the expiry date', breaks: ['RCPT-004'] },
  { id: 'leaves the reference off the slip', says: 'prints no reference number', breaks: ['RCPT-001'] },
  { id: 'void slip reads as a sale', says: 'titles a void as a sale', breaks: ['RCPT-002'] },
  { id: 'refund slip reads as a sale', says: 'titles a refund as a sale', breaks: ['RCPT-003'] },
  { id: 'approval slip for a decline', says: 'prints a slip for a decline as for an approval', breaks: ['RCPT-005'] },
  { id: 'prints another amount', says: 'prints one minor unit more than was sent', breaks: ['RCPT-006'] },
  {
    id: 'prints a part of a minor unit',
    says: 'prints amounts with one decimal more than the currency has',
    breaks: ['RCPT-006', 'LEDG-007'],
  },
  { id: 'reprint not marked', says: 'prints a duplicate like a first slip', breaks: ['RCPT-007'] },
] as const satisfies readonly TerminalFault[]

/** `under`: the profile of `fixtures/profiles` under which it shows, where the reference profile does not come to it. */
export type TerminalFault = Readonly<{ id: string; says: string; breaks: readonly string[]; under?: string }>
export type FaultName = (typeof catalogue)[number]['id']
export const terminalFaults: readonly (TerminalFault & Readonly<{ id: FaultName }>)[] = catalogue

/** Whether this terminal does that wrong. */
export type Faulty = (fault: FaultName) => boolean

/** @throws RangeError for a name that is not in the catalogue. */
export function faultyBy(name: string | undefined): Faulty {
  if (name !== undefined && !terminalFaults.some(({ id }) => id === name))
    throw new RangeError(`no terminal fault is called ${JSON.stringify(name)}`)
  return fault => fault === name
}
