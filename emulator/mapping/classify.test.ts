import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classified } from './classify.ts'
import { mappingOf } from './test-mapping.ts'

/** The id of the rule that is taken, of one with this condition and a default. */
async function ruleFor(condition: string, names: Readonly<Record<string, unknown>>): Promise<string> {
  const rules = `[{ id: it, then: FUNDS, when: ${JSON.stringify(condition)} }, { id: default, then: UNKNOWN }]`
  const one = `{ request: { path: /x }, classify: ${rules} }`
  const { operations } = mappingOf(
    `name: x\nparties: { A: {} }\nsettle: { strategy: none }\noperations: { sale: ${one}, void: ${one} }`,
  )
  return (await classified(operations.get('sale')?.calls[0].classify ?? [], names)).id
}

for (const [condition, names, rule] of [
  ['body.a = "1"', { body: { a: '1' } }, 'it'],
  ['body.a = "1"', { body: { a: '2' } }, 'default'],
  ['body.a', { body: {} }, 'default'],
  ['body.flag', { body: { flag: true } }, 'it'],
  ['body.flag', { body: { flag: false } }, 'default'],
  ['"x" in body.**.code', { body: { deep: [{ code: 'x' }] } }, 'it'],
] as const)
  test(`${condition} over ${JSON.stringify(names)}: rule ${rule}`, async () => {
    assert.equal(await ruleFor(condition, names), rule)
  })

for (const flag of ['false', '0', 'no', '1'])
  test(`a condition that gives the text "${flag}" is neither true nor false, and an error of the mapping`, async () => {
    await assert.rejects(ruleFor('body.flag', { body: { flag } }), { code: 'MAPPING_FAILED' })
  })
