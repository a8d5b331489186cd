import { globSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { Profile } from '../profile/profile.ts'
import { where } from '../where.ts'
import { begunBy } from './begun.ts'
import { certificate } from './certificate.ts'
import { drawSeed } from './certification.ts'
import { type CertifyOptions, profileOf, runOptions } from './certify-options.ts'
import { UsageError } from './complaint.ts'
import { type Compared, compared, type DoorRan } from './doors-comparison.ts'
import { doorsPage } from './doors-page.ts'
import { doorsText } from './doors-text.ts'
import { notify, print, printJson } from './output.ts'
import { printCertificate, seeThatItPrints } from './paper.ts'
import { planned } from './planned.ts'
import { preflightFirst } from './preflight-first.ts'
import { runName } from './run-folder.ts'
import { Scenarios } from './scenarios.ts'
import { firstSetOf } from './sets.ts'
import { windowOf } from './telling.ts'

/** One way to one host: its name is that of its profile's file. */
type Door = Readonly<{ door: string; file: string; profile: Profile; firstSet: number }>

/** Parses `--doors`: profiles, separated by commas. */
export function doorsOption(text: string): readonly string[] {
  return text.split(',').map(file => file.trim())
}

/**
 * `certify --doors`: the same suite with the same seed through each door in turn, each with a certificate of its own, and beside them what differs.
 *
 * @returns the exit code of the worst door
 * @throws ProfileError, UsageError before the first byte leaves
 */
export async function certifyDoors(options: CertifyOptions, files: readonly string[] | true): Promise<number> {
  refuseBeside(options)
  const doors = await doorsOf(files === true ? await ownDoors() : files, options)
  const scenarios = new Scenarios()
  await planned(scenarios, options)
  const { pdf } = options
  if (pdf !== undefined) await seeThatItPrints({ language: pdf, name: doors.map(({ profile }) => profile.name).join() })
  const refused = await preflightAll(doors, options)
  if (refused !== undefined) return refused
  const seed = options.seed ?? drawSeed()
  const startedAt = new Date()
  const folder = resolve(options.out ?? join('reports', `${runName(startedAt, seed)}-doors`))
  const ran: DoorRan[] = []
  let interrupted = false
  for (const { door, file, profile, firstSet } of doors) {
    if (interrupted) break
    notify(`tillproof certify: ${profile.name} through ${door}, seed ${seed}`)
    const decided = {
      profile,
      seed,
      directory: join(folder, door),
      begun: begunBy({ ...options, profile: shownAs(file) }),
      firstSet,
    }
    const done = await certificate({ ...runOptions(options), ...decided }, scenarios)
    ran.push({ door, dialect: profile.dialect.id, way: wayOf(profile), result: done.result })
    interrupted = done.interrupted
    if (pdf !== undefined) notify(`tillproof certify: printed ${await printCertificate(join(folder, door), pdf)}`)
  }
  const comparison = compared(ran, { seed, notRun: doors.slice(ran.length).map(({ door }) => door) })
  const page = await write(folder, comparison)
  if (options.json) printJson(comparison)
  else print(doorsText(comparison, { ...windowOf(options.color), folder, page }))
  return comparison.exitCode
}

/** Every door is tried before the first is certified: nobody should wait for a comparison that lacks one. */
async function preflightAll(doors: readonly Door[], options: CertifyOptions): Promise<number | undefined> {
  if (!options.preflight) return undefined
  for (const { profile, firstSet } of doors) {
    const sets = new Set(Array.from({ length: options.parallel }, (_, no) => firstSet + no))
    const refused = await preflightFirst(profile, { ...options, sale: options.controlSale === true, sets })
    if (refused !== undefined) return refused
  }
  return undefined
}

/** @returns where the page lies. */
async function write(folder: string, comparison: Compared): Promise<string> {
  const page = join(folder, 'doors.html')
  await mkdir(folder, { recursive: true })
  await Promise.all([
    writeFile(join(folder, 'doors.json'), `${JSON.stringify(comparison, undefined, 2)}\n`),
    writeFile(page, doorsPage(comparison)),
  ])
  return page
}

/** What has no meaning for several doors at once. */
function refuseBeside({ profile, endpoint, control, shard }: CertifyOptions): void {
  const given = Object.entries({ '--profile': profile, '--endpoint': endpoint, '--control': control, '--shard': shard })
  const beside = given.find(([, value]) => value !== undefined)?.[0]
  if (beside !== undefined)
    throw new UsageError(
      `${beside} has no meaning beside --doors`,
      'Each door has a profile, which says where the host listens: --doors tcp.yaml,json-http.yaml.',
    )
}

async function doorsOf(files: readonly string[], options: CertifyOptions): Promise<readonly Door[]> {
  const names = files.map(nameOf)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined)
    throw new UsageError(
      `two doors are called ${twice}`,
      'A door has the name of its profile’s file: give the files different names.',
    )
  if (files.length < 2)
    throw new UsageError('one door has nothing to be compared with', 'Name two profiles or more: --doors tcp.yaml,tls.yaml.')
  const doors: Door[] = []
  for (const file of files) {
    const profile = await profileOf({ ...options, profile: file })
    doors.push({ door: nameOf(file), file, profile, firstSet: firstSetOf(profile, options) })
  }
  return doors
}

/** The ways to our own host, the reference first: the profiles that come with tillproof, name no endpoint, and have no back office beside a door. */
async function ownDoors(): Promise<readonly string[]> {
  const files = globSync('*.yaml', { cwd: where.profiles })
    .sort()
    .map(file => join(where.profiles, file))
    .filter(file => file !== where.referenceProfile)
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')))
  const isWay = (text = ''): boolean => !['endpoint', 'backOffice'].some(key => parseDocument(text).has(key))
  return [where.referenceProfile, ...files.filter((_, at) => isWay(texts[at]))]
}

const nameOf = (file: string): string => basename(file).replace(/\.ya?ml$/, '')

/** As a person in this folder would type it. */
const shownAs = (file: string): string => (resolve(file) === file ? relative(process.cwd(), file) : file)

/** `tls, the embedded reference host`. */
function wayOf({ endpoint, door }: Profile): string {
  return endpoint === undefined ? `${door} to the embedded reference host` : endpoint.href
}
