import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { host, type Misconfiguration, misconfigured, outcomeText } from './misconfiguration.test-run.ts'
import { framingMisconfigurations } from './misconfigurations-framing.test-run.ts'
import { httpMisconfigurations } from './misconfigurations-http.test-run.ts'
import { linkMisconfigurations } from './misconfigurations-link.test-run.ts'
import { sessionMisconfigurations } from './misconfigurations-session.test-run.ts'
import { speechMisconfigurations } from './misconfigurations-speech.test-run.ts'

const table: readonly Misconfiguration[] = [
  ...framingMisconfigurations,
  ...speechMisconfigurations,
  ...linkMisconfigurations,
  ...sessionMisconfigurations,
  ...httpMisconfigurations,
]

/** Within which a broken rung is to be named, milliseconds. */
const namedWithin = 15_000

suite('seeded misconfigurations, each between a good acquirer and a wrong profile', { concurrency: 4 }, () => {
  let named = 0
  for (const one of table)
    test(one.is, async () => {
      const outcome = await misconfigured(one)
      assert.ok(outcome.millis < namedWithin, `it took ${Math.round(outcome.millis)} ms`)
      const to = typeof one.to === 'function' ? one.to(outcome.endpoint) : one.to
      const right =
        outcome.named?.setting === one.names &&
        (to === undefined || outcome.named.to === to) &&
        (one.cause === undefined || outcome.cause === one.cause)
      if (one.notNamed !== undefined) {
        assert.ok(!right, `it is named after all: ${outcomeText(outcome)}; take its \`notNamed\` away`)
        return
      }
      assert.ok(right, `${one.names} should be named; it was ${outcomeText(outcome)}`)
      named += 1
    })

  after(() => assert.ok(named >= Math.ceil(table.length * 0.9), `${named} of ${table.length} are named`))
})

test('a right profile climbs to the top', async () => {
  const outcome = await misconfigured({ is: 'right', acquirer: () => host(), profile: () => undefined, names: '' })
  assert.equal(outcome.named, undefined, outcomeText(outcome))
  assert.deepEqual(
    outcome.climbed?.rungs.map(({ is }) => is),
    ['held', 'held', 'passed over', 'held', 'held', 'held', 'held', 'held', 'held', 'held', 'held'],
  )
})
