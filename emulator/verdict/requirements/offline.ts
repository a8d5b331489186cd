import { type Row, uncoveredRow } from './row.ts'

/** Offline sales. */
export const offlineRows: readonly Row[] = [
  uncoveredRow({
    id: 'OFF-001',
    binds: 'terminal',
    severity: 'critical',
    says: 'Every offline-approved sale is delivered once, in order, repeated until acknowledged, and survive power loss',
    source: 'LY, GPU, GPB',
    needs: ['offline'],
    notCovered: 'the terminal makes no offline sales',
  }),
  uncoveredRow({
    id: 'OFF-002',
    binds: 'terminal',
    severity: 'critical',
    says: 'A stored sale that the host refuses must leave the totals and be reported to the merchant',
    source: 'GPU',
    needs: ['offline'],
    notCovered: 'the terminal makes no offline sales',
  }),
  uncoveredRow({
    id: 'OFF-003',
    binds: 'terminal',
    severity: 'critical',
    says: 'Follow-ups of a stored sale (void, adjustment) must not reach the host before the sale itself, nor be lost',
    source: 'LY, DK',
    needs: ['offline'],
    notCovered: 'the terminal makes no offline sales',
  }),
]
