import { hostFaults } from '../host/faults.ts'
import { mappingFaults } from '../mapping/faults.ts'
import { terminalFaults } from '../terminal/faults.ts'
import type { Part } from '../verdict/result.ts'
import { lineFaultsOfMatrix } from './line-faults-of-matrix.ts'

/** One fault of the matrix: what it is, and which rows it must break, stated beforehand. */
export type KnownFault = Readonly<{
  /** `host:approves a second void`. */
  id: string
  kind: 'host' | 'line' | 'terminal'
  says: string
  breaks: readonly string[]
  moneyAtRisk: string
  /** The profile under which the matrix runs it, by the name of its file in `fixtures/profiles`. */
  under: string
  /** The tags of the scenarios that are run with it; absent: all. */
  tags?: string
}>

/** Where a fault shows that says nothing else. */
const usual = 'reference'

/** Every way in which host, line or terminal can be made bad. */
export const knownFaults: readonly KnownFault[] = [
  ...hostFaults.map(({ id, says, breaks, moneyAtRisk, under = usual, apart }) => ({
    id: `host:${id}`,
    kind: 'host' as const,
    says,
    breaks,
    moneyAtRisk,
    under,
    ...(apart && { tags: breaks.map(row => `@${row}`).join(' or ') }),
  })),
  ...lineFaultsOfMatrix.map(({ id, says, breaks }) => ({
    id: `line:${id}`,
    kind: 'line' as const,
    says,
    breaks,
    moneyAtRisk: 'none',
    under: usual,
  })),
  ...terminalFaults.map(({ id, says, breaks, under = usual }) => ({
    id: `terminal:${id}`,
    kind: 'terminal' as const,
    says,
    breaks,
    moneyAtRisk: 'none',
    under,
  })),
  ...mappingFaults.map(({ id, says, breaks, under }) => ({
    id: `terminal:${id}`,
    kind: 'terminal' as const,
    says,
    breaks,
    moneyAtRisk: 'none',
    under,
  })),
]

/** Whose rows must notice a fault: of the terminal our own, of host and line, which lies before the host, the acquirer's. */
export const partBrokenBy = ({ kind }: Pick<KnownFault, 'kind'>): Part => (kind === 'terminal' ? 'instrument' : 'acquirer')

/** The rows that a fault must break, with the part of the result that they are in: `VOID-024/acquirer`. */
export const mustFail = (fault: KnownFault): readonly string[] => fault.breaks.map(id => `${id}/${partBrokenBy(fault)}`)
