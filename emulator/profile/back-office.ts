import { randomBytes } from 'node:crypto'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { type Post, posts } from '../values/back-office.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'
import { didYouMean } from './near.ts'
import type { Pages } from './pages.ts'
import { loadPages } from './pages-file.ts'
import { type Problem, ProfileError } from './problem.ts'
import type { BackOffice, Credentials } from './profile.ts'
import type { WrittenProfile } from './schema.ts'
import { fit } from './shape.ts'
import { type Path, YamlFile } from './yaml-file.ts'

type Written = NonNullable<WrittenProfile['backOffice']>
type Staff = BackOffice['staff']
type WrittenStaff = NonNullable<Written['staff']>
type WrittenPassword = NonNullable<WrittenStaff[string][Post]>['password']
type Environment = Readonly<Record<string, string | undefined>>

type Asked = Readonly<{ environment: Environment; endpoint?: URL | undefined }>

/** The back office that a profile describes, if it describes one, with everything that is wrong with it. `ownPages`: its own pages file. */
export async function backOfficeOf(
  source: YamlFile,
  { backOffice: written, merchants }: WrittenProfile,
  { environment, endpoint }: Asked,
): Promise<Readonly<{ found?: BackOffice; ownPages?: string; problems: readonly Problem[] }>> {
  if (written === undefined) return { problems: [] }
  const ids = merchants.map(({ id }) => id)
  const passwords = await staffOf(source, written, environment)
  const pages = await pagesOf(source, written)
  const problems = [
    ...placeContradictions(source, written, endpoint),
    ...staffContradictions(source, written, ids),
    ...sharedNames(source, written),
    ...passwords.problems,
    ...pages.problems,
    ...(pages.found ? approvalContradictions(source, written, pages.found) : []),
  ]
  const found = officeOf(source, written, passwords.found ?? ownStaff(ids))
  return { found, problems, ...(pages.found && written.pages && { ownPages: found.pagesFile }) }
}

/** What a judge has to know of it: who could be sent, and whether two persons have to agree. No password is read. */
export function officeForJudging(source: YamlFile, { backOffice: written, merchants }: WrittenProfile): BackOffice | undefined {
  if (written === undefined) return undefined
  const unread = new Secret('')
  const known = Object.entries(written.staff ?? {}).map(([id, people]) => [id, staffed(people, () => unread)] as const)
  return officeOf(source, written, written.staff ? new Map(known) : ownStaff(merchants.map(({ id }) => id)))
}

function officeOf({ file }: YamlFile, { url, approval, pages }: Written, staff: Staff): BackOffice {
  return {
    ...(url !== undefined && { url: new URL(url) }),
    approval,
    staff,
    pagesFile: pages === undefined ? where.referencePages : resolve(dirname(file), pages),
  }
}

/** The staff of the embedded host, one person for each post of each merchant. Their passwords are made up anew each time: nobody else signs in there. */
function ownStaff(ids: readonly string[]): Staff {
  const person = (post: Post, id: string): Credentials => ({
    user: `${post.replaceAll(' ', '-')}@${id}`,
    password: new Secret(randomBytes(12).toString('base64url')),
  })
  return new Map(ids.map(id => [id, Object.fromEntries(posts.map(post => [post, person(post, id)]))]))
}

function staffed(people: WrittenStaff[string], passwordOf: (post: Post) => Secret): Partial<Record<Post, Credentials>> {
  const known = posts.flatMap(post => {
    const person = people[post]
    if (person === undefined) return []
    const { user, shownAs } = person
    return [[post, { user, password: passwordOf(post), ...(shownAs !== undefined && { shownAs }) }] as const]
  })
  return Object.fromEntries(known)
}

async function staffOf(
  source: YamlFile,
  { staff }: Written,
  environment: Environment,
): Promise<Readonly<{ found?: Staff; problems: readonly Problem[] }>> {
  if (staff === undefined) return { problems: [] }
  const problems: Problem[] = []
  const found = new Map<string, Partial<Record<Post, Credentials>>>()
  for (const [id, people] of Object.entries(staff)) {
    const passwords = new Map<Post, Secret>()
    for (const post of posts) {
      const person = people[post]
      if (person === undefined) continue
      const password = await passwordOf(source, ['backOffice', 'staff', id, post, 'password'], person.password, environment)
      if (password instanceof Secret) passwords.set(post, password)
      else problems.push(...password)
    }
    found.set(
      id,
      staffed(people, post => passwords.get(post) ?? new Secret('')),
    )
  }
  return { found, problems }
}

const passwordsForm = z.strictObject({ passwords: z.array(z.strictObject({ name: z.string(), value: z.string().min(1) })) })

async function passwordOf(
  source: YamlFile,
  path: Path,
  reference: WrittenPassword,
  environment: Environment,
): Promise<Secret | readonly Problem[]> {
  const wrong = (at: Path, says: string, hint: string): readonly Problem[] => [source.problem(at, 'PASSWORD', says, hint)]
  if (typeof reference === 'string') {
    if (!reference.startsWith('env:'))
      return wrong(path, 'a password stands in the profile itself', 'Refer to it: env:NAME, or { file: …, name: … }.')
    const variable = reference.slice('env:'.length)
    const text = environment[variable] ?? ''
    return text === '' ? wrong(path, `the environment has no ${variable}`, `Set ${variable} to the password.`) : new Secret(text)
  }
  const { file, name } = reference
  try {
    const passwords = await YamlFile.read(resolve(dirname(source.file), file), () => true)
    const { value, problems } = fit(passwords, passwordsForm)
    if (value === undefined) return problems
    const known = value.passwords.find(each => each.name === name)
    if (known) return new Secret(known.value)
    const names = value.passwords.map(each => each.name)
    return wrong([...path, 'name'], `${file} has no password named "${name}"`, didYouMean(name, names))
  } catch (thrown) {
    if (thrown instanceof ProfileError) return thrown.problems
    throw thrown
  }
}

async function pagesOf(
  { file }: YamlFile,
  { pages }: Written,
): Promise<Readonly<{ found?: Pages; problems: readonly Problem[] }>> {
  try {
    return { found: await loadPages(pages === undefined ? where.referencePages : resolve(dirname(file), pages)), problems: [] }
  } catch (thrown) {
    if (thrown instanceof ProfileError) return { problems: thrown.problems }
    throw thrown
  }
}

/** An acquirer and its back office belong together; ours brings its own. */
function placeContradictions(source: YamlFile, { url, staff, pages }: Written, endpoint: URL | undefined): readonly Problem[] {
  const at = (path: Path, says: string, hint: string): Problem => source.problem(path, 'CONTRADICTION', says, hint)
  if (url === undefined) {
    const hint = 'Give its address as `url:`, or leave `backOffice` out: the embedded host knows nothing of what is sold there.'
    return endpoint === undefined ? [] : [at(['backOffice'], 'there is an endpoint, but its back office has no `url`', hint)]
  }
  const problems: Problem[] = []
  if (endpoint === undefined) {
    const hint = 'Leave `url` out: the embedded host brings its own. Or give the `endpoint` that it belongs to.'
    problems.push(at(['backOffice', 'url'], "there is somebody's back office, but no endpoint", hint))
  }
  if (staff === undefined)
    problems.push(at(['backOffice'], '`backOffice.staff` is missing', 'Say who can be sent there, by merchant and post.'))
  if (pages === undefined) {
    const hint = 'Name the file that describes its pages; docs/back-office.md says how one is written.'
    problems.push(at(['backOffice'], '`backOffice.pages` is missing', hint))
  }
  return problems
}

function staffContradictions(source: YamlFile, { approval, staff = {} }: Written, ids: readonly string[]): readonly Problem[] {
  return Object.entries(staff).flatMap(([id, people]) => {
    const path = ['backOffice', 'staff', id]
    const wrong = (says: string, hint: string, at: Path = path): Problem => source.problem(at, 'CONTRADICTION', says, hint)
    const problems: Problem[] = []
    if (!ids.includes(id)) problems.push(wrong(`there is no merchant ${id}`, didYouMean(id, ids)))
    const approves = people.approver ?? people['second approver']
    if (approval === 'second person' && approves === undefined)
      problems.push(wrong(`merchant ${id} has nobody who approves`, 'Add an approver, or write `approval: none`.'))
    for (const [nth, post] of posts.entries()) {
      const user = people[post]?.user
      const same = posts.slice(0, nth).find(other => user !== undefined && people[other]?.user === user)
      if (same !== undefined)
        problems.push(wrong(`${same} and ${post} are one user`, 'Give each a name of his own.', [...path, post, 'user']))
    }
    return problems
  })
}

/** Our own portal knows people by their names alone. */
function sharedNames(source: YamlFile, { url, staff = {} }: Written): readonly Problem[] {
  if (url !== undefined) return []
  const seen = new Map<string, string>()
  return Object.entries(staff).flatMap(([id, people]) =>
    posts.flatMap(post => {
      const user = people[post]?.user
      const other = user === undefined ? undefined : seen.get(user)
      if (user !== undefined) seen.set(user, id)
      if (other === undefined || other === id) return []
      const says = `${user} works for merchant ${other} already`
      const path = ['backOffice', 'staff', id, post, 'user']
      return [source.problem(path, 'CONTRADICTION', says, 'The embedded host knows people by their names: give each his own.')]
    }),
  )
}

function approvalContradictions(source: YamlFile, { approval, pages }: Written, described: Pages): readonly Problem[] {
  if (approval === 'none' || described.ways.approve !== undefined) return []
  const says = `\`backOffice.approval\` is second person, but ${pages ?? 'the pages file'} does not say how one approves`
  return [source.problem(['backOffice', 'approval'], 'CONTRADICTION', says, 'Add `approve` there, or write none.')]
}
