import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { type IntentsFault, intentsAcquirer } from './intents-acquirer.test-run.ts'

const folder = await mkdtemp(join(tmpdir(), 'tillproof-http-'))
after(() => rm(folder, { recursive: true, force: true }))

const credentials = {
  INTENTS_A_KEY: 'sk_test_of_the_shop',
  INTENTS_A_READER: 'tmr_A',
  INTENTS_A2_READER: 'tmr_A2',
  INTENTS_B_KEY: 'sk_test_of_the_neighbour',
  INTENTS_B_READER: 'tmr_B',
}

/** Certifies an acquirer behind HTTP that is not ours, by its ready mapping. */
async function certified(name: string, faults: readonly IntentsFault[], only?: string) {
  const acquirer = await intentsAcquirer(faults)
  const out = join(folder, name)
  const profile = join(where.fixtures, 'profiles', 'payment-intents.yaml')
  const options = ['--profile', profile, '--endpoint', acquirer.endpoint, '--seed', '1', '--no-preflight', '--out', out]
  const run = spawn(
    process.execPath,
    [join(where.root, 'bin', 'tillproof.js'), 'certify', ...options, ...(only === undefined ? [] : ['--only', only])],
    {
      env: { ...process.env, ...credentials },
      cwd: folder,
    },
  )
  const said = Promise.all([text(run.stdout), text(run.stderr)])
  const [code] = await once(run, 'exit')
  acquirer.close()
  const [stdout, stderr] = await said
  const result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8')) as Result
  return { code, said: stdout + stderr, result, file: (named: string) => readFile(join(out, named), 'utf8') }
}

test('an acquirer behind payment intents is certified by its mapping, and what its interface cannot certify has its reason', {
  timeout: 120_000,
}, async () => {
  const { code, said, result, file } = await certified('good', [])
  assert.equal(code, 0, said)
  const reasons = new Map(result.requirements.map(({ id, because }) => [id, because]))
  assert.equal(reasons.get('VOID-016'), 'cannot be asked in http: a cancel carries no card')
  assert.match(reasons.get('SETL-001') ?? '', /the interface has no batches/)
  assert.match(reasons.get('SIGN-002') ?? '', /no echo test/)
  const report = await file('report.html')
  assert.ok(report.includes('a cancel carries no card'))
  assert.match(result.remarks?.[0] ?? '', /nothing that was read confirms: .*sale, call create, rule busy · /)
  assert.ok(report.includes('captured, not cleared'), 'the notes of the mapping stand in the report')
  const journal = await file('journal.ndjson')
  assert.ok(/"is":"call"[^\n]*"call":"sale\.create"/.test(journal))
  for (const secret of [credentials.INTENTS_A_KEY, credentials.INTENTS_B_KEY, '4242424242424242', '6250930000000002'])
    assert.ok(!journal.includes(secret), secret)
})

test('one that lets another account cancel is found, by a row that needs no view of the money', { timeout: 60_000 }, async () => {
  const { code, result, said } = await certified('bad', ['cancels for another account'], 'VOID-014')
  assert.equal(code, 1, said)
  assert.equal(result.requirements.find(({ id }) => id === 'VOID-014')?.verdict, 'failed')
})
