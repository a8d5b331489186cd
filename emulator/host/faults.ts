import { EmulatorError } from '../values/errors.ts'
import type { Fault } from './fault.ts'
import { accessFaults } from './faults-access.ts'
import { dialectFaults } from './faults-dialect.ts'
import { duplicateFaults } from './faults-duplicate.ts'
import { httpFaults } from './faults-http.ts'
import { ledgerFaults } from './faults-ledger.ts'
import { linkFaults } from './faults-link.ts'
import { messageFaults } from './faults-message.ts'
import { officeFaults } from './faults-office.ts'
import { refundFaults } from './faults-refund.ts'
import { reversalFaults } from './faults-reversal.ts'
import { saleFaults } from './faults-sale.ts'
import { settlementFaults } from './faults-settlement.ts'
import { voidFaults } from './faults-void.ts'

/** Every mistake that the reference host can be told to make. `approves a second void` is `host:approves a second void` in a matrix. */
export const hostFaults: readonly Fault[] = [
  ...messageFaults,
  ...accessFaults,
  ...saleFaults,
  ...voidFaults,
  ...duplicateFaults,
  ...reversalFaults,
  ...settlementFaults,
  ...refundFaults,
  ...ledgerFaults,
  ...httpFaults,
  ...linkFaults,
  ...dialectFaults,
  ...officeFaults,
]

const byId = new Map(hostFaults.map(fault => [fault.id, fault]))

/**
 * Faults by their ids, with or without `host:` before them.
 *
 * @throws EmulatorError `FAULT_UNKNOWN`
 */
export function faultsNamed(names: readonly string[]): readonly Fault[] {
  return names.map(name => {
    const fault = byId.get(name.replace(/^host:/, ''))
    if (!fault) throw new EmulatorError('FAULT_UNKNOWN', { fault: name, known: hostFaults.map(one => one.id).join(', ') })
    return fault
  })
}
