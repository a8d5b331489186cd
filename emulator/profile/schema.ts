import { z } from 'zod'
import { hasCredentials, lacksPort } from '../values/address.ts'
import { posts } from '../values/back-office.ts'
import { capabilities } from './capabilities.ts'
import { knobsForm } from './knobs.ts'

const name = z.string().trim().min(1, { error: 'must not be empty' })
const set = z.int().min(1).describe('terminals and cards of one set are used by one worker').default(1)

const keyReference = z
  .union([z.string(), z.strictObject({ file: name, name })], { error: 'must be env:NAME or { file: …, name: … }' })
  .describe('a key by reference: env:NAME, or a name in a file of keys')

const terminal = z.strictObject({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,16}$/, { error: 'must have 1 to 16 characters' })
    .describe('as the acquirer knows it; how long it may be says the dialect'),
  masterKey: keyReference,
  set,
})

const merchant = z.strictObject({
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,64}$/, { error: 'must have 1 to 64 characters' })
    .describe('as the acquirer knows it; how long it may be says the dialect'),
  name,
  terminals: z.array(terminal).min(1, { error: 'must list at least one terminal' }),
})

const card = z.strictObject({
  holder: name,
  pan: z.string().regex(/^\d{12,19}$/, { error: 'must have 12 to 19 digits' }),
  expiry: z.string().regex(/^\d\d(0[1-9]|1[0-2])$/, { error: 'must be YYMM, such as 3312' }),
  serviceCode: z.string().regex(/^\d{3}$/, { error: 'must have 3 digits' }),
  pin: z
    .string()
    .regex(/^\d{4,12}$/, { error: 'must have 4 to 12 digits' })
    .exactOptional(),
  funds: z
    .string()
    .regex(/^\d+(\.\d\d)?$/, { error: 'must be an amount such as 5000.00' })
    .describe('what the books let the card spend, in yuan; absent: a number that nobody issued')
    .exactOptional(),
  set,
})

export const cardsForm = z.array(card).min(1, { error: 'must list at least one card' })

const deviation = z.strictObject({
  requirement: z.string().regex(/^[A-Z]+-\d{3}$/, { error: 'must be the id of a requirement, such as VOID-013' }),
  reason: name,
  approver: name,
  expires: z.iso.date({ error: 'must be a date, YYYY-MM-DD' }),
})

const settings = z
  .record(z.string(), z.union([z.string(), z.boolean(), z.number()]))
  .describe('what lies on the wire, where acquirers of a dialect differ')
  .default({})

const dialect = z.union([name, z.strictObject({ id: name, settings }), z.strictObject({ file: name, settings })], {
  error: 'must be the id of a dialect, a file that ends in .yaml, { id: …, settings: { … } } or { file: …, settings: { … } }',
})

const tls = z.strictObject({
  ca: name.describe('PEM file with the certificates that are trusted; absent: those of the system').exactOptional(),
  certificate: name.describe('PEM file with the certificate of the terminals').exactOptional(),
  key: name.describe('PEM file with its key, or env:NAME').exactOptional(),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).default('TLSv1.2'),
  serverName: name
    .describe('the name on the certificate of the acquirer, where it is not the host of the endpoint')
    .exactOptional(),
  checkName: z.boolean().describe('false: the name is not compared, and the report says so').default(true),
})

const timing = z.strictObject({
  connection: z.enum(['per operation', 'kept']).default('per operation'),
  role: z.enum(['client', 'server']).describe('server: the acquirer dials in at `endpoint`').default('client'),
})

const isAtHost = ({ protocol, hostname }: URL, scheme: string): boolean => protocol === `${scheme}:` && hostname !== ''

const url = (...schemes: readonly string[]) =>
  z
    .string()
    .refine(text => URL.canParse(text) && schemes.some(scheme => isAtHost(new URL(text), scheme)), {
      error: `must be a URL that begins with ${schemes.map(scheme => `${scheme}://`).join(', ')}`,
    })
    .refine(text => !URL.canParse(text) || !hasCredentials(new URL(text)), {
      error:
        'must have no user name and no password: it is printed, and kept with every run. Those of an HTTP interface belong to the parties of its mapping',
    })
    .refine(text => !URL.canParse(text) || !lacksPort(new URL(text)), {
      error: 'must have a port, such as :8583; tcp:// and tls:// have no usual one',
    })

const person = z.strictObject({
  user: name,
  password: z
    .union([z.string(), z.strictObject({ file: name, name })], { error: 'must be env:NAME or { file: …, name: … }' })
    .describe('by reference: env:NAME, or a name in a file of passwords'),
  shownAs: name.describe('how the audit log names this person; absent: by `user`').exactOptional(),
})

const backOffice = z.strictObject({
  url: url('http', 'https').describe('where it begins; absent: the back office of the embedded host').exactOptional(),
  approval: z.enum(['second person', 'none']).describe('whether another person has to agree to a void or refund'),
  staff: z
    .record(z.string(), z.partialRecord(z.enum(posts), person))
    .describe('of each merchant by its id: who may be sent there; may be left out with the embedded host')
    .exactOptional(),
  pages: name.describe('file that says how its pages are used and read; absent: those of the embedded host').exactOptional(),
})

/** A profile as it is written. Unknown keys are refused at every level. */
export const profileForm = z.strictObject({
  $schema: z.string().exactOptional(),
  name,
  endpoint: url('tcp', 'tls', 'https', 'http', 'wss', 'ws')
    .describe('the acquirer; absent: the embedded reference host')
    .exactOptional(),
  control: url('http', 'https').describe('the control port of the acquirer, where it offers one').exactOptional(),
  door: z
    .enum(['tcp', 'tls', 'ws', 'wss', 'http'])
    .describe('how the embedded host is reached; with an endpoint its scheme says it')
    .exactOptional(),
  tls: tls.describe('on a line with TLS').exactOptional(),
  dialect,
  mapping: name.describe('file that says how messages become HTTP calls: for the dialect http').exactOptional(),
  merchants: z.array(merchant).min(1, { error: 'must list at least one merchant' }),
  cards: z.union([cardsForm, z.strictObject({ file: name })], { error: 'must be a list of cards, or { file: … }' }),
  allowRealCards: z.boolean().describe('accept card numbers that are not documented test numbers').default(false),
  supports: z.array(z.enum(capabilities)).describe('what the acquirer offers'),
  knobs: knobsForm,
  businessDay: z.enum(['control', 'none']).describe('how a business day is closed').exactOptional(),
  timing: timing.exactOptional(),
  backOffice: backOffice.describe("the merchants' back office, where somebody can be sent there").exactOptional(),
  deviations: z.array(deviation).describe('agreed deviations: the row stays failed, the headline says so').default([]),
})

export type WrittenProfile = z.output<typeof profileForm>
export type WrittenCards = z.output<typeof cardsForm>

/** The same for editors: `docs/profile.schema.json`. */
export function profileSchema(): Record<string, unknown> {
  return {
    $id: 'https://tillproof.dev/schema/profile-1.json',
    title: 'tillproof profile: everything that is particular to one acquirer',
    ...z.toJSONSchema(profileForm, { io: 'input' }),
  }
}
