import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tillproofHere } from './main.test-run.ts'

test('without a browser no fault of the back office is run, so that none looks like a survivor', async t => {
  const before = process.env.TILLPROOF_CHROMIUM
  t.after(() => {
    if (before === undefined) delete process.env.TILLPROOF_CHROMIUM
    else process.env.TILLPROOF_CHROMIUM = before
  })
  process.env.TILLPROOF_CHROMIUM = '/nowhere'
  const { code, err } = await tillproofHere(['faults', '--only', 'host:lets a clerk approve'])
  assert.equal(code, 5)
  assert.match(err, /is visited in a browser, and there is none.*\n.*\/nowhere/)
})
