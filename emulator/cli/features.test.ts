import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { test } from 'node:test'
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin'
import { applicability } from '../verdict/applicability.ts'
import { isRequirementTag, rows } from '../verdict/requirements/index.ts'
import { officeRows } from '../verdict/requirements/office.ts'
import { isCovered } from '../verdict/requirements/row.ts'
import { catalogueOf } from './catalogue.ts'
import { rulesOf, straysIn } from './coverage.ts'
import { checkedProfile } from './profile.ts'
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

/** What scenarios say when the acquirer does something that every till feels. The bench refuses it to a scenario without the tag. */
const felt: readonly RegExp[] = [
  /^the time in which it could be voided has passed$/,
  /^the acquirer will lose the line before its next answer$/,
  /^the acquirer was restarted$/,
  /^\S.* sends a sale of .* twice at once$/,
]

test('a scenario in which the acquirer does what every till feels is tagged @exclusive, and no other', async () => {
  let ids = 0
  const newId = (): string => {
    ids += 1
    return `${ids}`
  }
  const pickles = await Promise.all(
    files.map(async file => {
      const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher())
      return compile(parser.parse(await readFile(file, 'utf8')), relative(projectRoot, file), newId)
    }),
  )
  const said = (sentences: readonly RegExp[], steps: readonly Readonly<{ text: string }>[]): boolean =>
    steps.some(({ text }) => sentences.some(sentence => sentence.test(text)))
  const wrong = pickles
    .flat()
    .filter(({ steps, tags }) => said(felt, steps) !== tags.some(({ name }) => name === '@exclusive'))
    .map(({ uri, name }) => `${uri}: ${name}`)
  assert.deepEqual(wrong, [])
  const idle = felt.filter(sentence => !pickles.flat().some(({ steps }) => said([sentence], steps)))
  assert.deepEqual(idle, [], 'sentences that no scenario says')
})

test('the scenarios of the back office are about rows that do not apply where there is none: they cost other runs nothing', async () => {
  const reference = await checkedProfile()
  const ids = new Set(rules.filter(({ at }) => at.includes('/16-office/')).flatMap(rule => rule.ids))
  assert.deepEqual([...ids].toSorted(), officeRows.map(({ id }) => id).toSorted())
  const asked = rows.filter(row => ids.has(row.id) && row.binds === 'host' && applicability(row, reference).applies)
  assert.deepEqual(asked, [])
})
