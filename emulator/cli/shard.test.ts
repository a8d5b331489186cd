import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { UsageError } from './complaint.ts'
import { rulesOf } from './coverage.ts'
import { Scenarios } from './scenarios.ts'
import { byPlace, type Place, shardOption, shareOf } from './shard.ts'
import { featureFiles, projectRoot } from './where.ts'

/** The scenarios in a share, out of its paths. */
const placesIn = (paths: readonly string[]): Place[] =>
  paths.flatMap(path => {
    const [file = '', ...lines] = path.split(':')
    return lines.map(line => ({ uri: relative('/suite', file), line: Number(line) }))
  })

/** A suite by the number of scenarios in each rule, ten rules to a feature. */
function suite(rules: readonly number[]): Readonly<{ plan: Place[]; rules: Place[]; ruleOf: (scenario: Place) => string }> {
  const built = rules.map((scenarios, at) => {
    const uri = `features/${String(Math.floor(at / 10)).padStart(2, '0')}.feature`
    const line = (at % 10) * 1000 + 1
    return { rule: { uri, line }, scenarios: Array.from({ length: scenarios }, (_, nth) => ({ uri, line: line + 1 + nth })) }
  })
  return {
    plan: built.flatMap(({ scenarios }) => scenarios),
    rules: built.map(({ rule }) => rule),
    ruleOf: ({ uri, line }) => `${uri}:${Math.floor(line / 1000)}`,
  }
}

const suites = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 60 })

const shares = (rules: readonly number[], of: number): Place[][] => {
  const { plan, rules: places } = suite(rules)
  return Array.from({ length: of }, (_, at) => placesIn(shareOf(plan, places, { index: at + 1, of }, '/suite').paths))
}

describe('a plan that shards share', () => {
  test('is run whole: each scenario in one shard, in feature order', () => {
    fc.assert(
      fc.property(suites, fc.nat(), (rules, some) => {
        const split = shares(rules, 1 + (some % rules.length))
        assert.deepEqual(split.flat().toSorted(byPlace), suite(rules).plan)
        for (const share of split) assert.deepEqual(share, share.toSorted(byPlace))
      }),
    )
  })

  test('is cut between rules only, and leaves no shard without one', () => {
    fc.assert(
      fc.property(suites, fc.nat(), (rules, some) => {
        const { ruleOf } = suite(rules)
        const split = shares(rules, 1 + (some % rules.length)).map(share => new Set(share.map(ruleOf)))
        assert.ok(split.every(({ size }) => size > 0))
        assert.equal(
          split.reduce((sum, { size }) => sum + size, 0),
          rules.length,
        )
      }),
    )
  })

  test('is dealt evenly: no two shards differ by more than the largest rule', () => {
    fc.assert(
      fc.property(suites, fc.nat(), (rules, some) => {
        const sizes = shares(rules, 1 + (some % rules.length)).map(share => share.length)
        assert.ok(Math.max(...sizes) - Math.min(...sizes) <= Math.max(...rules))
      }),
    )
  })

  test('has a mark that all its shards have in common, but for which they are', () => {
    const { plan, rules } = suite([3, 1, 2])
    const marks = [1, 2, 3].map(index => shareOf(plan, rules, { index, of: 3 }, '/suite').mark)
    assert.deepEqual(
      marks.map(({ index }) => index),
      [1, 2, 3],
    )
    assert.deepEqual(new Set(marks.map(({ plan, scenarios }) => `${plan} ${scenarios}`)).size, 1)
    const other = shareOf(plan.slice(1), rules, { index: 1, of: 3 }, '/suite').mark
    assert.notEqual(other.plan, marks[0]?.plan)
  })

  test('has as many rules as there are shards, or more', () => {
    const { plan, rules } = suite([4, 4])
    assert.throws(
      () => shareOf(plan, rules, { index: 3, of: 3 }, '/suite'),
      new UsageError('3 shards cannot share 2 rules: a rule is never cut apart', 'Use at most 2.'),
    )
  })
})

test('our own suite in four shards: nearly equal, and cucumber finds in each what was dealt to it', async () => {
  const scenarios = new Scenarios()
  const plan = await scenarios.fitting('')
  assert.ok(plan !== 'not an expression')
  const rules = (await rulesOf(featureFiles(), projectRoot)).map(({ at }) => at.split(':'))
  const places = rules.map(([uri = '', line]) => ({ uri, line: Number(line) }))
  const sizes = [1, 2, 3, 4].map(index =>
    shareOf(plan, places, { index, of: 4 }, projectRoot).paths.reduce((sum, path) => sum + path.split(':').length - 1, 0),
  )
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    plan.length,
  )
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, sizes.join())
})

describe('--shard', () => {
  test('is which one of how many', () => {
    assert.deepEqual(shardOption('2/3', {}), { index: 2, of: 3 })
    assert.deepEqual(shardOption('1/1', {}), { index: 1, of: 1 })
  })

  test('takes the index of a Kubernetes job, which counts from 0', () => {
    assert.deepEqual(shardOption('job/3', { JOB_COMPLETION_INDEX: '2' }), { index: 3, of: 3 })
    assert.throws(() => shardOption('job/3', { JOB_COMPLETION_INDEX: '3' }), /there is no shard 4 of 3/)
    assert.throws(() => shardOption('job/3', {}), /needs JOB_COMPLETION_INDEX, which is not set/)
  })

  for (const wrong of ['0/3', '4/3', 'a/b', '1/0', '1', '1/', '-1/3', '1.5/3', '1/3/5', ''])
    test(`${JSON.stringify(wrong)} is none, and that is said with a hint`, () => {
      assert.throws(
        () => shardOption(wrong, {}),
        (thrown: unknown) => thrown instanceof UsageError && /1\/3/.test(thrown.hint),
      )
    })
})
