import assert from 'node:assert/strict'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { main } from './main.test-run.ts'
import { strangeListener } from './strange-listeners.test-run.ts'

/** A run that is stopped ends in seconds; the machine may be busy. */
const timeout = 60_000

let folder = ''
let patient = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stopping-'))
  patient = join(folder, 'patient.yaml')
  const reference = await readFile(where.referenceProfile, 'utf8')
  await writeFile(
    patient,
    reference
      .replaceAll('../keys/', `${join(where.fixtures, 'keys')}/`)
      .replaceAll('../cards/', `${join(where.fixtures, 'cards')}/`)
      .replace(/businessDay: .*/, 'businessDay: none')
      .replace(/^ *- (view-ledger|control-\w+)\n/gm, ''),
  )
})
after(() => rm(folder, { recursive: true }))

type Child = ChildProcessByStdio<null, Readable, Readable>
type Ended = Readonly<{ code: number | null; signal: NodeJS.Signals | null; out: string; err: string }>

/** A run that goes on in a process of its own, and how it will have ended. */
function begin(...argv: readonly string[]): Readonly<{ child: Child; ended: Promise<Ended> }> {
  const child = spawn(process.execPath, [main, 'certify', ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const whole = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { child, ended: whole.then(([out, err]) => ({ code: child.exitCode, signal: child.signalCode, out, err })) }
}

/** Resolves when the child has said this on standard error. */
function says({ stderr }: Child, words: RegExp): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    stderr.on('data', chunk => {
      said += String(chunk)
      if (words.test(said)) resolve()
    })
    stderr.once('end', () => reject(new Error(`${words} was not said:\n${said}`)))
  })
}

const resultIn = async (run: string): Promise<Result> => JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))

test('Ctrl-C in the middle of a run ends it cleanly, with a report of what is known and exit code 3', { timeout }, async () => {
  const run = join(folder, 'interrupted')
  const { child, ended } = begin('--out', run)
  await says(child, /^\d+\/\d+ ✓/m)
  child.kill('SIGINT')
  const { code, signal, out, err } = await ended
  assert.deepEqual([code, signal], [3, null], err)
  const { stopped, exitCode, summary, requirements } = await resultIn(run)
  assert.deepEqual([stopped, exitCode], ['the run was interrupted', 3])
  assert.ok(summary.acquirer.passed > 0, 'what had passed is known')
  const untested = requirements.filter(({ verdict }) => verdict === 'untested')
  assert.ok(untested.length > 0)
  assert.deepEqual([...new Set(untested.map(({ because }) => because))], ['the run was interrupted'])
  assert.match(out, new RegExp(`stopped early: the run was interrupted; ${untested.length} requirements are\\s+untested`))
  assert.deepEqual(
    requirements.filter(({ verdict }) => verdict === 'failed' || verdict === 'inconclusive').map(({ id }) => id),
    [],
    'nobody is blamed for the interruption',
  )
  for (const file of ['report.html', 'junit.xml', 'journal.ndjson', 'messages.ndjson', 'profile.yaml'])
    await access(join(run, file))
})

for (const parallel of ['1', '2'])
  test(`Ctrl-C ends the wait for an acquirer that is silent, ${parallel} at a time`, { timeout }, async t => {
    const run = join(folder, `silent-${parallel}`)
    const listener = await strangeListener(socket => socket.resume())
    t.after(() => listener.close())
    const { child, ended } = begin(
      ...['--profile', patient, '--endpoint', listener.endpoint, '--out', run, '--parallel', parallel, '--no-preflight'],
    )
    // A run that ends before it has said a word is a failure, and not one to wait for.
    await Promise.race([listener.spokenTo, ended])
    const interruptedAt = performance.now()
    child.kill('SIGINT')
    const { code, signal, err } = await ended
    assert.ok(performance.now() - interruptedAt < 30_000, 'the 60 seconds of the profile were not waited for')
    const { stopped, summary } = await resultIn(run)
    assert.equal(stopped, 'the run was interrupted')
    assert.equal(summary.acquirer.passed + summary.acquirer.failed + summary.instrument.failed, 0)
    assert.deepEqual([code, signal], [2, null], `without any verdict the exit code is 2\n${err}`)
    await access(join(run, 'report.html'))
  })

test('a second Ctrl-C ends at once, without a report', { timeout }, async () => {
  const run = join(folder, 'at-once')
  const { child, ended } = begin('--out', run)
  await says(child, /^\d+\/\d+ ✓/m)
  child.kill('SIGINT')
  await says(child, /press Ctrl-C again to end at once/)
  child.kill('SIGINT')
  const { code, signal, err } = await ended
  assert.deepEqual([code, signal], [3, null], err)
  assert.doesNotMatch(err, /^\s+at /m)
  await assert.rejects(access(join(run, 'report.html')), { code: 'ENOENT' })
})
