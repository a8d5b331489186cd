import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { browserVariable, findChromium } from '../browser/chromium.ts'
import { notify } from './output.ts'

// What `npm test` runs: every test, or the files that are named. Node's own choice leaves one core idle, which is half of a small machine.
fetchChromium()
const named = process.argv.slice(2)
const everything = ['emulator', 'steps', 'benchmarks', 'fixtures'].map(folder => `${folder}/**/*.test.ts`)
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    `--test-concurrency=${availableParallelism()}`,
    '--test-timeout=300000',
    '--test-reporter=spec',
    ...(named.length === 0 ? everything : named),
  ],
  { stdio: 'inherit' },
)
process.exitCode = status ?? 1

/** Where there is no Chromium, Playwright's own is fetched. Without one the tests of the pages are skipped, and say so. */
function fetchChromium(): void {
  const found = findChromium()
  if (!('missing' in found)) return
  if ((process.env[browserVariable] ?? '') !== '') {
    notify(`The tests of the pages are skipped: ${found.missing}`)
    return
  }
  notify('The tests of the pages need a Chromium, and there is none: fetching the one of Playwright.')
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  const fetched = spawnSync(process.execPath, [playwright, 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env },
  })
  if (fetched.status !== 0) notify('It could not be fetched: the tests of the pages are skipped, and say so. In CI they fail.')
}
