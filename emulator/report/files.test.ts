import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeReports } from './files.ts'
import { sampleFields, sampleResult } from './sample.ts'
import { sampleEntries } from './sample-journal.ts'

test('the reports of a run stand in its folder, and result.json is the result', async context => {
  const above = await mkdtemp(join(tmpdir(), 'tillproof-report-'))
  context.after(() => rm(above, { recursive: true }))
  const folder = join(above, 'run')
  const files = await writeReports(folder, sampleResult, sampleEntries, sampleFields, 'tillproof certify --profile mine.yaml')
  assert.deepEqual((await readdir(folder)).toSorted(), ['junit.xml', 'report.html', 'result.json'])
  assert.deepEqual(JSON.parse(await readFile(files.result, 'utf8')), sampleResult)
  assert.match(await readFile(files.html, 'utf8'), /^<!doctype html>/)
  assert.match(await readFile(files.junit, 'utf8'), /^<\?xml version="1\.0" encoding="UTF-8"\?>/)
  for (const file of [files.html, files.junit])
    assert.match(await readFile(file, 'utf8'), /tillproof certify --profile mine\.yaml --only VOID-013 --seed 42/)
})
