import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockAt, dateOf, timeOf, yearOf } from './instant.ts'

for (const [at, zone, shown] of [
  ['2026-05-31T16:00:07.999Z', 'UTC', '26 0531 160007'],
  ['2026-05-31T16:00:07.999Z', 'Asia/Shanghai', '26 0601 000007'],
  ['2026-12-31T23:30:00.000Z', 'Asia/Kolkata', '27 0101 050000'],
  ['2026-03-29T00:59:59.000Z', 'Europe/London', '26 0329 005959'],
  ['2026-03-29T01:00:00.000Z', 'Europe/London', '26 0329 020000'],
] as const)
  test(`${at} is ${shown} in ${zone}`, () => {
    const clock = clockAt(at, zone)
    assert.equal(`${yearOf(clock)} ${dateOf(clock)} ${timeOf(clock)}`, shown)
  })
