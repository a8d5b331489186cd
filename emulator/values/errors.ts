import { type LinkReason, linkReasons } from './link-reason.ts'

/** Each code once: what is wrong, in facts, and what to do about it. Code branches on `code`; people read `message` and `hint`. */
const catalogue = {
  LINK_REFUSED: {
    says: (f: { endpoint: string }) => `nothing is listening at ${f.endpoint}`,
    hint: 'Start the acquirer, or correct `endpoint` in the profile.',
  },
  LINK_FAILED: {
    says: (f: { endpoint: string; because: string; reason?: LinkReason }) => `no connection to ${f.endpoint}: ${f.because}`,
    hint: (f: { reason?: LinkReason }) =>
      f.reason === undefined ? 'Check the address and the way to it.' : linkReasons[f.reason],
  },
  LINK_LOST: {
    says: (f: { endpoint: string; because: string }) => `the connection to ${f.endpoint} was lost: ${f.because}`,
    hint: 'Look at the acquirer: it closed the line while a frame was being sent.',
  },
  PIN_LENGTH: {
    says: (f: { digits: number }) => `a PIN has 4 to 12 digits; this one has ${f.digits}`,
    hint: 'Key the PIN again, or correct the card in fixtures/cards.',
  },
  KEY_LENGTH: {
    says: (f: { key: string; bytes: number; expected: string }) => `${f.key} has ${f.bytes} bytes; ${f.expected} expected`,
    hint: 'Correct the key in the profile or in the file it names.',
  },
  FIELD_UNKNOWN: {
    says: (f: { name: string; dialect: string }) => `dialect ${f.dialect} has no field named ${f.name}`,
    hint: 'Use a name or number from the field table of the dialect.',
  },
  FIELD_VALUE: {
    says: (f: { path: string; name: string; because: string }) => `field ${f.path} (${f.name}): ${f.because}`,
    hint: 'Correct the value; the dialect table says what the field may hold.',
  },
  MESSAGE_UNKNOWN: {
    says: (f: { operation: string; dialect: string }) => `dialect ${f.dialect} has no message for ${f.operation}`,
    hint: 'Choose an operation of the message table of the dialect.',
  },
  DIALECT_UNKNOWN: {
    says: (f: { id: string; known: string }) => `there is no dialect ${JSON.stringify(f.id)}; known are ${f.known}`,
    hint: 'Correct `dialect` in the profile.',
  },
  DIALECT_SETTING: {
    says: (f: { dialect: string; name: string; because: string }) => `setting ${f.name} of dialect ${f.dialect}: ${f.because}`,
    hint: 'Correct the setting under `dialect` in the profile.',
  },
  MAPPING_FAILED: {
    says: (f: { place: string; expression: string; because: string }) =>
      `${f.place}: the expression ${JSON.stringify(f.expression)} failed: ${f.because}`,
    hint: 'Correct the expression in the mapping; the journal shows the answer that it was asked about.',
  },
  FAULT_UNKNOWN: {
    says: (f: { fault: string; known: string }) => `there is no fault ${JSON.stringify(f.fault)}; known are ${f.known}`,
    hint: 'Name one of the faults that are listed.',
  },
  BOOK_AMBIGUOUS: {
    says: (f: { card: string }) => `two cards of the book look alike when masked: ${f.card}`,
    hint: 'Give the cards numbers that differ in the first six or last four digits.',
  },
  CARD_UNKNOWN: {
    says: (f: { card: string }) => `the host has no card ${f.card}`,
    hint: 'Name a card by its masked number, as the ledger shows it.',
  },
  TERMINAL_UNKNOWN: {
    says: (f: { terminal: string }) => `the host has no terminal ${f.terminal}`,
    hint: 'Name a terminal of the profile.',
  },
  CONTROL_REFUSED: {
    says: (f: { endpoint: string; because: string }) => `the control port did not do ${f.endpoint}: ${f.because}`,
    hint: 'Check `control` in the profile, and that the host runs.',
  },
} as const

type Catalogue = typeof catalogue
export type ErrorCode = keyof Catalogue
type FactsOf<C extends ErrorCode> = Parameters<Catalogue[C]['says']>[0]

/** Our own mistake, or the user's: never the acquirer's. The code types the facts and makes the message. */
export class EmulatorError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C
  readonly facts: FactsOf<C>
  readonly hint: string

  constructor(code: C, facts: FactsOf<C>, options?: ErrorOptions) {
    const entry = catalogue[code] as {
      says: (facts: FactsOf<C>) => string
      hint: string | ((facts: FactsOf<C>) => string)
    }
    super(entry.says(facts), options)
    this.name = 'EmulatorError'
    this.code = code
    this.facts = facts
    this.hint = typeof entry.hint === 'string' ? entry.hint : entry.hint(facts)
  }
}

/** Whether a caught value is one of ours, with this code if one is given. */
export function isEmulatorError(thrown: unknown, code?: ErrorCode): thrown is EmulatorError {
  return thrown instanceof EmulatorError && (code === undefined || thrown.code === code)
}
