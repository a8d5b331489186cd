import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { bookOf } from '../bench/under-test.ts'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import { type Host, type HostOptions, startHost } from '../host/host.ts'
import { loadProfile } from '../profile/load.ts'
import { ProfileError } from '../profile/problem.ts'
import type { Profile } from '../profile/profile.ts'
import { where } from '../where.ts'
import { type Change, written } from './diagnosis.ts'
import { climb } from './ladder.ts'
import { placesIn } from './place.ts'
import type { Climb } from './rung.ts'
import type { Waits } from './waits.ts'

/** A profile as it is written, before anybody looked at it. */
export type Written = {
  name: string
  endpoint: string
  dialect: string | { id: string; settings: Record<string, SettingValue> }
  merchants: { id: string; name: string; terminals: { id: string; set: number; masterKey: unknown }[] }[]
  cards: Record<string, unknown>[]
  supports: string[]
  knobs: Record<string, unknown>
} & Record<string, unknown>

/** Somebody to connect to. */
export type Acquirer = Readonly<{ endpoint: URL; close: () => Promise<void> }>

/**
 * One way in which a profile can be wrong: how the acquirer is, what the profile gets wrong, and the setting that has to be named first, with the
 * value where there is one to name.
 */
export type Misconfiguration = Readonly<{
  is: string
  acquirer: () => Promise<Acquirer>
  profile: (written: Written) => void
  /** Files that stand beside the profile. */
  files?: Readonly<Record<string, string>>
  names: string
  to?: SettingValue | ((endpoint: URL) => SettingValue)
  /** What the cause has to be called, where the setting alone says little. */
  cause?: string
  /** Why this one is not named, where it is known that it is not. */
  notNamed?: string
}>

/** Short, for what answers on this machine. */
export const waits: Waits = {
  connect: 2000,
  greeting: 100,
  answer: 1000,
  settle: 100,
  alternative: 400,
  alternatives: 9000,
  money: 1000,
}

const keyOf = (name: string) => ({ file: join(where.fixtures, 'keys', 'reference.yaml'), name })

/** A profile that suits our own host. */
export function rightProfile(endpoint: URL): Written {
  const terminal = (id: string) => ({ id, set: 1, masterKey: keyOf(id) })
  return {
    name: 'Misconfigured',
    endpoint: endpoint.href,
    dialect: { id: 'unionpay-pos', settings: {} },
    merchants: [
      { id: 'M00000000000001', name: 'Harbour Bookshop', terminals: [terminal('T0000001'), terminal('T0000002')] },
      { id: 'M00000000000002', name: 'Garden Tea House', terminals: [terminal('T0000003')] },
    ],
    cards: [
      { holder: 'Alice', pan: '6250930000000002', expiry: '3312', serviceCode: '120', pin: '123456', funds: '1000.00', set: 1 },
      { holder: 'Dora', pan: '6250930000000036', expiry: '3312', serviceCode: '120', pin: '456789', funds: '0.50', set: 1 },
      { holder: 'Mallory', pan: '6250946000000016', expiry: '3312', serviceCode: '120', pin: '000000', funds: '9.00', set: 1 },
    ],
    supports: ['core', 'tcs', 'balance', 'pin', 'void-pin', 'magstripe', 'mac', 'signon', 'operator', 'print'],
    knobs: {
      ...{ zone: 'Asia/Shanghai', voidWindow: 'same-business-day', voidScope: 'same-terminal', voidAmount: 'full-only' },
      ...{ voidCoding: 'iso-0200', dupMode: 'decline', dupKey: 'exact', replayMemory: 'batch', revUnknown: 'not-found' },
      ...{ revStan: 'same', revRetries: 3, respTimeout: { seconds: 60 }, voidTimeoutAction: 'reverse-void' },
      ...{ settle: 'tcs', totals: 'gross', refundBeforeSettle: 'refund', refundCeil: { percent: 100 }, supervisor: ['void'] },
    },
  }
}

/** The dialect of a written profile, to be changed. */
export function settingsOf(written: Written): Record<string, SettingValue> {
  if (typeof written.dialect === 'string') written.dialect = { id: written.dialect, settings: {} }
  return written.dialect.settings
}

export type HostChanges = Partial<HostOptions> &
  Readonly<{ dialectId?: string; settings?: Record<string, SettingValue>; stocked?: (book: Written) => void }>

/** Our own host, good, as it is when nothing else is said. Mallory has no account there. */
export async function host(changes: HostChanges = {}): Promise<Acquirer> {
  const started = await startedHost(changes)
  if (started.endpoint === undefined) throw new TypeError('a host with a port was expected')
  return { endpoint: started.endpoint, close: () => started.close() }
}

export async function startedHost({
  dialectId = 'unionpay-pos',
  settings = {},
  stocked,
  ...options
}: HostChanges): Promise<Host> {
  const book = rightProfile(new URL('tcp://127.0.0.1:1'))
  book.cards = book.cards.filter(({ holder }) => holder !== 'Mallory')
  stocked?.(book)
  const profile = await inFile(book, file => loadProfile(file))
  return startHost({
    book: bookOf(profile),
    dialect: dialectById(dialectId, settings),
    knobs: profile.knobs,
    supports: new Set([...profile.supports, 'balance']),
    controlPort: 'none',
    seed: 'misconfiguration',
    clock: 'virtual',
    ...options,
  })
}

/** What a run of one misconfiguration gave: the change that was named first, if any; how long it took. */
export type Outcome = Readonly<{
  named: Change | undefined
  endpoint: URL
  cause?: string
  says: string
  climbed?: Climb
  millis: number
}>

/** Loads the wrong profile, climbs, and tells which setting was named first, by the diagnosis or as advice. */
export async function misconfigured({ acquirer, profile: spoil, files, names }: Misconfiguration): Promise<Outcome> {
  const running = await acquirer()
  const written = rightProfile(running.endpoint)
  spoil(written)
  const began = performance.now()
  try {
    const outcome = await inFile(written, file => loadProfile(file).then(climbed, thrown => refused(thrown, names)), files)
    return { ...outcome, endpoint: running.endpoint, millis: performance.now() - began }
  } finally {
    await running.close()
  }
}

async function climbed(profile: Profile): Promise<Omit<Outcome, 'millis' | 'endpoint'>> {
  const { endpoint } = profile
  if (endpoint === undefined) throw new TypeError('a profile with an endpoint was expected')
  const result = await climb({ profile, endpoint, waits, sale: true, now: Date.now, told: () => undefined })
  const diagnoses = result.rungs.flatMap(rung =>
    rung.is === 'broken' ? [rung.diagnosis] : rung.is === 'held' ? rung.advice : [],
  )
  const last = diagnoses.at(-1)
  return {
    named: last?.changes[0],
    ...(last === undefined ? {} : { cause: last.cause }),
    says: last?.says ?? 'every rung bears',
    climbed: result,
  }
}

/** What is wrong with the file itself is found before the first byte; its place says which setting. */
async function refused(thrown: unknown, names: string): Promise<Omit<Outcome, 'millis' | 'endpoint'>> {
  if (!(thrown instanceof ProfileError)) throw thrown
  const { says, file, line } = thrown.problems[0]
  const place = (await placesIn({ file }))(names)
  return { named: { setting: place.line === line ? names : `line ${line}` }, says }
}

/** Loads what was written, as from a file of a user. */
export const loaded = (written: Written): Promise<Profile> => inFile(written, file => loadProfile(file))

async function inFile<T>(
  profile: Written,
  use: (file: string) => Promise<T>,
  files: Readonly<Record<string, string>> = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-preflight-'))
  const file = join(folder, 'profile.yaml')
  await writeFile(file, stringify(profile))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  try {
    return await use(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** `setting: value (says)`, for the failure of a test. */
export const outcomeText = ({ named, says }: Outcome): string => `${named === undefined ? 'nothing' : written(named)} (${says})`
