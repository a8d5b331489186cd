import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { where } from '../where.ts'

const folder = await mkdtemp(join(tmpdir(), 'interceptor-'))
after(() => rm(folder, { recursive: true }))

/** Loaded into the process before us: nock itself, from where it is installed; or something that puts in a function of its own later. */
const nock = join(folder, 'nock.mjs')
await writeFile(nock, `import ${JSON.stringify(import.meta.resolve('nock'))}\n`)
const late = join(folder, 'late.mjs')
await writeFile(late, 'setTimeout(() => { const own = globalThis.fetch; globalThis.fetch = (...given) => own(...given) }, 0)\n')
const harmless = join(folder, 'harmless.mjs')
await writeFile(harmless, 'globalThis.nothing = 1\n')

function certified(loaded: string, out: string) {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      loaded,
      join(where.root, 'bin', 'tillproof.js'),
      'certify',
      '--only',
      'SALE-001',
      '--seed',
      '1',
      '--no-preflight',
      '--out',
      out,
    ],
    { encoding: 'utf8', cwd: folder },
  )
  return { status, stderr }
}

for (const [what, loaded] of [
  ['nock is loaded before us', nock],
  ['fetch is replaced after we were loaded', late],
] as const)
  test(`nothing is certified when ${what}`, async () => {
    const { status, stderr } = certified(loaded, join(folder, 'refused'))
    assert.equal(status, 5, stderr)
    assert.match(stderr, /something intercepts what is sent/)
    assert.match(stderr, /without nock/)
    assert.doesNotMatch(stderr, /\n\s+at /)
    assert.ok(!(await readdir(folder)).includes('refused'), 'nothing was written')
  })

test('a module that touches nothing of the network is in nobody’s way', () => {
  const { status, stderr } = certified(harmless, join(folder, 'done'))
  assert.equal(status, 0, stderr)
})
