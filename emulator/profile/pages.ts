import type { OfficeStatus } from '../values/back-office.ts'

/** How the pages of a merchant's back office are used and read, parsed and checked at load. Texts have their blanks still in them. */
export type Pages = Readonly<{
  file: string
  name: string
  /** The language that the browser asks for. */
  locale: string
  waitMillis: number
  ways: Readonly<Partial<Record<Way, readonly PageStep[]>>>
  /** The records of one transaction in the audit log. */
  records?: Readonly<{ are: Control; newest: 'first' | 'last'; means: readonly Meaning[] }>
  numbers: Readonly<{ request: Numbering; transaction?: Numbering }>
  refusals: readonly Reading[]
  states: readonly Reading[]
  says: readonly Control[]
}>

/** What one goes to the office for. */
export type Way = 'signIn' | 'find' | 'askForVoid' | 'askForRefund' | 'approve' | 'reject' | 'follow' | 'audit'

/** Something on a page, as a person finds it. `at`: file and line where it is described. */
export type Control = Place & Readonly<{ within?: Place; at: string }>

export type Place = Readonly<{
  by:
    | Readonly<{ role: string; name?: string }>
    | Readonly<{ label: string }>
    | Readonly<{ text: string }>
    | Readonly<{ css: string }>
  having: readonly string[]
  nth?: 'first' | 'last'
}>

/** `otherwise`: what it means when the control is not there or cannot be used. */
export type PageStep =
  | Readonly<{ does: 'open'; address: string }>
  | Readonly<{ does: 'fill' | 'choose'; control: Control; with: string; otherwise: readonly Reading[] }>
  | Readonly<{ does: 'press' | 'see'; control: Control; otherwise: readonly Reading[] }>
  | Readonly<{ does: 'press if there'; control: Control }>
  | Readonly<{ does: 'gone'; control: Control }>
  | Readonly<{ does: 'find' }>

/** What a place on a page means by its words, in the order in which they are tried. */
export type Reading = Readonly<{ in: Control; means: readonly Meaning[] }>

export type Meaning = Readonly<{ is: OfficeStatus; words: string }>

/** Where a number stands: in the address of the page, or somewhere on it. The first group of the pattern is the number. */
export type Numbering = Readonly<{ pattern: RegExp; in: 'address' | Control }>
