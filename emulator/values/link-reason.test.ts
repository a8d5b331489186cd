import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { linkReasons } from './link-reason.ts'

test('docs/lines.md lists every reason with what to do about it, and no other', () => {
  const page = readFileSync(new URL('../../docs/lines.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('## Why there is no line'))
  const listed = [...table.matchAll(/^\| ([\w ,-]+?) +\| (.+) \|$/gm)].map(([, reason, hint]) => [reason, hint]).slice(1)
  assert.deepEqual(
    listed.filter(([reason]) => !/^-+$/.test(reason ?? '')),
    Object.entries(linkReasons),
  )
})
