import type { Operation } from '../values/operation.ts'
import type { Slip } from './slip.ts'
import type { OutcomeWord } from './state.ts'

/** `operation` numbers what the operator does at this terminal, from 1; a reversal that goes first has a number of its own. */
export type TerminalObservation =
  | Readonly<{ is: 'operation began'; operation: number; name: Operation }>
  /** A digit of a password, PIN or card number stands as `•`. */
  | Readonly<{ is: 'key'; key: string }>
  | Readonly<{ is: 'display'; lines: readonly string[] }>
  | Readonly<{ is: 'slip'; operation: number; slip: Slip }>
  /** Right before a request goes to the acquirer: whose it is. */
  | Readonly<{ is: 'sending'; operation: number; name: Operation; trace?: string }>
  | Readonly<{ is: 'outcome'; operation: number; name: Operation; outcome: OutcomeWord; resultCode?: string; says: string }>
  | Readonly<{
      is: 'terminal'
      operation?: number
      event: 'power cut' | 'restarted' | 'stored' | 'marked voided' | 'cleared log' | 'batch closed' | 'keys loaded' | 'looked up'
      says: string
      facts?: Readonly<Record<string, string>>
    }>
