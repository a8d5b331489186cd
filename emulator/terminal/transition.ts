import type { Operation } from '../values/operation.ts'
import type { Answer, ReadCard, Reply, Request } from '../values/request.ts'
import { cardEntryTable } from './card-entry.ts'
import type { Context } from './context.ts'
import { exchangeTable } from './exchange.ts'
import type { Digit, EditKey, FunctionKey } from './key.ts'
import { lookUpTable } from './look-up.ts'
import { menuTable } from './menu.ts'
import { refundTable } from './refund.ts'
import { reversalTable } from './reversal.ts'
import { saleTable } from './sale.ts'
import { settlementTable } from './settlement.ts'
import { signInTable } from './sign-in.ts'
import type { Slip } from './slip.ts'
import type { At, OutcomeWord, State, StateAt } from './state.ts'
import { voidTable } from './void.ts'
import type { Write } from './write.ts'

/** What can happen to a terminal. Every key is an event of its own name, so that the table shows which keys live where. */
export type Event =
  | Readonly<{ type: 'digit'; digit: Digit }>
  | { readonly [K in EditKey | FunctionKey]: Readonly<{ type: K }> }[EditKey | FunctionKey]
  | Readonly<{ type: 'card read'; card: ReadCard }>
  | Readonly<{ type: 'answered'; answer: Answer }>
  /** A reply to a request that the terminal has given up. Only a faulty terminal does anything with it. */
  | Readonly<{ type: 'late reply'; reply: Reply }>
  | Readonly<{ type: 'restarted' }>

export type EventType = Event['type']

/** What the shell is to do, in this order. The table only names it. */
export type Effect =
  | Readonly<{ do: 'begin'; operation: Operation }>
  | Readonly<{ do: 'store'; write: Write }>
  | Readonly<{ do: 'send'; request: Request }>
  /** Shown in passing, when more follows at once. */
  | Readonly<{ do: 'show'; lines: readonly string[] }>
  | Readonly<{ do: 'print'; slips: readonly Slip[] }>
  | Readonly<{ do: 'end'; operation: Operation; outcome: OutcomeWord; resultCode?: string; says: string }>
  | Readonly<{ do: 'note'; event: 'looked up'; says: string; facts: Readonly<Record<string, string>> }>

export type Step = Readonly<{ next: State; effects: readonly Effect[] }>

type EventOf<E extends EventType> = Extract<Event, { type: E }>
export type Handlers<A extends At> = {
  readonly [E in EventType]?: (state: StateAt<A>, event: EventOf<E>, context: Context) => Step
}

/** Every state, and what it does with the events that it does not ignore. */
export type Table<A extends At = At> = { readonly [K in A]: Handlers<K> }

export const table: Table = {
  ...menuTable,
  ...signInTable,
  ...saleTable,
  ...voidTable,
  ...refundTable,
  ...cardEntryTable,
  ...exchangeTable,
  ...reversalTable,
  ...settlementTable,
  ...lookUpTable,
}

/** Pure: what follows from an event in a state. An event that the table does not name there is ignored. */
export function step(state: State, event: Event, context: Context): Step {
  // The table pairs each state with handlers of that very state, and each event with its own; TypeScript cannot follow the pairing by key.
  const handlers = table[state.at] as {
    readonly [type: string]: ((state: State, event: Event, context: Context) => Step) | undefined
  }
  return handlers[event.type]?.(state, event, context) ?? { next: state, effects: [] }
}
