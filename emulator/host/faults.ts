import { EmulatorError } from '../values/errors.ts'
import type { Fault } from './fault.ts'

/** Every fault of the host. */
export const hostFaults: readonly Fault[] = []

/** @throws EmulatorError `FAULT_UNKNOWN` */
export function faultsNamed(names: readonly string[]): readonly Fault[] {
  return names.map(name => {
    const fault = hostFaults.find(one => one.id === name)
    if (!fault) throw new EmulatorError('FAULT_UNKNOWN', { fault: name, known: hostFaults.map(one => one.id).join(', ') })
    return fault
  })
}
