import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { rows } from '../verdict/requirements/index.ts'
import { isCovered } from '../verdict/requirements/row.ts'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { main, tillproof } from './main.test-run.ts'

/** Books, batches, days, crashes and restarts: whatever two workers at one acquirer could get into each other's way with. */
const shared = /^(LEDG|SETL|REV-02[57]|DUP-019|VOID-0(03|11|12)|REF-00[1-5])/
const only = rows.filter(row => isCovered(row) && shared.test(row.id)).map(({ id }) => id)

test('two workers at one acquirer find what one finds', { timeout: 180_000 }, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-workers-'))
  t.after(() => rm(folder, { recursive: true }))
  const host = spawn(process.execPath, [main, 'host', '--profile', where.referenceProfile, '--seed', '1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => host.kill('SIGINT'))
  const [line] = await once(createInterface(host.stdout), 'line')
  const { endpoint, controlPort } = Object(JSON.parse(String(line)))
  const acquirer = ['--endpoint', String(endpoint), '--control', `http://127.0.0.1:${controlPort}`]

  async function certifiedBy(workers: string): Promise<string[]> {
    const out = join(folder, workers)
    const limits = ['--only', only.join(), '--seed', '1', '--no-preflight', '--parallel', workers]
    const { code, out: said, err } = await tillproof(['certify', ...acquirer, ...limits, '--out', out])
    assert.equal(code, 0, said + err)
    const { requirements }: Result = JSON.parse(await readFile(join(out, 'result.json'), 'utf8'))
    return requirements.map(({ id, part, verdict, scenarios }) => `${id}/${part} ${verdict} ${scenarios.length}`)
  }

  const alone = await certifiedBy('1')
  assert.ok(alone.filter(row => row.includes(' passed ')).length > 40, alone.join('\n'))
  assert.deepEqual(await certifiedBy('2'), alone)
})
