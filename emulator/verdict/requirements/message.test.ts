import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeAlways } from '../judge.ts'
import { TestJournal, testProfile } from '../test-journal.ts'
import { rows } from './index.ts'

const uniqueReferences = rows.filter(({ id }) => id === 'MSG-006')

/** Two sales of one reference, with something in between. */
function twins(between: (journal: TestJournal) => void, second: Readonly<Record<string, string>> = {}): string | undefined {
  const journal = new TestJournal()
  const reference = '000000000042'
  journal.do('sale', { came: { code: '00', fields: { reference } } })
  between(journal)
  journal.do('sale', { came: { code: '00', fields: { reference, ...second } } })
  return judgeAlways(journal.entries, uniqueReferences, testProfile())[0]?.verdict.is
}

test('MSG-006: one reference for two sales of a day has failed', () => {
  assert.equal(
    twins(() => undefined),
    'failed',
  )
})

test('MSG-006: references may begin anew on another clearing day', () => {
  assert.equal(
    twins(() => undefined, { localDate: '0602' }),
    'passed',
  )
  assert.equal(
    twins(journal => journal.append({ is: 'control', says: 'closed the business day' })),
    'passed',
  )
})
