import type { Fields } from '../values/message.ts'
import type { Pan } from '../values/pan.ts'
import type { WorkingKeys } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { AuditRecord, Case, CaseEnd } from './portal/case.ts'
import type { Transaction } from './transaction.ts'

/** Everything, but for postings, that a request or a control may change in the books. Facts are added, never altered. */
export type Fact =
  | Readonly<{ is: 'transaction'; transaction: Transaction }>
  | Readonly<{ is: 'answer'; key: string; answer: RememberedAnswer }>
  /** A reversal came for a request that was never seen: should the request come after all, it is refused. */
  | Readonly<{ is: 'reversed before it came'; key: string }>
  | Readonly<{ is: 'signed in'; terminalId: string; keys: WorkingKeys }>
  | Readonly<{ is: 'signed off'; terminalId: string }>
  | Readonly<{ is: 'batch settling'; terminalId: string; batch: string; totals: string }>
  | Readonly<{ is: 'uploaded'; terminalId: string; batch: string; message: string; items: readonly Upload[] }>
  | Readonly<{ is: 'batch closed'; terminalId: string; batch: string; settled: bigint; funded: bigint }>
  | Readonly<{ is: 'PIN tried'; card: string; right: boolean }>
  | Readonly<{ is: 'card set'; card: string; state: CardState }>
  | Readonly<{ is: 'terminal set'; terminalId: string; state: TerminalState }>
  | Readonly<{ is: 'day closed'; date: string }>
  /** What merchants' back offices ask for and do. */
  | Readonly<{ is: 'case opened'; case: Case }>
  | Readonly<{ is: 'case closed'; end: CaseEnd }>
  | Readonly<{ is: 'audited'; record: AuditRecord }>

export type CardState = 'active' | 'stopped' | 'expired'
export type TerminalState = 'active' | 'blocked'

/** A first answer, kept to recognise repeats and to be given again. `fields` lacks the card number, which stands in `pan`. */
export type RememberedAnswer = Readonly<{ content: Secret; at: number; line: number; mti: string; fields: Fields; pan?: Pan }>

/** One item of a batch upload. */
export type Upload = Readonly<{ domestic: boolean; trace: string; pan: Pan; minor: bigint }>
