import { yearAndMonth } from './moment.ts'
import type { Rule, Situation } from './rules.ts'

const issued = ({ books, ask }: Situation) => books.card(ask.pan?.reveal() ?? '')

/** Wrong PINs after which a card takes no more. */
export const pinTriesAtMost = 3

/** Step 11: the card and its expiry. Not asked of voids, refunds and reversals: money goes back whatever has become of the card. */
export const cardRules: readonly Rule<Situation>[] = [
  { says: 'somebody issued the card', code: '14', holds: situation => issued(situation) !== undefined },
  {
    says: 'the card is not stopped',
    code: '62',
    holds: ({ books, ask }) => books.cardState(ask.pan?.masked ?? '') !== 'stopped',
  },
  {
    says: 'the card has not expired',
    code: '54',
    holds: situation => {
      const expiry = situation.ask.expiry ?? issued(situation)?.expiry
      const known = issued(situation)?.expiry
      return (
        situation.books.cardState(situation.ask.pan?.masked ?? '') !== 'expired' &&
        expiry === known &&
        expiry !== undefined &&
        expiry >= yearAndMonth(situation.now.businessDate)
      )
    },
  },
]

/** Step 12: the PIN, where one was entered. */
export const pinRules: readonly Rule<Situation>[] = [
  { says: 'the PIN block can be opened', code: '99', holds: ({ ask }) => ask.pin.is !== 'unreadable' },
  {
    says: 'PIN tries are left',
    code: '75',
    holds: ({ ask, books }) => ask.pin.is === 'absent' || books.pinTries(ask.pan?.masked ?? '') < pinTriesAtMost,
  },
  {
    says: 'the PIN is right',
    code: '55',
    holds: situation => {
      const { pin } = situation.ask
      if (pin.is !== 'entered') return true
      return issued(situation)?.pin?.equals(pin.pin) ?? false
    },
  },
]

/** No one pays a hundred million yuan at a till. Fen. */
const absurd = 10_000_000_000n

/** The amount alone; whether it can be paid is another rule. */
export const amountIsPossible: Rule<Situation> = {
  says: 'the amount is possible',
  code: '13',
  holds: ({ ask }) => ask.minor !== undefined && ask.minor > 0n && ask.minor < absurd,
}

/** This host keeps yuan. */
export const currencyIsYuan: Rule<Situation> = {
  says: 'the currency is the one of the books',
  code: '13',
  holds: ({ ask }) => ask.fields.currency === undefined || ask.fields.currency === '156',
}
