import { type Row, uncoveredRow } from './row.ts'

/** Settlement of capabilities that no scenario covers yet. */
export const settlementCapabilityRows: readonly Row[] = [
  uncoveredRow({
    id: 'SETL-016',
    binds: 'host',
    severity: 'critical',
    says: 'At a host cut-off every transaction must fall into exactly one settlement day by the host’s rule, and its void window must end with that same cut-off',
    source: 'S0, STIT, CYBK, KUSH',
    needs: ['hcs', 'control-clock'],
    notCovered: 'hosts that cut off by themselves have no scenarios yet',
  }),
  uncoveredRow({
    id: 'SETL-021',
    binds: 'host',
    half: true,
    severity: 'critical',
    says: 'Totals in several currencies is kept and compared per currency',
    source: 'LY',
    needs: ['multi-currency'],
    notCovered: 'profiles have one currency',
  }),
  uncoveredRow({
    id: 'SETL-021',
    binds: 'terminal',
    half: true,
    severity: 'critical',
    says: 'Totals in several currencies is kept and compared per currency',
    source: 'LY',
    needs: ['multi-currency'],
    notCovered: 'profiles have one currency',
  }),
  uncoveredRow({
    id: 'SETL-024',
    binds: 'host',
    severity: 'major',
    says: 'Inquiry on a transaction of a settled batch must say settled; before that it must not',
    source: 'S1, CH',
    needs: ['inquiry'],
    notCovered: 'no dialect with scenarios has an inquiry by reference',
  }),
]
