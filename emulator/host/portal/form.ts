import type { FastifyRequest } from 'fastify'
import type { Transaction } from '../transaction.ts'
import type { Draft } from './ask-page.ts'
import type { Case } from './case.ts'
import type { NoteMistakes } from './cases-page.ts'
import type { Wish } from './office.ts'
import { lengths, type Prose, readProse } from './prose.ts'
import { fenIn } from './search.ts'
import { leftOf, type MemberView, money } from './view.ts'

/** What a form sent. A field that it lacks is empty. */
export type Form = Readonly<{ text(name: string): string }>

export function formOf({ body }: FastifyRequest): Form {
  const sent = body instanceof URLSearchParams ? body : new URLSearchParams()
  return { text: name => sent.get(name) ?? '' }
}

/** What is asked for, or the form once more with what is wrong in it. */
export function readCase(
  view: MemberView,
  original: Transaction,
  of: Case['of'],
  form: Form,
): Readonly<{ is: 'wish'; wish: Wish }> | Readonly<{ is: 'draft'; draft: Draft }> {
  const wrong: { field: string; says: string }[] = []
  const reason = proseIn(view, form, 'reason', wrong)
  const evidence = proseIn(view, form, 'evidence', wrong)
  const minor = of === 'void' ? original.minor : amountIn(view, original, form, wrong)
  if (wrong.length === 0) return { is: 'wish', wish: { of, original: original.id, minor, reason, evidence } }
  const typed = { reason: form.text('reason'), evidence: form.text('evidence'), amount: form.text('amount').slice(0, 11) }
  return { is: 'draft', draft: { ...typed, wrong } }
}

export function readNote(
  view: MemberView,
  form: Form,
): Readonly<{ is: 'note'; text: string }> | Readonly<{ is: 'mistakes'; wrong: NoteMistakes }> {
  const wrong: { field: string; says: string }[] = []
  const text = proseIn(view, form, 'note', wrong)
  return wrong.length === 0 ? { is: 'note', text } : { is: 'mistakes', wrong }
}

function proseIn({ office, say }: MemberView, form: Form, of: Prose, wrong: { field: string; says: string }[]): string {
  const { most } = lengths[of]
  const least = of === 'reason' ? office.leastReason : lengths[of].least
  const read = readProse(of, form.text(of), least)
  if (read.is === 'text') return read.text
  const why =
    read.is === 'too long'
      ? `${say('tooLong')} ${most}`
      : read.is === 'too short'
        ? `${say('tooShort')} ${least}`
        : say('notText')
  wrong.push({ field: of, says: `${say(of)} ${why}` })
  return ''
}

function amountIn(
  { books, say }: MemberView,
  original: Transaction,
  form: Form,
  wrong: { field: string; says: string }[],
): bigint {
  const minor = fenIn(form.text('amount').trim())
  const left = leftOf(books, original)
  if (minor === undefined || minor === 0n) wrong.push({ field: 'amount', says: `${say('amount')} ${say('formAmount')}` })
  else if (minor > left) wrong.push({ field: 'amount', says: `${say('amount')} ${say('aboveWhole')} ${money(left)}` })
  return minor ?? 0n
}
