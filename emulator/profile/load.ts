import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Dialect } from '../dialects/dialect.ts'
import type { Door } from '../values/door.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'
import { backOfficeOf, officeForJudging } from './back-office.ts'
import { cardsOf } from './cards.ts'
import { contradictions, type Known } from './contradictions.ts'
import { dialectOf } from './dialect-choice.ts'
import { KeyRing } from './keys.ts'
import { isEncrypted, lineContradictions } from './line-contradictions.ts'
import { mappingOf, mappingTerms } from './mapping-choice.ts'
import { type Problem, ProfileError } from './problem.ts'
import type { Merchant, Profile, ProfileTerminal } from './profile.ts'
import { profileForm, type WrittenProfile } from './schema.ts'
import { fit } from './shape.ts'
import { tlsOf, tlsTerms } from './tls.ts'
import { YamlFile } from './yaml-file.ts'

export type LoadOptions = Known &
  Readonly<{
    /** From the command line; they take the place of those in the file. */
    endpoint?: URL
    control?: URL
    /** Where `env:NAME` looks: the process environment unless given. */
    environment?: Readonly<Record<string, string | undefined>>
    /** The file of documented test numbers: ours unless given. */
    testNumbers?: string
  }>

type Gathered<T> = Readonly<{ found: T; problems: readonly Problem[] }>

/**
 * Reads a profile and everything it refers to, and checks it as a whole.
 *
 * @throws ProfileError with every problem at once, each with its place and a hint
 */
export async function loadProfile(file: string, options: LoadOptions = {}): Promise<Profile> {
  const source = await YamlFile.read(file)
  const { value: written, problems } = fit(source, profileForm)
  if (written === undefined) return refuse(problems)

  const dialect = await dialectOf(source, written, options.requirements)
  const environment = options.environment ?? process.env
  const merchants = await merchantsOf(source, written, environment)
  const cards = await cardsOf(source, written.cards, {
    allowRealCards: written.allowRealCards,
    testNumbers: options.testNumbers ?? where.testNumbers,
  })
  const tls = await tlsOf(source, written.tls, environment)
  const mapped = await mappingOf(source, written, environment)
  const reached = addresses(written, options)
  const office = await backOfficeOf(source, written, { environment, endpoint: reached.endpoint })
  const found = [
    ...dialect.problems,
    ...merchants.problems,
    ...cards.problems,
    ...tls.problems,
    ...mapped.problems,
    ...office.problems,
  ]
  // What the rows need can only be asked of a dialect that is there.
  if (dialect.speaks === undefined) return refuse(found)
  const terms = {
    ...termsOf(source, written, dialect, reached),
    ...mappingTerms(dialect.speaks, mapped.found),
  }
  const profile: Profile = {
    ...terms,
    sha256: await fingerprint(source, [dialect.found.file, mapped.found?.file, office.ownPages]),
    ...(terms.tls === undefined ? {} : { tls: tls.found }),
    merchants: merchants.found,
    cards: cards.found,
    ...(office.found && { backOffice: office.found }),
  }
  const all = [...found, ...lineContradictions(source, written, profile), ...contradictions(source, profile, options)]
  return all.length > 0 ? refuse(all) : profile
}

/**
 * The part of a profile by which a journal is judged: flags, knobs, dialect and deviations. Keys and cards are neither needed nor read, so the copy
 * beside a journal will do.
 *
 * @throws ProfileError
 */
export async function loadForJudging(file: string): Promise<Profile> {
  const source = await YamlFile.read(file)
  const { value: written, problems } = fit(source, profileForm)
  if (written === undefined) return refuse(problems)
  const dialect = await dialectOf(source, written)
  if (dialect.speaks === undefined) return refuse(dialect.problems)
  const { endpoint: _endpoint, control: _control, ...terms } = termsOf(source, written, dialect, addresses(written, {}))
  const mapped = await mappingOf(source, written, 'not kept with a run')
  if (mapped.problems.length > 0) return refuse(mapped.problems)
  const backOffice = officeForJudging(source, written)
  return {
    ...terms,
    ...mappingTerms(dialect.speaks, mapped.found),
    merchants: [],
    cards: [],
    ...(backOffice && { backOffice }),
  }
}

/** Of the profile's bytes, and of those of its dialect, mapping and pages file: two runs by one fingerprint were judged by the same. */
async function fingerprint({ bytes }: YamlFile, others: readonly (string | undefined)[]): Promise<string> {
  const hash = createHash('sha256').update(bytes)
  for (const file of others) if (file !== undefined) hash.update(await readFile(file))
  return hash.digest('hex')
}

/** All that is no secret and stands in no other file. */
function termsOf(
  { file, bytes }: YamlFile,
  written: WrittenProfile,
  { found, speaks }: Readonly<{ found: Profile['dialect']; speaks: Dialect }>,
  reached: Pick<Profile, 'endpoint' | 'control'>,
): Omit<Profile, 'merchants' | 'cards'> {
  const door = reached.endpoint === undefined ? (written.door ?? 'tcp') : doorOf(reached.endpoint)
  return {
    ...reached,
    name: written.name,
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    dialect: found,
    speaks,
    door,
    ...(isEncrypted(door) ? { tls: tlsTerms(written.tls) } : {}),
    supports: flagsOf(written, speaks),
    knobs: written.knobs,
    businessDay: written.businessDay ?? (written.supports.includes('control-day') ? 'control' : 'none'),
    timing: written.timing ?? { connection: 'per operation', role: 'client' },
    deviations: written.deviations,
  }
}

function refuse(problems: readonly Problem[]): never {
  const [first, ...rest] = problems
  if (first === undefined) throw new RangeError('a profile is refused for at least one problem')
  throw new ProfileError([first, ...rest])
}

async function merchantsOf(
  source: YamlFile,
  { merchants }: WrittenProfile,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Gathered<readonly Merchant[]>> {
  const keys = new KeyRing({ environment, fixtures: where.fixtures })
  const problems: Problem[] = []
  const found: Merchant[] = []
  for (const [nth, { id, name, terminals }] of merchants.entries()) {
    const equipped: ProfileTerminal[] = []
    for (const [at, { masterKey, ...terminal }] of terminals.entries()) {
      const key = await keys.find(source, ['merchants', nth, 'terminals', at, 'masterKey'], masterKey)
      if ('key' in key) equipped.push({ id: terminal.id, masterKey: key.key, set: terminal.set })
      else {
        problems.push(...key.problems)
        equipped.push({ id: terminal.id, masterKey: new Secret(''), set: terminal.set })
      }
    }
    found.push({ id, name, terminals: equipped })
  }
  return { found, problems }
}

function addresses(written: WrittenProfile, { endpoint, control }: LoadOptions): Pick<Profile, 'endpoint' | 'control'> {
  const from = (text: string | undefined) => (text === undefined ? undefined : new URL(text))
  const chosen = { endpoint: endpoint ?? from(written.endpoint), control: control ?? from(written.control) }
  return {
    ...(chosen.endpoint === undefined ? {} : { endpoint: chosen.endpoint }),
    ...(chosen.control === undefined ? {} : { control: chosen.control }),
  }
}

const doors: readonly Door[] = ['tcp', 'tls', 'ws', 'wss', 'http', 'https']

function doorOf({ protocol }: URL): Door {
  return doors.find(door => `${door}:` === protocol) ?? 'tcp'
}

/** What is declared, what always holds, and the mark of the dialect. */
function flagsOf({ supports }: WrittenProfile, { mark }: Dialect): ReadonlySet<string> {
  return new Set([...supports, 'core', mark])
}
