import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { where } from '../where.ts'
import { copiesOf } from './copies.ts'
import { loadForJudging, loadProfile } from './load.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copies-'))
})
after(() => rm(folder, { recursive: true }))

/** The reference profile with another dialect, in a folder where its files are found. */
async function profileWith(dialect: string): Promise<string> {
  const reference = await readFile(where.referenceProfile, 'utf8')
  const file = join(folder, 'profile.yaml')
  const offered = dialect.includes('http') ? reference.replace(/^ {2}- (mac|batch-upload)\n/gm, '') : reference
  const text = offered.replaceAll('../', `${where.fixtures}/`).replace(/^dialect: .*$/m, dialect)
  await writeFile(file, text)
  return file
}

const dialect = 'id: acme\nextends: unionpay-pos\nsource: Acme\ncannot: { VOID-013: no place for it }\n'

for (const written of ['dialect: dialects/acme.yml', 'dialect: { file: dialects/acme.yml, settings: { length: ascii 4 } }'])
  test(`the copies of a profile with ${written} are judged by as the profile was, in another folder`, async () => {
    await mkdir(join(folder, 'dialects'), { recursive: true })
    await writeFile(join(folder, 'dialects', 'acme.yml'), dialect)
    const profile = await loadProfile(await profileWith(written))
    const copies = await copiesOf(profile)
    const elsewhere = await mkdtemp(join(folder, 'run-'))
    for (const { name, text } of copies) await writeFile(join(elsewhere, name), text)
    assert.deepEqual(
      copies.map(({ name }) => name),
      ['profile.yaml', 'dialect.yaml'],
    )
    await rm(join(folder, 'dialects'), { recursive: true })
    const judged = await loadForJudging(join(elsewhere, 'profile.yaml'))
    assert.deepEqual(judged.speaks, profile.speaks)
    assert.equal(judged.speaks.cannot['VOID-013'], 'no place for it')
    assert.deepEqual(judged.dialect.settings, profile.dialect.settings)
  })

test('the fingerprint of a profile changes with its dialect file', async () => {
  await mkdir(join(folder, 'dialects'), { recursive: true })
  const file = await profileWith('dialect: dialects/acme.yml')
  const fingerprints = []
  for (const text of [dialect, `${dialect}# another\n`]) {
    await writeFile(join(folder, 'dialects', 'acme.yml'), text)
    fingerprints.push((await loadProfile(file)).sha256)
  }
  assert.notEqual(fingerprints[0], fingerprints[1])
})

test('a profile that refers to no dialect file is copied to the letter', async () => {
  const copies = await copiesOf(await loadProfile(where.referenceProfile))
  assert.deepEqual(copies, [{ name: 'profile.yaml', text: await readFile(where.referenceProfile, 'utf8') }])
})

test('a mapping is copied too, and judged by without its credentials', async () => {
  const mapping = join(where.fixtures, 'mappings', 'reference-host.yaml')
  const text = await readFile(mapping, 'utf8')
  await writeFile(
    join(folder, 'calls.yml'),
    `${text}\ncannot: { VOID-014: no call for it }\n`.replace(/test:[\w-]+/g, 'env:CREDENTIAL'),
  )
  const file = await profileWith('dialect: http\nmapping: calls.yml\ndoor: http')
  const profile = await loadProfile(file, { environment: { CREDENTIAL: 'c' } })
  assert.equal(profile.speaks.cannot['VOID-014'], 'no call for it')
  const elsewhere = await mkdtemp(join(folder, 'run-'))
  for (const copy of await copiesOf(profile)) await writeFile(join(elsewhere, copy.name), copy.text)
  await rm(join(folder, 'calls.yml'))
  const judged = await loadForJudging(join(elsewhere, 'profile.yaml'))
  assert.deepEqual(judged.speaks.cannot, profile.speaks.cannot)
})
