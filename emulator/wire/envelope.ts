import type { Framing } from '../dialects/dialect.ts'
import { EmulatorError } from '../values/errors.ts'
import { etx, type FrameForm, followingOf, lengthLimits, readLength, saidOf, stx, writeLength } from '../values/framing.ts'
import type { Span } from '../values/message.ts'
import { alphabetBits } from './alphabet.ts'
import type { Envelope, Start } from './codec.ts'
import type { Cursor } from './cursor.ts'
import { pack } from './digits.ts'

/** What was found around a message. */
export type Head = { envelope: Envelope; length?: number; lrc?: string }

/**
 * The envelope of the reply to a request: the addresses of the TPDU change places, and the halves of the header where the dialect says so.
 *
 * @source UnionPay POS fact sheet, 1.1
 */
export function replyEnvelope({ headerReply }: Framing, { tpdu, header }: Envelope): Envelope {
  return {
    ...(tpdu !== undefined && { tpdu: tpdu.slice(0, 2) + tpdu.slice(6, 10) + tpdu.slice(2, 6) }),
    ...(header !== undefined && { header: headerReply === 'swapped' ? halvesSwapped(header) : header }),
  }
}

/** Of an odd number of bytes the middle one stays. */
function halvesSwapped(hex: string): string {
  const half = Math.floor(hex.length / 4) * 2
  return hex.slice(hex.length - half) + hex.slice(half, hex.length - half) + hex.slice(0, half)
}

/** Writes what stands before a message, its length apart, and says where the message begins. `start`: where the frame does. */
export function writeHead(
  { form, tpdu, header }: Framing,
  from: Start,
  given: Envelope | undefined,
  into: Uint8Array,
  start: number,
  spans: Span[] | undefined,
): number {
  let at = start
  if (from === 'length' && form.is === 'length') {
    at += lengthLimits(form.form).bytes
    spans?.push({ path: 'length', offset: 0, length: at - start })
  } else if (from === 'length' && form.is === 'STX ETX LRC') {
    into[at] = stx
    at += 1
    spans?.push({ path: 'stx', offset: 0, length: 1 })
  }
  if (tpdu !== '' && (from === 'length' || from === 'tpdu')) {
    const bytes = writeHex('tpdu', given?.tpdu ?? tpdu, tpdu.length / 2, into, at)
    spans?.push({ path: 'tpdu', offset: at - start, length: bytes })
    at += bytes
  }
  if (header !== '' && from !== 'mti') {
    const bytes = writeHex('header', given?.header ?? header, header.length / 2, into, at)
    spans?.push({ path: 'header', offset: at - start, length: bytes })
    at += bytes
  }
  return at
}

/**
 * Writes the length of a whole frame before it, or ETX and LRC behind it, and says where the frame ends.
 *
 * @throws EmulatorError `FIELD_VALUE` for a message that is too long for its length, or holds the byte that would end it
 */
export function writeTail(form: FrameForm, into: Uint8Array, start: number, end: number, spans: Span[] | undefined): number {
  if (form.is === 'length') {
    const { bytes, most } = lengthLimits(form.form)
    const said = saidOf(form, end - start - bytes)
    if (said > most) throw refused('length', `a length of this form says ${most} at most; the message needs ${said}`)
    writeLength(form.form, said, into, start)
    return end
  }
  if (form.is === 'whole') return end
  let lrc = etx
  for (let at = start + 1; at < end; at += 1) {
    const byte = into[at] ?? 0
    if (byte === etx)
      throw refused('etx', `byte ${at - start} of the frame is ETX (03) and would end it; only text fits between STX and ETX`)
    lrc ^= byte
  }
  into[end] = etx
  into[end + 1] = lrc
  spans?.push({ path: 'etx', offset: end - start, length: 1 }, { path: 'lrc', offset: end + 1 - start, length: 1 })
  return end + tailBytes
}

/** ETX and LRC. */
const tailBytes = 2

function writeHex(path: string, hex: string, bytes: number, into: Uint8Array, at: number): number {
  const upper = hex.length === bytes * 2 && pack(hex, alphabetBits.b, 'left', '0', into, at)
  if (!upper && (hex.length !== bytes * 2 || !/^[0-9A-Fa-f]*$/.test(hex)))
    throw refused(path, `it is not ${bytes * 2} hex digits`)
  return bytes
}

function refused(path: string, because: string): EmulatorError {
  return new EmulatorError('FIELD_VALUE', { path, name: path, because })
}

/** Reads what stands before a message, and between STX and ETX takes the end in view. */
export function readHead(cursor: Cursor, { form, tpdu, header }: Framing, from: Start): Head {
  const head: Head = { envelope: {} }
  if (from === 'length' && form.is === 'length' && !readPrefix(cursor, form, head)) return head
  if (from === 'length' && form.is === 'STX ETX LRC' && !readAround(cursor, head)) return head
  const envelope: { tpdu?: string; header?: string } = {}
  head.envelope = envelope
  const inTpdu = from === 'length' || from === 'tpdu' ? readHex(cursor, 'tpdu', tpdu.length / 2) : undefined
  if (inTpdu !== undefined) envelope.tpdu = inTpdu
  const inHeader = from === 'mti' || cursor.problem ? undefined : readHex(cursor, 'header', header.length / 2)
  if (inHeader !== undefined) envelope.header = inHeader
  return head
}

function readPrefix(cursor: Cursor, form: Extract<FrameForm, { is: 'length' }>, head: Head): boolean {
  const { bytes } = lengthLimits(form.form)
  if (!cursor.has(bytes, 'length')) return false
  const said = readLength(form.form, cursor.frame, 0)
  if (said === 'no number')
    return cursor.stop(
      'length',
      `${cursor.hex(0, bytes * 2)} is no length of ${form.form === 'ascii 4' ? 'four digit characters' : 'four packed digits'}`,
    )
  cursor.at = bytes
  cursor.span('length', 0)
  head.length = said
  const follow = cursor.frame.length - bytes
  if (followingOf(form, said) === follow) return true
  const due = saidOf(form, follow)
  cursor.remark(
    'length',
    `it says ${said} bytes; ${due === follow ? `${follow} follow` : `${due} are due for the ${follow} that follow`}`,
  )
  return true
}

function readAround(cursor: Cursor, head: Head): boolean {
  const { frame } = cursor
  if (!cursor.has(1, 'stx')) return false
  if (frame[0] !== stx) return cursor.stop('stx', `byte ${cursor.hex(0, 2)} where STX (02) is due`)
  cursor.at = 1
  cursor.span('stx', 0)
  const end = frame.length - tailBytes
  if (end < 1 || frame[end] !== etx) return true
  cursor.end = end
  let lrc = 0
  for (let at = 1; at <= end; at += 1) lrc ^= frame[at] ?? 0
  head.lrc = cursor.hex((end + 1) * 2, 2)
  const due = lrc.toString(16).toUpperCase().padStart(2, '0')
  if (head.lrc !== due) cursor.remark('lrc', `it is ${head.lrc}; ${due} is due`)
  return true
}

function readHex(cursor: Cursor, path: string, bytes: number): string | undefined {
  if (bytes === 0 || !cursor.has(bytes, path)) return undefined
  const start = cursor.at
  cursor.at += bytes
  cursor.span(path, start)
  return cursor.hex(start * 2, bytes * 2)
}

/** Reads what stands behind a message: nothing, or ETX and LRC. */
export function readTail(cursor: Cursor, form: FrameForm, from: Start): void {
  const left = cursor.end - cursor.at
  const around = from === 'length' && form.is === 'STX ETX LRC'
  if (around && cursor.end === cursor.frame.length) {
    cursor.stop('etx', left === 0 ? 'ETX (03) is due here, and nothing is left' : `ETX (03) and one byte are due at the end`)
    return
  }
  if (left > 0) cursor.remark('end', `${left} ${left === 1 ? 'byte follows' : 'bytes follow'} the last field`)
  if (!around) return
  cursor.spanOf('etx', cursor.end, 1)
  cursor.spanOf('lrc', cursor.end + 1, 1)
}
