import type { Amount } from '../values/amount.ts'
import type { Operation } from '../values/operation.ts'
import type { Pan } from '../values/pan.ts'
import type { Secret } from '../values/secret.ts'

/** Whom the host serves, and whose money it keeps. */
export type Book = Readonly<{ merchants: readonly BookMerchant[]; cards: readonly BookCard[] }>

export type BookMerchant = Readonly<{ id: string; name: string; terminals: readonly BookTerminal[] }>

/** `masterKey`: 16 bytes, hex. `without`: operations that this terminal may not do. */
export type BookTerminal = Readonly<{ id: string; masterKey: Secret; without?: readonly Operation[] }>

/** `expiry` is YYMM. A card without `funds` is a number that nobody issued. */
export type BookCard = Readonly<{ holder: string; pan: Pan; expiry: string; pin?: Secret; funds?: Amount }>
