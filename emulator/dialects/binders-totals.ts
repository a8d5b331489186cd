import type { ClassTotals, Request, Totals } from '../values/request.ts'

type Asked = Readonly<{ request: Request; dialect: Readonly<{ fields: Readonly<Record<string, Readonly<{ length: Length }>>> }> }>
type Length = Readonly<{ is: 'exactly' | 'up to'; count: number }>
type Binder = (asked: Asked) => string | undefined

/** Totals as fields of their own: of each class of cards, or of all together. */
export const totalOf: Readonly<Record<string, Binder>> = {
  ...ofClass('domestic', ({ domestic }) => domestic),
  ...ofClass('foreign', ({ foreign }) => foreign),
  ...ofClass('', together),
  creditReversalCount: nothing('creditReversalCount'),
  creditReversal: nothing('creditReversal'),
  debitReversalCount: nothing('debitReversalCount'),
  debitReversal: nothing('debitReversal'),
  net: asked => {
    if (asked.request.totals === undefined) return undefined
    const { debit, credit } = together(asked.request.totals)
    const net = debit.minor - credit.minor
    return `${net < 0n ? 'C' : 'D'}${digits(asked, 'net', net < 0n ? -net : net)}`
  },
}

function ofClass(whose: 'domestic' | 'foreign' | '', sums: (totals: Totals) => ClassTotals): Readonly<Record<string, Binder>> {
  const name = (what: string): string => (whose === '' ? what.charAt(0).toLowerCase() + what.slice(1) : whose + what)
  const bound = (what: string, value: (sums: ClassTotals) => bigint): [string, Binder] => [
    name(what),
    asked => asked.request.totals && digits(asked, name(what), value(sums(asked.request.totals))),
  ]
  return Object.fromEntries([
    bound('Debit', ({ debit }) => debit.minor),
    bound('DebitCount', ({ debitCount }) => BigInt(debitCount)),
    bound('Credit', ({ credit }) => credit.minor),
    bound('CreditCount', ({ creditCount }) => BigInt(creditCount)),
  ])
}

/** Reversed transactions count nowhere. */
function nothing(name: string): Binder {
  return asked => asked.request.totals && digits(asked, name, 0n)
}

/** As many digits as the field has; as few as the number needs where it has no one length. */
function digits({ dialect }: Asked, name: string, value: bigint): string {
  const length = dialect.fields[name]?.length
  return value.toString().padStart(length?.is === 'exactly' ? length.count : 1, '0')
}

/** Domestic and foreign cards in one. */
export function together({ domestic, foreign }: Totals): ClassTotals {
  return {
    debitCount: domestic.debitCount + foreign.debitCount,
    debit: domestic.debit.plus(foreign.debit),
    creditCount: domestic.creditCount + foreign.creditCount,
    credit: domestic.credit.plus(foreign.credit),
  }
}

/**
 * Totals, details or counts in the one field that UnionPay has for them.
 *
 * @source UnionPay POS fact sheet, 4.5, 4.6
 */
export function additionalDataOf({ request: { totals, upload } }: Asked): string | undefined {
  if (totals) return `${classOf(totals.domestic)}0${classOf(totals.foreign)}0`
  if (upload?.is === 'end') return String(upload.count).padStart(4, '0')
  if (!upload) return undefined
  const items = upload.items.map(
    item => (item.domestic ? '00' : '01') + item.trace + item.pan.reveal().padStart(20, '0') + item.amount.toDigits(),
  )
  return String(items.length).padStart(2, '0') + items.join('')
}

function classOf({ debit, debitCount, credit, creditCount }: ClassTotals): string {
  return debit.toDigits() + String(debitCount).padStart(3, '0') + credit.toDigits() + String(creditCount).padStart(3, '0')
}
