import { askPin } from './card-entry.ts'
import { amountDigits, keyedAmount, typed } from './entry.ts'
import { cancel, go, stay } from './progress.ts'
import type { Table } from './transition.ts'

/** Amount, confirmation, card, PIN: nothing leaves before. @source requirements TERM-001, TERM-010, DUP-023 */
export const saleTable: Table<'keying amount' | 'confirming amount' | 'questioning repeat'> = {
  'keying amount': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, amountDigits) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: () => cancel('sale'),
    enter: (state, _event, { settings, faulty }) => {
      const amount = keyedAmount(state.entry, settings.currency)
      if (amount.minor === 0n) return stay(state)
      if (faulty('sends before the amount is confirmed'))
        return go({ at: 'awaiting card', purpose: { operation: 'sale', amount } })
      return go({ at: 'confirming amount', amount })
    },
  },
  'confirming amount': {
    clear: () => go({ at: 'keying amount', entry: '' }),
    cancel: ({ amount }, _event, { faulty }) =>
      faulty('sends although cancelled') ? go({ at: 'awaiting card', purpose: { operation: 'sale', amount } }) : cancel('sale'),
    enter: ({ amount }) => go({ at: 'awaiting card', purpose: { operation: 'sale', amount } }),
  },
  'questioning repeat': {
    cancel: () => cancel('sale'),
    enter: ({ amount, card }, _event, context) => askPin({ operation: 'sale', amount }, card, context),
  },
}
