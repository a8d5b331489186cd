import type { Operation } from '../values/operation.ts'
import { malformation } from './format.ts'
import type { Policy } from './knobs.ts'
import type { Rule, Situation } from './rules.ts'

const offered: readonly (Operation | 'unknown')[] = [
  'signIn',
  'signOff',
  'echo',
  'inquire',
  'sale',
  'void',
  'refund',
  'reverse',
  'settle',
  'upload',
]
const needsNoSession: readonly (Operation | 'unknown')[] = ['signIn', 'signOff', 'echo']
const movesMoney: readonly (Operation | 'unknown')[] = ['inquire', 'sale', 'void', 'refund']

const otherBatch = ({ batchMismatch }: Policy): string => (batchMismatch === 'accept' ? '77' : batchMismatch)

/**
 * Steps 2 to 8 of the host's checks, in their order: what any request has to get past before anybody asks what it wants.
 *
 * @source requirement catalogue, section 10
 */
export const access: readonly Rule<Situation>[] = [
  {
    says: 'the operation is one of ours',
    code: '40',
    holds: ({ ask }) => ask.malformed !== undefined || offered.includes(ask.operation),
  },
  { says: 'the terminal is known', code: '97', holds: ({ ask, books }) => books.terminal(ask.terminalId ?? '') !== undefined },
  { says: 'the merchant is known', code: '03', holds: ({ ask, books }) => books.merchant(ask.merchantId ?? '') !== undefined },
  {
    says: 'terminal and merchant belong together',
    code: '97',
    holds: ({ ask, books }) => books.terminal(ask.terminalId ?? '')?.merchantId === ask.merchantId,
  },
  {
    says: 'the terminal is not blocked',
    code: '97',
    holds: ({ ask, books }) => books.terminal(ask.terminalId ?? '')?.state !== 'blocked',
  },
  {
    says: 'the terminal is signed in',
    code: '77',
    holds: ({ ask, books, policy }) =>
      !policy.signsOn || needsNoSession.includes(ask.operation) || books.session(ask.terminalId ?? '') !== undefined,
  },
  { says: 'the MAC is right', code: 'A0', holds: ({ ask }) => ask.mac === 'good' || ask.mac === 'not due' },
  { says: 'the request is well formed', code: '30', holds: ({ ask, dialect }) => malformation(ask, dialect) === undefined },
  {
    says: 'the batch is the one in use',
    code: '77',
    coded: otherBatch,
    holds: ({ ask, books, policy }) =>
      !movesMoney.includes(ask.operation) ||
      (policy.batchMismatch === 'accept'
        ? !books.batches.isClosed(ask.terminalId ?? '', ask.batch ?? '')
        : books.batches.current(ask.terminalId ?? '').number === ask.batch),
  },
  {
    says: 'the batch is not being settled',
    code: '77',
    coded: otherBatch,
    holds: ({ ask, books }) =>
      !movesMoney.includes(ask.operation) || books.batches.current(ask.terminalId ?? '').state === 'open',
  },
  {
    says: 'the terminal may do this',
    code: '58',
    holds: ({ ask, books, policy }) =>
      (ask.operation !== 'refund' || policy.supports.has('refund')) &&
      (ask.operation !== 'inquire' || policy.supports.has('balance')) &&
      !books.terminal(ask.terminalId ?? '')?.terminal.without?.some(operation => operation === ask.operation),
  },
]
