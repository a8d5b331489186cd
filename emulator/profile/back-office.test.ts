import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { posts } from '../values/back-office.ts'
import { where } from '../where.ts'
import { loadForJudging, loadProfile } from './load.ts'
import { ProfileError } from './problem.ts'

const shop = 'M00000000000001'
const environment = { CLERK: 'correct horse', BOSS: 'battery staple' }

let folder = ''
let reference = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'office-'))
  const text = await readFile(where.referenceProfile, 'utf8')
  reference = text.replaceAll('../keys/', `${where.fixtures}/keys/`).replaceAll('../cards/', `${where.fixtures}/cards/`)
  await writeFile(join(folder, 'passwords.yaml'), 'passwords:\n  - { name: boss, value: 12345678 }\n')
})
after(() => rm(folder, { recursive: true }))

async function load(office: string, endpoint?: string) {
  const file = join(folder, 'profile.yaml')
  await writeFile(file, `${reference}\n${office}`)
  return loadProfile(file, { environment, ...(endpoint === undefined ? {} : { endpoint: new URL(endpoint) }) })
}

/** What is wrong, as `line of the office's part: says — hint`. */
async function problems(office: string, endpoint?: string): Promise<readonly string[]> {
  try {
    await load(office, endpoint)
    return []
  } catch (thrown) {
    if (!(thrown instanceof ProfileError)) throw thrown
    assert.doesNotMatch(inspect(thrown), /correct horse|12345678/)
    const above = reference.split('\n').length
    return thrown.problems
      .filter(({ says }) => !says.includes('control port'))
      .map(({ line, says, hint }) => `${line - above}: ${says} — ${hint}`)
  }
}

const theirs = `backOffice:
  url: https://office.example/
  approval: second person
  pages: ${join(where.fixtures, 'back-offices', 'reference.yaml')}
  staff:
    ${shop}:
      clerk: { user: ann, password: env:CLERK, shownAs: Ann Lee }
      approver: { user: bob, password: { file: passwords.yaml, name: boss } }
`
const acquirer = 'tcp://127.0.0.1:1'

test('without url and staff it is the embedded host’s, with one person for each post of each merchant', async () => {
  const { backOffice } = await load('backOffice: { approval: none }\n')
  assert.equal(backOffice?.url, undefined)
  assert.equal(backOffice?.pagesFile, where.referencePages)
  assert.deepEqual([...(backOffice?.staff.keys() ?? [])], [shop, 'M00000000000002'])
  const people = Object.values(backOffice?.staff.get(shop) ?? {})
  assert.equal(new Set(people.map(({ user }) => user)).size, posts.length)
  assert.equal(new Set(people.map(({ password }) => password.reveal())).size, posts.length)
})

test('somebody’s has its address, its pages and its staff, whose passwords are found by reference', async () => {
  const loose = { ...environment }
  const file = join(folder, 'profile.yaml')
  await writeFile(
    file,
    `${reference.replace(/ {2}- (view-ledger|control-\w+)\n/g, '').replace('businessDay: control', '')}\n${theirs}`,
  )
  const { backOffice } = await loadProfile(file, { environment: loose, endpoint: new URL(acquirer) })
  assert.equal(backOffice?.url?.href, 'https://office.example/')
  const { clerk, approver, auditor } = backOffice?.staff.get(shop) ?? {}
  assert.deepEqual([clerk?.user, clerk?.password.reveal(), clerk?.shownAs], ['ann', 'correct horse', 'Ann Lee'])
  assert.deepEqual([approver?.user, approver?.password.reveal()], ['bob', '12345678'])
  assert.equal(auditor, undefined)
})

test('who judges reads who could be sent, and neither passwords nor pages', async () => {
  const file = join(folder, 'judged.yaml')
  await writeFile(file, `${reference}\n${theirs.replace('reference.yaml', 'not-kept.yaml')}`)
  const { backOffice } = await loadForJudging(file)
  assert.deepEqual(Object.keys(backOffice?.staff.get(shop) ?? {}), ['clerk', 'approver'])
  assert.equal(backOffice?.staff.get(shop)?.clerk?.password.reveal(), '')
})

for (const [wrong, office, at, says] of [
  [
    'a password in the profile',
    theirs.replace('env:CLERK', 'correct horse'),
    acquirer,
    /^7: a password stands in the profile itself — Refer to it/,
  ],
  [
    'an environment without it',
    theirs.replace('env:CLERK', 'env:CLARK'),
    acquirer,
    /^7: the environment has no CLARK — Set CLARK/,
  ],
  [
    'a file without it',
    theirs.replace('name: boss', 'name: bos'),
    acquirer,
    /^8: passwords\.yaml has no password named "bos" — Did you mean "boss"\?/,
  ],
  [
    'a misspelt post',
    theirs.replace('approver:', 'aprover:'),
    acquirer,
    /^8: unknown key `backOffice\.staff\.M0+1\.aprover` — Did you mean "approver"\?/,
  ],
  [
    'a misspelt key',
    theirs.replace('approval', 'aproval'),
    acquirer,
    /unknown key `backOffice\.aproval` — Did you mean "approval"\?/,
  ],
  ['a merchant that nobody knows', theirs.replace(shop, 'M00000000000009'), acquirer, /^6: there is no merchant M0+9 — /],
  [
    'nobody who approves',
    theirs.replace(/\n {6}approver.*/, ''),
    acquirer,
    /^6: merchant M0+1 has nobody who approves — Add an approver/,
  ],
  ['one user at two posts', theirs.replace('user: bob', 'user: ann'), acquirer, /^8: clerk and approver are one user — /],
  ['a pages file that is not there', theirs.replace('reference.yaml', 'none.yaml'), acquirer, /there is no such file — /],
  [
    'a password in the address',
    theirs.replace('https://', 'https://ann:correct%20horse@'),
    acquirer,
    /^2: `backOffice\.url` is "https:\/\/…@office/,
  ],
  [
    'an endpoint, and no address of its office',
    'backOffice: { approval: none }\n',
    acquirer,
    /^1: there is an endpoint, but its back office has no `url` — /,
  ],
  ['an office of somebody, and our own host', theirs, undefined, /^2: there is somebody's back office, but no endpoint — /],
  ['no staff at an address', theirs.replace(/ {2}staff[\s\S]*/, ''), acquirer, /^1: `backOffice\.staff` is missing — /],
  [
    'no pages at an address',
    theirs.replace(/ {2}pages.*\n/, ''),
    acquirer,
    /^1: `backOffice\.pages` is missing — .*docs\/back-office\.md/,
  ],
  [
    'an approval that the pages cannot do',
    theirs.replace('back-offices/reference', 'back-offices/one-page'),
    acquirer,
    /^3: `backOffice\.approval` is second person, but .*one-page\.yaml does not say how one approves — /,
  ],
  [
    'one name at two merchants of our own host',
    `backOffice:
  approval: none
  staff:
    ${shop}: { clerk: { user: ann, password: env:CLERK } }
    M00000000000002: { clerk: { user: ann, password: env:BOSS } }
`,
    undefined,
    /^5: ann works for merchant M0+1 already — /,
  ],
] as const)
  test(`${wrong}: said with its line and what to do`, async () => {
    const found = await problems(office, at)
    assert.ok(
      found.some(each => says.test(each)),
      found.join('\n'),
    )
  })
