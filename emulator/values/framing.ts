/** How a length prefix is written: 2 or 4 bytes binary, high byte or low byte first, 4 characters, or 4 packed digits in 2 bytes. */
export type LengthForm = 'binary 2' | 'binary 4' | 'little endian 2' | 'little endian 4' | 'ascii 4' | 'bcd 2'

/**
 * How frames lie on a stream. A frame is handed on whole, with everything that belongs to it on the line.
 *
 * - `length`: a prefix tells how many bytes follow. `itself`: its own bytes are counted too. `uncounted`: how many bytes after the prefix (TPDU and
 *   header) are *not* counted; 0 where it counts everything that follows.
 * - `STX ETX LRC`: 02, the bytes, 03, and the exclusive or of all bytes after STX, ETX included. A byte of the frame that equals ETX is not
 *   escaped, so only text fits.
 * - `whole`: the line itself keeps frames apart, as WebSocket and HTTP do.
 *
 * `longest`: what is believed, in bytes after the prefix, or between STX and ETX.
 */
export type FrameForm =
  | Readonly<{ is: 'length'; form: LengthForm; itself: boolean; uncounted: number; longest: number }>
  | Readonly<{ is: 'STX ETX LRC'; longest: number }>
  | Readonly<{ is: 'whole' }>

/** A frame form with a length prefix. */
export type LengthPrefix = Extract<FrameForm, { is: 'length' }>

/** Control characters around a frame of text. */
export const stx = 0x02
export const etx = 0x03

type Written = Readonly<{ bytes: 2 | 4; most: number; is: 'high byte first' | 'low byte first' | 'characters' | 'packed' }>

const written: Readonly<Record<LengthForm, Written>> = {
  'binary 2': { bytes: 2, most: 0xffff, is: 'high byte first' },
  'binary 4': { bytes: 4, most: 0xffff_ffff, is: 'high byte first' },
  'little endian 2': { bytes: 2, most: 0xffff, is: 'low byte first' },
  'little endian 4': { bytes: 4, most: 0xffff_ffff, is: 'low byte first' },
  'ascii 4': { bytes: 4, most: 9999, is: 'characters' },
  'bcd 2': { bytes: 2, most: 9999, is: 'packed' },
}

/** Bytes of a length prefix, and the greatest number that it can say. */
export function lengthLimits(form: LengthForm): Readonly<{ bytes: 2 | 4; most: number }> {
  return written[form]
}

/** What a length prefix says, as it stands at this place; `no number` where its digits are none. All its bytes have to be there. */
export function readLength(form: LengthForm, bytes: Uint8Array, at: number): number | 'no number' {
  const { bytes: count, is } = written[form]
  let value = 0
  for (let no = 0; no < count; no += 1) {
    const byte = bytes[at + (is === 'low byte first' ? count - 1 - no : no)] ?? 0
    if (is === 'characters') {
      if (byte < 0x30 || byte > 0x39) return 'no number'
      value = value * 10 + byte - 0x30
    } else if (is === 'packed') {
      if (byte >> 4 > 9 || (byte & 15) > 9) return 'no number'
      value = value * 100 + (byte >> 4) * 10 + (byte & 15)
    } else value = value * 256 + byte
  }
  return value
}

/** Writes a length prefix; the number is at most what the form can say. */
export function writeLength(form: LengthForm, value: number, into: Uint8Array, at: number): void {
  const { bytes: count, is } = written[form]
  let rest = value
  for (let no = 0; no < count; no += 1) {
    const to = at + (is === 'low byte first' ? no : count - 1 - no)
    if (is === 'characters') {
      into[to] = 0x30 + (rest % 10)
      rest = Math.floor(rest / 10)
    } else if (is === 'packed') {
      into[to] = (Math.floor((rest % 100) / 10) << 4) | (rest % 10)
      rest = Math.floor(rest / 100)
    } else {
      into[to] = rest & 0xff
      rest = Math.floor(rest / 256)
    }
  }
}

/** What a prefix has to say of so many bytes that follow it. */
export function saidOf({ form, itself, uncounted }: LengthPrefix, following: number): number {
  return following - uncounted + (itself ? written[form].bytes : 0)
}

/** How many bytes follow a prefix that says so; none or fewer where it cannot be right. */
export function followingOf({ form, itself, uncounted }: LengthPrefix, said: number): number {
  return said + uncounted - (itself ? written[form].bytes : 0)
}
