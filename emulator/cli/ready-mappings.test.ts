import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { spoken } from '../mapping/spoken.ts'
import { loadMapping } from '../profile/mapping-file.ts'
import { isRequirementTag } from '../verdict/requirements/index.ts'
import { where } from '../where.ts'

const files = globSync(join(where.fixtures, 'mappings', '*.yaml'))
const environment = new Proxy({}, { get: () => 'something' })

test('there are ready mappings', () => {
  assert.ok(files.length >= 5)
})

for (const file of files)
  test(`${basename(file)}: whatever it cannot ask is a row of the catalogue, and has a reason`, async () => {
    const { cannot } = spoken(dialectById('http'), await loadMapping(file, { environment }))
    const unknown = Object.keys(cannot).filter(id => !isRequirementTag(id))
    assert.deepEqual(unknown, [])
    for (const [id, reason] of Object.entries(cannot)) assert.match(reason, /^[a-z“].{8,}[^.]$/, id)
  })
