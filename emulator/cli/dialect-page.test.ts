import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { binders } from '../dialects/binders.ts'
import { dialectSchema } from '../profile/dialect-form.ts'
import { where } from '../where.ts'
import { tillproofHere } from './main.test-run.ts'

let folder = ''
let page = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialect-page-'))
  page = await readFile(join(where.docs, 'dialect-file.md'), 'utf8')
})
after(() => rm(folder, { recursive: true }))

test('every dialect on the page is a good one', async () => {
  const files = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, body = '']) =>
    body.startsWith('id:') ? [body] : [],
  )
  assert.equal(files.length, 2)
  for (const [no, text] of files.entries()) {
    const file = join(folder, `${no}.yaml`)
    await writeFile(file, text)
    const { code, err } = await tillproofHere(['dialect', 'check', file])
    assert.equal(code, 0, err)
  }
})

test('the page lists every name that a terminal fills, and no other', () => {
  const list = /^### Names that a terminal fills$([\s\S]*?)^In a request/m.exec(page)?.[1] ?? ''
  const named = [...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
  const filled = new Set(['mac', ...Object.keys(binders).filter(name => name !== 'resultCode')])
  assert.deepEqual(
    [...filled].filter(name => !named.includes(name)),
    [],
    'filled, and not on the page',
  )
  assert.deepEqual(
    named.filter(name => !filled.has(name)),
    [],
    'on the page, and filled by nobody',
  )
})

test('the page explains every key of a field and of a message', () => {
  const { properties } = Object(dialectSchema())
  const keysOf = (section: string): readonly string[] => {
    const [form] = Object(Object(properties)[section]).additionalProperties.anyOf
    return Object.keys(Object(form).properties)
  }
  for (const key of [...keysOf('fields'), ...keysOf('messages')])
    if (key !== 'holds' && key !== 'operation' && key !== 'of') assert.ok(page.includes(`\`${key}\``), key)
})
