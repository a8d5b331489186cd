import { join } from 'node:path'
import { knownFaults } from '../bench/faults.ts'
import type { Language } from '../certificate/words.ts'
import type { Profile } from '../profile/profile.ts'
import { where } from '../where.ts'
import type { CertificateOptions } from './certificate.ts'
import { UsageError } from './complaint.ts'
import { browserFor } from './needed-browser.ts'
import { checkedProfile } from './profile.ts'
import type { Shard } from './shard.ts'

/** What the command line of `certify` says. */
export type CertifyOptions = Readonly<{
  profile?: string
  endpoint?: URL
  control?: URL
  only?: readonly string[]
  /** A feature of somebody's own, instead of the suite's. */
  onlyFile?: string
  tags?: string
  driver: 'direct' | 'page'
  waiting: 'skip' | 'real'
  seed?: string
  parallel: number
  shard?: Shard
  acquirer: 'shared' | 'own'
  /** The profiles of one host's doors; `true`: those of our own host. */
  doors?: readonly string[] | true
  fault?: string
  /** Whether to look at an acquirer that is not our own before the run begins; `controlSale`: with a sale that is undone. */
  preflight: boolean
  controlSale?: true
  out?: string
  /** The language of the certificate that is printed at the end; absent: none is. */
  pdf?: Language
  json?: true
  color?: boolean
}>

/**
 * The profile that is certified under. What no run can do is said before its first byte.
 *
 * @throws ProfileError, UsageError
 */
export async function profileOf(options: CertifyOptions): Promise<Profile> {
  const { endpoint, control, driver, fault } = options
  const profile = await checkedProfile(options.profile ?? profileOfFault(options), {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(control === undefined ? {} : { control }),
  })
  if (profile.endpoint?.protocol.startsWith('http') && profile.mapping === undefined)
    throw new UsageError(
      `nothing says how messages become calls of ${profile.endpoint.protocol}//`,
      'Write `dialect: http` and a `mapping` in the profile, or use an endpoint that begins with tcp://, tls://, ws:// or wss://.',
    )
  if (profile.timing.role === 'server' && options.parallel > 1)
    throw new UsageError(
      `--parallel ${options.parallel} would have ${options.parallel} workers listen at ${profile.endpoint?.href}`,
      'Where the acquirer dials in (`timing.role: server`), use one worker.',
    )
  if (driver === 'page') await browserFor('the page of the terminal')
  if (fault !== undefined && profile.endpoint !== undefined && fault.startsWith('host:'))
    throw new UsageError('a fault of our own host cannot be switched on at somebody else’s acquirer', 'Leave --endpoint out.')
  if (profile.backOffice !== undefined) await browserFor('the back office of the profile')
  return profile
}

/** A fault that shows under another profile than the reference's is certified under that one, unless told otherwise. */
function profileOfFault({ fault, endpoint }: CertifyOptions): string | undefined {
  const under = endpoint === undefined ? knownFaults.find(({ id }) => id === fault)?.under : undefined
  return under === undefined ? undefined : join(where.profiles, `${under}.yaml`)
}

/** What a run takes from the command line as it stands there. */
export function runOptions(
  options: CertifyOptions,
): Omit<CertificateOptions, 'profile' | 'seed' | 'directory' | 'begun' | 'share' | 'firstSet'> {
  const { endpoint, control, only, onlyFile, tags, driver, waiting, parallel, fault, json, color } = options
  return {
    driver,
    waiting,
    parallel,
    ...(endpoint === undefined ? {} : { endpoint: endpoint.href }),
    ...(control === undefined ? {} : { control: control.href }),
    ...(only === undefined ? {} : { only }),
    ...(onlyFile === undefined ? {} : { onlyFile }),
    ...(tags === undefined ? {} : { tags }),
    ...(fault === undefined ? {} : { fault }),
    ...(json === undefined ? {} : { json }),
    ...(color === undefined ? {} : { color }),
  }
}
