import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startHost } from '../host/host.ts'
import { where } from '../where.ts'
import { certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

/** Rows whose scenarios send several messages from one till, repeats and reversals among them. */
const only = ['SALE-001', 'VOID-001', 'DUP-019', 'REV-009', 'REV-022', 'SETL-001', 'NET-001']

test('an acquirer that hangs up after each answer raises no alarm, though the line was to be kept', {
  timeout: 120_000,
}, async t => {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-hanging-up-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, 'profile.yaml')
  const reference = (await readFile(where.referenceProfile, 'utf8')).replaceAll('../', `${where.fixtures}/`)
  await writeFile(file, `${reference}\ntiming: { connection: kept }\n`)
  const { merchants, cards, speaks, knobs } = await checkedProfile(file)
  const host = await startHost({
    book: { merchants, cards },
    dialect: speaks,
    knobs,
    controlPort: 0,
    seed: 'hanging up',
    clock: 'real',
  })
  t.after(() => host.close())
  const { port, close } = await hangingUpBefore(host.port)
  t.after(close)
  const endpoint = `tcp://127.0.0.1:${port}`
  const control = `http://127.0.0.1:${host.controlPort}`
  const profile = await checkedProfile(file, { endpoint: new URL(endpoint), control: new URL(control) })
  const asked = { endpoint, control, only, seed: 'hanging up', parallel: 1, driver: 'direct', waiting: 'skip' } as const
  const { result } = await certification({ ...asked, profile, projections: false }, new Scenarios())
  const verdicts = result.requirements.map(({ id, verdict, finding, because }) => [id, verdict, finding ?? because ?? ''])
  assert.deepEqual(verdicts.toSorted(), only.map(id => [id, 'passed', '']).toSorted())
})

/** Stands before an acquirer, gives on whatever comes, and closes the line behind every answer. */
async function hangingUpBefore(upstream: number): Promise<Readonly<{ port: number; close: () => Promise<void> }>> {
  const server: Server = createServer(till => {
    const acquirer = connect(upstream, '127.0.0.1')
    till.on('data', bytes => acquirer.write(bytes)).on('close', () => acquirer.destroy())
    till.on('error', () => acquirer.destroy())
    acquirer.on('data', bytes => till.end(bytes)).on('close', () => till.end())
    acquirer.on('error', () => till.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return {
    port: address.port,
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
