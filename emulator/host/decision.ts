import type { Fields } from '../values/message.ts'
import type { Fact } from './fact.ts'
import type { NewPosting } from './posting.ts'
import type { Transaction } from './transaction.ts'

/** What the host does about one request. Nothing of it has happened yet. */
export type Decision = Readonly<{
  answer: Answer
  /** The request as the books remember it: every financial request that was well formed, approved or declined. */
  transaction?: Transaction
  postings: readonly NewPosting[]
  /** What else changes. */
  effects: readonly Fact[]
  /** Why, in words, for whoever watches the host. */
  says: string
}>

/**
 * `code` is field 39; a settlement answers in field 48 instead. `fields` are those that only this answer has. `first answer again`: the one
 * remembered under this key is sent once more. `silence`: none is given.
 */
export type Answer =
  | Readonly<{ is: 'answer'; code: string; fields: Fields; sealed: boolean }>
  | Readonly<{ is: 'first answer again'; key: string; flagged: boolean }>
  | Readonly<{ is: 'silence' }>

export const answering = (code: string, fields: Fields = {}): Answer => ({ is: 'answer', code, fields, sealed: code !== 'A0' })

/** A refusal that leaves no trace in the books. */
export const refusing = (code: string, says: string, fields: Fields = {}): Decision => ({
  answer: answering(code, fields),
  postings: [],
  effects: [],
  says,
})

/** An approval that moves no money. */
export const accepting = (says: string, effects: readonly Fact[] = [], fields: Fields = {}): Decision => ({
  answer: answering('00', fields),
  postings: [],
  effects,
  says,
})

export const isApproval = (decision: Decision): boolean => decision.answer.is === 'answer' && decision.answer.code === '00'
