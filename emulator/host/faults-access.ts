import { nextBatch } from '../values/trace.ts'
import { answering } from './decision.ts'
import type { Fault } from './fault.ts'
import { debit, onlyFor } from './forging.ts'
import { without } from './rulebook.ts'

/** Mistakes about sign-in, keys and who may ask. */
export const accessFaults: readonly Fault[] = [
  {
    id: 'wrong check value at sign-in',
    says: 'The check value of the MAC key is not that of the key',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => {
      const name = reply.fields.keys === undefined ? 'private62' : 'keys'
      const keys = reply.fields[name]
      if (ask.operation !== 'signIn' || keys === undefined) return reply
      const last = keys.endsWith('0') ? '1' : '0'
      return { ...reply, fields: { ...reply.fields, [name]: keys.slice(0, -1) + last } }
    },
  },
  {
    id: 'opens a new batch at sign-in',
    says: 'A sign-in closes the batch in use, whatever is in it',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'merchant',
    decision: onlyFor('signIn', (decision, { ask, books }) => {
      const { terminalId } = ask
      const batch = terminalId === undefined ? undefined : books.batches.current(terminalId)
      if (terminalId === undefined || batch?.state !== 'open' || decision.answer.is !== 'answer' || decision.answer.code !== '00')
        return decision
      return {
        ...decision,
        answer: { ...decision.answer, fields: { ...decision.answer.fields, batch: nextBatch(batch.number) } },
        effects: [...decision.effects, { is: 'batch closed', terminalId, batch: batch.number, settled: 0n, funded: 0n }],
      }
    }),
  },
  {
    id: 'echo moves money',
    says: 'Each echo test takes one fen from the last card',
    breaks: ['SIGN-002', 'LEDG-001'],
    moneyAtRisk: 'cardholder',
    decision: onlyFor('echo', (decision, situation) => {
      const last = situation.books.transactions.at(-1)
      const ask = { ...situation.ask, ...(last && { pan: last.pan }), minor: 1n }
      return { ...decision, postings: debit({ ...situation, ask }, last?.id ?? 0) }
    }),
  },
  {
    id: 'does not answer an echo test',
    says: 'An echo test gets no answer',
    breaks: ['SIGN-002'],
    moneyAtRisk: 'none',
    decision: onlyFor('echo', decision => ({ ...decision, answer: { is: 'silence' } })),
  },
  {
    id: 'accepts a terminal that is not signed in',
    says: 'A terminal that has signed off may go on selling',
    breaks: ['SEC-001'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'access', 'the terminal is signed in'),
    ask: (ask, books) => (books.session(ask.terminalId ?? '') ? ask : { ...ask, mac: 'not due' }),
  },
  {
    id: 'accepts an unknown terminal',
    says: 'A terminal that nobody registered may sell',
    breaks: ['SEC-001'],
    moneyAtRisk: 'merchant',
    rules: all =>
      without(all, 'access', 'the terminal is known', 'terminal and merchant belong together', 'the terminal is signed in'),
    ask: (ask, books) => (books.terminal(ask.terminalId ?? '') ? ask : { ...ask, mac: 'not due' }),
  },
  {
    id: 'accepts an unknown merchant',
    says: 'Any merchant number is taken from a known terminal',
    breaks: ['SEC-001'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'access', 'the merchant is known', 'terminal and merchant belong together'),
  },
  {
    id: 'accepts a blocked terminal',
    says: 'A terminal that was blocked may go on selling',
    breaks: ['SEC-001'],
    moneyAtRisk: 'merchant',
    rules: all => without(all, 'access', 'the terminal is not blocked'),
  },
  {
    id: 'ignores the MAC',
    says: 'A wrong or missing MAC is taken for a right one',
    breaks: ['SEC-002'],
    moneyAtRisk: 'cardholder',
    ask: ask => (ask.mac === 'bad' || ask.mac === 'absent' ? { ...ask, mac: 'good' } : ask),
  },
  {
    id: 'accepts a missing MAC',
    says: 'A MAC is compared only where there is one',
    breaks: ['SEC-002'],
    moneyAtRisk: 'cardholder',
    ask: ask => (ask.mac === 'absent' ? { ...ask, mac: 'good' } : ask),
  },
  {
    id: 'accepts the old key',
    says: 'A MAC under the key from before the last sign-in is taken',
    breaks: ['SEC-004'],
    moneyAtRisk: 'cardholder',
    ask: ask => (ask.mac === 'of old keys' ? { ...ask, mac: 'good' } : ask),
  },
  {
    id: 'sends the track back',
    says: 'An answer carries track 2 of the card',
    breaks: ['SEC-005'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => {
      const { track2 } = ask.fields
      return track2 === undefined ? reply : { ...reply, fields: { ...reply.fields, track2 } }
    },
  },
  {
    id: 'answers a MAC error as a fault of its own',
    says: 'A wrong MAC is answered as a system fault, on which a terminal tries again instead of signing in',
    breaks: ['SEC-002'],
    moneyAtRisk: 'none',
    decision: decision =>
      decision.answer.is === 'answer' && decision.answer.code === 'A0' ? { ...decision, answer: answering('96') } : decision,
  },
]
