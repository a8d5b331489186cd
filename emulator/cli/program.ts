import { Command } from 'commander'
import { where } from '../where.ts'
import { complaintOf } from './complaint.ts'
import { exit } from './exit.ts'
import { notify, stopQuietlyWithReader } from './output.ts'

/** Each command by its name. What a command needs is loaded when it is called: a browser, a host, a codec take their time. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init.ts')).initCommand(),
  certify: async () => (await import('./certify.ts')).certifyCommand(),
  preflight: async () => (await import('./preflight.ts')).preflightCommand(),
  judge: async () => (await import('./judge.ts')).judgeCommand(),
  certificate: async () => (await import('./print-certificate.ts')).certificateCommand(),
  merge: async () => (await import('./merge.ts')).mergeCommand(),
  faults: async () => (await import('./faults.ts')).faultsCommand(),
  host: async () => (await import('./host.ts')).hostCommand(),
  terminal: async () => (await import('./terminal.ts')).terminalCommand(),
  decode: async () => (await import('./decode.ts')).decodeCommand(),
  encode: async () => (await import('./encode.ts')).encodeCommand(),
  dialect: async () => (await import('./dialect.ts')).dialectCommand(),
  requirements: async () => (await import('./requirements.ts')).requirementsCommand(),
}

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

/**
 * The command line, ready to parse; nothing exits the process.
 *
 * @param named  the command that is called: no other is loaded. Whoever names none, or one that there is not, gets to see them all.
 */
export async function program(named?: string): Promise<Command> {
  const root = new Command('tillproof')
    .description("Certifies a card acquirer's host from the terminal's side.")
    .version(where.version)
    .option('--no-color', 'no colours (NO_COLOR does the same)')
    .addHelpText('after', examples)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .showHelpAfterError(false)
    .hook('preAction', heedNoColor)
  const called = named === undefined || !Object.hasOwn(commands, named) ? undefined : commands[named]
  const loaded = await Promise.all((called === undefined ? Object.values(commands) : [called]).map(load => load()))
  for (const command of loaded) {
    command.copyInheritedSettings(root)
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
    const command = await program(argv.find(word => !word.startsWith('-')))
    await command.parseAsync(argv, { from: 'user' })
    return Number(process.exitCode ?? exit.ok)
  } catch (thrown) {
    const { text, code } = complaintOf(thrown, { stack: (process.env.TILLPROOF_STACK ?? '') !== '' })
    if (text !== '') notify(text)
    return code
  }
}
