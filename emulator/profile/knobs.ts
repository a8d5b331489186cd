import { z } from 'zod'

/** `23:00`, in the profile's `zone`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "must be a time of day such as '23:00', in quotes" })

/** One number with its unit as the key: `{ hours: 24 }`. */
function span<const U extends string>(...units: readonly [U, ...U[]]) {
  const forms = units.map(unit => z.strictObject({ [unit]: z.int().positive() }))
  const [first, ...rest] = forms
  if (first === undefined) throw new RangeError('a span needs at least one unit')
  return z.union([first, ...rest], {
    error: `must be ${units.map(unit => `{ ${unit}: n }`).join(' or ')}, n a whole number above 0`,
  })
}

const percent = z.strictObject({ percent: z.number().positive() }, { error: 'must be { percent: n }' })
const seconds = z.strictObject({ seconds: z.number().positive() }, { error: 'must be { seconds: n }' })
const days = z.strictObject({ days: z.int().positive() }, { error: 'must be { days: n }' })

const zone = z.string().refine(isTimeZone, { error: 'must be the name of a time zone, such as Asia/Shanghai' })

const voidWindow = z.union(
  [
    z.enum(['same-batch', 'same-business-day']),
    z.strictObject({ untilCutoff: timeOfDay }),
    z.strictObject({ hours: z.int().positive() }),
    z.strictObject({ days: z.int().positive() }),
  ],
  { error: "must be same-batch, same-business-day, { untilCutoff: '20:00' }, { hours: n } or { days: n }" },
)

const replayMemory = z.union([z.literal('batch'), span('minutes', 'hours', 'days', 'commands')], {
  error: 'must be batch, { minutes: n }, { hours: n }, { days: n } or { commands: n }',
})

/** The operations of a till that a supervisor may have to allow. */
const operations = z.enum([
  'signIn',
  'signOff',
  'inquire',
  'sale',
  'void',
  'refund',
  'preauth',
  'preauthVoid',
  'complete',
  'completionVoid',
  'settle',
])

/** What an acquirer does where acquirers lawfully differ. `profile.ts` has the same keys as types. */
export const knobForms = {
  zone: knob(zone, 'time zone of the business day; one for all knobs with a time of day'),
  voidWindow: knob(voidWindow, 'how long after a sale its void is taken'),
  voidScope: knob(z.enum(['same-terminal', 'same-merchant']), 'which terminals may void a sale'),
  voidAmount: knob(z.enum(['full-only', 'partial']), 'whether a void may be for less than the sale'),
  voidCoding: knob(z.enum(['iso-0200', 'iso-0400', 'http']), 'which of its messages the acquirer takes as a void'),
  voidAdjusted: knob(z.enum(['allowed', 'forbidden']), 'whether a tip-adjusted sale can be voided'),
  dupMode: knob(z.enum(['replay', 'decline', 'flag', 'silent']), 'what answers an exact repeat'),
  dupKey: knob(z.enum(['exact', 'reference', 'suspected']), 'what makes two requests the same'),
  dupWindow: knob(span('seconds', 'minutes'), 'how long the suspected key counts'),
  replayMemory: knob(replayMemory, 'how long a first answer is kept'),
  revUnknown: knob(z.enum(['ack', 'not-found']), 'what answers a reversal of something unknown'),
  revStan: knob(z.enum(['same', 'new-with-de90']), 'the trace number of a reversal'),
  revRetries: z.int().min(1).default(3).describe('sends of a reversal in all, the first included; 3 unless given'),
  revInterval: knob(seconds, 'time between two sends of a reversal'),
  respTimeout: knob(seconds, 'how long the terminal waits for an answer'),
  voidTimeoutAction: knob(z.enum(['reverse-void', 'repeat-void', 'inquire']), 'what the terminal does about an unanswered void'),
  settle: knob(z.enum(['tcs', 'hcs']), 'who closes the batch; agrees with the flag of that name'),
  totals: knob(z.enum(['net', 'gross']), 'whether a voided sale and its void count in neither column or in both'),
  cutoff: knob(timeOfDay, 'when the business day ends, in zone'),
  refundBeforeSettle: knob(z.enum(['refuse', 'convert-to-void', 'refund']), 'what a refund of an unsettled sale becomes'),
  refundCeil: knob(percent, 'largest refund, of the captured amount'),
  refundWindow: knob(span('days', 'months'), 'how long a sale can be refunded'),
  preauthCeil: knob(percent, 'largest completion, of the hold'),
  preauthTTL: knob(days, 'how long a hold lives'),
  completionVoid: knob(z.enum(['back-to-held', 'closed']), 'what a voided completion leaves behind'),
  supervisor: knob(z.array(operations), 'operations that need the supervisor password'),
}

export const knobNames: readonly string[] = Object.keys(knobForms)

export const knobsForm = z.strictObject(knobForms)

function knob<F extends z.ZodType>(form: F, says: string): z.ZodExactOptional<F> {
  return form.exactOptional().describe(says)
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (thrown) {
    if (thrown instanceof RangeError) return false
    throw thrown
  }
}
