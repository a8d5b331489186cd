import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { CertifyOptions } from './certify-options.ts'
import { limitedToFile } from './only-file.ts'

const options: CertifyOptions = {
  driver: 'direct',
  waiting: 'skip',
  parallel: 1,
  acquirer: 'shared',
  preflight: true,
}

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillproof-only-file-'))
})
after(() => rm(folder, { recursive: true }))

async function limited(text: string, more: Partial<CertifyOptions> = {}): Promise<CertifyOptions> {
  const onlyFile = join(folder, 'mine.feature')
  await writeFile(onlyFile, text)
  return limitedToFile({ ...options, onlyFile, ...more })
}

test('a run of one file is limited to the rows that the file tests', async () => {
  const { only } = await limited(
    'Feature: Mine\n  @SALE-001 @SALE-002\n  Rule: Good\n    Example: One\n      When the shop signs in\n',
  )
  assert.deepEqual(only, ['SALE-001', 'SALE-002'])
})

test('a file that is not there, tests nothing, or is limited twice is refused with what to do', async () => {
  await assert.rejects(limitedToFile({ ...options, onlyFile: join(folder, 'gone.feature') }), /there is no file .*gone\.feature/)
  await assert.rejects(limited('Feature: Mine\n  Rule: Bare\n    Example: One\n      When the shop signs in\n'), /tests no row/)
  await assert.rejects(limited('Feature: Mine\n  Example: One\n    When the shop signs in\n'), /stands outside a rule/)
  await assert.rejects(limited('Feature: Mine\n', { only: ['SALE-001'] }), /runs one file whole/)
  await assert.rejects(limited('no gherkin'), /mine\.feature/)
})
