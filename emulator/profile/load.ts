import { createHash } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import type { Dialect } from '../dialects/dialect.ts'
import { dialectById } from '../dialects/index.ts'
import type { Door } from '../values/door.ts'
import { isEmulatorError } from '../values/errors.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'
import { cardsOf } from './cards.ts'
import { contradictions, type Known } from './contradictions.ts'
import { isDialectFile, loadDialect } from './dialect-file.ts'
import { KeyRing } from './keys.ts'
import { isEncrypted, lineContradictions } from './line-contradictions.ts'
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

/** The dialect of a profile, by name and as tables; or why there is none. */
type Chosen =
  | Readonly<{ found: Profile['dialect']; speaks: Dialect; problems: readonly Problem[] }>
  | Readonly<{ speaks?: never; problems: readonly Problem[] }>

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
  const found = [...dialect.problems, ...merchants.problems, ...cards.problems, ...tls.problems]
  // What the rows need can only be asked of a dialect that is there.
  if (dialect.speaks === undefined) return refuse(found)
  const terms = termsOf(source, written, dialect, addresses(written, options))
  const profile: Profile = {
    ...terms,
    ...(terms.tls === undefined ? {} : { tls: tls.found }),
    merchants: merchants.found,
    cards: cards.found,
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
  return { ...terms, merchants: [], cards: [] }
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
    timing: written.timing ?? { connection: 'per operation', role: 'client', connections: 1 },
    deviations: written.deviations,
  }
}

function refuse(problems: readonly Problem[]): never {
  const [first, ...rest] = problems
  if (first === undefined) throw new RangeError('a profile is refused for at least one problem')
  throw new ProfileError([first, ...rest])
}

/** Asks the dialects themselves, so that an unknown setting is found here and not in the middle of a run. */
async function dialectOf(source: YamlFile, { dialect }: WrittenProfile, requirements?: readonly string[]): Promise<Chosen> {
  const { name, settings, at } = namedDialect(dialect)
  if (isDialectFile(name)) return dialectInFile(source, resolve(dirname(source.file), name), settings, requirements)
  try {
    return { found: { id: name, settings }, speaks: dialectById(name, settings), problems: [] }
  } catch (thrown) {
    if (!isEmulatorError(thrown)) throw thrown
    const setting = 'name' in thrown.facts ? String(thrown.facts.name) : undefined
    const path = setting === undefined ? at : ['dialect', 'settings', setting]
    return { problems: [source.problem(path, 'DIALECT', thrown.message, thrown.hint)] }
  }
}

/** A file has its own settings, and those of the profile take their place. */
async function dialectInFile(
  source: YamlFile,
  file: string,
  settings: Profile['dialect']['settings'],
  requirements: readonly string[] | undefined,
): Promise<Chosen> {
  try {
    const speaks = await loadDialect(file, {
      settings,
      settingProblem: (name, says, hint) => source.problem(['dialect', 'settings', name], 'DIALECT', says, hint),
      ...(requirements === undefined ? {} : { requirements }),
    })
    return { found: { id: speaks.id, settings, file }, speaks, problems: saleAndVoid(source, speaks) }
  } catch (thrown) {
    if (thrown instanceof ProfileError) return { problems: thrown.problems }
    throw thrown
  }
}

function namedDialect(dialect: WrittenProfile['dialect']) {
  if (typeof dialect === 'string') return { name: dialect, settings: {}, at: ['dialect'] }
  if ('id' in dialect) return { name: dialect.id, settings: dialect.settings, at: ['dialect', 'id'] }
  return { name: dialect.file, settings: dialect.settings, at: ['dialect', 'file'] }
}

/** A dialect file may hold fields alone, to lay samples out; no acquirer is certified without these messages. */
function saleAndVoid(source: YamlFile, { id, messages }: Dialect): readonly Problem[] {
  const missing = (['sale', 'void'] as const).filter(name => !messages.some(({ operation }) => operation === name))
  if (missing.length === 0) return []
  const says = `dialect ${id} has no message for ${missing.join(' and ')}`
  return [
    source.problem(
      ['dialect'],
      'CONTRADICTION',
      says,
      'Add it under `messages:` of the dialect file, or extend a dialect that has it.',
    ),
  ]
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
