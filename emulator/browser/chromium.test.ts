import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findChromium } from './chromium.ts'

const around = (there: readonly string[], env: Readonly<Record<string, string>> = {}) => ({
  env,
  exists: (file: string) => there.includes(file),
  own: '/cache/chromium',
  isRoot: false,
})

test('the browser that the environment names goes first, then Playwright’s own, then the system’s', () => {
  const all = ['/mine', '/cache/chromium', '/usr/bin/chromium', '/usr/bin/google-chrome']
  const found = (there: readonly string[], env?: Readonly<Record<string, string>>) => findChromium(around(there, env))
  assert.deepEqual(found(all, { TILLPROOF_CHROMIUM: '/mine' }), { path: '/mine', args: [] })
  assert.deepEqual(found(all), { path: '/cache/chromium', args: [] })
  assert.deepEqual(found(all.slice(2)), { path: '/usr/bin/chromium', args: [] })
  assert.deepEqual(found(all.slice(3)), { path: '/usr/bin/google-chrome', args: [] })
})

test('a name that leads nowhere is said, though there would be another browser', () => {
  const found = findChromium(around(['/usr/bin/chromium'], { TILLPROOF_CHROMIUM: '/gone' }))
  assert.match('missing' in found ? found.missing : '', /TILLPROOF_CHROMIUM names \/gone/)
})

test('without any browser there is one command to run', () => {
  const found = findChromium(around([]))
  assert.match('missing' in found ? found.missing : '', /npx playwright install chromium/)
})

test('root starts it without its sandbox', () => {
  assert.deepEqual(findChromium({ ...around(['/usr/bin/chromium']), isRoot: true }), {
    path: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
})
