import type { MessageRow } from './dialect.ts'

const sender = ['terminalId', 'merchantId'] as const
const traced = [...sender, 'trace', 'batch'] as const
const card = ['pan', 'expiry', 'track2', 'track3', 'pinBlock'] as const
const money = ['amount', 'currency'] as const
const when = ['localTime', 'localDate'] as const
const original = ['originalBatch', 'originalTrace'] as const
const sums = (['domestic', 'foreign'] as const).flatMap(of => [
  `${of}Debit`,
  `${of}DebitCount`,
  `${of}Credit`,
  `${of}CreditCount`,
])
const results = ['domesticResult', 'foreignResult'] as const

type Written = Readonly<{
  name: string
  is: string
  of?: 'sale' | 'void'
  must: readonly string[]
  may?: readonly string[]
  /** What a reply says again; default: who sent it, trace and batch. */
  echoes?: readonly string[]
  replyMust?: readonly string[]
  replyMay?: readonly string[]
  counts?: 'debit' | 'credit'
  reversible?: true
}>

/** A request is named after its operation, and its answer after the request. */
function row({ name, is, of, must, may = [], echoes = traced, replyMust = [], replyMay = [], ...rest }: Written) {
  const refusalMust = [...echoes, ...when, 'resultCode']
  return {
    name,
    is,
    ...(of === undefined ? {} : { of }),
    request: name,
    reply: `${name}.reply`,
    identity: of === undefined ? {} : { of },
    must,
    may,
    replyMust: [...refusalMust, ...replyMust],
    refusalMust,
    replyMay: ['note', ...replyMay],
    echoes,
    sealed: false,
    reversible: rest.reversible ?? false,
    counts: rest.counts ?? 'no',
  } as const satisfies Omit<MessageRow, 'operation'>
}

const paying = { must: [...traced, 'entryMode', ...money], may: card, echoes: [...traced, ...money] } as const
const paid = {
  replyMust: ['reference'],
  replyMay: ['approvalCode', 'pan', 'settlementDate', 'cardCompany'],
} as const

/** A reversal goes under trace and batch of what it undoes. */
const reversal = (of: 'sale' | 'void', named: readonly string[]): MessageRow => ({
  ...row({
    name: 'reverse',
    is: `reversal of a ${of}`,
    of,
    must: [...traced, 'of', 'reason', 'entryMode', ...money, ...named],
    may: ['pan', 'expiry', 'approvalCode'],
    echoes: [...traced, 'of', ...money],
    ...paid,
  }),
  operation: 'reverse',
})

/** What the reference host offers. */
export const jsonMessages: readonly MessageRow[] = [
  {
    ...row({ name: 'sale', is: 'sale', ...paying, ...paid, counts: 'debit', reversible: true }),
    operation: 'sale',
  },
  {
    ...row({
      name: 'void',
      is: 'sale void',
      ...paying,
      ...paid,
      must: [...paying.must, 'reference', ...original],
      may: [...card, 'approvalCode'],
      counts: 'credit',
      reversible: true,
    }),
    operation: 'void',
  },
  {
    ...row({
      name: 'refund',
      is: 'refund',
      ...paying,
      ...paid,
      must: [...paying.must, 'reference', 'originalDate'],
      may: card,
      counts: 'credit',
    }),
    operation: 'refund',
  },
  {
    ...row({
      name: 'inquire',
      is: 'balance inquiry',
      must: [...traced, 'entryMode', 'currency'],
      may: card,
      echoes: [...traced, 'currency'],
      replyMust: ['reference'],
      replyMay: ['balance', 'pan', 'cardCompany'],
    }),
    operation: 'inquire',
  },
  reversal('sale', []),
  reversal('void', original),
  {
    ...row({
      name: 'settle',
      is: 'settlement',
      must: [...traced, ...sums, 'currency'],
      may: ['operator'],
      echoes: [...traced, 'currency'],
      replyMust: [...sums, ...results, 'reference', 'settlementDate'],
    }),
    operation: 'settle',
  },
  {
    ...row({
      name: 'signIn',
      is: 'sign-in',
      must: [...traced, 'operator'],
      echoes: [...sender, 'trace'],
      replyMust: ['batch', 'reference'],
      replyMay: ['keys'],
    }),
    operation: 'signIn',
  },
  { ...row({ name: 'signOff', is: 'sign-off', must: traced, replyMay: ['reference'] }), operation: 'signOff' },
  {
    ...row({
      name: 'echo',
      is: 'echo test',
      must: sender,
      may: ['trace', 'batch'],
      echoes: sender,
      replyMay: ['trace', 'batch'],
    }),
    operation: 'echo',
  },
]
