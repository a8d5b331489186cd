import { CNY, type Currency } from '../values/currency.ts'
import type { Operation } from '../values/operation.ts'
import { Secret } from '../values/secret.ts'

/** Who the terminal is. `role` is how people call it: "the shop". */
export type Identity = Readonly<{ role: string; terminalId: string; merchantId: string; merchantName: string }>

export type Settings = Readonly<{
  currency: Currency
  /** Operator number, two digits, to password, four digits. */
  operators: Readonly<Record<string, Secret>>
  /** Of operator 00, six digits. */
  supervisorPassword: Secret
  /** The operations that ask for it. */
  supervisor: readonly Operation[]
  /** Whether a void asks for the card, and for the PIN. */
  voidNeedsCard: boolean
  voidNeedsPin: boolean
  manualEntry: boolean
  /** Whether a sign-in and a sign-off are messages; without them an operator logs in and out at the till alone. */
  signsOn: boolean
  /** Whether a sign-in brings working keys: then it has failed without them. */
  keysAtSignIn: boolean
  /** Whether a PIN is asked for at all. */
  asksPin: boolean
  refundMaximumMinor: bigint
  logCapacity: number
  /** Whether a voided sale and its void count in neither column (`net`) or in both (`gross`). */
  totals: 'net' | 'gross'
  /** How often a reversal is sent in all, the first time included. */
  reversalSends: number
  /** Answers that end a reversal. */
  reversalFinal: readonly string[]
  /** Answers that approve. 10, a part of the amount, is not among them: this terminal does not sell parts, it reverses. */
  approves: readonly string[]
  /** Answers after which a new sign-in is demanded. */
  demandsSignIn: readonly string[]
  /** Whether transactions are uploaded after totals that differ, and an end notice closes the batch; without it the settlement closes it. */
  uploads: boolean
  /** Whether an echo test has a trace number. */
  echoHasTrace: boolean
  uploadSends: number
  uploadItemsPerMessage: number
  signsOffAfterSettlement: boolean
  /** The same card and amount within this time is asked about. */
  repeatQuestionMinutes: number
}>

/** The reference terminal. @source UnionPay POS fact sheet, 4.5 to 5.4 and 7 */
export const referenceSettings: Settings = {
  currency: CNY,
  operators: { '01': new Secret('0000') },
  supervisorPassword: new Secret('123456'),
  supervisor: ['void', 'refund'],
  voidNeedsCard: true,
  voidNeedsPin: true,
  manualEntry: true,
  signsOn: true,
  keysAtSignIn: true,
  asksPin: true,
  refundMaximumMinor: 1_000_000n,
  logCapacity: 500,
  totals: 'gross',
  reversalSends: 3,
  reversalFinal: ['00', '25', '12'],
  approves: ['00', '11', 'A2', 'A4', 'A5', 'A6'],
  demandsSignIn: ['77', '99', 'A0'],
  uploads: true,
  echoHasTrace: false,
  uploadSends: 3,
  uploadItemsPerMessage: 8,
  signsOffAfterSettlement: false,
  repeatQuestionMinutes: 5,
}
