import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { resultJsonSchema, resultSchema } from './result-schema.ts'
import { sampleResult } from './sample.ts'

test('a result conforms to its schema', () => {
  assert.deepEqual(resultSchema.parse(JSON.parse(JSON.stringify(sampleResult))), sampleResult)
})

test('an unknown key, a missing one and an unknown verdict do not conform', () => {
  const [row] = sampleResult.requirements
  const { verdict: _, ...headless } = sampleResult
  for (const wrong of [{ ...sampleResult, extra: 1 }, headless, { ...sampleResult, requirements: [{ ...row, verdict: 'fine' }] }])
    assert.equal(resultSchema.safeParse(wrong).success, false)
})

test('docs/result.schema.json is current', async () => {
  assert.equal(await readFile(new URL('../../docs/result.schema.json', import.meta.url), 'utf8'), resultJsonSchema())
})
