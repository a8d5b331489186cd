import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { test } from 'node:test'
import { isRequirementTag, rows } from '../verdict/requirements/index.ts'
import { isCovered } from '../verdict/requirements/row.ts'
import { catalogueOf } from './catalogue.ts'
import { rulesOf, straysIn } from './coverage.ts'
import { featureFiles, projectRoot } from './where.ts'

const files = featureFiles()
const rules = await rulesOf(files, projectRoot)

test('every scenario stands in a rule, and ids stand on rules only, three at most', async () => {
  const strays = await Promise.all(files.map(async file => straysIn(relative(projectRoot, file), await readFile(file, 'utf8'))))
  assert.deepEqual(strays.flat(), [])
})

test('every id on a rule is a row of the catalogue, and every rule has an id and a scenario', () => {
  const unknown = rules.flatMap(({ at, ids }) => ids.filter(id => !isRequirementTag(id)).map(id => `${at}: ${id}`))
  assert.deepEqual(unknown, [])
  const idle = rules.filter(({ ids, scenarios }) => ids.length === 0 || scenarios === 0).map(({ at }) => at)
  assert.deepEqual(idle, [])
})

test('every row has a scenario or a written reason, and none has both', () => {
  const { rows: listed } = catalogueOf(rows, rules)
  const neither = listed
    .filter(({ coveredBy, notCovered }) => coveredBy.length === 0 && notCovered?.startsWith('no rule of a feature'))
    .map(({ key }) => key)
  assert.deepEqual(neither, [])
  // Of a row that binds both, a rule may be about one half; the other half then has its reason.
  const covered = new Set(rows.filter(isCovered).map(({ id }) => id))
  const both = rules.flatMap(({ at, ids }) =>
    ids.filter(id => isRequirementTag(id) && !covered.has(id)).map(id => `${at}: ${id}`),
  )
  assert.deepEqual(both, [])
})
