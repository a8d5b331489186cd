import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright'

/** A browser to start, or what to do to get one. */
export type Found = Readonly<{ path: string; args: readonly string[] }> | Readonly<{ missing: string }>

type Surroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>
  exists: (file: string) => boolean
  own: string
  isRoot: boolean
}>

/** The environment variable that names a browser before all others. */
export const browserVariable = 'TILLPROOF_CHROMIUM'

const usual: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * Looks for a Chromium: the one that TILLPROOF_CHROMIUM names, Playwright's own, the system's, Chrome.
 *
 * As root it can only be started without its sandbox: what it opens then are our own pages on 127.0.0.1, and the portal that a profile names.
 */
export function findChromium(around: Surroundings = here()): Found {
  const { env, exists, own, isRoot } = around
  const named = env[browserVariable]
  if (named !== undefined && named !== '' && !exists(named))
    return { missing: `${browserVariable} names ${named}, where there is nothing. Correct it, or unset it.` }
  const windows = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap(folder =>
    folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')],
  )
  const path = [named ?? '', own, ...usual, ...windows].find(file => file !== '' && exists(file))
  if (path === undefined)
    return { missing: `There is no Chromium here. Get one with: npx playwright install chromium (or set ${browserVariable})` }
  return { path, args: isRoot ? ['--no-sandbox'] : [] }
}

/**
 * Starts it.
 *
 * @throws Error that says how to get a browser where there is none
 */
export function startChromium(
  options: Pick<LaunchOptions, 'handleSIGINT' | 'handleSIGTERM' | 'handleSIGHUP'> = {},
): Promise<Browser> {
  const found = findChromium()
  if ('missing' in found) return Promise.reject(new Error(found.missing))
  return chromium.launch({ executablePath: found.path, args: [...found.args], ...options })
}

/** Of a browser that belongs to a run: Ctrl-C ends the scenario first, and then the run closes its browser. */
export const leftToTheRun = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false } as const

function here(): Surroundings {
  return { env: process.env, exists: existsSync, own: chromium.executablePath(), isRoot: process.getuid?.() === 0 }
}
