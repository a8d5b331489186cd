/** Fields that go together in many messages. @source UnionPay POS fact sheet, 4.2 to 4.5 */
export const always = ['processingCode', 'trace', 'conditionCode', 'terminalId', 'merchantId', 'currency', 'private60'] as const
export const financial = [...always, 'entryMode', 'mac'] as const
export const card = ['pan', 'expiry', 'cardSequence', 'track2', 'track3', 'securityControl'] as const
export const pin = ['pinCapture', 'pinBlock'] as const
export const free = ['acquirerId', 'terminalInfo', 'additionalInfo', 'private62'] as const
export const management = ['trace', 'terminalId', 'merchantId', 'private60'] as const
export const hostSets = ['localTime', 'localDate'] as const
export const refusal = [
  'processingCode',
  'trace',
  ...hostSets,
  'conditionCode',
  'resultCode',
  'terminalId',
  'merchantId',
  'private60',
] as const

/** The type of the answer: ten more. */
export function answering(request: string): string {
  return String(Number(request) + 10).padStart(4, '0')
}
