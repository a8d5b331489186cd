import type { Acquirer } from '../acquirer.ts'
import { type Decision, isApproval } from '../decision.ts'
import type { Fact } from '../fact.ts'
import { stateOf } from '../show.ts'
import type { Transaction } from '../transaction.ts'
import type { AuditRecord, Case, CaseEnd, CaseFile } from './case.ts'
import { decideOffice, officeAsk } from './office-ask.ts'
import type { OfficeFault } from './office-fault.ts'
import { lengths } from './prose.ts'
import { type Member, may, type Right } from './staff.ts'
import { undoable } from './view.ts'

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
  readonly #approval: Approval
  readonly #acquirer: Acquirer

  constructor(acquirer: Acquirer, approval: Approval) {
    this.#acquirer = acquirer
    this.#approval = approval
  }

  get approval(): Approval {
    return this.#faults.find(({ approval }) => approval)?.approval ?? this.#approval
  }

  get #faults(): readonly OfficeFault[] {
    return this.#acquirer.faults.flatMap(({ office }) => office ?? [])
  }

  may(member: Member, right: Right): boolean {
    return may(member, right) || this.#faults.some(({ mayAlso }) => mayAlso?.(member.role, right))
  }

  /** Whether it is for somebody else to decide about what this member has asked for. */
  isBarredFrom({ name }: Member, { by }: Case): boolean {
    return by === name && !this.#faults.some(({ decidesOwn }) => decidesOwn)
  }

  /** How a card is called on the pages. */
  cardShown({ pan }: Pick<Transaction, 'pan'>): string {
    return this.#faults.some(({ showsCards }) => showsCards) ? pan.reveal() : pan.masked
  }

  /** The shortest reason that is taken, characters. */
  get leastReason(): number {
    return this.#faults.some(({ reasonless }) => reasonless) ? 0 : lengths.reason.least
  }

  /** Whether a transaction is one of the member's merchant. */
  isOf({ merchantId }: Member, transaction: Pick<Transaction, 'merchantId'>): boolean {
    return transaction.merchantId === merchantId || this.#faults.some(({ seesAll }) => seesAll)
  }

  /** A transaction of the member's merchant. That it is another's cannot be told from its not being there. */
  transaction(member: Member, id: number): Transaction | undefined {
    const found = this.#acquirer.books.transactions[id - 1]
    return found && this.isOf(member, found) ? found : undefined
  }

  /** What can be asked for about a transaction, by its state. */
  offered(transaction: Transaction): Case['of'] | undefined {
    const { books } = this.#acquirer
    const state = stateOf(books, transaction)
    if (transaction.operation === 'sale' && this.#faults.some(({ offersVoidOf }) => offersVoidOf === state)) return 'void'
    return undoable(books, transaction)
  }

  caseFile(member: Member, id: number): CaseFile | undefined {
    const found = this.#acquirer.books.desk.case(id)
    return found?.case.merchantId === member.merchantId ? found : undefined
  }

  /** Asks for a void or refund: it is examined at once, and refused, done, or left to another person. */
  ask(member: Member, wish: Wish): Came {
    const original = this.transaction(member, wish.original)
    if (!original) return this.#refuse(member, 'not there', `a ${wish.of} of transaction ${wish.original}`, wish.reason)
    if (!this.may(member, wish.of === 'void' ? 'ask for a void' : 'ask for a refund'))
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
    const decision = this.#examined(opened, original, 'asked')
    const filed: readonly Fact[] = [
      { is: 'case opened', case: opened },
      ...this.#audited(member, {
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
    if (!this.may(member, 'decide')) return this.#refuse(member, 'not allowed', what, note, open.original, id)
    if (this.isBarredFrom(member, open)) return this.#refuse(member, 'own request', what, note, open.original, id)
    if (state !== 'awaiting approval') return this.#refuse(member, 'decided already', what, note, open.original, id)
    const original = this.transaction(member, open.original)
    if (!original) return this.#refuse(member, 'not there', what, note)
    const said = { original: original.id, case: id, why: note }
    if (verdict === 'reject') {
      const done = this.#faults.some(({ doesWhatItRejects }) => doesWhatItRejects)
      this.#acquirer.take(done ? this.#examined(open, original, 'decided') : nothing, [
        this.#closed(member, { case: id, state: 'rejected', says: note }),
        ...this.#audited(member, { ...said, act: 'rejected', result: 'nothing was moved' }),
      ])
      return this.#file(id)
    }
    const decision = this.#examined(open, original, 'decided')
    this.#acquirer.take(decision, [
      ...this.#audited(member, { ...said, act: 'approved', result: resultOf(decision) }),
      ...this.#ended(member, open, decision),
    ])
    return this.#file(id)
  }

  /** What the rules would say to it now. */
  wouldBe(of: Case['of'], original: Transaction, minor: bigint): Decision {
    return this.#examined({ of, minor }, original, 'asked')
  }

  /** Writes down what somebody did that moves no money. */
  note(member: Member, record: Pick<AuditRecord, 'act' | 'result'> & Partial<AuditRecord>): void {
    this.#acquirer.take(nothing, this.#audited(member, record))
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

  #examined(asked: Pick<Case, 'of' | 'minor'>, original: Transaction, when: 'asked' | 'decided'): Decision {
    const honest = officeAsk(this.#acquirer.books, original, asked)
    const ask = this.#faults.reduce((one, fault) => fault.ask?.(one) ?? one, honest)
    const decision = this.#acquirer.judge(ask, (situation, means) =>
      decideOffice(situation, {
        ...means,
        rules: this.#faults.reduce((all, fault) => fault.rules?.(all, when) ?? all, means.rules),
      }),
    )
    return this.#faults.reduce((one, fault) => fault.decision?.(one, ask) ?? one, decision)
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
    return [closed, ...this.#audited(member, { act, original, case: id, why: reason, result })]
  }

  #closed(member: Member, end: Omit<CaseEnd, 'by' | 'at'>): Fact {
    return { is: 'case closed', end: { ...end, by: member.name, at: this.#acquirer.now.millis } }
  }

  /** One record; none where a fault keeps it from being written. */
  #audited(
    { name, role, merchantId }: Member,
    facts: Pick<AuditRecord, 'act' | 'result'> & Partial<AuditRecord>,
  ): readonly Fact[] {
    const honest: AuditRecord = { at: this.#acquirer.now.millis, who: name, role, merchantId, ...facts }
    const record = this.#faults.reduce<AuditRecord | undefined>(
      (one, fault) => (one && fault.record ? fault.record(one) : one),
      honest,
    )
    return record ? [{ is: 'audited', record }] : []
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
