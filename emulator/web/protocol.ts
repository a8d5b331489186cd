import { z } from 'zod'
import type { CounterFacts, CounterView } from '../bench/counter-view.ts'
import type { Entry } from '../journal/entry.ts'

/** What the page asks for, one JSON text each. `card` is a place in the wallet, from 0. */
export const askedForm = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('press'), key: z.string().max(20) }),
  z.strictObject({ do: z.literal('swipe'), card: z.int().min(0) }),
  z.strictObject({ do: z.literal('tell PIN'), card: z.int().min(0) }),
  z.strictObject({ do: z.literal('arm'), fault: z.string().max(60) }),
  z.strictObject({ do: z.literal('disarm'), fault: z.string().max(60) }),
  z.strictObject({ do: z.literal('cable'), isIn: z.boolean() }),
  z.strictObject({ do: z.literal('plug'), isIn: z.boolean() }),
])

export type Asked = z.infer<typeof askedForm>

/** The dialect's fields by name: path, and what they mean. */
export type Fields = Readonly<Record<string, Readonly<{ path: string; is: string }>>>

/** What the page is told. It begins with `hello`, which says everything so far; a page that comes back starts anew with it. */
export type Told =
  | Readonly<{ is: 'hello'; facts: CounterFacts; fields: Fields; entries: readonly Entry[]; view: CounterView }>
  | Readonly<{ is: 'entry'; entry: Entry }>
  | Readonly<{ is: 'view'; view: CounterView }>
  | Readonly<{ is: 'PIN'; card: number; pin: string }>
  | Readonly<{ is: 'trouble'; says: string }>
