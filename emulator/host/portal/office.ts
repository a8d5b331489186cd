import type { Acquirer } from '../acquirer.ts'
import { type Decision, isApproval } from '../decision.ts'
import type { Fact } from '../fact.ts'
import type { Transaction } from '../transaction.ts'
import type { AuditRecord, Case, CaseEnd, CaseFile } from './case.ts'
import { decideOffice, officeAsk } from './office-ask.ts'
import { type Member, may, type Right } from './staff.ts'

/** Whether what a clerk asks for needs another person to agree. */
export type Approval = 'second person' | 'none'

/** What somebody asks for. `minor`: fen; `reason` and `evidence` are text that a person wrote. */
export type Wish = Readonly<{ of: 'void' | 'refund'; original: number; minor: bigint; reason: string; evidence: string }>

/** Why nothing was done, without a trace of the other merchant whose it may be. */
export type Refusal = 'not there' | 'not allowed' | 'own request' | 'open already' | 'decided already'

export type Came = Readonly<{ is: 'case'; file: CaseFile }> | Readonly<{ is: 'refusal'; why: Refusal }>

const nothing = { postings: [], effects: [] } as const

/** A merchant's back office, without its pages: who may ask for what, who decides, and what is written down of it. */
export class Office {
  readonly approval: Approval
  readonly #acquirer: Acquirer

  constructor(acquirer: Acquirer, approval: Approval) {
    this.#acquirer = acquirer
    this.approval = approval
  }

  /** A transaction of the member's merchant. That it is another's cannot be told from its not being there. */
  transaction(member: Member, id: number): Transaction | undefined {
    const found = this.#acquirer.books.transactions[id - 1]
    return found?.merchantId === member.merchantId ? found : undefined
  }

  caseFile(member: Member, id: number): CaseFile | undefined {
    const found = this.#acquirer.books.desk.case(id)
    return found?.case.merchantId === member.merchantId ? found : undefined
  }

  /** Asks for a void or refund: it is examined at once, and refused, done, or left to another person. */
  ask(member: Member, wish: Wish): Came {
    const original = this.transaction(member, wish.original)
    if (!original) return this.#refuse(member, 'not there', `a ${wish.of} of transaction ${wish.original}`, wish.reason)
    if (!may(member, wish.of === 'void' ? 'ask for a void' : 'ask for a refund'))
      return this.#refuse(member, 'not allowed', `a ${wish.of}`, wish.reason, original.id)
    const { books, now } = this.#acquirer
    if (books.desk.about(original.id).some(({ state }) => state === 'awaiting approval'))
      return this.#refuse(member, 'open already', `a ${wish.of}`, wish.reason, original.id)
    const opened: Case = {
      ...wish,
      id: books.desk.cases.length + 1,
      merchantId: member.merchantId,
      by: member.name,
      at: now.millis,
    }
    const decision = this.#examined(opened, original)
    const filed: readonly Fact[] = [
      { is: 'case opened', case: opened },
      this.#audited(member, {
        act: opened.of === 'void' ? 'asked for a void' : 'asked for a refund',
        original: original.id,
        case: opened.id,
        why: opened.reason,
        result: isApproval(decision) && this.approval === 'second person' ? 'awaits approval' : resultOf(decision),
      }),
    ]
    const left = isApproval(decision) && this.approval === 'second person'
    if (left) this.#acquirer.take(nothing, filed)
    else this.#acquirer.take(decision, [...filed, ...this.#ended(member, opened, decision)])
    return this.#file(opened.id)
  }

  /** Decides about somebody else's case. The host's rules are asked again, for much may have happened since. */
  decide(member: Member, id: number, verdict: 'approve' | 'reject', note: string): Came {
    const file = this.caseFile(member, id)
    const what = `to ${verdict} case ${id}`
    if (!file) return this.#refuse(member, 'not there', what, note)
    const { case: open, state } = file
    if (!may(member, 'decide')) return this.#refuse(member, 'not allowed', what, note, open.original, id)
    if (open.by === member.name) return this.#refuse(member, 'own request', what, note, open.original, id)
    if (state !== 'awaiting approval') return this.#refuse(member, 'decided already', what, note, open.original, id)
    const original = this.transaction(member, open.original)
    if (!original) return this.#refuse(member, 'not there', what, note)
    const said = { original: original.id, case: id, why: note }
    if (verdict === 'reject') {
      this.#acquirer.take(nothing, [
        this.#closed(member, { case: id, state: 'rejected', says: note }),
        this.#audited(member, { ...said, act: 'rejected', result: 'nothing was moved' }),
      ])
      return this.#file(id)
    }
    const decision = this.#examined(open, original)
    this.#acquirer.take(decision, [
      this.#audited(member, { ...said, act: 'approved', result: resultOf(decision) }),
      ...this.#ended(member, open, decision),
    ])
    return this.#file(id)
  }

  /** What the rules would say to it now. */
  wouldBe(of: Case['of'], original: Transaction, minor: bigint): Decision {
    return this.#examined({ of, minor }, original)
  }

  /** Writes down what somebody did that moves no money. */
  note(member: Member, record: Pick<AuditRecord, 'act' | 'result'> & Partial<AuditRecord>): void {
    this.#acquirer.take(nothing, [this.#audited(member, record)])
  }

  /** Writes down that somebody was not let in. A name that nobody has is not kept: it may be a password. */
  turnedAway(member: Member | undefined, why: string): void {
    const at = this.#acquirer.now.millis
    const whose = member ? { who: member.name, role: member.role, merchantId: member.merchantId } : { who: '?' }
    this.#acquirer.take(nothing, [{ is: 'audited', record: { at, ...whose, act: 'was turned away', why, result: 'refused' } }])
  }

  /** Writes down that somebody tried what his role does not have. */
  forbidden(member: Member, right: Right): void {
    this.note(member, { act: 'tried what is not allowed', why: right, result: 'refused' })
  }

  #examined(asked: Pick<Case, 'of' | 'minor'>, original: Transaction): Decision {
    return this.#acquirer.judge(officeAsk(this.#acquirer.books, original, asked), decideOffice)
  }

  #ended(member: Member, { id, of, reason, original }: Case, decision: Decision): readonly Fact[] {
    const { answer, says, transaction } = decision
    const done = isApproval(decision)
    const code = answer.is === 'answer' && !done ? answer.code : undefined
    const made = transaction === undefined ? {} : { transaction: transaction.id }
    const closed = this.#closed(member, {
      case: id,
      state: done ? 'done' : 'refused',
      says: ruleIn(says),
      ...(code !== undefined && { code }),
      ...made,
    })
    if (!done) return [closed]
    const act = of === 'void' ? 'voided' : 'refunded'
    const result = `approved, reference ${transaction?.reference ?? '–'}`
    return [closed, this.#audited(member, { act, original, case: id, why: reason, result })]
  }

  #closed(member: Member, end: Omit<CaseEnd, 'by' | 'at'>): Fact {
    return { is: 'case closed', end: { ...end, by: member.name, at: this.#acquirer.now.millis } }
  }

  #audited({ name, role, merchantId }: Member, record: Pick<AuditRecord, 'act' | 'result'> & Partial<AuditRecord>): Fact {
    return { is: 'audited', record: { at: this.#acquirer.now.millis, who: name, role, merchantId, ...record } }
  }

  #refuse(member: Member, why: Refusal, what: string, reason: string, original?: number, id?: number): Came {
    this.note(member, {
      act: 'tried what is not allowed',
      why: reason === '' ? what : `${what}: ${reason}`,
      result: `refused: ${why}`,
      ...(original !== undefined && { original }),
      ...(id !== undefined && { case: id }),
    })
    return { is: 'refusal', why }
  }

  #file(id: number): Came {
    const file = this.#acquirer.books.desk.case(id)
    if (!file) throw new RangeError(`case ${id} was not written`)
    return { is: 'case', file }
  }
}

/** The rule that did not hold, of what a decision says. */
const ruleIn = (says: string): string => says.replace('it does not hold that ', '')

/** What came of it, with the rule that was against it. */
const resultOf = (decision: Decision): string =>
  isApproval(decision) ? 'done' : `refused, for it does not hold that ${ruleIn(decision.says)}`
