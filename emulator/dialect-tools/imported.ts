import type { ByteEncoding, DigitEncoding, PrefixEncoding, TextEncoding } from '../dialects/dialect.ts'

/** A field as another tool's file tells it, before it has a name of ours. */
export type ImportedField = Readonly<{
  de: number
  /** What the other file calls it. */
  is: string
  /** Digits, an amount with its sign, text, bytes. */
  kind: 'digits' | 'signed' | 'text' | 'bytes'
  /** Of a fixed length, or the most; in digits, characters or bytes. */
  count: number
  /** Digits of the length before it; 0: none. */
  prefix: 0 | 1 | 2 | 3 | 4
  /** On which side packed digits of odd number are filled up. */
  pad?: 'left' | 'right'
  padWith?: '0' | 'F'
  encoding: Readonly<{ digits?: DigitEncoding; prefix?: PrefixEncoding; text?: TextEncoding; bytes?: ByteEncoding }>
  parts?: readonly Readonly<{ name: string; length: number }>[]
}>

/** What could be read of another tool's file, and what could not be carried over: `field 43: …`. */
export type Imported = Readonly<{
  /** `jPOS GenericPackager`, `moov-io specification`. */
  kind: string
  type?: DigitEncoding
  bitmap?: ByteEncoding
  fields: readonly ImportedField[]
  left: readonly string[]
}>

/** Why a field cannot be carried over. */
export type NotCarried = Readonly<{ because: string }>
