import { InvalidArgumentError } from 'commander'
import { type LoadOptions, loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { hasCredentials, lacksPort } from '../values/address.ts'
import { neededKnobs } from '../verdict/applicability.ts'
import { rows } from '../verdict/requirements/index.ts'
import { where } from '../where.ts'
import { UsageError } from './complaint.ts'

/**
 * The profile that a command works with, checked against the requirement set: its knobs for every applicable row, its deviations by id.
 *
 * @param file  The reference profile unless given.
 * @throws ProfileError
 */
export function checkedProfile(
  file: string = where.referenceProfile,
  addresses: Pick<LoadOptions, 'endpoint' | 'control'> = {},
): Promise<Profile> {
  return loadProfile(file, {
    ...addresses,
    neededKnobs: profile => neededKnobs(rows, profile),
    requirements: [...new Set(rows.map(({ id }) => id))],
  })
}

/**
 * Parses an option that is a URL.
 *
 * @throws InvalidArgumentError, UsageError
 */
export function urlOption(text: string): URL {
  if (!/^(tcp|tls|wss?|https?):\/\//.test(text) || !URL.canParse(text) || new URL(text).hostname === '')
    throw new InvalidArgumentError('A URL such as tcp://127.0.0.1:8583 is needed.')
  const url = new URL(text)
  if (hasCredentials(url))
    throw new UsageError(
      `the address ${url.protocol}//…@${url.host} has a user name or a password in it`,
      'Leave them out: addresses are printed, and kept with every run. Credentials of an HTTP interface belong to the parties of its mapping.',
    )
  if (lacksPort(url))
    throw new UsageError(
      `the address ${url.href} has no port`,
      `Write it behind the name, such as ${url.href}:8583; tcp:// and tls:// have no usual one.`,
    )
  return url
}

/** Parses an option that is a TCP port; 0 lets the system choose. */
export function portOption(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
