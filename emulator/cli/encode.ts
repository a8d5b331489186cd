import { Command } from 'commander'
import { toHex } from '../values/hex.ts'
import { codecFor } from '../wire/codec-of.ts'
import { fromJson } from '../wire/frame-json.ts'
import { UsageError } from './complaint.ts'
import { type DialectChoice, dialectFrom, dialectOptions } from './dialect-input.ts'
import { textFrom } from './frame-input.ts'
import { print } from './output.ts'

/** `tillproof encode`: one frame as hex, from what `decode --json --reveal` prints. */
export function encodeCommand(): Command {
  const command = new Command('encode')
    .description('write one frame as hex, from the JSON that decode --json --reveal prints')
    .argument('<json>', 'the JSON, the name of a file with it, or - for standard input')
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof encode --dialect unionpay-pos message.json
  $ tillproof encode --dialect unionpay-pos '{"mti":"0820","fields":{"11":"000001"}}'
  $ tillproof encode --dialect iso8583-1987 --set "length=ascii 4" message.json

Needed are "mti" and "fields" by number; "frame" may hold "tpdu" and "header". The MAC is taken as given.`,
    )
    .action(async (argument: string, choice: DialectChoice) => {
      const dialect = await dialectFrom(choice)
      const { message, envelope, from } = fromJson(dialect, parsed(await textFrom(argument, process.stdin)))
      print(toHex(codecFor(dialect).encode(message, { envelope, from }).frame))
    })
  for (const option of dialectOptions()) command.addOption(option)
  return command
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // The parser quotes what it read, and that may hold a card number.
    const place = /position \d+(?: \(.*\))?/.exec(String(cause))?.[0]
    throw new UsageError(
      `this is not JSON${place === undefined ? '' : `, from ${place}`}`,
      'Give what `decode --json --reveal` prints.',
      { cause },
    )
  }
}
