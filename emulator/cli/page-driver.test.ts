import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { browserVariable, findChromium } from '../browser/chromium.ts'
import type { Entry } from '../journal/entry.ts'
import { loadProfile } from '../profile/load.ts'
import { where } from '../where.ts'
import { certification } from './certification.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'
import { Scenarios } from './scenarios.ts'

const found = findChromium()
const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false

/** Of each chapter a scenario or two: a till that is pressed too quickly, one without power, and one whose own checks are off among them. */
const ofEachChapter = [
  'SIGN-001',
  'SALE-002',
  'VOID-003',
  'VOID-024',
  'DUP-021',
  'REV-006',
  'SETL-004',
  'REF-003',
  'TERM-010',
  'RCPT-001',
]

const scenarios = new Scenarios()

async function driven(driver: 'direct' | 'page') {
  const profile = await loadProfile(where.referenceProfile)
  const options = {
    profile,
    only: ofEachChapter,
    waiting: 'skip',
    seed: 'two pairs of hands',
    parallel: 1,
    projections: false,
  } as const
  return certification({ ...options, driver }, scenarios)
}

/** What was written of each scenario, without the moment. */
function written(journal: readonly Entry[]): ReadonlyMap<string, readonly unknown[]> {
  const facts = journal.slice(1).map(({ atMicros: _, ...fact }) => fact)
  return Map.groupBy(facts, ({ id }) => id.slice(0, id.lastIndexOf('#')))
}

test('the same scenarios through the page write the same journal, but for those that no page can do', { skip }, async () => {
  const [direct, page] = [await driven('direct'), await driven('page')]
  assert.deepEqual([direct.errors, page.errors], [[], []])
  const [ofDirect, ofPage] = [written(direct.journal), written(page.journal)]
  const beyond: string[] = []
  for (const [place, facts] of ofPage) {
    const ended = page.journal.find(entry => entry.is === 'scenario ended' && entry.id.startsWith(`${place}#`))
    if (ended?.is === 'scenario ended' && ended.status === 'not applicable') {
      assert.equal(ended.says, 'a terminal whose own checks are off has no page')
      beyond.push(place)
    } else assert.deepEqual(facts, ofDirect.get(place), place)
  }
  assert.ok(
    beyond.length > 0 && ofPage.size - beyond.length >= ofEachChapter.length - 1,
    `${ofPage.size}, of them beyond: ${beyond}`,
  )
  const verdicts = ({ result }: typeof page) =>
    result.requirements.map(({ id, part, verdict, scenarios: own }) => ({ row: `${id}/${part}`, verdict, own }))
  for (const { row, verdict, own } of verdicts(page)) {
    const same = verdicts(direct).find(one => one.row === row)
    if (own.every(one => one.verdict !== 'not applicable')) assert.equal(verdict, same?.verdict, row)
  }
})

test('without a browser there is one command to run, before the first byte', async () => {
  const before = process.env[browserVariable]
  process.env[browserVariable] = '/nowhere/chromium'
  try {
    const { code, err } = await tillproofHere(['certify', '--driver', 'page', '--only', 'SALE-001'])
    assert.equal(code, 5)
    assert.match(err, /the page of the terminal is visited in a browser[\s\S]*TILLPROOF_CHROMIUM names \/nowhere\/chromium/)
  } finally {
    if (before === undefined) delete process.env[browserVariable]
    else process.env[browserVariable] = before
  }
})

test('what its page showed is linked at a scenario that failed, and named where the failure is told', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-page-driver-'))
  try {
    const limits = ['--only', 'SALE-002', '--seed', '1', '--parallel', '2', '--out', folder]
    const { code, out } = await tillproof(['certify', '--driver', 'page', '--fault', 'host:approves everything', ...limits])
    assert.equal(code, 1)
    const [, picture = ''] = /the page +(\S+\.png)/.exec(out) ?? []
    assert.ok(picture.startsWith(join(folder, 'pages')) && existsSync(picture), out)
    assert.ok(existsSync(picture.replace(/png$/, 'zip')))
    const report = await readFile(join(folder, 'report.html'), 'utf8')
    assert.match(report, /The page of the shop at the end: <a href="pages\/02-sale~sale@\d+\.png">picture<\/a>/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
