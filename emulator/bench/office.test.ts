import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Journal } from '../journal/journal.ts'
import type { Control } from '../values/ledger-view.ts'
import { testProfile } from '../verdict/test-journal.ts'
import { NotOffered } from './claims.ts'
import { Office } from './office.ts'
import { Recorder } from './recorder.ts'

/** An office at an acquirer that does whatever it is told, and the names of what it was told. */
function office({ alone, without = [] }: Readonly<{ alone: boolean; without?: readonly string[] }>) {
  const told: string[] = []
  const does = (name: string) => async () => void told.push(name)
  const control: Control = {
    ledger: () => Promise.reject(new Error('nobody looks into the books')),
    closeDay: does('closeDay'),
    advanceClock: does('advanceClock'),
    setCard: does('setCard'),
    setTerminal: does('setTerminal'),
    fail: async how => void told.push(how),
  }
  const recorder = new Recorder(new Journal('office', () => 0), new Set(), () => [])
  return { told, office: new Office(control, testProfile({}, without), recorder, alone) }
}

const felt: Readonly<Record<string, (office: Office) => Promise<void>>> = {
  'the end of a business day': office => office.closeDay(),
  'the end of the time for voids': office => office.endVoidWindow(),
  'a clock that moves on': office => office.advanceClock(60),
  'a crash': office => office.crashBeforeAnswering(),
  'a slow answer': office => office.slowOnce(),
  'a restart': office => office.restart(),
}

for (const [what, happens] of Object.entries(felt)) {
  test(`${what} is felt by all, so that only a scenario tagged @exclusive may have it`, async () => {
    const { told, office: shared } = office({ alone: false })
    await assert.rejects(
      async () => happens(shared),
      /is felt by every scenario at the acquirer: tag the one that uses it @exclusive/,
    )
    assert.deepEqual(told, [])
    const { told: after, office: own } = office({ alone: true })
    await happens(own)
    assert.equal(after.length, 1)
  })

  test(`${what} is missed in the tags also where the profile does not offer it`, async () => {
    const { office: shared } = office({ alone: false, without: ['control-day', 'control-clock', 'control-fault'] })
    await assert.rejects(
      async () => happens(shared),
      (thrown: unknown) => !(thrown instanceof NotOffered),
    )
  })
}

test('a terminal of one’s own is blocked beside other scenarios', async () => {
  const { told, office: shared } = office({ alone: false })
  await shared.blockTerminal('T0000001')
  assert.deepEqual(told, ['setTerminal'])
})
