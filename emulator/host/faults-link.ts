import type { Fault } from './fault.ts'

/** Every second request of a terminal, by its trace number: what goes wrong half of the time is harder to find than what always does. */
const halfOfTheTime = (trace: string | undefined): boolean => Number(trace ?? 0) % 2 === 1

/** The length of a frame of ours: two bytes, high byte first. */
const lengthOf = (frame: Uint8Array): number => ((frame[0] ?? 0) << 8) | (frame[1] ?? 0)

function withLength(frame: Uint8Array, length: number): Uint8Array {
  const other = frame.slice()
  other[0] = length >> 8
  other[1] = length & 255
  return other
}

/** Mistakes about frames: what the rules decided was right, and what lies on the line is not. */
export const linkFaults: readonly Fault[] = [
  {
    id: 'counts the length bytes themselves half of the time',
    says: 'The length before every second answer counts its own two bytes too',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: (frame, { ask }) => (halfOfTheTime(ask.trace) ? withLength(frame, lengthOf(frame) + 2) : frame),
  },
  {
    id: 'writes the length low byte first',
    says: 'The length before an answer has its bytes in the other order',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: frame => withLength(frame, ((lengthOf(frame) & 255) << 8) | (lengthOf(frame) >> 8)),
  },
  {
    id: 'leaves the TPDU out of its answers',
    says: 'Answers begin with their header, where requests begin with a TPDU',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: frame => withLength(Buffer.concat([frame.subarray(0, 2), frame.subarray(7)]), lengthOf(frame) - 5),
  },
  {
    id: 'ends its answers a byte early',
    says: 'The last byte of every second answer is missing, and the length says so',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: (frame, { ask }) => (halfOfTheTime(ask.trace) ? withLength(frame.subarray(0, -1), lengthOf(frame) - 1) : frame),
  },
  {
    id: 'announces a field that it does not send',
    says: 'The bitmap of an answer has the bit of one field too many',
    breaks: ['SIGN-001'],
    moneyAtRisk: 'none',
    frame: frame => {
      const other = frame.slice()
      // Field 2 of a sign-in, field 1 of what has a card: neither is there.
      other[15] = (other[15] ?? 0) ^ 0x04
      return other
    },
  },
  {
    id: 'answers over the connection before',
    says: 'An answer leaves by the connection that was opened before the one that its request came over',
    breaks: ['SALE-001'],
    moneyAtRisk: 'cardholder',
    over: 'the connection before',
  },
]
