/**
 * What an answer says, in the classes of the requirement catalogue. In the dialect `http` these are the result codes.
 *
 * @source Requirement catalogue, section 3
 */
export const outcomeClasses = [
  'APPROVED',
  'PARTIAL',
  'REV-OK',
  'REV-NONE',
  'NOT-FOUND',
  'VOIDED',
  'SETTLED',
  'WINDOW',
  'WRONG-MERCHANT',
  'WRONG-TERMINAL',
  'WRONG-AMOUNT',
  'WRONG-CARD',
  'NOT-ELIGIBLE',
  'DUPLICATE',
  'IN-PROGRESS',
  'BAD-AMOUNT',
  'LIMIT',
  'EXPIRED',
  'FUNDS',
  'PIN',
  'REFUSED',
  'FORMAT',
  'UNSUPPORTED',
  'MERCHANT-BAD',
  'TERMINAL-BAD',
  'SECURITY',
  'NOT-SIGNED-ON',
  'BALANCED',
  'UNBALANCED',
  'BATCH-BAD',
  'UNAVAILABLE',
] as const

export type OutcomeClass = (typeof outcomeClasses)[number]

/** Classes on which a terminal completes its operation. */
export const approving: ReadonlySet<string> = new Set<OutcomeClass>(['APPROVED', 'PARTIAL', 'REV-OK', 'BALANCED'])

/** `UNKNOWN` is no answer at all: the terminal sees silence. `NEXT` ends one call of several, and the next one is made. */
export type Ruled = OutcomeClass | 'UNKNOWN' | 'NEXT'
export const ruled: readonly Ruled[] = [...outcomeClasses, 'UNKNOWN', 'NEXT']

/** What an endpoint that decides for itself between cancel and refund did. */
export const effects = ['void', 'reversal', 'refund'] as const
export type Effect = (typeof effects)[number]
