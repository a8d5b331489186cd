import assert from 'node:assert/strict'
import { test } from 'node:test'
import { colourful, painter } from './colour.ts'

const terminal = { isTTY: true }
const pipe = {}

test('a terminal is painted, a pipe is not', () => {
  assert.equal(colourful(terminal, {}), true)
  assert.equal(colourful(pipe, {}), false)
})

test('--no-color and NO_COLOR say no, FORCE_COLOR says yes to a pipe, and no wins', () => {
  assert.equal(colourful(terminal, {}, false), false)
  assert.equal(colourful(terminal, { NO_COLOR: '1' }), false)
  assert.equal(colourful(terminal, { NO_COLOR: '' }), true)
  assert.equal(colourful(pipe, { FORCE_COLOR: '1' }), true)
  assert.equal(colourful(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }), false)
})

test('paint wraps a text in its code, or leaves it alone', () => {
  assert.equal(painter(true)('ok', '32'), '\u001B[32mok\u001B[0m')
  assert.equal(painter(false)('ok', '32'), 'ok')
})
