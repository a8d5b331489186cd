import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { where } from '../where.ts'

const allure = join(where.root, 'emulator', 'cli', `allure${where.extension}`)

test('without Java there is no Allure report; that is said, and is no error', async context => {
  const run = await mkdtemp(join(tmpdir(), 'tillproof-allure-'))
  context.after(() => rm(run, { recursive: true }))
  await mkdir(join(run, 'allure-results'))
  const { stderr } = await promisify(execFile)(process.execPath, [allure, run], { env: { PATH: run } })
  assert.match(stderr, /^tillproof: no Allure report, because there is no Java here\n {2}Install a Java runtime/)
})

test('where no run was made yet, the hint says how to make one', async context => {
  const empty = await mkdtemp(join(tmpdir(), 'tillproof-allure-'))
  context.after(() => rm(empty, { recursive: true }))
  const running = promisify(execFile)(process.execPath, [allure], { cwd: empty })
  await assert.rejects(running, {
    code: 5,
    stderr: /^tillproof: reports\/latest has no allure-results\n {2}Run `npm run certify` first/,
  })
})
