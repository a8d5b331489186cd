import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parseNdjson } from '../journal/journal.ts'
import { where } from '../where.ts'
import { type Installation, install, run } from './installation.test-run.ts'

/** What a run writes: section "Command line and files" of the design. */
const filesOfRun = ['journal.ndjson', 'junit.xml', 'messages.ndjson', 'profile.yaml', 'report.html', 'result.json', 'run.json']

describe('the package, installed in an empty folder', () => {
  let installed: Installation
  before(async () => {
    installed = await install()
  })
  after(() => installed?.remove())

  test('certifies the reference host, leaves its files where it was called, and judges them again', async () => {
    const ran = await installed.tillproof('certify', '--only', 'SALE-001', '--seed', 'packed')
    assert.equal(ran.code, 0, ran.out + ran.err)
    const latest = join(installed.folder, 'reports', 'latest')
    const files = globSync('*', { cwd: latest }).sort()
    assert.deepEqual(files, ['allure-results', ...filesOfRun])
    assert.ok(globSync('*-result.json', { cwd: join(latest, 'allure-results') }).length > 0)

    const judged = await installed.tillproof('judge', 'reports/latest', '--json')
    assert.equal(judged.code, 0, judged.err)
    assert.deepEqual(JSON.parse(judged.out), JSON.parse(await readFile(join(latest, 'result.json'), 'utf8')))

    const journal = parseNdjson(await readFile(join(latest, 'journal.ndjson'), 'utf8'))
    const uris = journal.flatMap(entry => (entry.is === 'scenario began' ? [entry.uri] : []))
    assert.deepEqual([...new Set(uris)], ['features/02-sale/sale.feature'])
  })

  test('runs on two workers', async () => {
    const ran = await installed.tillproof('certify', '--only', 'SALE-001', '--parallel', '2', '--out', 'two')
    assert.equal(ran.code, 0, ran.out + ran.err)
  })

  test('runs a fault on a thread of its own', async () => {
    const ran = await installed.tillproof('faults', '--only', 'host:approves a second void', '--json')
    assert.equal(ran.err.includes('Error'), false, ran.err)
    const { faults } = JSON.parse(ran.out)
    assert.deepEqual([faults.length, faults[0].killed], [1, true], ran.err)
  })

  test('knows the same requirements as the checkout', async () => {
    const [there, here] = await Promise.all([
      installed.tillproof('requirements', '--json'),
      run(where.root, process.execPath, ['emulator/cli/main.ts', 'requirements', '--json']),
    ])
    assert.equal(there.code, 0, there.err)
    assert.deepEqual(JSON.parse(there.out), JSON.parse(here.out))
  })

  test('offers its pieces to a program, with their types', async () => {
    const { code, out, err } = await installed.module(
      `import { dialectIds } from 'tillproof'; process.stdout.write(dialectIds.join())`,
    )
    assert.equal(code, 0, err)
    assert.match(out, /unionpay-pos/)
    const schema = JSON.parse(await readFile(join(installed.package, 'docs', 'profile.schema.json'), 'utf8'))
    assert.equal(typeof schema, 'object')
    assert.ok(globSync('dist/emulator/index.d.ts', { cwd: installed.package }).length === 1)
  })

  test('holds what runs, and neither sources nor tests nor the small host', () => {
    const files = globSync('**/*', { cwd: installed.package })
    const stray = files.filter(file => /(?<!\.d)\.ts$|\.mjs$|\.test[.-]|\.suite\.|vectors/.test(file))
    assert.deepEqual(stray, [])
  })
})

test('an older Node is told which one is needed, before anything else is read', async () => {
  const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.9.0' } })`
  const { code, err } = await run(where.root, process.execPath, ['--import', older, 'bin/tillproof.js', 'certify'])
  assert.deepEqual([code, err.split('\n')[0]], [5, 'tillproof: Node 24 or later is needed; this is 20.9.0'])
})

test('the lock file has every package that a locked one asks for, and no address that one was fetched from', async () => {
  const text = await readFile(join(where.root, 'package-lock.json'), 'utf8')
  assert.doesNotMatch(text, /"resolved"|https?:\/\/[^"]*\.tgz/)
  const { packages }: Lock = JSON.parse(text)
  // Packages of other systems included: where a registry lacks one, npm leaves it out of the file, and `npm ci` then refuses the file.
  const missing = Object.values(packages)
    .flatMap(({ dependencies, optionalDependencies }) => Object.keys({ ...dependencies, ...optionalDependencies }))
    .filter(name => !Object.keys(packages).some(path => path.endsWith(`node_modules/${name}`)))
  assert.deepEqual(missing, [])
})

type Names = Readonly<Record<string, string>>
type Lock = Readonly<{ packages: Readonly<Record<string, Readonly<{ dependencies?: Names; optionalDependencies?: Names }>>> }>
