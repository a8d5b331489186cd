import { findChromium } from './chromium.ts'

const found = findChromium()

/** Why there is no browser to test with, if there is none. In continuous integration that is a failure, and nothing is skipped. */
export const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false
