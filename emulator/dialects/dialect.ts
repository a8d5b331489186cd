import { EmulatorError } from '../values/errors.ts'
import type { FrameForm } from '../values/framing.ts'
import type { Operation, Reversible } from '../values/operation.ts'
import type { SettingValue } from './settings.ts'

/** What a length counts: digits of a packed number, characters of a text, bytes. */
export type Unit = 'digit' | 'character' | 'byte'
export type Length = Readonly<
  { is: 'exactly'; count: number; unit: Unit } | { is: 'up to'; count: number; unit: Unit; prefix: PrefixDigits }
>

/** Digits of the length before a field: LVAR, LLVAR, LLLVAR, LLLLVAR. */
export type PrefixDigits = 1 | 2 | 3 | 4

/** A field of this length, no prefix on the wire. */
export const exactly = (count: number, unit: Unit): Length => ({ is: 'exactly', count, unit })

/** A field of at most this length, after a prefix of two digits or three, unless told otherwise, that counts units (LLVAR, LLLVAR). */
export const upTo = (count: number, unit: Unit, prefix: PrefixDigits = count < 100 ? 2 : 3): Length => ({
  is: 'up to',
  count,
  unit,
  prefix,
})

/**
 * `n` digits · `an` letters, digits and spaces · `ans` any text · `z` a track: digits and the separator `D` · `b` bytes, in values as
 * upper-case hex · `x+n` a sign, `C` or `D`, and digits; its length counts the digits alone.
 */
export type Alphabet = 'n' | 'an' | 'ans' | 'z' | 'b' | 'x+n'

/** Packed two to a byte, or one character each. */
export type DigitEncoding = 'bcd' | 'ascii' | 'ebcdic'
/** Packed, characters, or a binary number with its high byte first: 1 byte for one digit or two, 2 bytes for three or four. */
export type PrefixEncoding = 'bcd' | 'ascii' | 'ebcdic' | 'binary'
/** As they are, or as hex digits in characters of ASCII or EBCDIC. */
export type ByteEncoding = 'binary' | 'hex' | 'hex in EBCDIC'
/** GBK (of which ASCII is a part), or one byte for each character: ISO 8859-1, or EBCDIC code page 037. */
export type TextEncoding = 'gbk' | 'latin1' | 'ebcdic'

/** What is secret about a value, so that a journal knows how to hide it. */
export type SecretKind = 'pan' | 'track' | 'pinBlock' | 'keys' | 'chip'

/** One row of a field table. */
export type Field = Readonly<{
  /** Its number in the bitmap. Without one the field goes by its name, as in messages that have no bitmap. */
  de?: number
  length: Length
  of: Alphabet
  /** On which side the digits stand when their number is odd and they are packed; the other side has one zero nibble. Default: right. */
  justify?: 'left' | 'right'
  /** The nibble on the other side; 0 unless given, of tracks the one that the encoding says. */
  pad?: '0' | 'F'
  /** How it is written, where that differs from the other fields. */
  encoding?: Readonly<{ digits?: DigitEncoding; prefix?: PrefixEncoding; text?: TextEncoding; bytes?: ByteEncoding }>
  /**
   * Of a MAC: it is the last field of the last bitmap in use. `de` is then its number with a primary bitmap alone; with a secondary one it
   * stands 64 higher, with a tertiary one 128.
   */
  standsLast?: true
  /** What it is, in English. */
  is: string
  secret?: SecretKind
  /** Bytes that are characters in their turn: anything but upper-case hex is remarked. */
  holds?: 'hex characters'
}>

export type FieldTable = Readonly<Record<string, Field>>

/** A piece of a composite field: `length` in digits, or in bytes of a text field; where `tag` names it, its most. */
export type Part = Readonly<{ path: string; name: string; length: number; is: string; secret?: SecretKind; tag?: string }>

/**
 * How a composite field divides. The first layout whose `types` hold the message type, and which the length fits, is taken.
 *
 * - `whole`: all parts, no more and no less.
 * - `as far as it goes`: parts from the left while there is something; `lengths` says which totals are usual, any other is remarked.
 * - `tagged`: each part after its tag and its length, of so many characters as `tagged` says, in any order.
 * - `list`: the parts once, then `item` again and again; an item's parts are named and numbered `<name>.<n>.<part>` from 1.
 */
export type Layout = Readonly<{
  of: 'whole' | 'as far as it goes' | 'list' | 'tagged'
  types?: readonly string[]
  parts: readonly Part[]
  lengths?: readonly number[]
  /** Whether the last part that is there may be shorter than it could be. */
  lastMayBeShort?: boolean
  item?: Readonly<{ name: string; path: string; parts: readonly Part[]; most: number }>
  tagged?: Readonly<{ tag: number; length: number }>
}>

export type Encoding = Readonly<{
  /** Digits, and the message type unless `type` is given. */
  digits: DigitEncoding
  type?: DigitEncoding
  prefix: PrefixEncoding
  bitmap: ByteEncoding
  /** How many bitmaps every message has, needed or not; 1 unless given. A further one is written when a field needs it. */
  bitmaps?: 1 | 2 | 3
  text: TextEncoding
  /** Fields of bytes; as they are unless given. */
  bytes?: ByteEncoding
  /** The separator of a track as it is sent; in values it is always `D`. Packed tracks have the nibble D. */
  trackSeparator: 'D' | '='
  /** The nibble after a packed track of odd length. Both are read without a remark. */
  trackPad: '0' | 'F'
  /** Whether letters beyond `D` may stand in a track, because it is encrypted. */
  tracksEncrypted: boolean
}>

/** What stands around a message, in the order of the wire: how frames are kept apart, TPDU, header. */
export type Framing = Readonly<{
  form: FrameForm
  /** What a request carries, hex; empty where the dialect has none. A TPDU has 5 bytes, a header any number of them. */
  tpdu: string
  header: string
  /** The header of a reply: as it came, or with its two halves in each other's place. (The addresses of a TPDU always change places.) */
  headerReply: 'same' | 'swapped'
}>

/** Values that tell one kind of message from another; all of them must stand in the message. */
export type Identity = Readonly<Record<string, string>>

/** One row of a message table: a request, its reply, what identifies them, and which fields they carry. */
export type MessageRow = Readonly<{
  /** Its own name within the dialect: `sale`, `capkDownload`. */
  name: string
  /** What it is in business terms; absent for messages that no till of ours starts. */
  operation?: Operation
  /** Of a reversal: what it undoes. */
  of?: Reversible
  is: string
  request: string
  /** The type of a copy, where the dialect has one: `0401`. It is answered as the first. */
  repeat?: string
  reply: string
  identity: Identity
  must: readonly string[]
  may: readonly string[]
  replyMust: readonly string[]
  /** What an answer that refuses still has to carry. */
  refusalMust: readonly string[]
  replyMay: readonly string[]
  /** Fields of the reply that equal those of the request, where the request has them. */
  echoes: readonly string[]
  /** Whether request and reply carry a MAC. */
  sealed: boolean
  /** Whether a terminal that gets no answer reverses it. */
  reversible: boolean
  counts: 'debit' | 'credit' | 'no'
}>

/** The response codes that a judge accepts in one situation, best first, and the class of outcomes it belongs to. */
export type AcceptSet = Readonly<{ codes: readonly string[]; class: string }>

export type Codes = Readonly<{
  /**
   * How this dialect says the codes that terminal and host think in, which are those of ISO 8583:1987 (`25` is `914` in 1993): what is not
   * listed is said as it is.
   */
  said?: Readonly<Record<string, string>>
  /** The same for one operation only; it goes before `said`. (An accepted reversal is `400` in 1993.) */
  saidIn?: Readonly<Partial<Record<Operation, Readonly<Record<string, string>>>>>
  /** How terminal and host take codes of this dialect that `said` does not lead back to. */
  heard?: Readonly<Record<string, string>>
  /** Best first. On these a terminal completes the operation. */
  approved: readonly string[]
  /** By situation (`original not found`), as in the accept sets of the dialect. */
  accept: Readonly<Record<string, AcceptSet>>
  /** By outcome class (`NOT-FOUND`): the codes where no situation fits. */
  classes: Readonly<Record<string, readonly string[]>>
  /** Codes on which a terminal would wait, repeat or sign in: never right for a business refusal unless in its own set. */
  misleading: readonly string[]
  /** After one of these a terminal signs in before its next transaction. */
  signInAfter: readonly string[]
  /** Codes that end a pending reversal. */
  reversalFinal: readonly string[]
  /** What a reversal says in its result code field, by reason. */
  reversalReasons: Readonly<Record<'no answer' | 'could not complete' | 'bad MAC' | 'other', string>>
}>

/** What a response code means, in words for a display or a report. `class`: A approved, B and C failed, D operator must act, E system fault. */
export type CodeWords = Readonly<{
  code: string
  class: 'A' | 'B' | 'C' | 'D' | 'E'
  english: string
  chinese: string
  display: string
}>

export type Words = Readonly<{
  codes: readonly CodeWords[]
  /** Labels on a slip by fact, `[Chinese, English]`. */
  slip: Readonly<Record<string, readonly [chinese: string, english: string]>>
  cardCompanies: Readonly<Record<string, string>>
}>

/** Which family of interfaces a dialect belongs to: rows and flags go by it. */
export type DialectMark = 'iso87' | 'iso93' | 'iso03' | 'cup' | 'json' | 'http'

/** One acquirer's messages, as data. Outside `dialects/` nobody says "field 37". */
export type Dialect = Readonly<{
  id: string
  mark: DialectMark
  source: string
  /** `json`: a message is a flat object of names and texts, and `encoding` means nothing. Default: `iso 8583`. */
  syntax?: 'iso 8583' | 'json'
  framing: Framing
  encoding: Encoding
  fields: FieldTable
  layouts: Readonly<Record<string, readonly Layout[]>>
  messages: readonly MessageRow[]
  /** Fields, beside the message type, by which a reply is known as the answer to a request. */
  matchedBy: readonly string[]
  /** Of these, the ones that a refusal may leave out. */
  mayBeMissingInRefusal: readonly string[]
  codes: Codes
  words: Words
  /** Rows that its messages have no place for, with the reason. */
  cannot: Readonly<Record<string, string>>
  settings: Readonly<Record<string, SettingValue>>
}>

/** The names of a table's fields and parts; a misspelt one does not compile. */
type Named<F extends FieldTable> = Omit<Dialect, 'fields' | 'matchedBy' | 'layouts'> &
  Readonly<{
    fields: F
    matchedBy: readonly (keyof F & string)[]
    layouts: Readonly<{ [K in keyof F & string]?: readonly Layout[] }>
  }>

/** A dialect from its tables. Names in `matchedBy` and `layouts` are checked when it compiles, those of messages when it loads. */
export function dialect<const F extends FieldTable>(table: Named<F>): Dialect {
  const names = new Set(Object.keys(table.fields))
  for (const layouts of Object.values<readonly Layout[] | undefined>(table.layouts))
    for (const layout of layouts ?? []) for (const part of layout.parts) names.add(part.name)
  const unknown = table.messages
    .flatMap(row => [...row.must, ...row.may, ...row.replyMust, ...row.replyMay, ...row.echoes, ...Object.keys(row.identity)])
    .find(name => !names.has(name))
  if (unknown !== undefined) throw new EmulatorError('FIELD_UNKNOWN', { name: unknown, dialect: table.id })
  const layouts: Record<string, readonly Layout[]> = {}
  for (const [name, list] of Object.entries<readonly Layout[] | undefined>(table.layouts)) if (list) layouts[name] = list
  return { ...table, layouts }
}
