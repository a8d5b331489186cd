import assert from 'node:assert/strict'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { findChromium } from '../browser/chromium.ts'
import type { Profile } from '../profile/profile.ts'
import { certify } from '../verdict/certify.ts'
import { rowsFor } from '../verdict/requirements/index.ts'
import type { RequirementResult } from '../verdict/result.ts'
import { where } from '../where.ts'
import { type Certification, certification } from './certification.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

// Some scenarios of the back office in a browser, once: effect, people, totals, record and race. All of them are certified by CI, and every row's check
// has its tests beside it.
const ids = ['DESK-001', 'DESK-006', 'DESK-011', 'VOID-042', 'SEC-008'] as const

const found = findChromium()
const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false

let profile: Profile
let good: Certification

before(async () => {
  if (skip) return
  profile = await checkedProfile(join(where.profiles, 'back-office.yaml'))
  const tags = ids.map(id => `@${id}`).join(' or ')
  const options = { profile, tags, seed: 'test', parallel: 1, driver: 'direct', waiting: 'skip', projections: false } as const
  good = await certification(options, new Scenarios())
})

test('rows of the back office pass on the reference host, and none beside them fails', { skip }, () => {
  const { requirements } = good.result
  const word = (id: string): string | undefined => requirements.find(row => row.id === id && row.part === 'acquirer')?.verdict
  assert.deepEqual(
    ids.filter(id => word(id) !== 'passed').map(id => `${id} ${word(id)}`),
    [],
  )
  assert.deepEqual(
    requirements.filter(({ verdict }) => verdict === 'failed' || verdict === 'inconclusive').map(({ id }) => id),
    [],
  )
})

test('every pass rests on what it cites: without those entries it is no pass', { skip }, () => {
  const passed = good.result.requirements.filter(row => row.verdict === 'passed')
  assert.deepEqual(
    passed.filter(row => verdictWithout(row) === 'passed').map(row => `${row.id}/${row.part}`),
    [],
  )
})

function verdictWithout({ id, part, evidence }: RequirementResult): string | undefined {
  const cited = new Set(evidence.map(({ entry }) => entry))
  const entries = good.journal.filter(entry => !cited.has(entry.id))
  const { id: run, startedAt, finishedAt, endpoint } = good.result.run
  const again = certify({ entries, profile, rows: rowsFor([id]), run: { id: run, startedAt, finishedAt, endpoint } })
  return again.requirements.find(one => one.id === id && one.part === part)?.verdict
}
