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
 */
export type FrameForm =
  | Readonly<{ is: 'length'; form: LengthForm; itself: boolean; uncounted: number; longest: number }>
  | Readonly<{ is: 'STX ETX LRC'; longest: number }>
  | Readonly<{ is: 'whole' }>
