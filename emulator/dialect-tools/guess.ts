import type { Dialect, Encoding } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import { codecFor } from '../wire/codec-of.ts'
import { type Enveloped, envelopings } from './enveloped.ts'
import { type MessageStart, messageStarts } from './message-start.ts'
import { type Plausibility, plausibilityOf } from './plausibility.ts'
import { withStandardFields } from './standard-fields.ts'

/** What a sample may be: framing, encoding and dialect, how well they explain it, and why. */
export type Guess = Readonly<{
  /** 0 to 100: of what a sample that fits in every way would have. */
  score: number
  dialect: string
  /** Settings of the dialect for everything around the message, as a profile writes them. */
  framing: Readonly<Pick<Enveloped, 'length' | 'lengthCounts' | 'tpdu' | 'header'>>
  encoding: Encoding
  mti: string
  /** The message of the dialect, if it is one of them. */
  transaction: string
  /** Which side of it: a reply has the addresses of the TPDU in each other's place. */
  side: 'request' | 'reply' | 'unknown'
  /** Bytes of the message that were read, of how many. */
  read: number
  of: number
  /** Whether the message, written again, is the same to the byte. */
  exact: boolean
  reasons: readonly string[]
}>

/** A dialect to be tried; built-in ones, and those that a caller brings. */
const builtIn: readonly string[] = ['unionpay-pos', 'iso8583-1987', 'iso8583-1993']

/**
 * Proposes framing, encoding and dialect of a frame by trying them all, best first: those that read it to its last byte and write it again as it was
 * come before those that do not, and a length that is right before none.
 *
 * @param own  Dialects to try beside the built-in ones.
 * @returns    The best of each framing, encoding and dialect, at most `most` of them; none when nothing could be a message.
 */
export function guess(
  frame: Uint8Array,
  { own = [], most = 5 }: Readonly<{ own?: readonly Dialect[]; most?: number }> = {},
): readonly Guess[] {
  const starts = new Map<number, readonly MessageStart[]>()
  const startsAt = (at: number): readonly MessageStart[] => {
    const known = starts.get(at) ?? messageStarts(frame, at)
    starts.set(at, known)
    return known
  }
  const dialects = [...own, ...builtIn.map(id => dialectById(id))]
  const read = new Map<string, readonly Read[]>()
  const guesses: Guess[] = []
  for (const enveloped of envelopings(frame, at => startsAt(at).length > 0)) {
    const key = `${enveloped.from} ${enveloped.to}`
    const reads = read.get(key) ?? readings(frame.subarray(enveloped.from, enveloped.to), startsAt(enveloped.from), dialects)
    read.set(key, reads)
    for (const each of reads) guesses.push(guessOf(enveloped, each))
  }
  return guesses.sort((one, other) => other.score - one.score).slice(0, most)
}

type Read = Readonly<{ dialect: Dialect; encoding: Encoding; plausibility: Plausibility }>

/** A message under every dialect and encoding that its beginning allows; of each dialect only what is best. */
function readings(message: Uint8Array, starts: readonly MessageStart[], dialects: readonly Dialect[]): readonly Read[] {
  return dialects.flatMap(dialect => {
    const whole = withStandardFields(dialect)
    const all = starts
      .filter(({ mti }) => versionOf(dialect) === undefined || versionOf(dialect) === mti[0])
      .flatMap(start => encodings(dialect.encoding, start))
      .map((encoding): Read => {
        const tried = { ...whole, encoding }
        return { dialect, encoding, plausibility: plausibilityOf(tried, message, codecFor(tried)) }
      })
    return all.sort((one, other) => other.plausibility.weight - one.plausibility.weight).slice(0, 2)
  })
}

/** The first digit of its message types: the version of the standard. */
function versionOf({ messages }: Dialect): string | undefined {
  return messages[0]?.request[0]
}

const digitWritings = ['bcd', 'ascii', 'ebcdic'] as const
const prefixWritings = ['bcd', 'ascii', 'ebcdic', 'binary'] as const

/** Every encoding that begins a message in this way. Digits and lengths are mostly written as the type is, but not always. */
function encodings(own: Encoding, { type, bitmap }: MessageStart): readonly Encoding[] {
  return digitWritings.flatMap(digits =>
    prefixWritings.flatMap((prefix): readonly Encoding[] => {
      const characters = type === 'ebcdic' || digits === 'ebcdic'
      if (characters !== (prefix === 'ebcdic') && prefix !== 'binary' && prefix !== 'bcd') return []
      const { type: _type, ...rest } = own
      return [
        {
          ...rest,
          digits,
          ...(type === digits ? {} : { type }),
          prefix,
          bitmap,
          text: characters ? 'ebcdic' : own.text === 'ebcdic' ? 'latin1' : own.text,
          trackSeparator: digits === 'bcd' ? 'D' : '=',
        },
      ]
    }),
  )
}

function guessOf(
  { reasons, weight, length, lengthCounts, tpdu, header }: Enveloped,
  { dialect, encoding, plausibility }: Read,
): Guess {
  const { weight: worth, best, reasons: why, ...facts } = plausibility
  // A length that is right, the best that an envelope can bring, is worth 20, and a TPDU 6.
  const score = Math.max(0, Math.min(100, Math.round(((weight + worth) / (best + 20)) * 100)))
  return {
    score,
    dialect: dialect.id,
    framing: { length, lengthCounts, tpdu, header },
    encoding,
    ...facts,
    reasons: [...reasons, ...why],
  }
}
