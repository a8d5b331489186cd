import { Command, Option } from 'commander'
import { dialectById, dialectIds } from '../dialects/index.ts'
import type { Start } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import { toJson } from '../wire/frame-json.ts'
import { layoutOf } from '../wire/layout.ts'
import { UsageError } from './complaint.ts'
import { exit } from './exit.ts'
import { frameFrom } from './frame-input.ts'
import { print, printJson } from './output.ts'

type Options = Readonly<{ dialect: string; json?: true; reveal: boolean; from: Start }>

/**
 * `tillproof decode`: one frame, laid out field by field. A frame that cannot be read to its end is laid out up to the byte where reading
 * stopped, and the exit code is 3.
 */
export function decodeCommand(): Command {
  return new Command('decode')
    .description('lay one frame out, field by field, with offsets and remarks')
    .argument('<frame>', 'hex digits, the name of a file with the bytes or their hex, or - for standard input')
    .addOption(dialectOption())
    .addOption(
      new Option('--from <start>', 'where the frame begins').choices(['length', 'tpdu', 'header', 'mti']).default('length'),
    )
    .option('--json', 'as one JSON document, which encode takes back when it was made with --reveal')
    .option('--reveal', 'show card numbers, tracks and other secrets in clear', false)
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof decode --dialect unionpay-pos frame.bin
  $ tillproof decode --dialect unionpay-pos --from mti 0800…
  $ tillproof decode --dialect unionpay-pos --json --reveal frame.bin | tillproof encode --dialect unionpay-pos -

Exit codes: 0 read to its end · 3 reading stopped, the layout says where and why · 5 no frame was given`,
    )
    .action(async (argument: string, { dialect: id, json, reveal, from }: Options) => {
      const dialect = dialectById(id)
      const frame = await frameFrom(argument, process.stdin)
      if (frame.length === 0) throw new UsageError('there are no bytes to decode', 'Give the bytes of one frame.')
      const decoded = codecFor(dialect).decode(frame, { from })
      if (json) printJson(toJson(dialect, decoded, { reveal }))
      else print(layoutOf(dialect, frame, decoded, { reveal }))
      if (!decoded.ok) process.exitCode = exit.inconclusive
    })
}

/** The dialect that a frame is read or written in. */
export function dialectOption(): Option {
  return new Option('--dialect <id>', `the dialect of the message: ${dialectIds.join(', ')}`).makeOptionMandatory()
}
