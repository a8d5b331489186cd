import assert from 'node:assert/strict'
import { access } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { browserVariable } from '../browser/chromium.ts'
import { where } from '../where.ts'
import { tillproofHere } from './main.test-run.ts'

test('a profile with a back office and no browser to visit it in ends before the first byte, with what to do', async t => {
  const before = process.env[browserVariable]
  process.env[browserVariable] = join(tmpdir(), 'no-browser-here')
  t.after(() => {
    if (before === undefined) delete process.env[browserVariable]
    else process.env[browserVariable] = before
  })
  const out = join(tmpdir(), 'no-browser-no-run')
  const profile = join(where.profiles, 'back-office.yaml')
  const ended = await tillproofHere(['certify', '--profile', profile, '--out', out])
  assert.deepEqual([ended.code, ended.out], [5, ''])
  assert.match(
    ended.err,
    /^tillproof: the back office of the profile is visited in a browser, .*\n {2}TILLPROOF_CHROMIUM names .*\n$/,
  )
  await assert.rejects(access(out), { code: 'ENOENT' })
})
