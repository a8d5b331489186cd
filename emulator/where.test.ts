import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { where } from './where.ts'

test('in a checkout the sources themselves are run, and everything that is named is there', () => {
  assert.equal(where.extension, '.ts')
  assert.equal(where.steps, join(where.root, 'steps'))
  for (const path of [where.features, where.steps, where.referenceProfile, where.testNumbers, where.docs])
    assert.ok(existsSync(path), path)
  assert.match(where.version, /^\d+\.\d+\.\d+/)
})
