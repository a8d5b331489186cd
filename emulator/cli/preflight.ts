import { Command } from 'commander'
import { hostFor } from '../bench/reach.ts'
import { bookOf } from '../bench/under-test.ts'
import { startHost } from '../host/host.ts'
import { climb } from '../preflight/ladder.ts'
import { placesIn } from '../preflight/place.ts'
import type { Rung } from '../preflight/rung.ts'
import { climbJson, climbText, rungText } from '../preflight/telling.ts'
import { patient } from '../preflight/waits.ts'
import { loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { where } from '../where.ts'
import { colourful, painter } from './colour.ts'
import { UsageError } from './complaint.ts'
import { type ExitCode, exit } from './exit.ts'
import { onInterrupt } from './interrupt.ts'
import { print, printJson } from './output.ts'
import { urlOption } from './profile.ts'

type Options = Readonly<{ profile?: string; endpoint?: URL; control?: URL; sale: boolean; json?: true }>

/** `tillproof preflight`: from the name of the acquirer to a sale and its undoing, one line per rung. */
export function preflightCommand(): Command {
  return new Command('preflight')
    .description('climb from the acquirer’s name to a sale and its undoing; stop where it breaks, with the setting to change')
    .option('--profile <file>', 'the acquirer (default: the reference profile, with our own host)')
    .option('--endpoint <url>', 'where the acquirer listens, instead of what the profile says', urlOption)
    .option('--control <url>', 'the control port of the acquirer, where it offers one', urlOption)
    .option('--no-sale', 'leave out the control sale: nothing that is about money is sent')
    .option('--json', 'print one JSON document at the end instead of a line per rung')
    .addHelpText(
      'after',
      `
Rungs: name · connect · TLS · upgrade (to WebSocket) · who speaks first · framing · header · echo · sign-in · keys · control sale · undone
Where a message gets no answer, other ways of framing it are tried, with echo and sign-in only. The control sale is of one unit of
the card's currency; it is voided at once, or reversed where nobody knows what became of it.

Examples:
  $ tillproof preflight --profile my-acquirer.yaml
  $ tillproof preflight --profile my-acquirer.yaml --no-sale
  $ tillproof preflight --profile my-acquirer.yaml --endpoint tcp://127.0.0.1:8583 --json

Exit codes: 0 every rung bears · 1 a rung is broken · 2 our own error · 3 interrupted · 5 profile or arguments`,
    )
    .action(async (options: Options) => {
      process.exitCode = await preflightWith(options)
    })
}

async function preflightWith({ profile: file, endpoint, control, sale, json }: Options): Promise<ExitCode> {
  const profile = await loadProfile(file ?? where.referenceProfile, {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(control === undefined ? {} : { control }),
  })
  if (profile.timing.role === 'server')
    throw new UsageError(
      'this acquirer dials in at the terminals, and preflight climbs only where the terminals dial',
      'Certify at once: `tillproof certify` waits for the acquirer.',
    )
  const own = profile.endpoint === undefined ? await ownHost(profile) : undefined
  const place = await placesIn(profile)
  const paint = painter(colourful(process.stdout, process.env))
  const at = profile.endpoint ?? own?.endpoint
  if (at === undefined) throw new TypeError('a host of ours has an endpoint')
  const { signal, over } = interruptible()
  if (json === undefined)
    print(`tillproof preflight: ${profile.name} at ${profile.endpoint === undefined ? 'the embedded reference host' : at.href}\n`)
  const told = (rung: Rung): void => {
    if (json === undefined) print(rungText(rung, place, paint))
  }
  const climbed = await climb({ profile, endpoint: at, waits: patient, sale, now: Date.now, told, signal })
  over()
  await own?.close()
  if (json === undefined) print(climbText(climbed, signal.aborted, paint))
  else printJson(climbJson(climbed, place))
  if (climbed.broken !== undefined || climbed.open !== undefined) return exit.failed
  return signal.aborted ? exit.inconclusive : exit.ok
}

/** Without an endpoint it is our own host that is looked at. */
function ownHost(profile: Profile) {
  return startHost({
    book: bookOf(profile),
    ...hostFor(profile),
    knobs: profile.knobs,
    supports: profile.supports,
    controlPort: 'none',
    seed: 'preflight',
    clock: 'real',
  })
}

function interruptible(): Readonly<{ signal: AbortSignal; over: () => void }> {
  const controller = new AbortController()
  return { signal: controller.signal, over: onInterrupt(() => controller.abort()) }
}
