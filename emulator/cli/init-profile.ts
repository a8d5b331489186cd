import { Document } from 'yaml'
import { knobForms, knobNames } from '../profile/knobs.ts'

/** What a new profile is made of: what nobody but its owner knows. */
export type Answers = Readonly<{
  name: string
  endpoint: string
  /** An id, or a file that ends in .yaml. */
  dialect: string
  settings: Readonly<Record<string, string>>
  /** For the dialect `http`. */
  mapping?: string
  /** The merchant with two terminals or more, and another one. */
  merchant: string
  terminals: readonly string[]
  neighbour: string
  neighbourTerminals: readonly string[]
  /** `env:NAME`, in which `{terminal}` stands for its id; or a file of keys, each named as its terminal. */
  key: string
  supports: readonly string[]
}>

/** A commented profile. Every knob stands in it: with a value where usual requirements ask for it, behind a `#` where few do. */
export function profileText(answers: Answers): string {
  return [
    head(answers),
    merchants(answers),
    cards,
    supports(answers),
    knobs(answers),
    `# How the business day is closed: \`control\`, by the control port, or \`none\`.
businessDay: none
`,
    `# Whether a connection is kept from operation to operation, and who dials: \`role: server\` where the acquirer dials in.
timing: { connection: per operation }
`,
    `# Requirements that you and the acquirer agree to leave open. Such a row stays failed, and the headline says so.
# deviations:
#   - { requirement: VOID-013, reason: '…', approver: '…', expires: '2027-01-01' }
`,
  ].join('\n')
}

function head({ name, endpoint, dialect, settings, mapping }: Answers): string {
  const encrypted = /^(tls|wss|https):/.test(endpoint)
  const written = Object.entries(settings)
  const is = dialect.endsWith('.yaml') ? 'file' : 'id'
  return `# Everything about one acquirer. \`tillproof preflight --profile THIS-FILE\` climbs from its name to a sale and its undoing;
# \`tillproof requirements --profile THIS-FILE\` says which requirement needs which line of it; then \`tillproof certify\`.
name: ${scalar(name)}

# Where it listens: tcp://, tls://, ws:// or wss:// for messages, http:// or https:// with a mapping.
endpoint: ${scalar(endpoint)}

# The control port of a host of your own, where it offers one: it shows the ledger, moves clock and business day.
# control: http://127.0.0.1:8584
${
  encrypted
    ? `
# Whom the terminals trust, and what they show. Paths are relative to this file; \`key\` may be env:NAME.
# tls:
#   ca: ca.pem                 # the authority of the acquirer; absent: those of this machine
#   certificate: terminal.pem  # where the acquirer asks for one
#   key: terminal.key
#   minVersion: TLSv1.2
#   serverName: pos.example    # the name on the certificate, where it is not the host of the endpoint
`
    : ''
}
# How its messages look: a built-in dialect or a file. \`settings\` say what lies on the wire where acquirers of a dialect differ;
# preflight names the one to change.
dialect:
  ${is}: ${scalar(dialect)}
${
  written.length === 0
    ? '  # settings: { length: ascii 4, lengthCounts: itself too, tpdu: none, header: none }'
    : `  settings:\n${written.map(([key, value]) => `    ${key}: ${scalar(value)}`).join('\n')}`
}
${
  mapping === undefined
    ? ''
    : `
# How messages become HTTP calls, and answers messages.
mapping: ${scalar(mapping)}
`
}`
}

function merchants({ merchant, terminals, neighbour, neighbourTerminals, key }: Answers): string {
  const list = (ids: readonly string[]): string =>
    ids.map(id => `      - { id: ${scalar(id)}, set: 1, masterKey: ${keyOf(key, id)} }`).join('\n')
  return `# One worker uses one set: two terminals of one merchant, and one of another. Keys are referred to, never written here:
# env:NAME, or { file: keys.yaml, name: … }.
merchants:
  - id: ${scalar(merchant)}
    name: The shop
    terminals:
${list(terminals)}
  - id: ${scalar(neighbour)}
    name: The neighbour
    terminals:
${list(neighbourTerminals)}
`
}

function keyOf(key: string, terminal: string): string {
  if (key.startsWith('env:')) return key.replaceAll('{terminal}', terminal.replace(/\W/g, '_'))
  return `{ file: ${scalar(key)}, name: ${scalar(terminal)} }`
}

const cards = `# Who holds which test card, and what the acquirer's books let it spend. These are documented test numbers: put those in their
# place that the acquirer has issued to you. Dora is poor on purpose. Mallory's card has no funds: nobody issued it.
cards:
  - { holder: Alice, set: 1, pan: '6250930000000002', expiry: '3312', serviceCode: '120', pin: '123456', funds: '10000.00' }
  - { holder: Bob, set: 1, pan: '6250930000000010', expiry: '3312', serviceCode: '120', pin: '234567', funds: '10000.00' }
  - { holder: Carol, set: 1, pan: '6250930000000028', expiry: '3312', serviceCode: '120', pin: '345678', funds: '10000.00' }
  - { holder: Dora, set: 1, pan: '6250930000000036', expiry: '3312', serviceCode: '120', pin: '456789', funds: '50.00' }
  - { holder: Mallory, set: 1, pan: '6250946000000016', expiry: '3312', serviceCode: '120', pin: '604815' }
`

function supports({ supports: flags }: Answers): string {
  return `# What the acquirer offers. What it does not claim is not judged, and the certificate says so. Begin with little.
supports: [${flags.join(', ')}]
`
}

/** A starting point for each knob that usual requirements ask for. */
const usual: Readonly<Record<string, string>> = {
  zone: 'Asia/Shanghai',
  voidWindow: 'same-business-day',
  voidScope: 'same-terminal',
  voidAmount: 'full-only',
  dupMode: 'decline',
  dupKey: 'exact',
  replayMemory: 'batch',
  revUnknown: 'not-found',
  revStan: 'same',
  revRetries: '3',
  respTimeout: '{ seconds: 60 }',
  voidTimeoutAction: 'reverse-void',
  totals: 'gross',
  refundBeforeSettle: 'refund',
  refundCeil: '{ percent: 100 }',
  preauthCeil: '{ percent: 115 }',
  completionVoid: 'back-to-held',
  supervisor: '[void, refund]',
}

/** What one might write for the others. */
const examples: Readonly<Record<string, string>> = {
  voidAdjusted: 'forbidden',
  dupWindow: '{ seconds: 60 }',
  revInterval: '{ seconds: 10 }',
  settle: 'tcs',
  cutoff: "'23:00'",
  refundWindow: '{ days: 30 }',
  preauthTTL: '{ days: 7 }',
}

function knobs({ dialect, supports: flags }: Answers): string {
  const own: Readonly<Record<string, string>> = {
    ...usual,
    voidCoding: dialect === 'http' || dialect === 'json' ? 'http' : 'iso-0200',
    ...(flags.includes('tcs') ? { settle: 'tcs' } : flags.includes('hcs') ? { settle: 'hcs' } : {}),
  }
  const lines = knobNames.flatMap(name => {
    const value = own[name]
    const line = value === undefined ? `# ${name}: ${examples[name] ?? '…'}` : `${name}: ${value}`
    return [`  # ${described(name)}`, `  ${line}`]
  })
  return `# What the acquirer does where acquirers lawfully differ. These are a start and no guess at yours: ask for each of them.
knobs:
${lines.join('\n')}
`
}

/** What a knob is, and the words that it knows, from the form by which profiles are read. */
function described(name: string): string {
  const form: unknown = Object.hasOwn(knobForms, name) ? Object(knobForms)[name] : undefined
  const description = String(Object(form).description ?? '')
  const words = wordsOf(form)
  return words.length === 0 ? description : `${description}: ${words.join(', ')}`
}

/** The words of a choice, however deep its form has them. */
function wordsOf(form: unknown): readonly string[] {
  const { options, def } = Object(form)
  if (Array.isArray(options)) return options.flatMap(option => (typeof option === 'string' ? [option] : wordsOf(option)))
  const inner = Object(def).innerType
  return inner === undefined ? [] : wordsOf(inner)
}

/** As YAML takes it for one text. */
function scalar(text: string): string {
  return new Document(text).toString({ lineWidth: 0 }).trimEnd()
}
