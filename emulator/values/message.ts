/**
 * A message or reply in names and values: `fields` is keyed by the names of a dialect's field table.
 *
 * Values are text, as on the wire: digits as digits, tracks with `D` as separator, binary fields as upper-case hex, text with its padding.
 * A composite field stands whole under its own name and part by part under the parts' names.
 */
export type Message = Readonly<{ mti: string; fields: Fields }>

export type Fields = Readonly<Record<string, string>>

/** Something odd about what was received, with the path of the field (`4`, `60.2`) it concerns. Facts, never corrected. */
export type Remark = Readonly<{ path: string; says: string }>

/** Where a field's bytes lie in its frame, the length prefix of the field included. */
export type Span = Readonly<{ path: string; offset: number; length: number }>
