import type { Fact } from '../fact.ts'
import type { AuditRecord, Case, CaseEnd, CaseFile } from './case.ts'

export interface DeskView {
  readonly cases: readonly CaseFile[]
  readonly audit: readonly AuditRecord[]
  case(id: number): CaseFile | undefined
  /** Cases about a transaction, oldest first. */
  about(transaction: number): readonly CaseFile[]
  /** The case by which a transaction came to be. */
  caseThatMade(transaction: number): CaseFile | undefined
}

/** What the back offices have asked for and done, folded from the facts of the store. */
export class Desk implements DeskView {
  readonly audit: AuditRecord[] = []
  readonly #cases: CaseFile[] = []

  get cases(): readonly CaseFile[] {
    return this.#cases
  }

  case(id: number): CaseFile | undefined {
    return this.#cases[id - 1]
  }

  about(transaction: number): readonly CaseFile[] {
    return this.#cases.filter(file => file.case.original === transaction)
  }

  caseThatMade(transaction: number): CaseFile | undefined {
    return this.#cases.find(({ end }) => end?.state === 'done' && end.transaction === transaction)
  }

  apply(fact: Extract<Fact, { is: 'case opened' | 'case closed' | 'audited' }>): void {
    if (fact.is === 'case opened') this.#open(fact.case)
    else if (fact.is === 'case closed') this.#close(fact.end)
    else this.audit.push(fact.record)
  }

  #open(opened: Case): void {
    this.#cases.push({ case: opened, state: 'awaiting approval' })
  }

  #close(end: CaseEnd): void {
    const file = this.case(end.case)
    if (!file) throw new RangeError(`there is no case ${end.case}`)
    this.#cases[end.case - 1] = { case: file.case, state: end.state, end }
  }
}
