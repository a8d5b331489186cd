import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FaultRun, matrixJson, matrixText } from './matrix-text.ts'

const fault = (id: string, killed: boolean, more: Partial<FaultRun> = {}): FaultRun => ({
  ...{ id, kind: 'host', says: `the host ${id}`, breaks: ['VOID-013'], moneyAtRisk: true, seed: '7', killed },
  ...{ killedBy: killed ? ['VOID-013'] : [], unexpected: [], missing: killed ? [] : ['VOID-013'] },
  ...more,
})

const matrix = { faults: [fault('host:reverses twice', true), fault('host:voids for anyone', false)], falseAlarms: ['SALE-001'] }

test('survivors stand first, with what they do and the row that should have caught them', () => {
  const [, score, , first, ...rest] = matrixText(matrix, { colour: false, width: 90 }).split('\n')
  assert.equal(score, '1 of 2 faults caught; 1 of 2 that cost money (¥); 1 false alarm')
  assert.match(first ?? '', /✗ survived host:voids for anyone ¥ should be caught by VOID-013/)
  assert.match(rest.join('\n'), /the host host:voids for anyone \(seed 7\)/)
  assert.match(rest.join('\n'), /✓ host:reverses twice +¥ by VOID-013/)
  assert.match(rest.join('\n'), /SALE-001 fails on the good host/)
})

test('a fault that breaks more than was foretold says so', () => {
  const text = matrixText(
    { faults: [fault('x', true, { unexpected: ['LEDG-001'], missing: ['VOID-002'] })], falseAlarms: [] },
    { colour: false, width: 90 },
  )
  assert.match(text, /not by VOID-002/)
  assert.match(text, /also LEDG-001, which was not foretold/)
})

test('the JSON is the matrix itself', () => {
  assert.deepEqual(JSON.parse(matrixJson(matrix)), matrix)
})
