import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tillproofHere } from './main.test-run.ts'

/** What a command says and how it ends where that is the browser. */
async function withBrowser(path: string, argv: readonly string[]) {
  const before = process.env.TILLPROOF_CHROMIUM
  process.env.TILLPROOF_CHROMIUM = path
  try {
    return await tillproofHere(argv)
  } finally {
    if (before === undefined) delete process.env.TILLPROOF_CHROMIUM
    else process.env.TILLPROOF_CHROMIUM = before
  }
}

test('without a browser no fault of the back office is run, so that none looks like a survivor', async () => {
  const { code, err } = await withBrowser('/nowhere', ['faults', '--only', 'host:lets a clerk approve'])
  assert.equal(code, 5)
  assert.match(err, /is visited in a browser, and there is none.*\n.*\/nowhere/)
})

test('a browser that is there and does not start is found out before the first byte, and said in two lines', async () => {
  const { code, out, err } = await withBrowser(process.execPath, ['certify', '--driver', 'page', '--only', 'SALE-001'])
  assert.deepEqual([code, out], [5, ''], err)
  assert.match(err, /^tillproof: the page of the terminal is visited in a browser.*\n {2}.* does not start: [^\n]*\n$/)
})
