import { toHex } from '../emulator/values/hex.ts'
import type { Message } from '../emulator/values/message.ts'

/** The one bitmap that these two know: fields 2 3 4 7 11 12 13 14 22 25 35 37 41 42 49. */
const bitmap = '723C048028C08000'

/** Writes this one message: straight down, nothing looked up. */
export function writeAscii({ mti, fields: f }: Message): Uint8Array {
  const track = f.track2?.replace('D', '=') ?? ''
  const pan = f.pan ?? ''
  const text = `${mti}${bitmap}${two(pan.length)}${pan}${f.processingCode}${f.amount}${f.sentAt}${f.trace}${f.localTime}${f.localDate}${f.expiry}${f.entryMode}${f.conditionCode}${two(track.length)}${track}${f.reference}${f.terminalId}${f.merchantId}${f.currency}`
  return Buffer.from(text, 'latin1')
}

/** Reads this one message, and no other: type and bitmap have to be the ones that it has, and the end where it is due. */
export function readAscii(frame: Uint8Array): Message {
  const text = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('latin1')
  if (!text.startsWith(`0200${bitmap}`)) throw new Error(`another message: ${toHex(frame.subarray(0, 20))}`)
  const afterPan = 22 + lengthAt(text, 20)
  const track = afterPan + 55
  const afterTrack = track + lengthAt(text, track - 2)
  if (text.length !== afterTrack + 38) throw new Error(`it ends at ${text.length}, not at ${afterTrack + 38}`)
  return {
    mti: '0200',
    fields: {
      pan: text.slice(22, afterPan),
      processingCode: text.slice(afterPan, afterPan + 6),
      amount: text.slice(afterPan + 6, afterPan + 18),
      sentAt: text.slice(afterPan + 18, afterPan + 28),
      trace: text.slice(afterPan + 28, afterPan + 34),
      localTime: text.slice(afterPan + 34, afterPan + 40),
      localDate: text.slice(afterPan + 40, afterPan + 44),
      expiry: text.slice(afterPan + 44, afterPan + 48),
      entryMode: text.slice(afterPan + 48, afterPan + 51),
      conditionCode: text.slice(afterPan + 51, afterPan + 53),
      track2: text.slice(track, afterTrack).replace('=', 'D'),
      reference: text.slice(afterTrack, afterTrack + 12),
      terminalId: text.slice(afterTrack + 12, afterTrack + 20),
      merchantId: text.slice(afterTrack + 20, afterTrack + 35),
      currency: text.slice(afterTrack + 35),
    },
  }
}

const two = (length: number): string => (length < 10 ? `0${length}` : String(length))

function lengthAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}
