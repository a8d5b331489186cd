import type { Message, Remark, Span } from '../values/message.ts'

/** The envelope around a message: TPDU and header as hex, where the dialect has them. */
export type Envelope = Readonly<{ tpdu?: string; header?: string }>

/** Computes the MAC field over the bytes it covers; returns the field's value in hex. */
export type Seal = (covered: Uint8Array) => string

export type Encoded = Readonly<{
  /** The whole frame, length prefix included. */
  frame: Uint8Array
  spans: readonly Span[]
}>

/** Where decoding stopped, and why. `path` names the field (`48`, `60.2`, `mti`, `bitmap`, `length`). */
export type Problem = Readonly<{ path: string; says: string }>

export type Decoded = Readonly<{
  envelope: Envelope
  /** The value of the length prefix, when there was one. */
  length?: number
  /** The check byte behind a frame of STX, ETX and LRC, hex, when there was one. */
  lrc?: string
  /** Fields in the order of the wire; by dialect name in `message.fields`, by number in `spans` and `remarks`. */
  spans: readonly Span[]
  remarks: readonly Remark[]
  /** The bytes a MAC covers, as offset and length in the frame; absent when the message could not be read that far. */
  covered?: Readonly<{ offset: number; length: number }>
}> &
  (Readonly<{ ok: true; message: Message }> | Readonly<{ ok: false; partial: Message; problem: Problem; atByte: number }>)

/** Where a frame begins: at its length prefix (the default), or further in. */
export type Start = 'length' | 'tpdu' | 'header' | 'mti'

/** `spans: false` leaves the spans out, for speed. */
export interface Codec {
  /** @throws EmulatorError `FIELD_VALUE`, `FIELD_UNKNOWN` …: a message that we cannot write is our mistake. */
  encode(message: Message, options?: Readonly<{ envelope?: Envelope; seal?: Seal; from?: Start; spans?: boolean }>): Encoded
  /** Never throws, never corrects: whatever the acquirer sent is evidence, to the last byte. */
  decode(frame: Uint8Array, options?: Readonly<{ from?: Start; spans?: boolean }>): Decoded
}
