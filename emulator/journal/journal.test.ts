import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Journal, parseNdjson, pieceName, placeOf } from './journal.ts'

test('entries are numbered within their scenario, in order, with the time since the run began', () => {
  let micros = 0
  const journal = new Journal('03-void/correct-void:14', () => {
    micros += 5
    return micros
  })
  journal.append({ is: 'step', text: 'Alice pays' })
  journal.append({ is: 'step', text: 'the shop voids' })
  assert.deepEqual(
    journal.entries().map(({ id, atMicros }) => [id, atMicros]),
    [
      ['03-void/correct-void:14#1', 5],
      ['03-void/correct-void:14#2', 10],
    ],
  )
})

test('what is written is read back the same', () => {
  const journal = new Journal('a:1', () => 1)
  journal.append({ is: 'control', says: 'closed the business day' })
  assert.deepEqual(parseNdjson(journal.toNdjson()), journal.entries())
})

test('a line that is no entry is named', () => {
  assert.throws(() => parseNdjson('{"id":"a#1"}\n{"id":'), /line 2 of the journal is not JSON/)
})

test('a place is the feature and the line, wherever the checkout is', () => {
  assert.equal(placeOf('features/03-void/correct-void.feature', 14), '03-void/correct-void:14')
  assert.equal(placeOf('/somewhere/features/03-void/correct-void.feature', 14), '03-void/correct-void:14')
  assert.equal(placeOf('features\\03-void\\correct-void.feature', 14), '03-void/correct-void:14')
})

test('a piece has a name that any file system takes', () => {
  assert.equal(pieceName('features/03-void/correct-void.feature', 14), '03-void~correct-void@14.ndjson')
})
