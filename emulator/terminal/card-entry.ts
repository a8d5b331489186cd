import { Pan } from '../values/pan.ts'
import type { ReadCard } from '../values/request.ts'
import type { Secret } from '../values/secret.ts'
import type { Context } from './context.ts'
import { nothing, typed, typedSecretly } from './entry.ts'
import { cancel, go, refuse, stay } from './progress.ts'
import { beginErrand } from './reversal.ts'
import type { Purpose } from './state.ts'
import type { Step, Table } from './transition.ts'

/** A card swiped, or its number and expiry keyed, then the PIN: the same for every operation that asks for a card. */
export const cardEntryTable: Table<'awaiting card' | 'keying number' | 'keying expiry' | 'keying PIN'> = {
  'awaiting card': {
    'card read': ({ purpose }, { card }, context) => cardRead(purpose, card, context),
    digit: (state, { digit }, { settings }) =>
      settings.manualEntry
        ? go({ at: 'keying number', purpose: state.purpose, entry: typedSecretly(nothing, digit, 19) })
        : stay(state),
    cancel: ({ purpose }) => cancel(purpose.operation),
  },
  'keying number': {
    digit: (state, { digit }) => go({ ...state, entry: typedSecretly(state.entry, digit, 19) }),
    clear: ({ purpose }) => go({ at: 'awaiting card', purpose }),
    cancel: ({ purpose }) => cancel(purpose.operation),
    enter: state =>
      state.entry.reveal().length < 12
        ? stay(state)
        : go({ at: 'keying expiry', purpose: state.purpose, pan: new Pan(state.entry.reveal()), entry: '' }),
  },
  'keying expiry': {
    digit: (state, { digit }) => go({ ...state, entry: typed(state.entry, digit, 4) }),
    clear: state => go({ ...state, entry: '' }),
    cancel: ({ purpose }) => cancel(purpose.operation),
    enter: (state, _event, context) => {
      const { purpose, pan, entry: expiry } = state
      return /^\d\d(0\d|1[0-2])$/.test(expiry) ? cardRead(purpose, { entry: 'keyed', pan, expiry }, context) : stay(state)
    },
  },
  'keying PIN': {
    digit: (state, { digit }) => go({ ...state, entry: typedSecretly(state.entry, digit, 12) }),
    clear: state => go({ ...state, entry: nothing }),
    cancel: ({ purpose, card, entry }, _event, context) =>
      context.faulty('sends although cancelled') ? send(purpose, card, entry, context) : cancel(purpose.operation),
    enter: (state, _event, context) => {
      const digits = state.entry.reveal().length
      return digits === 0 || digits >= 4 ? send(state.purpose, state.card, state.entry, context) : stay(state)
    },
  },
}

function cardRead(purpose: Purpose, card: ReadCard, context: Context): Step {
  const { settings, faulty, headstrong } = context
  switch (purpose.operation) {
    case 'sale':
      return isRepeat(purpose, card, context)
        ? go({ at: 'questioning repeat', amount: purpose.amount, card })
        : askPin(purpose, card, context)
    case 'void':
      if (!card.pan.equals(purpose.original.card.pan) && !headstrong && !faulty('voids another card'))
        return refuse('void', '卡号与原交易不符 not the card of the original')
      return settings.voidNeedsPin ? askPin(purpose, card, context) : send(purpose, card, nothing, context)
    case 'refund':
      return go({ at: 'keying reference', card, entry: '' })
    case 'inquire':
      return askPin(purpose, card, context)
  }
}

/** Asks for the PIN, where this terminal asks for any. */
export function askPin(purpose: Purpose, card: ReadCard, context: Context): Step {
  return context.settings.asksPin
    ? go({ at: 'keying PIN', purpose, card, entry: nothing })
    : send(purpose, card, nothing, context)
}

/** The same card and amount as a sale of the last minutes. */
function isRepeat({ amount }: Extract<Purpose, { operation: 'sale' }>, { pan }: ReadCard, context: Context): boolean {
  if (context.headstrong || context.faulty('does not ask about a repeated sale')) return false
  const since = context.now.getTime() - context.settings.repeatQuestionMinutes * 60_000
  return context.records.some(
    record =>
      record.operation === 'sale' &&
      (record.state === 'approved' || record.state === 'unresolved') &&
      record.card.pan.equals(pan) &&
      record.amount.equals(amount) &&
      Date.parse(record.begunAt) >= since,
  )
}

function send(purpose: Purpose, card: ReadCard, entry: Secret, context: Context): Step {
  const pin = entry.reveal() === '' ? {} : { pin: entry }
  switch (purpose.operation) {
    case 'sale':
      return beginErrand({ do: 'transact', draft: { operation: 'sale', amount: purpose.amount, card, ...pin } }, context)
    case 'void':
      return beginErrand({ do: 'transact', draft: { operation: 'void', voids: purpose.original, card, ...pin } }, context)
    case 'inquire':
      return beginErrand({ do: 'transact', draft: { operation: 'inquire', card, ...pin } }, context)
    case 'refund':
      return go({ at: 'keying reference', card, entry: '' })
  }
}
