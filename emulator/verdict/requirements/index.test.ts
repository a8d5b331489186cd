import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ClaimName, claims } from '../claims.ts'
import { isRequirementTag, rowById, rows, rowsFor } from './index.ts'
import { isCovered, keyOf } from './row.ts'

test('every row has a key of its own', () => {
  const keys = rows.map(keyOf)
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
  )
})

test('a half is one of two: a row that binds both stands once for the host and once for the terminal', () => {
  for (const row of rows) {
    const sides = rowsFor([row.id]).map(one => one.binds)
    assert.deepEqual(sides, row.half ? ['host', 'terminal'] : [row.binds], row.id)
  }
})

test('every row is judged on a claim or always, or says why it is not covered', () => {
  for (const row of rows) {
    if (!isCovered(row)) assert.notEqual(row.notCovered, '', keyOf(row))
    else assert.equal(row.judged === 'on claim', row.answersTo.length > 0, keyOf(row))
  }
})

test('every claim is answered by a row', () => {
  const answered = new Set<ClaimName>(rows.filter(isCovered).flatMap(row => row.answersTo))
  const idle = Object.keys(claims).filter(name => ![...answered].some(one => one === name))
  assert.deepEqual(idle, [])
})

test('two rows of one id and side never share a check by accident', () => {
  const checks = rows.filter(isCovered).map(row => row.check)
  const shared = rows.filter(isCovered).filter(row => checks.filter(check => check === row.check).length > 1)
  assert.deepEqual(shared.map(keyOf), [])
})

test('a row is found by its key, and a tag is one that names a row', () => {
  assert.equal(rowById('VOID-013')?.id, 'VOID-013')
  assert.equal(rowById('VOID-004/terminal')?.binds, 'terminal')
  assert.equal(isRequirementTag('VOID-004'), true)
  assert.equal(isRequirementTag('VOID-999'), false)
})
