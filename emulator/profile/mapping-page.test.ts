import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { mappingSchema } from '../mapping/form.ts'
import { where } from '../where.ts'
import { loadMapping } from './mapping-file.ts'

const page = await readFile(join(where.docs, 'mapping-file.md'), 'utf8')
const folder = await mkdtemp(join(tmpdir(), 'mapping-page-'))
after(() => rm(folder, { recursive: true }))

test('the mapping on the page is a whole one', async () => {
  const [, , whole = ''] = page.split('```yaml\n')
  const file = join(folder, 'acme.mapping.yaml')
  await writeFile(file, whole.split('```')[0] ?? '')
  const { operations, unverified } = await loadMapping(file, { environment: { ACME_A_KEY: 'a', ACME_B_KEY: 'b' } })
  assert.deepEqual([...operations.keys()], ['sale', 'void', 'reverse', 'status'])
  assert.deepEqual(unverified, ['sale, rule funds'])
})

test('every ready mapping that the page names is there, and loads', async () => {
  const files = [...page.matchAll(/^\| `([a-z-]+\.yaml)`/gm)].map(([, name = '']) => name)
  assert.equal(files.length, 5)
  const environment = new Proxy({}, { get: () => 'something' })
  for (const name of files) await loadMapping(join(where.fixtures, 'mappings', name), { environment })
})

test('docs/mapping.schema.json is the form', async () => {
  assert.deepEqual(
    JSON.parse(await readFile(join(where.docs, 'mapping.schema.json'), 'utf8')),
    JSON.parse(JSON.stringify(mappingSchema())),
  )
})
