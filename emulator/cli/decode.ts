import { Command, Option } from 'commander'
import type { Start } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import { toJson } from '../wire/frame-json.ts'
import { layoutOf } from '../wire/layout.ts'
import { UsageError } from './complaint.ts'
import { type DialectChoice, dialectFrom, dialectOptions } from './dialect-input.ts'
import { exit } from './exit.ts'
import { characters, frameFrom } from './frame-input.ts'
import { print, printJson } from './output.ts'

type Options = DialectChoice & Readonly<{ json?: true; reveal: boolean; from: Start; text?: true }>

/**
 * `tillproof decode`: one frame, laid out field by field. A frame that cannot be read to its end is laid out up to the byte where reading
 * stopped, and the exit code is 3.
 */
export function decodeCommand(): Command {
  const command = new Command('decode')
    .description('lay one frame out, field by field, with offsets and remarks')
    .argument('<frame>', 'hex digits, the name of a file with the bytes or their hex, or - for standard input')
    .addOption(
      new Option('--from <start>', 'where the frame begins').choices(['length', 'tpdu', 'header', 'mti']).default('length'),
    )
    .option('--text', 'the frame is text, a byte for each character, and not hex digits that stand for bytes')
    .option('--json', 'as one JSON document, which encode takes back when it was made with --reveal')
    .option('--reveal', 'show card numbers, tracks and other secrets in clear', false)
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof decode --dialect unionpay-pos frame.bin
  $ tillproof decode --dialect unionpay-pos --from mti 0800…
  $ tillproof decode --dialect iso8583-1987 --set "length=ascii 4" --text 00630800…
  $ tillproof decode --dialect iso8583-1987 --set encoding=bcd --set tpdu=6000030000 frame.bin
  $ tillproof decode --dialect my-acquirer.dialect.yaml frame.bin
  $ tillproof decode --dialect unionpay-pos --json --reveal frame.bin | tillproof encode --dialect unionpay-pos -

Exit codes: 0 read to its end · 3 reading stopped, the layout says where and why · 5 no frame was given`,
    )
    .action(async (argument: string, { json, reveal, from, text, ...choice }: Options) => {
      const dialect = await dialectFrom(choice)
      const frame = text ? await characters(argument, process.stdin) : await frameFrom(argument, process.stdin)
      if (frame.length === 0) throw new UsageError('there are no bytes to decode', 'Give the bytes of one frame.')
      const decoded = codecFor(dialect).decode(frame, { from })
      if (json) printJson(toJson(dialect, decoded, { reveal }))
      else print(layoutOf(dialect, frame, decoded, { reveal }))
      if (!decoded.ok) process.exitCode = exit.inconclusive
    })
  for (const option of dialectOptions()) command.addOption(option)
  return command
}
