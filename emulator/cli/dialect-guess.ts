import { Command } from 'commander'
import type { Guess } from '../dialect-tools/guess.ts'
import { guessAll } from '../dialect-tools/guess-all.ts'
import { flow, type Proposal, proposalOf } from '../dialect-tools/proposal.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { dialectFrom } from './dialect-input.ts'
import { exit } from './exit.ts'
import { print, printJson } from './output.ts'
import { type Sample, samplesFrom } from './samples.ts'

type Options = Readonly<{ dialect?: string; text?: true; most: string; json?: true }>

/** `tillproof dialect guess`: framing, encoding and dialect that samples may have, with the reasons. */
export function dialectGuessCommand(): Command {
  return new Command('guess')
    .description('propose framing, encoding and dialect of captured frames, by trying all of them')
    .argument('<sample...>', 'frames: hex digits, or files with bytes, hex, or a frame in hex on each line')
    .option('--dialect <file>', 'a dialect to try beside the built-in ones')
    .option('--text', 'samples are text, a byte for each character, and not hex digits that stand for bytes')
    .option('--most <n>', 'how many guesses to show', '5')
    .option('--json', 'as one JSON document')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof dialect guess 005960000600006031003110010800…
  $ tillproof dialect guess captured.hex                      several frames of one acquirer, one on each line
  $ tillproof dialect guess --text 0200723C048028C08000…      a frame that is text
  $ tillproof dialect guess captured.hex --json

Hex digits that make no frame are tried as text too. A capture begins at the first byte of a frame, its length included.

Exit codes: 0 the first guess reads every sample to its end and writes it again alike · 3 none does · 5 a sample has no bytes`,
    )
    .action(async (given: readonly string[], { dialect, text, most, json }: Options) => {
      const own = dialect === undefined ? [] : [await dialectFrom({ dialect, set: [] })]
      const samples = await samplesFrom(given, process.stdin, text === true)
      const guesses = guessesOf(samples, own, Math.max(1, Number(most) || 5), text === true)
      if (json) printJson({ guesses: guesses.map(each => ({ ...shown(each), proposal: proposalOf(each) })) })
      else print(guesses.length === 0 ? nothing : guessText(guesses))
      if (guesses[0]?.exact !== true) process.exitCode = exit.inconclusive
    })
}

const nothing = `No message of ISO 8583 begins anywhere in it: there is no message type followed by a bitmap.
Is it the beginning of a frame, its length included? Is it encrypted, or HTTP?`

/** Hex digits may be the characters of the frame themselves, as a log shows them. */
function guessesOf(samples: readonly Sample[], own: readonly Dialect[], most: number, asText: boolean): readonly Guess[] {
  const guesses = guessAll(
    samples.map(({ frame }) => frame),
    { own, most },
  )
  if (asText || guesses[0]?.exact) return guesses
  const texts = samples.map(({ frame }) => Buffer.from(Buffer.from(frame).toString('hex').toUpperCase(), 'latin1'))
  const asCharacters = guessAll(texts, { own, most }).map(each => ({
    ...each,
    reasons: ['its hex digits are the characters of the frame themselves: give it with --text', ...each.reasons],
  }))
  return asCharacters[0]?.exact ? asCharacters : guesses
}

/** A header that was guessed wrong may be the middle of a card number: beyond a few bytes it is shown only where the rest proves it. */
function shown(guess: Guess): Guess {
  const { header } = guess.framing
  return guess.exact || header.length <= 12
    ? guess
    : { ...guess, framing: { ...guess.framing, header: `${header.length / 2} bytes` } }
}

function guessText(guesses: readonly Guess[]): string {
  const rows = guesses.map(shown).map((each, at) => rowOf(each, at + 1))
  const table = columns([
    ['', 'score', 'dialect', 'length', 'counts', 'TPDU', 'header', 'digits', 'lengths', 'bitmap', 'message', 'read'],
    ...rows,
  ])
  const [best] = guesses
  if (best === undefined) return table
  return [table, '', 'Why the first:', ...best.reasons.map(each => `  ${each}`), '', ...proposalText(proposalOf(best))].join('\n')
}

function rowOf({ score, dialect, framing, encoding, mti, transaction, read, of, exact }: Guess, no: number): readonly string[] {
  const { length, lengthCounts, tpdu, header } = framing
  const message = transaction === 'unknown' ? mti : transaction
  const written = `${read} of ${of}${exact ? ', exact' : ''}`
  const counts = length === 'none' || length === 'STX ETX LRC' ? '-' : lengthCounts
  return [
    String(no),
    String(score),
    dialect,
    length,
    counts,
    tpdu || '-',
    header || '-',
    encoding.digits,
    encoding.prefix,
    encoding.bitmap,
    message,
    written,
  ]
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map(row => row[at]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function proposalText(proposal: Proposal): readonly string[] {
  if (proposal.is === 'dialect file')
    return [
      'Write a dialect file (no setting writes so), and name it as `dialect:` in the profile:',
      ...proposal.text
        .trimEnd()
        .split('\n')
        .map(line => `  ${line}`),
    ]
  const { dialect, settings } = proposal
  const written = Object.keys(settings).length === 0 ? dialect : `{ id: ${dialect}, settings: ${flow(settings)} }`
  return ['Write in the profile:', `  dialect: ${written}`]
}
