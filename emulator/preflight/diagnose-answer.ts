import type { SettingValue } from '../dialects/settings.ts'
import type { Operation } from '../values/operation.ts'
import type { Change, Diagnosis } from './diagnosis.ts'

/** Where in the profile the terminal stands that spoke: the paths of its merchant, of itself and of its card; and the settings of its dialect. */
export type Standing = Readonly<{
  merchant: string
  terminal: string
  merchantId: string
  terminalId: string
  card?: string
  settings: Readonly<Record<string, SettingValue>>
  /** Whether terminals sign in, as the profile claims. */
  signsOn: boolean
}>

type Blame = Pick<Diagnosis, 'cause' | 'says' | 'certainty' | 'whose' | 'changes'>

/**
 * What a refusal of something that every acquirer approves says about the profile. Codes are those of ISO 8583:1987, as a terminal thinks.
 *
 * @source UnionPay POS fact sheet, 7; ISO 8583:1987, response codes
 */
export function refused(operation: Operation, code: string | undefined, at: Standing): Diagnosis {
  if (code === undefined)
    return {
      cause: 'no result code',
      says: `the answer to the ${operation} has no result code`,
      certainty: 'likely',
      whose: 'acquirer',
      changes: [{ setting: 'dialect', note: 'where the result code stands in its messages' }],
    }
  const { says, ...blame } = (blames[code] ?? unknown)(at, operation)
  return { ...blame, says: `the ${operation} is answered ${code}: ${says}` }
}

/** Codes that say something of the PIN. */
const ofPin: ReadonlySet<string | undefined> = new Set(['55', '75', 'PIN'])

/** What a refusal of a void without a PIN says, where the sale before it was approved with one: the PIN is right, and missing. */
export function pinMissing(code: string | undefined, at: Standing): Diagnosis | undefined {
  if (!ofPin.has(code)) return undefined
  const dialect = at.settings.voidPin === false ? [{ setting: 'dialect.settings.voidPin', to: true }] : []
  return {
    cause: 'void without PIN',
    says: `the void is answered ${code}: it was sent without a PIN, and the acquirer wants that of the sale`,
    certainty: 'likely',
    ...profile,
    changes: [{ setting: 'supports', note: 'void-pin: whether a void is sent with the PIN of its sale' }, ...dialect],
  }
}

const merchant = ({ merchant: path }: Standing): Change => ({ setting: `${path}.id`, note: 'as the acquirer knows it' })
const terminal = ({ terminal: path }: Standing): Change => ({ setting: `${path}.id`, note: 'as the acquirer knows it' })
const card = ({ card: path }: Standing): Change => ({
  setting: path ?? 'cards',
  note: 'a test card that the acquirer has issued',
})
const masterKey = ({ terminal: path }: Standing): Change => ({ setting: `${path}.masterKey` })

const profile = { whose: 'profile' } as const

const terminalUnknown = (at: Standing): Blame => ({
  cause: 'terminal unknown',
  says: `terminal ${at.terminalId} is not known, or not one of merchant ${at.merchantId}`,
  certainty: 'likely',
  ...profile,
  changes: [terminal(at), merchant(at)],
})

const merchantUnknown = (at: Standing): Blame => ({
  cause: 'merchant unknown',
  says: `merchant ${at.merchantId} is not known`,
  certainty: 'likely',
  ...profile,
  changes: [merchant(at), terminal(at)],
})

const cardUnknown = (at: Standing): Blame => ({
  cause: 'card unknown',
  says: 'nobody issued the card of the control sale',
  certainty: 'likely',
  ...profile,
  changes: [card(at)],
})

const noFunds = (at: Standing): Blame => ({
  cause: 'no funds',
  says: 'the card of the control sale may not spend that much',
  certainty: 'likely',
  ...profile,
  changes: [{ ...card(at), note: 'a card with funds at the acquirer' }],
})

const unavailable = (): Blame => ({
  cause: 'unavailable',
  says: 'the acquirer, or somebody behind it, cannot answer now',
  certainty: 'likely',
  whose: 'acquirer',
  changes: [],
})

const notOffered = (at: Standing, operation: Operation): Blame => ({
  cause: 'not offered',
  says: `the acquirer does not offer it, or not to terminal ${at.terminalId}`,
  certainty: 'likely',
  ...profile,
  changes: [{ setting: 'supports', note: `whether the acquirer offers ${operation}` }, { setting: 'dialect' }],
})

const macRefused = (): Blame => ({
  cause: 'mac',
  says: 'it takes our MAC for wrong',
  certainty: 'likely',
  ...profile,
  changes: [{ setting: 'dialect.settings.mac', note: 'how the MAC is made' }, { setting: 'dialect.settings.macKey' }],
})

const pinRefused = (at: Standing): Blame => ({
  cause: 'pin block',
  says: 'it cannot open our PIN block',
  certainty: 'likely',
  ...profile,
  changes: [
    { setting: 'dialect.settings.pinBlock', to: at.settings.pinBlock === 'without PAN' ? 'with PAN' : 'without PAN' },
    masterKey(at),
  ],
})

const pinWrong = (at: Standing): Blame => ({
  cause: 'pin',
  says: 'it takes the PIN for wrong',
  certainty: 'likely',
  ...profile,
  changes: [{ setting: at.card === undefined ? 'cards' : `${at.card}.pin` }, { setting: 'dialect.settings.pinBlock' }],
})

const batchWrong = (at: Standing, operation: Operation): Blame => {
  if (operation === 'signIn')
    return { ...terminalUnknown(at), says: 'it demands something before a sign-in', certainty: 'possible' }
  const signOn: Change = { setting: 'supports', note: 'signon: whether a terminal signs in' }
  const batch: Change = { setting: 'dialect.settings.batchMismatch', note: 'what becomes of another batch than its own' }
  return {
    cause: at.signsOn ? 'batch' : 'sign-in',
    says: `it takes the terminal for ${at.signsOn ? 'one in another batch than it gave' : 'not signed in'}`,
    certainty: 'likely',
    ...profile,
    changes: at.signsOn ? [batch, signOn] : [signOn, batch],
  }
}

const formatWrong = (): Blame => ({
  cause: 'format',
  says: 'it cannot read what we sent',
  certainty: 'possible',
  ...profile,
  changes: [{ setting: 'dialect', note: 'its settings: which field it misses the acquirer can tell' }],
})

const duplicate = (): Blame => ({
  cause: 'trace used',
  says: 'this trace number was used before; run it again',
  certainty: 'likely',
  whose: 'acquirer',
  changes: [],
})

const unknown = (): Blame => ({
  cause: 'refused',
  says: 'the acquirer refuses it',
  certainty: 'possible',
  whose: 'acquirer',
  changes: [{ setting: 'merchants', note: 'ask the acquirer what this code means for this terminal' }],
})

const blames: Readonly<Record<string, (at: Standing, operation: Operation) => Blame>> = {
  '03': merchantUnknown,
  '12': notOffered,
  '13': unknown,
  '14': cardUnknown,
  '15': cardUnknown,
  '30': formatWrong,
  '40': notOffered,
  '51': noFunds,
  '54': at => ({ ...cardUnknown(at), cause: 'card expired', says: 'the card of the control sale has expired' }),
  '55': pinWrong,
  '56': cardUnknown,
  '57': notOffered,
  '58': notOffered,
  '61': noFunds,
  '75': pinWrong,
  '77': batchWrong,
  '89': terminalUnknown,
  '90': unavailable,
  '91': unavailable,
  '94': duplicate,
  '96': unavailable,
  '97': terminalUnknown,
  '98': unavailable,
  '99': pinRefused,
  A0: macRefused,
  // Outcome classes, as mappings give them.
  'MERCHANT-BAD': merchantUnknown,
  'TERMINAL-BAD': terminalUnknown,
  SECURITY: macRefused,
  'WRONG-CARD': cardUnknown,
  EXPIRED: cardUnknown,
  FUNDS: noFunds,
  LIMIT: noFunds,
  PIN: pinWrong,
  FORMAT: formatWrong,
  UNSUPPORTED: notOffered,
  DUPLICATE: duplicate,
  'BATCH-BAD': batchWrong,
  'NOT-SIGNED-ON': batchWrong,
  UNAVAILABLE: unavailable,
}
