import { where } from '../where.ts'

/** What decides how an acquirer behaves in a run, and what the run was limited to; seed, workers and folder are the affair of one run alone. */
type Begun = Readonly<{
  profile?: string
  endpoint?: URL
  control?: URL
  driver?: string
  waiting?: string
  fault?: string
  only?: readonly string[]
  tags?: string
}>

/**
 * The command that began a run, for a person to type once more: `npm run tillproof -- certify --profile my-host/profile.yaml`.
 *
 * Paths stand as they were given, so it belongs into the folder where the run was begun.
 */
export function begunBy({ profile, endpoint, control, driver, waiting, fault, only, tags }: Begun): string {
  const given = {
    '--profile': profile,
    '--endpoint': endpoint?.href,
    '--control': control?.href,
    '--driver': driver === 'direct' ? undefined : driver,
    '--waiting': waiting === 'skip' ? undefined : waiting,
    '--fault': fault,
    '--only': only?.join(','),
    '--tags': tags,
  }
  const program = where.extension === '.ts' ? 'npm run tillproof --' : 'tillproof'
  return [
    `${program} certify`,
    ...Object.entries(given).flatMap(([option, value]) => (value === undefined ? [] : [option, quoted(value)])),
  ].join(' ')
}

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
