import type { Operation } from '../values/operation.ts'
import type { Ask } from './ask.ts'

/** What each operation must carry, by field name. Field 2 or 35 for the card is looked at apart. */
const mandatory: Readonly<Record<Operation, readonly string[]>> = (() => {
  const base = ['terminalId', 'merchantId', 'private60']
  const financial = [...base, 'processingCode', 'trace', 'entryMode', 'conditionCode', 'currency']
  const paying = [...financial, 'amount']
  const reversing = base.concat('processingCode', 'amount', 'trace', 'entryMode', 'conditionCode', 'resultCode', 'currency')
  return {
    signIn: [...base, 'trace', 'private63'],
    signOff: [...base, 'trace'],
    echo: base,
    inquire: financial,
    sale: paying,
    void: [...paying, 'reference', 'original'],
    refund: [...paying, 'reference', 'original', 'private63'],
    preauth: paying,
    preauthVoid: [...paying, 'approvalCode', 'original'],
    complete: [...paying, 'approvalCode', 'original'],
    completionVoid: [...paying, 'reference', 'original'],
    reverse: reversing,
    settle: [...base, 'trace', 'additionalData', 'currency', 'private63'],
    upload: [...base, 'trace', 'additionalData'],
  }
})()

const shapes: Readonly<Record<string, RegExp>> = {
  processingCode: /^\d{6}$/,
  amount: /^\d{12}$/,
  trace: /^\d{6}$/,
  expiry: /^\d{4}$/,
  entryMode: /^\d{3}$/,
  conditionCode: /^\d{2}$/,
  pan: /^\d{12,19}$/,
  currency: /^\d{3}$/,
  batch: /^\d{6}$/,
  typeCode: /^\d{2}$/,
  networkCode: /^\d{3}$/,
  original: /^\d{12,29}$/,
  pinBlock: /^[0-9A-F]{16}$/,
}

const shapesByName = Object.entries(shapes)

/** Whether a value can stand in the field of this name; fields that may hold any text always can. */
export const fits = (name: string, value: string): boolean => shapes[name]?.test(value) ?? true

const presentsCard: readonly (Operation | 'unknown')[] = ['inquire', 'sale', 'void', 'refund']

/**
 * What is wrong with the form of a request: a field that is missing or cannot be what it says.
 *
 * @source UnionPay POS fact sheet, 4.2 to 4.6
 */
export function malformation(ask: Ask): string | undefined {
  if (ask.malformed !== undefined) return ask.malformed
  if (ask.operation === 'unknown') return undefined
  const missing = mandatory[ask.operation].find(name => ask.fields[name] === undefined)
  if (missing !== undefined) return `${missing} is missing`
  for (const [name, shape] of shapesByName) {
    const value = ask.fields[name]
    if (value !== undefined && !shape.test(value)) return `${name} is not well formed`
  }
  if (ask.batch === undefined) return 'the batch number is missing'
  if (ask.fields.trace === '000000') return 'zero is no trace number'
  if (presentsCard.includes(ask.operation)) return cardMalformation(ask)
  return undefined
}

function cardMalformation({ fields, pan }: Ask): string | undefined {
  if (!pan) return 'there is no card number'
  const onTrack = fields.track2?.split(/[D=]/)[0]
  if (onTrack !== undefined && onTrack !== pan.reveal()) return 'card number and track name different cards'
  if (fields.entryMode?.startsWith('02') && onTrack === undefined) return 'the card was swiped, but there is no track'
  if (fields.pinBlock !== undefined && fields.securityControl === undefined) return 'a PIN block without security control'
  return undefined
}
