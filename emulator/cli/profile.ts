import { InvalidArgumentError } from 'commander'
import { type LoadOptions, loadProfile } from '../profile/load.ts'
import type { Profile } from '../profile/profile.ts'
import { neededKnobs } from '../verdict/applicability.ts'
import { rows } from '../verdict/requirements/index.ts'
import { where } from '../where.ts'

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

/** Parses an option that is a URL. */
export function urlOption(text: string): URL {
  if (!URL.canParse(text)) throw new InvalidArgumentError('A URL such as tcp://127.0.0.1:8583 is needed.')
  return new URL(text)
}

/** Parses an option that is a TCP port; 0 lets the system choose. */
export function portOption(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}
