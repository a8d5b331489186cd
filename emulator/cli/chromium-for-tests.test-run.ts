import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { browserVariable, findChromium } from '../browser/chromium.ts'
import { notify } from './output.ts'

// Runs before the tests: where there is no Chromium, Playwright's own is fetched. Without one the tests of the pages are skipped, and say so.
const found = findChromium()
if ('missing' in found && (process.env[browserVariable] ?? '') !== '')
  notify(`The tests of the pages are skipped: ${found.missing}`)
else if ('missing' in found) {
  notify('The tests of the pages need a Chromium, and there is none: fetching the one of Playwright.')
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const { status } = spawnSync(process.execPath, [playwright, 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env },
  })
  if (status !== 0) notify('It could not be fetched: the tests of the pages are skipped, and say so. In CI they fail.')
}
