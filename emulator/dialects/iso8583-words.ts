import type { Codes, CodeWords, Words } from './dialect.ts'
import { saidAs } from './said.ts'
import { words as unionPay } from './unionpay-words.ts'

/** Codes that mean in no ISO version what they mean to UnionPay. */
const foreign = /^(A[1-7]|77|79|97|98|99)$/

/** What the codes of an ISO dialect mean, in English on the display too; several common codes may be said as one, whose first words stand. */
export function isoWords(codes: Codes): Words {
  const rows = new Map<string, CodeWords>()
  for (const row of unionPay.codes) {
    const code = saidAs(codes, row.code)
    if (foreign.test(row.code) && code === row.code && !['77', '97'].includes(code)) continue
    if (!rows.has(code)) rows.set(code, { ...row, code, display: row.english })
  }
  return { ...unionPay, codes: [...rows.values()] }
}
