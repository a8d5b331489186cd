import { Command } from 'commander'
import { where } from '../where.ts'
import { certifyCommand } from './certify.ts'
import { complaintOf } from './complaint.ts'
import { decodeCommand } from './decode.ts'
import { dialectCommand } from './dialect.ts'
import { encodeCommand } from './encode.ts'
import { exit } from './exit.ts'
import { faultsCommand } from './faults.ts'
import { hostCommand } from './host.ts'
import { initCommand } from './init.ts'
import { judgeCommand } from './judge.ts'
import { mergeCommand } from './merge.ts'
import { notify, stopQuietlyWithReader } from './output.ts'
import { preflightCommand } from './preflight.ts'
import { certificateCommand } from './print-certificate.ts'
import { requirementsCommand } from './requirements.ts'
import { terminalCommand } from './terminal.ts'

const commands: readonly (() => Command)[] = [
  initCommand,
  certifyCommand,
  preflightCommand,
  judgeCommand,
  certificateCommand,
  mergeCommand,
  faultsCommand,
  hostCommand,
  terminalCommand,
  decodeCommand,
  encodeCommand,
  dialectCommand,
  requirementsCommand,
]

const examples = `
Examples:
  $ tillproof certify                                        certify the reference host and write a report
  $ tillproof certify --profile my-acquirer.yaml             certify an acquirer
  $ tillproof certificate reports/latest                     the certificate of that run on paper, as a PDF
  $ tillproof host --port 8583                               run the reference host on its own
  $ tillproof terminal                                       the terminal on a page, to take into your hands
  $ tillproof decode --dialect unionpay-pos frame.bin        lay a frame out, field by field
  $ tillproof dialect guess captured.hex                     what an acquirer speaks, from a captured frame
  $ tillproof requirements --profile my-acquirer.yaml        what is certified, and what covers it

Exit codes: 0 all as required · 1 the acquirer failed · 2 our own error · 3 inconclusive or interrupted · 5 profile or arguments
`

/** @returns the whole command line, ready to parse; nothing exits the process. */
export function program(): Command {
  const root = new Command('tillproof')
    .description("Certifies a card acquirer's host from the terminal's side.")
    .version(where.version)
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false)
    .hook('preAction', heedNoColor)
  for (const make of commands) {
    const command = make().copyInheritedSettings(root)
    for (const sub of command.commands) sub.copyInheritedSettings(command)
    root.addCommand(command)
  }
  return root
}

/** Everything that paints, worker threads too, looks at NO_COLOR. */
function heedNoColor(root: Command): void {
  if (root.opts<Readonly<{ color: boolean }>>().color === false) process.env.NO_COLOR = '1'
}

/**
 * Runs one command line.
 *
 * @param argv  Without `node` and the script.
 * @returns     The exit code; commands set another than 0 as `process.exitCode`.
 */
export async function run(argv: readonly string[]): Promise<number> {
  stopQuietlyWithReader()
  try {
    await program().parseAsync(argv, { from: 'user' })
    return Number(process.exitCode ?? exit.ok)
  } catch (thrown) {
    const { text, code } = complaintOf(thrown, { stack: (process.env.TILLPROOF_STACK ?? '') !== '' })
    if (text !== '') notify(text)
    return code
  }
}
