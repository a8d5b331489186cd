import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../../dialects/index.ts'
import { judgeAlways } from '../judge.ts'
import { rows } from '../requirements/index.ts'
import { TestJournal, testProfile } from '../test-journal.ts'

const row = rows.filter(({ id }) => id === 'MSG-008')
const profile = { ...testProfile(), speaks: dialectById('iso8583-1987') }
const trace = '000001'

/** A sale without an answer, and its reversal, which names it so. */
function judged(named: Readonly<Record<string, string>>, special?: string): string | undefined {
  const journal = new TestJournal()
  const key = { trace, batch: '000001', sentAt: '0601021500' }
  journal.do('sale', { came: 'silence', fields: key })
  journal.do('reverse', { came: '00', fields: { ...key, ...named }, ...(special === undefined ? {} : { special }) })
  return judgeAlways(journal.entries, row, profile)[0]?.verdict.is
}

const right = { originalType: '0200', originalTrace: trace, originalSentAt: '0601021500' }

test('a reversal that names its original as it was sent is right; zeros stand for what cannot be known', () => {
  assert.equal(judged(right), 'passed')
  assert.equal(judged({ ...right, originalTrace: '000000', originalSentAt: '0000000000' }), 'passed')
})

for (const [name, wrong] of [
  ['originalType', '0100'],
  ['originalType', '0000'],
  ['originalTrace', '000002'],
  ['originalSentAt', '0601021501'],
] as const)
  test(`another ${name} (${wrong}) has failed`, () => assert.equal(judged({ ...right, [name]: wrong }), 'failed'))

test('what is wrong on purpose is not judged', () => {
  assert.notEqual(judged({ ...right, originalType: '0100' }, 'another original'), 'failed')
})
