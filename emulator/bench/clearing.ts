import { Journal } from '../journal/journal.ts'
import { Cashier } from './cashier.ts'
import type { Laboratory } from './laboratory.ts'
import { Memory } from './memory.ts'
import { Recorder } from './recorder.ts'
import { Staff } from './staff.ts'
import { type TillRole, Tills, tillRoles } from './tills.ts'
import type { UnderTest } from './under-test.ts'

/** Settles whatever earlier runs left open at a foreign acquirer. */
export async function prepare(laboratory: Laboratory): Promise<void> {
  if (laboratory.isForeign) await clear(laboratory, await laboratory.acquirer('clearing'), tillRoles)
}

/**
 * Brings tills and an acquirer that remembers back to the beginning: each till is signed in, delivers what it still owes, and settles whatever is
 * open, in agreement or not. Only what the dialect makes mandatory is used. None of it belongs to a scenario, so none of it is journalled. Where
 * no sign-in is answered there is nothing to clear: the next scenario meets the same, and its journal tells.
 */
export async function clear(laboratory: Laboratory, acquirer: UnderTest, roles: readonly TillRole[]): Promise<void> {
  if (laboratory.stopped !== undefined) return
  const recorder = new Recorder(new Journal('clearing', () => 0), new Set(), () => [])
  const staff = new Staff(recorder)
  const cashier = new Cashier(staff, new Memory(), laboratory.profile.supports)
  const tills = new Tills(laboratory, acquirer, recorder, 'clearing')
  for (const role of roles) {
    const till = tills.at(role)
    await till.terminal.powerUp()
    await cashier.signIn(till)
    if (laboratory.unanswered > 0) break
    await cashier.settle(till)
  }
  await tills.close()
}
