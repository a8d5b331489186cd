import type { TerminalObservation } from './observation.ts'
import type { Write } from './write.ts'

type Telling = Omit<Extract<TerminalObservation, { is: 'terminal' }>, 'is' | 'operation'>

/** What an observer learns of a write: facts without card data and keys. */
export function tellingOf(write: Write): readonly Telling[] {
  switch (write.write) {
    case 'open request': {
      const { operation, trace, batch } = write.record
      const says = `${operation} ${trace} stored${write.reversal ? ', a reversal is due until it is answered' : ''}`
      return [{ event: 'stored', says, facts: { operation, trace, batch } }]
    }
    case 'approve': {
      const { operation, trace, batch } = write.record
      const stored: Telling = {
        event: 'stored',
        says: `${operation} ${trace} approved`,
        facts: { operation, trace, batch, state: 'approved' },
      }
      return write.voids ? [stored, marked(write.voids.trace, write.voids.batch)] : [stored]
    }
    case 'mark voided':
      return [marked(write.key.trace, write.key.batch)]
    case 'mark reversed':
    case 'leave unresolved':
    case 'give up reversal': {
      const { trace, batch } = write.key
      const state = write.write === 'mark reversed' ? 'reversed' : 'unresolved'
      return [{ event: 'stored', says: `${trace} ${state}`, facts: { trace, batch, state } }]
    }
    case 'close batch': {
      const { batch } = write.settled
      const facts = { batch, next: write.next }
      return [
        { event: 'batch closed', says: `batch ${batch} closed, ${write.next} is next`, facts },
        { event: 'cleared log', says: `log of batch ${batch} cleared`, facts: { batch } },
      ]
    }
    case 'load keys':
      return write.keys
        ? [{ event: 'keys loaded', says: 'working keys loaded', facts: write.batch === undefined ? {} : { batch: write.batch } }]
        : []
    case 'forget the log':
      return [{ event: 'cleared log', says: 'log lost' }]
    default:
      return []
  }
}

const marked = (trace: string, batch: string): Telling => ({
  event: 'marked voided',
  says: `${trace} marked voided`,
  facts: { trace, batch },
})
