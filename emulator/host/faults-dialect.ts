import { toEbcdic } from '../wire/ebcdic.ts'
import type { Ask } from './ask.ts'
import type { Fault } from './fault.ts'
import { without } from './rulebook.ts'

/** Whether the type of a request says that it was sent before: 0201, 0401, 1421. */
const isRepeatType = ({ mti }: Ask): boolean => mti.endsWith('1')

/** Bytes of the length before a frame in the profiles of ISO 8583. */
const lengthBytes = 2

/** Mistakes that a host can only make in one dialect: about types of repeats, original data elements, action codes, alphabets. */
export const dialectFaults: readonly Fault[] = [
  {
    id: 'answers a repeat type with a type of its own',
    says: 'A 0201 is answered by a 0211, a 0401 by a 0411',
    under: 'iso8583-1987-ascii',
    breaks: ['MSG-001', 'MSG-002'],
    moneyAtRisk: 'none',
    reply: (reply, { ask }) => (isRepeatType(ask) ? { mti: `${reply.mti.slice(0, 3)}1`, fields: reply.fields } : reply),
  },
  {
    id: 'does not know repeat types',
    says: 'A request whose type says that it is a repeat is refused as an unknown operation',
    under: 'iso8583-1987-ascii',
    breaks: ['DUP-018', 'REV-009'],
    moneyAtRisk: 'cardholder',
    ask: ask => (isRepeatType(ask) ? { ...ask, operation: 'unknown' } : ask),
  },
  {
    id: 'takes a repeat type for a new transaction',
    says: 'A request whose type says that it is a repeat is executed again, under a trace number of the host’s own',
    under: 'iso8583-1987-ascii',
    breaks: ['MSG-002', 'DUP-001'],
    moneyAtRisk: 'cardholder',
    ask: ask => (isRepeatType(ask) && ask.operation !== 'reverse' ? { ...ask, trace: `9${ask.trace?.slice(1)}` } : ask),
  },
  {
    id: 'puts its own time into its answers',
    says: 'Local time and date of an answer are the host’s, not those of the request',
    under: 'iso8583-1987-ascii',
    breaks: ['MSG-003'],
    moneyAtRisk: 'none',
    reply: ({ mti, fields }) => ({ mti, fields: { ...fields, localTime: '235959', localDate: '1231' } }),
  },
  {
    id: 'does not look at the original data elements',
    says: 'The reference alone finds the original of a void, whatever field 90 says',
    under: 'iso8583-1987-bcd',
    breaks: ['MSG-010', 'MSG-011'],
    moneyAtRisk: 'merchant',
    rules: rules => without(rules, 'void', 'the trace is the same'),
  },
  {
    id: 'says in field 66 that all totals agree',
    says: 'The settlement code is always "in balance", and so is the result code',
    under: 'iso8583-1987-bcd',
    breaks: ['SETL-017', 'LEDG-005'],
    moneyAtRisk: 'merchant',
    reply: ({ mti, fields }) => ({
      mti,
      fields: fields.settlementResult === undefined ? fields : { ...fields, settlementResult: '1', resultCode: '00' },
    }),
  },
  {
    id: 'answers in EBCDIC',
    says: 'Requests in ASCII get answers in EBCDIC',
    under: 'iso8583-1987-ascii',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: frame => {
      const other = frame.slice()
      toEbcdic(other, lengthBytes, other.length)
      return other
    },
  },
  {
    id: 'forgets that it has a second bitmap',
    says: 'Fields above 64 are sent, but the first bit of the bitmap does not say so',
    under: 'iso8583-1987-bcd',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: frame => {
      const other = frame.slice()
      // After the length and a packed message type.
      other[lengthBytes + 2] = (other[lengthBytes + 2] ?? 0) & 0x7f
      return other
    },
  },
  {
    id: 'refuses a duplicate with the code of a malfunction',
    says: 'An exact repeat is refused with action code 909, on which a terminal would try again',
    under: 'iso8583-1993',
    breaks: ['DUP-003'],
    moneyAtRisk: 'none',
    reply: ({ mti, fields }) => ({ mti, fields: fields.resultCode === '94' ? { ...fields, resultCode: '909' } : fields }),
  },
]
