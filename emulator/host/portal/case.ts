import type { Role } from './staff.ts'

/** A void or refund that somebody in a back office has asked for. Numbered from 1; nothing of it is ever changed. */
export type Case = Readonly<{
  id: number
  of: 'void' | 'refund'
  merchantId: string
  /** The number of the transaction that is to be undone. */
  original: number
  /** Fen. */
  minor: bigint
  reason: string
  evidence: string
  by: string
  at: number
}>

/**
 * How a case ended. `done`: the money has moved, by `transaction`. `refused`: the host's rules were against it, `says` being the rule that did
 * not hold and `code` its result code. `rejected`: a person was, `says` being why.
 */
export type CaseEnd = Readonly<{
  case: number
  state: 'done' | 'refused' | 'rejected'
  by: string
  at: number
  says: string
  code?: string
  transaction?: number
}>

export type CaseState = 'awaiting approval' | CaseEnd['state']

/** A case with its end, if it has come to one. */
export type CaseFile = Readonly<{ case: Case; state: CaseState; end?: CaseEnd }>

/** What leaves a record. */
export type Act =
  | 'signed in'
  | 'signed out'
  | 'was turned away'
  | 'asked for a void'
  | 'asked for a refund'
  | 'approved'
  | 'rejected'
  | 'voided'
  | 'refunded'
  | 'tried what is not allowed'
  | 'exported'

/**
 * One line of the audit log: who, when, what, why, of which transaction and case, and what came of it.
 *
 * @source requirement catalogue, SEC-008
 */
export type AuditRecord = Readonly<{
  at: number
  who: string
  /** Absent for somebody who is not known. */
  role?: Role
  merchantId?: string
  act: Act
  original?: number
  case?: number
  why?: string
  result: string
}>
