import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { where } from '../where.ts'
import { tlsOf, type WrittenTls } from './tls.ts'
import { YamlFile } from './yaml-file.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tls-'))
  const copied = { 'other.pem': 'ca.pem', 'till.pem': 'client.pem', 'till.key': 'client.key', 'other.key': 'host.key' }
  for (const [name, from] of Object.entries(copied))
    await writeFile(join(folder, name), await readFile(join(where.fixtures, 'tls', from)))
  await writeFile(join(folder, 'empty.pem'), 'nothing\n')
})
after(() => rm(folder, { recursive: true }))

const good = { ca: 'other.pem', certificate: 'till.pem', key: 'till.key' }

async function read(tls: Partial<WrittenTls>, environment: Readonly<Record<string, string>> = {}) {
  const file = join(folder, 'profile.yaml')
  await writeFile(file, `tls: ${JSON.stringify(tls)}\n`)
  return tlsOf(await YamlFile.read(file), { minVersion: 'TLSv1.2', checkName: true, ...tls }, environment)
}

test('certificates and key are read from files that stand beside the profile', async () => {
  const { found, problems } = await read({ ...good, serverName: 'host.example', checkName: false })
  assert.deepEqual(problems, [])
  assert.equal(found.ca, await readFile(join(folder, 'other.pem'), 'utf8'))
  assert.equal(found.certificate, await readFile(join(folder, 'till.pem'), 'utf8'))
  assert.equal(found.key?.reveal(), await readFile(join(folder, 'till.key'), 'utf8'))
  assert.deepEqual([found.serverName, found.checksName, found.minVersion], ['host.example', false, 'TLSv1.2'])
})

test('the key may stand in the environment, and is never printed', async () => {
  const key = await readFile(join(folder, 'till.key'), 'utf8')
  const { found, problems } = await read({ ...good, key: 'env:TILL_KEY' }, { TILL_KEY: key })
  assert.deepEqual(problems, [])
  assert.equal(found.key?.reveal(), key)
  assert.ok(!`${inspect(found)}${JSON.stringify(found)}`.includes('PRIVATE KEY'))
})

for (const [what, tls, says] of [
  ['a file that is not there', { ca: 'none.pem' }, '1:12: `tls.ca`: there is no file none.pem'],
  ['a file without a certificate', { ca: 'empty.pem' }, '`tls.ca`: empty.pem holds no certificate'],
  ['a certificate without its key', { certificate: 'till.pem' }, 'there is a `tls.certificate`, but no `tls.key`'],
  ['a key without its certificate', { key: 'till.key' }, 'there is a `tls.key`, but no `tls.certificate`'],
  ['a key that is none', { ...good, key: 'till.pem' }, '`tls.key` is no private key that can be read'],
  ['the key of another certificate', { ...good, key: 'other.key' }, '`tls.key` is not the key of `tls.certificate`'],
  ['a variable that is not set', { ...good, key: 'env:NONE' }, '`tls.key`: there is no env:NONE'],
] as const)
  test(`${what} is an error with its place`, async () => {
    const { problems } = await read(tls)
    const found = problems.map(({ line, column, says: text }) => `${line}:${column}: ${text}`)
    assert.equal(found.length, 1, found.join('\n'))
    assert.ok(found[0]?.includes(says), found[0])
  })
