import type { Operation, Reversible } from '../values/operation.ts'
import type { Identity, MessageRow } from './dialect.ts'
import { totalFields } from './iso8583-fields.ts'

/** The types of one version of the standard, and what its messages carry beside what both have. */
export type Version = Readonly<{
  types: Readonly<Record<'financial' | 'void' | 'refund' | 'reversal' | 'settlement' | 'network', Types>>
  /** What identifies a message further, by operation: a function code. */
  identity: Readonly<Partial<Record<Operation, Identity>>>
  /** Fields of local date and time: one or two. */
  dated: readonly string[]
  /** The settlement date in an answer. */
  settled: readonly string[]
  /** How the card came in and what the situation was. */
  entered: readonly string[]
  /** In a financial request beside what both have. */
  financialMay: readonly string[]
  /** What comes with a PIN. */
  pin: readonly string[]
  /** In a void, where it is a kind of reversal; and what an answer to either gives back, so that they can be told apart. */
  voidMust: readonly string[]
  voidEchoes: readonly string[]
  /** In a reversal: its reason, perhaps what the original amounts were. */
  reversalMust: readonly string[]
  /** Where network messages say what they are about. */
  network: Readonly<Record<'signIn' | 'signOff' | 'echo', Identity>>
  /** What the answer to a settlement says of the totals, beside its result code. */
  settlementReply: readonly string[]
  sealed: boolean
}>

type Types = Readonly<{ request: string; repeat: string; reply: string }>

/** The message types of one kind of request: itself, its repeat, the answer to either. */
export const types = (request: string, repeat: string, reply: string): Types => ({ request, repeat, reply })

const parties = ['terminalId', 'merchantId'] as const
const card = ['pan', 'expiry', 'cardSequence', 'track2', 'track3', 'acquirerId'] as const

/** Debits and credits of one card each. `020000`: adjustment, debit. @source ISO 8583:1987, processing codes */
export const processingCodes = { sale: '000000', void: '020000', refund: '200000', inquire: '310000' } as const

/** The messages that both versions have, with the types and fields of one. */
export function messagesOf(version: Version): readonly MessageRow[] {
  const { types, sealed } = version
  const pin = [...version.pin, 'chipData']
  const mac = sealed ? ['mac'] : []
  const financial = (name: keyof typeof processingCodes, row: Partial<MessageRow> & Readonly<{ is: string }>): MessageRow => {
    const amount = name === 'inquire' ? [] : ['amount']
    const told = name === 'void' ? version.voidEchoes : []
    const echoes = ['processingCode', ...amount, 'trace', ...version.dated, ...told, ...parties]
    const { must = [], may = [], replyMay = [], ...rest } = row
    const type = name === 'refund' || name === 'void' ? types[name] : types.financial
    return {
      name,
      operation: name,
      ...type,
      identity: { processingCode: processingCodes[name], ...version.identity[name] },
      replyMust: [...echoes, 'reference', 'resultCode', ...mac],
      refusalMust: [...echoes, 'resultCode'],
      echoes,
      sealed,
      reversible: false,
      counts: 'no',
      ...rest,
      must: [
        ...[
          'processingCode',
          ...amount,
          'sentAt',
          'trace',
          ...version.dated,
          ...version.entered,
          ...parties,
          'currency',
          'batch',
        ],
        ...must,
        ...mac,
      ],
      may: [...card, ...version.financialMay, ...may],
      replyMay: ['pan', 'sentAt', ...version.settled, 'acquirerId', 'currency', 'batch', 'chipData', ...replyMay, ...mac],
    }
  }
  const sale = financial('sale', { is: 'sale', may: pin, replyMay: ['approvalCode'], reversible: true, counts: 'debit' })
  const theVoid = financial('void', {
    is: 'void of a sale',
    must: ['reference', 'original', ...version.voidMust],
    may: [...pin, 'approvalCode'],
    replyMay: ['approvalCode'],
    reversible: true,
    counts: 'credit',
  })
  return [
    sale,
    theVoid,
    financial('refund', { is: 'refund', must: ['reference'], may: ['original', 'approvalCode'], counts: 'credit' }),
    financial('inquire', { is: 'balance inquiry', may: pin, replyMay: ['additionalAmounts'] }),
    reversalOf('sale', sale, version),
    reversalOf('void', theVoid, version),
    settlement(version),
    ...networkMessages(version),
  ]
}

function reversalOf(of: Reversible, original: MessageRow, version: Version): MessageRow {
  const { types, dated, entered, reversalMust, sealed, settled } = version
  const echoes = ['processingCode', 'amount', 'trace', ...dated, ...version.voidEchoes, ...parties]
  const mac = sealed ? ['mac'] : []
  return {
    name: 'reverse',
    operation: 'reverse',
    of,
    is: `reversal of a ${original.is}`,
    ...types.reversal,
    identity: { processingCode: original.identity.processingCode ?? '', ...version.identity.reverse },
    must: [
      ...['processingCode', 'amount', 'sentAt', 'trace', ...dated, ...entered, ...parties, 'currency', 'batch', 'original'],
      ...reversalMust,
      ...mac,
    ],
    may: ['pan', 'expiry', 'cardSequence', 'acquirerId', 'approvalCode', 'chipData', ...version.financialMay],
    replyMust: [...echoes, 'resultCode', ...mac],
    refusalMust: [...echoes, 'resultCode'],
    replyMay: ['pan', 'sentAt', ...settled, 'acquirerId', 'reference', 'approvalCode', 'currency', 'batch', 'original', ...mac],
    echoes,
    sealed,
    reversible: false,
    counts: 'no',
  }
}

function settlement({ types, identity, dated, settled, settlementReply }: Version): MessageRow {
  const echoes = ['trace', ...dated, ...parties]
  return {
    name: 'settle',
    operation: 'settle',
    is: 'settlement: the totals of a batch',
    ...types.settlement,
    identity: identity.settle ?? {},
    must: ['sentAt', 'trace', ...dated, ...Object.keys(identity.settle ?? {}), ...parties, 'currency', 'batch', ...totalFields],
    may: ['acquirerId', 'operator'],
    replyMust: [...echoes, 'resultCode', ...settlementReply],
    refusalMust: [...echoes, 'resultCode'],
    replyMay: ['sentAt', ...settled, 'acquirerId', 'reference', 'currency', 'batch', ...totalFields],
    echoes,
    sealed: false,
    reversible: false,
    counts: 'no',
  }
}

function networkMessages({ types, dated, network, settled }: Version): readonly MessageRow[] {
  const what = { signIn: 'sign-on, with new working keys', signOff: 'sign-off', echo: 'echo test' } as const
  return (['signIn', 'signOff', 'echo'] as const).map(name => {
    const echoes = ['trace', ...Object.keys(network[name]), ...parties]
    return {
      name,
      operation: name,
      is: what[name],
      ...types.network,
      identity: network[name],
      must: ['sentAt', 'trace', ...dated, ...Object.keys(network[name]), ...parties],
      may: name === 'signIn' ? ['operator', 'acquirerId', 'batch'] : ['acquirerId', 'batch'],
      replyMust: [...echoes, 'resultCode', ...(name === 'signIn' ? ['batch', 'keys'] : [])],
      refusalMust: [...echoes, 'resultCode'],
      replyMay: ['sentAt', ...dated, 'acquirerId', 'reference', 'batch', ...settled],
      echoes,
      sealed: false,
      reversible: false,
      counts: 'no',
    }
  })
}
