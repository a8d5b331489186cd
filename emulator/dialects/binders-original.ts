import type { Request } from '../values/request.ts'
import type { Asked } from './binders.ts'
import type { Dialect } from './dialect.ts'
import { clockAt, dateOf, timeOf, yearOf } from './instant.ts'

/** What names the original, in one field: as the dialect's layout of it says. */
export function originalOf(asked: Asked): string | undefined {
  const layout = asked.dialect.layouts.original?.find(({ parts }) => parts.some(({ name }) => name === 'originalType'))
  if (layout === undefined) return batchAndTraceOf(asked)
  return layout.parts.map(({ name, length }) => (elements[name]?.(asked) ?? '').padStart(length, '0')).join('')
}

/**
 * The original data elements, part by part. The type is always right; what a terminal cannot know is zero.
 *
 * @source requirement catalogue, MSG-008; ISO 8583:1987, field 90; ISO 8583:1993, field 56
 */
const elements: Readonly<Record<string, (asked: Asked) => string | undefined>> = {
  originalType: ({ dialect, request: { reversal } }) => {
    const named = reversal?.of ?? 'sale'
    return dialect.messages.find(row => row.operation === named)?.request
  },
  originalTrace: ({ request: { reversal, trace, original } }) => (reversal ? trace : original?.trace),
  originalSentAt: asked => at(asked, 'UTC', clock => dateOf(clock) + timeOf(clock)),
  originalLocal: asked => at(asked, asked.facts.zone ?? 'UTC', clock => yearOf(clock) + dateOf(clock) + timeOf(clock)),
  originalAcquirer: ({ dialect }) => acquirerOf(dialect),
}

function at({ request }: Asked, zone: string, written: (clock: ReturnType<typeof clockAt>) => string): string | undefined {
  const instant = request.reversal ? (request.reversal.at ?? request.at) : request.original?.at
  return instant === undefined ? undefined : written(clockAt(instant, zone))
}

/** With its length before it where the field has one length and the part another. */
function acquirerOf({ settings, layouts }: Dialect): string {
  const id = String(settings.acquirerId ?? '').padStart(11, '0')
  const length = layouts.original?.flatMap(({ parts }) => parts).find(({ name }) => name === 'originalAcquirer')?.length
  return length === 13 ? `11${id}` : id
}

/**
 * Batch and trace of the original, and its date where the message has one.
 *
 * @source UnionPay POS fact sheet, 3.10, 4.2, 4.4
 */
function batchAndTraceOf({ request, facts, dialect }: Asked): string | undefined {
  const { operation, original, reversal, batch, trace } = request
  if (reversal?.of === 'void') {
    const own = dialect.settings.reversalOfVoid61 === 'own'
    return own ? `${batch}${trace ?? ''}` : named(original)
  }
  const kind = reversal?.of ?? operation
  const date = reversal ? (reversal.reason === 'bad MAC' ? (facts.answerDate ?? '0000') : '0000') : original?.date
  if (kind === 'void') return named(original)
  if (kind === 'completionVoid') return date === undefined ? undefined : joined(named(original), date)
  return date === undefined ? undefined : `${'0'.repeat(12)}${date}`
}

function named(original: Request['original']): string | undefined {
  return joined(original?.batch, original?.trace)
}

function joined(first: string | undefined, second: string | undefined): string | undefined {
  return first === undefined || second === undefined ? undefined : first + second
}
