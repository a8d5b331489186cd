import { randomBytes } from 'node:crypto'
import { Command, Option } from 'commander'
import { hostFor } from '../bench/reach.ts'
import { diallingDoor } from '../host/doors.ts'
import { hostFaults } from '../host/faults.ts'
import { type HostOptions, startHost } from '../host/host.ts'
import type { Approval } from '../host/portal/office.ts'
import type { PortalOptions } from '../host/portal/portal.ts'
import { testStaff } from '../host/portal/staff.ts'
import { didYouMean } from '../profile/near.ts'
import type { Profile } from '../profile/profile.ts'
import { isEmulatorError } from '../values/errors.ts'
import { Secret } from '../values/secret.ts'
import { UsageError } from './complaint.ts'
import { interrupted } from './interrupt.ts'
import { notify, print } from './output.ts'
import { checkedProfile, portOption, urlOption } from './profile.ts'

type Options = Readonly<{
  profile?: string
  port: number
  controlPort: number
  portalPort?: number
  portalApproval: Approval
  dial?: URL
  fault: readonly string[]
  seed?: string
  db?: string
  dbKey?: string
}>

/** `tillproof host`: the reference acquirer on its own, on a real clock, until it is interrupted. */
export function hostCommand(): Command {
  return new Command('host')
    .description('run the reference acquirer on its own, good or with faults')
    .option('--profile <file>', 'whose merchants, terminals, cards, knobs and door it has (default: the reference profile)')
    .option('--port <n>', 'the port that terminals connect to; 0: any free one', portOption, 0)
    .option('--control-port <n>', 'the port of its ledger and controls; 0: any free one', portOption, 0)
    .option('--portal-port <n>', "the port of the merchants' back office; 0: any free one (default: none)", portOption)
    .addOption(
      new Option('--portal-approval <by>', 'who has to agree to what a clerk asks for')
        .choices(['second person', 'none'] satisfies readonly Approval[])
        .default('second person'),
    )
    .option('--dial <url>', 'dial in at terminals that listen there, such as tcp://127.0.0.1:9000, instead of a port', urlOption)
    .option('--fault <name...>', 'misbehave in these ways (`tillproof faults` lists them)', faultNames, [])
    .option('--seed <text>', 'what its keys and numbers are drawn from')
    .option('--db <file>', 'keep the books in this file; card numbers and keys in it are sealed')
    .option('--db-key <env:NAME>', 'the key to seal them with: 64 hex digits in an environment variable', sealingKeyName)
    .addHelpText(
      'after',
      `
Examples:
  $ tillproof host --port 8583 --control-port 8584
  $ tillproof host --port 8583 --fault 'approves a second void'
  $ DB_KEY=$(openssl rand -hex 32) tillproof host --db books.sqlite --db-key env:DB_KEY

  $ tillproof host --port 8583 --portal-port 8585                       with the merchants' back office

  $ tillproof host --profile fixtures/profiles/websocket.yaml           through the door of that profile

Prints {"port":8583,"controlPort":8584,"endpoint":"tcp://127.0.0.1:8583"} when both ports are open, and the
address of the back office as "portal" where there is one.`,
    )
    .action(async (options: Options) => {
      const profile = await checkedProfile(options.profile)
      const seed = options.seed ?? randomBytes(8).toString('hex')
      if (options.dial !== undefined && profile.door !== 'tcp')
        throw new UsageError(
          `a host that dials in does so over tcp://; ${profile.name} has the door ${profile.door}`,
          'Leave --dial out, or use a profile with the door tcp.',
        )
      const host = await startHost(hostOptions(profile, options, seed)).catch(explained)
      const office = portalOptions(profile, options, seed)
      const portal = office && (await host.openPortal(office).catch(thrown => host.close().then(() => explained(thrown))))
      notify(
        `tillproof host: ${profile.name}, seed ${seed}${options.fault.length === 0 ? '' : `, faults: ${options.fault.join(', ')}`}`,
      )
      for (const { name, password } of office?.staff ?? []) notify(`back office: ${name}, password ${password.reveal()}`)
      const { port, controlPort, endpoint } = host
      print(JSON.stringify({ port, controlPort, endpoint, ...(portal && { portal: portal.url }) }))
      await interrupted()
      await host.close()
    })
}

/** The back office of a test host, whose staff follows from the seed. */
function portalOptions({ merchants }: Profile, { portalPort, portalApproval }: Options, seed: string): PortalOptions | undefined {
  return portalPort === undefined ? undefined : { port: portalPort, approval: portalApproval, staff: testStaff(merchants, seed) }
}

/** A port that somebody else has is the usual reason why a host does not start. */
function explained(thrown: unknown): never {
  const found = isEmulatorError(thrown, 'LINK_FAILED') ? /EADDRINUSE.*:(\d+)$|:(\d+): EADDRINUSE/.exec(thrown.message) : undefined
  const taken = found?.[1] ?? found?.[2]
  if (taken === undefined) throw thrown
  throw new UsageError(`port ${taken} is in use already`, 'Choose another, or 0 for any free one.', { cause: thrown })
}

/** Lines that a host which dials keeps open: each till of a worker has one. */
const lines = 3

/** What a profile says of an acquirer, as options of the one that we bring. */
function hostOptions(profile: Profile, { port, controlPort, dial, fault, db, dbKey }: Options, seed: string): HostOptions {
  const cards = profile.cards.map(({ holder, pan, expiry, pin, funds }) => ({
    holder,
    pan,
    expiry,
    ...(pin === undefined ? {} : { pin }),
    ...(funds === undefined ? {} : { funds }),
  }))
  return {
    book: { merchants: profile.merchants, cards },
    ...hostFor(profile),
    ...(dial === undefined ? {} : { door: diallingDoor(dial, lines) }),
    knobs: profile.knobs,
    supports: profile.supports,
    port,
    controlPort,
    faults: [...fault],
    seed,
    clock: 'real',
    onNote: notify,
    ...(db === undefined ? {} : { db: { file: db, key: sealingKey(dbKey) } }),
  }
}

function faultNames(name: string, earlier: readonly string[]): readonly string[] {
  const known = hostFaults.map(({ id }) => id)
  const bare = name.replace(/^host:/, '')
  if (!known.includes(bare)) throw new UsageError(`the host has no fault "${name}"`, didYouMean(bare, known))
  return [...earlier, bare]
}

function sealingKeyName(text: string): string {
  if (!/^env:\w+$/.test(text))
    throw new UsageError('a key on the command line can be read by others', 'Write --db-key env:NAME, and set NAME.')
  return text.slice('env:'.length)
}

function sealingKey(name: string | undefined): Secret {
  if (name === undefined)
    throw new UsageError('a file of books needs a key to seal what is secret in it', 'Add --db-key env:NAME.')
  const text = process.env[name]
  if (text === undefined || !/^[0-9a-fA-F]{64}$/.test(text)) {
    throw new UsageError(
      `${name} does not hold 64 hex digits`,
      `Set it, for instance ${name}=$(openssl rand -hex 32), and keep it: without it the file cannot be read.`,
    )
  }
  return new Secret(text)
}
