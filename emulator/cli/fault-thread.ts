import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { Profile } from '../profile/profile.ts'
import type { RequirementResult } from '../verdict/result.ts'
import { where } from '../where.ts'
import { certification } from './certification.ts'
import type { FaultRan, Order } from './fault-runs.ts'
import { checkedProfile } from './profile.ts'
import { Scenarios } from './scenarios.ts'

// One thread of the fault matrix: the steps are loaded once, then one run after another.
await runShare(workerData as Order)

async function runShare({ runs, seed }: Order): Promise<void> {
  const scenarios = new Scenarios()
  const profiles = new Map<string, Promise<Profile>>()
  for (const run of runs) {
    const { fault, under, tags } = run
    const loaded = profiles.get(under) ?? checkedProfile(join(where.profiles, `${under}.yaml`))
    profiles.set(under, loaded)
    const profile = await loaded
    const options = { profile, seed, parallel: 1, projections: false, driver: 'direct', waiting: 'skip' } as const
    const asked = { ...options, ...(fault === undefined ? {} : { fault }), ...(tags === undefined ? {} : { tags }) }
    const { result, errors } = await certification(asked, scenarios)
    const named = ({ id, part }: RequirementResult): string => `${id}/${part}`
    const failed = result.requirements.filter(isCaught).map(named)
    const notApplicable = result.requirements.filter(({ verdict }) => verdict === 'not applicable').map(named)
    const ran: FaultRan = { ...run, failed, notApplicable, ...(errors.length === 0 ? {} : { error: errors.join('\n') }) }
    parentPort?.postMessage(ran)
  }
}

/** A row notices a fault when its own check fails; of a SHOULD row, which never fails, when it warns. */
function isCaught({ level, verdict }: RequirementResult): boolean {
  return verdict === 'failed' || (verdict === 'warned' && level === 'should')
}
