import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleResult } from '../report/sample.ts'
import type { DeviationResult } from '../verdict/result.ts'
import { certificateOf } from './certificate.ts'
import { contradictionIn } from './contradiction.ts'
import { certificateHtml } from './html.ts'
import { roomsFor } from './room.ts'
import { resultOf, rowsOf, sampleDigests } from './sample.ts'
import { type Language, words } from './words.ts'

const deviation: DeviationResult = {
  requirement: 'VOID-101',
  reason: 'the old core is replaced in spring',
  approver: 'Head of acquiring',
  expires: '2026-12-31',
  stands: 'in force',
}

/** The page as a reader has it: without marks, style and tags. */
function textOf(result: typeof sampleResult, language: Language = 'en'): string {
  const certificate = certificateOf(result, sampleDigests)
  const [room] = roomsFor(certificate)
  assert.ok(room)
  return certificateHtml(certificate, language, room)
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
}

test('what failed stands before what is open, the acquirer’s before our own, and nothing that passed', () => {
  const own = rowsOf(1, 'failed', { id: 'TERM-001', part: 'instrument' })
  const mixed = resultOf([
    ...rowsOf(2, 'passed'),
    ...rowsOf(1, 'untested'),
    ...own,
    ...rowsOf(1, 'failed', { severity: 'minor' }),
    ...rowsOf(1, 'failed', { id: 'SEC-006' }),
  ])
  assert.deepEqual(
    certificateOf(mixed, sampleDigests).against.map(({ id }) => id),
    ['SEC-006', 'VOID-101', 'TERM-001', 'SETL-101'],
  )
})

test('a row that it was agreed to leave open stands under the deviations, with who approved it and until when', () => {
  const agreed = resultOf([...rowsOf(3, 'passed'), ...rowsOf(1, 'failed')], { deviations: [deviation] })
  assert.deepEqual(certificateOf(agreed, sampleDigests).against, [])
  const text = textOf(agreed)
  assert.match(text, /Certified with 1 deviation /)
  assert.match(text, /VOID-101 the old core is replaced in spring Head of acquiring 2026-12-31 in force/)
  assert.match(text, /Of 4 requirements that were judged of the acquirer, all hold but 1 that it was agreed to leave open\./)
})

test('an expired deviation keeps nothing from standing against the acquirer', () => {
  const expired = resultOf(rowsOf(1, 'failed'), { deviations: [{ ...deviation, stands: 'expired' }] })
  assert.deepEqual(
    certificateOf(expired, sampleDigests).against.map(({ id }) => id),
    ['VOID-101'],
  )
  assert.match(textOf(expired), /Not certified .* expired: counts as failed/)
})

test('a limited run and a part of a run say so in the headline itself', () => {
  const limited = resultOf(rowsOf(2, 'passed'), {
    verdict: 'certified, for 2 requirements only',
    limit: { only: ['VOID-101', 'VOID-102'] },
  })
  assert.match(textOf(limited), /Certified for 2 requirements only Example/)
  const shard = resultOf(rowsOf(2, 'passed'), { verdict: 'certified (shard 2 of 3)' })
  assert.match(textOf(shard), /Certified in part 2 of 3 only Example/)
})

test('why nothing is concluded is said: our own terminal, what is open, or an early end', () => {
  const own = { ...resultOf(rowsOf(2, 'failed', { part: 'instrument' })), verdict: 'inconclusive', exitCode: 2 }
  assert.match(textOf(own), /Inconclusive .* 2 requirements of our own terminal failed: nothing is concluded/)
  assert.match(textOf(resultOf(rowsOf(3, 'untested'))), /3 requirements got no verdict that counts: nothing is concluded\./)
  assert.match(textOf(resultOf(rowsOf(1, 'untested'), { stopped: 'interrupted' })), /The run was stopped early: interrupted/)
})

test('a run that judged our own terminal alone says that it says nothing about the acquirer', () => {
  const own = resultOf(rowsOf(2, 'passed', { part: 'instrument' }))
  assert.match(textOf(own), /Nothing was judged of the acquirer/)
  assert.doesNotMatch(textOf(own), /hold\./)
})

test('both digests, the two sentences of what it is not, and a place to sign are on every certificate', () => {
  for (const language of ['en', 'zh'] as const) {
    const text = textOf(sampleResult, language)
    for (const part of [sampleDigests.result, sampleDigests.journal, sampleResult.run.profile.sha256])
      assert.ok(text.includes(part))
    for (const both of [words.scope, words.name, words.signature, words.signedOn])
      assert.ok(text.includes(both[language === 'en' ? 0 : 1]), both[0])
  }
  const { journal: _, ...withoutJournal } = sampleDigests
  const certificate = certificateOf(sampleResult, withoutJournal)
  const [room] = roomsFor(certificate)
  assert.ok(room)
  assert.match(certificateHtml(certificate, 'en', room), /not beside the result/)
})

test('in Chinese the frame is Chinese and the requirements’ own sentences are English', () => {
  const text = textOf(sampleResult, 'zh')
  assert.match(text, /未通过认证 .* 撤销 .* 严重 .*A host MUST refuse a void/)
  for (const [en] of Object.values(words)) if (en.length > 12) assert.ok(!text.includes(` ${en} `), en)
})

test('what came from elsewhere is text, and the page asks for nothing and runs nothing', () => {
  const named = { ...sampleResult.run, profile: { name: '<script>alert(1)</script>', sha256: '0' } }
  const certificate = certificateOf({ ...sampleResult, run: named }, sampleDigests)
  const [room] = roomsFor(certificate)
  assert.ok(room)
  const page = certificateHtml(certificate, 'en', room)
  assert.doesNotMatch(page, /<script|style="|https?:(?!\/\/tillproof)/)
  assert.match(page, /content="default-src &#39;none&#39;/)
})

test('each layout leaves out as much as the one before, or more', () => {
  const many = Array.from({ length: 9 }, (_, at) => ({ ...deviation, requirement: `VOID-${201 + at}` }))
  const rooms = roomsFor(certificateOf(resultOf(rowsOf(12, 'failed'), { deviations: many }), sampleDigests))
  for (const [at, room] of rooms.entries()) {
    const before = rooms[at - 1] ?? room
    assert.ok(room.against <= before.against && room.deviations <= before.deviations && room.zoom <= before.zoom)
  }
  assert.deepEqual([rooms[0]?.against, rooms[0]?.deviations, rooms.at(-1)?.against], [12, 9, 3])
})

test('a result that a run wrote contradicts nothing', () => {
  assert.equal(contradictionIn(sampleResult), undefined)
  assert.equal(contradictionIn(resultOf(rowsOf(3, 'failed'), { deviations: [] })), undefined)
})

test('a result that was touched up says where', () => {
  const broken = resultOf([...rowsOf(2, 'passed'), ...rowsOf(1, 'failed')])
  const open = resultOf([...rowsOf(2, 'passed'), ...rowsOf(1, 'untested')])
  const good = resultOf(rowsOf(2, 'passed'))
  const cases: readonly (readonly [typeof sampleResult, RegExp])[] = [
    [{ ...broken, verdict: 'certified' }, /the headline is "certified", and the exit code 1/],
    [{ ...broken, verdict: 'certified', exitCode: 0 }, /it is "certified", and VOID-101 failed/],
    [{ ...broken, requirements: broken.requirements.slice(0, 2) }, /it is "not certified", and no row of the acquirer failed/],
    [{ ...broken, requirements: broken.requirements.slice(1) }, /sums count 2 rows of the acquirer passed, and there are 1/],
    [{ ...open, verdict: 'certified', exitCode: 0 }, /it is "certified", and SETL-101 is untested/],
    [{ ...good, stopped: 'interrupted' }, /the run was stopped early/],
    [{ ...good, notCovered: [] }, /2 rows not covered, and there are 0/],
  ]
  for (const [result, says] of cases) assert.match(contradictionIn(result) ?? 'nothing', says)
})
