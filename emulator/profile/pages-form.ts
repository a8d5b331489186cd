import { z } from 'zod'

const text = z.string().trim().min(1, { error: 'must not be empty' })

/** What may stand in braces in a pages file, and what is put there. */
export const blanks = {
  user: 'the name by which the person signs in',
  password: 'his password; in `signIn` only',
  merchantId: 'the merchant, as the acquirer knows it',
  terminalId: 'the terminal on the slip',
  trace: 'the voucher number on the slip, six digits',
  reference: 'the retrieval reference on the slip, where there is one',
  amount: 'the amount on the slip, such as 88.00',
  transaction: 'how the office names the transaction: see `numbers`',
  reason: 'why somebody asks for it',
  evidence: 'what he has for it, where there is anything',
  request: 'how the office names what was asked for: see `numbers`',
  note: 'what the one who decides has to say',
} as const

export type Blank = keyof typeof blanks

/** Statuses by the words of a pages file, in the order in which they are tried. `unclear` has none: it is what has no words. */
export const worded = [
  'not there',
  'not allowed',
  'refused',
  'rejected',
  'awaiting approval',
  'voided',
  'refunded',
  'settled',
  'live',
] as const

const words = text.describe('as they stand there, all of them; or /part of them/, a regular expression; {blanks} are filled in')

const roles = [
  'alert',
  'alertdialog',
  'article',
  'button',
  'cell',
  'checkbox',
  'combobox',
  'definition',
  'dialog',
  'form',
  'grid',
  'gridcell',
  'group',
  'heading',
  'img',
  'link',
  'list',
  'listitem',
  'main',
  'menuitem',
  'navigation',
  'note',
  'option',
  'paragraph',
  'radio',
  'region',
  'row',
  'rowheader',
  'search',
  'searchbox',
  'spinbutton',
  'status',
  'strong',
  'switch',
  'tab',
  'table',
  'tabpanel',
  'term',
  'textbox',
  'time',
] as const

const found = {
  role: z.enum(roles).describe('as a screen reader says it').exactOptional(),
  name: words.describe('what a screen reader calls it: its label, or the words on it; with `role`').exactOptional(),
  label: words.describe('of a field: the words of its label').exactOptional(),
  text: words.describe('of anything else: the words that it shows').exactOptional(),
  css: text.describe('a selector, where nothing better can be had').exactOptional(),
  having: z.array(words).describe('words that all stand somewhere within it').exactOptional(),
  nth: z.enum(['first', 'last']).describe('of several').exactOptional(),
}

type Found = Readonly<{ [key in keyof typeof found]?: unknown }>

const oneWay = {
  check: ({ role, label, text: shown, css }: Found): boolean =>
    [role, label, shown, css].filter(each => each !== undefined).length === 1,
  error: 'must have exactly one of role, label, text and css',
}
const namedByRole = {
  check: ({ role, name }: Found): boolean => name === undefined || role !== undefined,
  error: 'must have a `role` where it has a `name`',
}

const place = z
  .strictObject(found)
  .refine(oneWay.check, { error: oneWay.error })
  .refine(namedByRole.check, { error: namedByRole.error })

const control = z
  .strictObject({ ...found, within: place.describe('a part of the page in which it stands').exactOptional() })
  .refine(oneWay.check, { error: oneWay.error })
  .refine(namedByRole.check, { error: namedByRole.error })

const means = z
  .partialRecord(z.enum(worded), z.array(words).min(1, { error: 'must list at least one' }))
  .describe('by what it means: the words that say so')
const reading = z.strictObject({ in: control, means })
const readings = z.array(reading).min(1, { error: 'must list at least one place' })

const does = ['open', 'fill', 'choose', 'press', 'see', 'gone', 'do'] as const

const step = z
  .strictObject({
    open: text.describe('an address: a path, or a whole one').exactOptional(),
    fill: control.exactOptional(),
    choose: control.describe('a list to choose from').exactOptional(),
    with: text
      .describe('what is written or chosen; a field whose {blank} has nothing to put there is left alone')
      .exactOptional(),
    press: control.exactOptional(),
    ifThere: z.literal(true).describe('press it if it is there, and go on if not: a notice to be closed').exactOptional(),
    see: control.describe('to be waited for').exactOptional(),
    gone: control.describe('until it is not there any more').exactOptional(),
    do: z.enum(['find']).describe('the steps of another part first').exactOptional(),
    otherwise: readings.describe('what it means when the control is not there, or cannot be used').exactOptional(),
  })
  .refine(written => does.filter(key => written[key] !== undefined).length === 1, {
    error: `must have exactly one of ${does.slice(0, -1).join(', ')} and do`,
  })
  .refine(({ fill, choose, with: what }) => (what !== undefined) === (fill !== undefined || choose !== undefined), {
    error: 'must say what it is filled `with`, as every `fill` and `choose` must and nothing else can',
  })
  .refine(({ press, otherwise, ifThere }) => ifThere === undefined || (press !== undefined && otherwise === undefined), {
    error: 'must press something, without an `otherwise`, where it has an `ifThere`',
  })
  .refine(({ fill, choose, press, see, otherwise }) => otherwise === undefined || [fill, choose, press, see].some(Boolean), {
    error: 'must fill, choose, press or see something, where it has an `otherwise`',
  })
const steps = z.array(step).min(1, { error: 'must list at least one step' })

const pattern = text.describe('a regular expression whose first group is the number')
const number = z
  .strictObject({
    address: pattern.describe('it stands in the address of the page').exactOptional(),
    in: control.describe('it stands there').exactOptional(),
    matching: pattern.exactOptional(),
  })
  .refine(each => (each.address !== undefined) !== (each.in !== undefined), { error: 'must have either `address` or `in`' })
  .refine(each => (each.in !== undefined) === (each.matching !== undefined), {
    error: 'must have a `matching` with its `in`, and nowhere else',
  })

/** A pages file as it is written: how the pages of a merchant's back office are used and read. Unknown keys are refused at every level. */
export const pagesForm = z.strictObject({
  $schema: z.string().exactOptional(),
  name: text,
  locale: text.describe('the language that the browser asks for').default('en-GB'),
  waitSeconds: z.number().positive().max(300).describe('how long a page may take').default(10),
  signIn: steps,
  find: steps.describe('from what stands on a slip to the page of the transaction'),
  askForVoid: steps,
  askForRefund: steps.exactOptional(),
  approve: steps.exactOptional(),
  reject: steps.exactOptional(),
  follow: steps.describe('to the page of what was asked for'),
  audit: z
    .strictObject({
      steps,
      lines: control.describe('the records of one transaction, as many as there are'),
      newest: z.enum(['first', 'last']).default('last'),
      means: means.describe('what the words of a record say has come of it; the newest record that says something counts'),
    })
    .exactOptional(),
  numbers: z.strictObject({ request: number, transaction: number.exactOptional() }),
  refusals: readings.describe('what any page may say instead of what was asked of it').exactOptional(),
  states: readings.describe('what a transaction or request has come to'),
  says: z.array(control).describe('further words that are worth keeping').default([]),
})

export type WrittenPages = z.output<typeof pagesForm>
export type WrittenControl = z.output<typeof control>
export type WrittenStep = z.output<typeof step>
export type WrittenMeans = z.output<typeof means>
export type WrittenReading = z.output<typeof reading>
export type WrittenNumber = z.output<typeof number>

/** The same for editors: `docs/pages.schema.json`. */
export function pagesSchema(): Record<string, unknown> {
  return {
    $id: 'https://tillproof.dev/schema/pages-1.json',
    title: 'tillproof pages file: how the pages of a back office are used and read',
    ...z.toJSONSchema(pagesForm, { io: 'input' }),
  }
}
