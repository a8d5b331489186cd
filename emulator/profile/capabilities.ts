import type { DialectMark } from '../dialects/dialect.ts'

/** What an acquirer may offer. A row applies when all its flags are declared; `core` always is. */
export const features: readonly string[] = [
  ['core', 'refund', 'partial-refund', 'unref-refund', 'void-refund', 'partial-void', 'partial-reversal'],
  ['void-last', 'void-reason', 'void-cardless', 'void-pin', 'preauth', 'incremental', 'multi-completion', 'tip'],
  ['partial-approval', 'cashback', 'split-tender', 'offline', 'dup-check', 'dup-override', 'balance', 'magstripe', 'chip'],
  ['contactless', 'pin', 'manual-pan', 'multi-currency', 'tcs', 'hcs'],
  ['batch-upload', 'mac', 'signon', 'operator', 'print', 'async', 'failover'],
].flat()

/** What shows state or money apart from the answer itself. */
export const views = ['inquiry', 'view-balance', 'view-totals', 'view-ledger'] as const

/** What the bench can change at the acquirer. */
export const controls = ['control-day', 'control-clock', 'control-card', 'control-fault'] as const

/** A profile has its mark from its dialect and does not declare it. */
export const dialectMarks: readonly DialectMark[] = ['iso87', 'iso93', 'iso03', 'cup', 'json', 'http']

/** All flags that a profile may declare under `supports`. */
export const capabilities: readonly string[] = [...features, ...views, ...controls]

/** Flags that mean nothing without another one. */
export const implied: readonly Readonly<{ flag: string; needs: string }>[] = [
  { flag: 'partial-refund', needs: 'refund' },
  { flag: 'unref-refund', needs: 'refund' },
  { flag: 'void-refund', needs: 'refund' },
  { flag: 'void-pin', needs: 'pin' },
  { flag: 'incremental', needs: 'preauth' },
  { flag: 'multi-completion', needs: 'preauth' },
  { flag: 'dup-override', needs: 'dup-check' },
  { flag: 'batch-upload', needs: 'tcs' },
  { flag: 'view-balance', needs: 'balance' },
]
