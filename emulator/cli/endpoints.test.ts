import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parseNdjson } from '../journal/journal.ts'
import type { RequirementResult, Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { tillproof } from './main.test-run.ts'
import { nothingListening, type StrangeListener, strangeListener } from './strange-listeners.test-run.ts'

let folder = ''
let profile = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'endpoints-'))
  profile = join(folder, 'impatient.yaml')
  await writeFile(profile, impatient(await readFile(where.referenceProfile, 'utf8')))
})
after(() => rm(folder, { recursive: true }))

/** The reference profile for an acquirer without a control port, of which an answer is expected within a second. */
function impatient(reference: string): string {
  return reference
    .replaceAll('../keys/', `${join(where.fixtures, 'keys')}/`)
    .replaceAll('../cards/', `${join(where.fixtures, 'cards')}/`)
    .replace(/respTimeout: .*/, 'respTimeout: { seconds: 1 }')
    .replace(/businessDay: .*/, 'businessDay: none')
    .replace(/^ *- (view-ledger|control-\w+)\n/gm, '')
}

/** A good answer to somebody else's sale. */
const canned = Buffer.from(
  Object(JSON.parse(readFileSync(join(where.fixtures, 'vectors', 'unionpay-frames.json'), 'utf8'))).vectors.find(
    ({ id }: Readonly<{ id: string }>) => id === 'conversation-signin-sale-void: sale response',
  ).hex,
  'hex',
)

type Strange = Readonly<{
  listen: () => Promise<StrangeListener>
  /** What the run says of its end; absent: it is not stopped early. */
  cause?: RegExp
  code: number
  /** What every run has seen of it, in its journal. */
  journal: RegExp
  /** The whole suite, not a few rows of it. */
  whole?: true
}>

const once = (answer: (socket: Socket) => void) => () => strangeListener(socket => socket.once('data', () => answer(socket)))

const strange: Readonly<Record<string, Strange>> = {
  'nothing listening': {
    listen: nothingListening,
    cause: /^nothing is listening at tcp:\/\/127\.0\.0\.1:\d+ \(2 requests in a row\)$/,
    code: 3,
    journal: /nothing is listening at/,
  },
  'a listener that never answers': {
    listen: () => strangeListener(socket => socket.resume()),
    cause: /^tcp:\/\/127\.0\.0\.1:\d+: the acquirer does not answer within 1 s \(2 requests in a row\)$/,
    code: 3,
    journal: /no answer to the signIn/,
    whole: true,
  },
  'a listener that closes at once': {
    listen: () => strangeListener(socket => socket.destroy()),
    cause: /: (the acquirer closes the line without an answer|the line broke before an answer: .*) \(2 requests in a row\)$/,
    code: 3,
    journal: /the line closed before an answer|the acquirer broke the connection|was lost/,
  },
  'a listener that closes in the middle of an answer': {
    listen: once(socket => socket.end(canned.subarray(0, 40))),
    cause: /: the acquirer closes the line in the middle of an answer, after 40 bytes \(2 requests in a row\)$/,
    code: 3,
    journal: /in the middle of an answer, after 40 bytes/,
  },
  'a listener that answers with garbage': {
    listen: once(socket => socket.write(Uint8Array.from({ length: 200 }, (_, at) => (at * 37 + 11) % 256))),
    cause:
      /: the acquirer sends no whole frame within 1 s: 200 bytes came, which begin with a length of 2864 \(2 requests in a row\)$/,
    code: 3,
    journal: /no answer to the signIn/,
  },
  'a listener that answers with a frame of garbage': {
    listen: once(socket => socket.write(Uint8Array.from([0, 20, ...Array(20).fill(0xee)]))),
    cause:
      /: the acquirer answers, but with 22 bytes that are no message: reading stops at byte \d+, in field \w+ \(2 requests in a row\)$/,
    code: 3,
    journal: /"standing":"unreadable"/,
  },
  'a listener that speaks HTTP': {
    listen: once(socket =>
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>Bad Request</h1>'),
    ),
    cause: /: what listens there speaks HTTP \(HTTP\/1\.1 400 Bad Request\), not ISO 8583 \(2 requests in a row\)$/,
    code: 3,
    journal: /in the middle of an answer/,
  },
  'a listener that answers everything with the approval of somebody else': {
    listen: () => strangeListener(socket => socket.on('data', () => socket.write(canned))),
    cause: /: the acquirer answers, but with a 0210 that does not belong to the 0800 \(2 requests in a row\)$/,
    code: 1,
    journal: /"standing":"foreign"/,
  },
  'a listener that sends back each request': {
    listen: () => strangeListener(socket => socket.pipe(socket)),
    code: 1,
    journal: /"is":"received"/,
  },
}

const filesOfRun = ['result.json', 'report.html', 'junit.xml', 'journal.ndjson', 'messages.ndjson', 'profile.yaml', 'run.json']

type Ran = Readonly<{ folder: string; result: Result; code: number | null; out: string; err: string; millis: number }>

async function certify(name: string, { endpoint }: StrangeListener, whole = false): Promise<Ran> {
  const out = join(folder, name.replaceAll(' ', '-'))
  const began = performance.now()
  const limit = whole ? [] : ['--only', 'MSG-001,SIGN-001,SALE-001,TERM-001']
  const ran = await tillproof(['certify', '--profile', profile, '--endpoint', endpoint, '--out', out, '--no-preflight', ...limit])
  const millis = performance.now() - began
  assert.equal(ran.code === 5, false, ran.err)
  return { ...ran, folder: out, result: JSON.parse(await readFile(join(out, 'result.json'), 'utf8')), millis }
}

const blamed = ({ requirements }: Result, part: RequirementResult['part']): string[] =>
  requirements.filter(row => row.part === part && row.verdict === 'failed').map(row => row.id)

describe('an endpoint that is no acquirer', { concurrency: 2, timeout: 300_000 }, () => {
  for (const [name, { listen, cause, code, journal, whole }] of Object.entries(strange))
    test(`${name}: the run ends soon, says why, and keeps all that happened`, async () => {
      const listener = await listen()
      const ran = await certify(name, listener, whole)
      await listener.close()
      const { result } = ran
      assert.equal(ran.code, code, ran.err)
      assert.equal(result.exitCode, code)
      assert.ok(ran.millis < 60_000, `${Math.round(ran.millis)} ms`)
      if (cause === undefined) assert.equal(result.stopped, undefined)
      else {
        assert.match(result.stopped ?? '', cause)
        assert.deepEqual(
          ran.err.split('\n').filter(line => line.startsWith('tillproof: ')),
          [`tillproof: stopped early: ${result.stopped}`],
        )
        assert.match(ran.out, /stopped early: /)
      }
      assert.doesNotMatch(ran.err + ran.out, /^\s+at .*:\d+:\d+/m, 'no stack trace')
      assert.deepEqual(blamed(result, 'instrument'), [], 'the instrument is not blamed for what the acquirer did')
      if (code !== 1) assert.deepEqual(blamed(result, 'acquirer'), [])
      for (const row of result.requirements)
        if (row.verdict === 'untested' || row.verdict === 'inconclusive') assert.ok((row.because ?? '') !== '', row.id)
      for (const file of filesOfRun) assert.ok((await stat(join(ran.folder, file))).size > 0, file)
      assert.ok((await stat(join(ran.folder, 'allure-results'))).isDirectory())
      const text = await readFile(join(ran.folder, 'journal.ndjson'), 'utf8')
      assert.ok(parseNdjson(text).length > 1)
      assert.match(text, journal)
    })
})

test('what a stopped run left is judged again to the same result', async () => {
  const listener = await nothingListening()
  const ran = await certify('judged again', listener, true)
  const again = await tillproof(['judge', ran.folder, '--json'])
  assert.equal(again.code, 3)
  assert.deepEqual(JSON.parse(again.out), ran.result)
  const untested = ran.result.requirements.filter(row => row.verdict === 'untested')
  assert.ok(untested.length > 50)
  assert.deepEqual([...new Set(untested.map(row => row.because))], [ran.result.stopped])
})
