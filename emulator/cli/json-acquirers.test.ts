import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Result } from '../verdict/result.ts'
import { certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

const profiles = ['json-websocket', 'json-http'] as const
const fileOf = (name: string): string => fileURLToPath(new URL(`../../fixtures/profiles/${name}.yaml`, import.meta.url))
const verdictsOn = (result: Result, id: string): readonly string[] =>
  result.requirements.filter(row => row.id === id).map(({ part, verdict }) => `${part} ${verdict}`)

suite('the reference host is certified in JSON', { timeout: 300_000 }, () => {
  const scenarios = new Scenarios()
  const results = new Map<string, Promise<Result>>()

  async function certified(name: string, only?: readonly string[], fault?: string): Promise<Result> {
    const { result } = await certification(
      {
        ...{ profile: await checkedProfile(fileOf(name)), seed: 'json', parallel: 1, projections: false },
        ...({ driver: 'direct', waiting: 'skip' } as const),
        ...(only === undefined ? {} : { only }),
        ...(fault === undefined ? {} : { fault }),
      },
      scenarios,
    )
    return result
  }
  const whole = (name: (typeof profiles)[number]): Promise<Result> => {
    const known = results.get(name) ?? certified(name)
    results.set(name, known)
    return known
  }

  for (const name of profiles)
    test(`${name}: every row that applies passes, and one that does not says why`, async () => {
      const result = await whole(name)
      const alarms = result.requirements.filter(
        ({ verdict, because }) => verdict !== 'passed' && (verdict !== 'not applicable' || because === undefined),
      )
      assert.deepEqual(
        alarms.map(({ id, part, verdict, finding, because }) => `${id}/${part} ${verdict}: ${finding ?? because}`),
        [],
      )
      assert.deepEqual([result.verdict, result.exitCode], ['certified', 0])
      assert.ok(result.summary.acquirer.passed > 90, `${result.summary.acquirer.passed} rows of the acquirer passed`)
    })

  test('the HTTP rows apply behind HTTP, and nowhere else', async () => {
    const ids = ['HTTP-001', 'HTTP-002', 'HTTP-003', 'HTTP-004', 'HTTP-006', 'HTTP-008', 'HTTP-010']
    const [behindHttp, overWebSocket] = [await whole('json-http'), await whole('json-websocket')]
    for (const id of ids) {
      assert.ok(verdictsOn(behindHttp, id).includes('acquirer passed'), id)
      assert.ok(verdictsOn(overWebSocket, id).includes('acquirer not applicable'), id)
    }
  })

  for (const [fault, id] of [
    ['host:answers every request with 200', 'HTTP-001'],
    ['host:ignores the idempotency key', 'HTTP-002'],
    ['host:begins again what is in work', 'HTTP-004'],
    ['terminal:makes a new key for every send', 'HTTP-005'],
    ['terminal:takes an accepted request for an approved one', 'HTTP-007'],
    ['host:takes any time stamp', 'HTTP-008'],
  ] as const)
    test(`${fault}: ${id} fails`, async () => {
      const part = fault.startsWith('host:') ? 'acquirer' : 'instrument'
      assert.ok(verdictsOn(await certified('json-http', [id], fault), id).includes(`${part} failed`))
    })
})
