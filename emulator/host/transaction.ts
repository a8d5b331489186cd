import type { Pan } from '../values/pan.ts'

/** What a cardholder's money was asked for, once: approved or declined. Its state is not in it but follows from the postings. */
export type Transaction = Readonly<{
  id: number
  operation: 'sale' | 'void' | 'refund'
  merchantId: string
  terminalId: string
  batch: string
  trace: string
  pan: Pan
  /** Fen. */
  minor: bigint
  /** Field 37 of the answer. */
  reference: string
  approvalCode?: string
  /** Field 39 of the first answer; `00` is an approval. */
  code: string
  /** Of a void or refund: the transaction it names. */
  original?: number
  pinEntered: boolean
  at: number
  /** MMDD, field 13 of the answer. */
  localDate: string
  businessDate: string
}>

export const approved = (transaction: Transaction): boolean => transaction.code === '00'

/**
 * What makes a request one of its kind: the trace number within terminal, merchant and batch.
 *
 * @source UnionPay POS fact sheet, 5.6
 */
export const keyOf = (of: Readonly<{ merchantId: string; terminalId: string; batch: string; trace: string }>): string =>
  `${of.merchantId}/${of.terminalId}/${of.batch}/${of.trace}`

/** Whether a card belongs to the domestic totals, and the company that field 63.1 names. */
export function companyOf(pan: Pan): 'CUP' | 'VIS' | 'MCC' | 'JCB' | 'DCC' | 'AMX' {
  const digits = pan.reveal()
  if (digits.startsWith('4')) return 'VIS'
  if (/^(5[1-5]|2[2-7])/.test(digits)) return 'MCC'
  if (digits.startsWith('35')) return 'JCB'
  if (/^3[47]/.test(digits)) return 'AMX'
  if (/^3[068]/.test(digits)) return 'DCC'
  return 'CUP'
}

export const isDomestic = (pan: Pan): boolean => companyOf(pan) === 'CUP'
