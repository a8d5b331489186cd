import { toHex } from '../emulator/values/hex.ts'
import type { Message } from '../emulator/values/message.ts'

/** Type, TPDU and header of this one message, and its bitmap: fields 3 4 11 22 25 26 35 41 42 49 52 53 60 64. */
const head = '60000600006031003110010200302004C020C09811'

/** Writes this one message: its packed parts as one run of hex, its characters as they are. */
export function writeSale({ fields: f }: Message): Uint8Array {
  const track = f.track2 ?? ''
  const private60 = f.private60 ?? ''
  const packed = `${head}${f.processingCode}${f.amount}${f.trace}${f.entryMode}0${f.conditionCode}${f.pinCapture}${two(track.length)}${even(track)}`
  const between = `${f.pinBlock}${f.securityControl}00${two(private60.length)}${even(private60)}${f.mac}`
  const before = 2 + packed.length / 2
  const frame = Buffer.allocUnsafe(before + 26 + between.length / 2)
  frame.writeUInt16BE(frame.length - 2, 0)
  frame.write(packed, 2, 'hex')
  frame.write(`${f.terminalId}${f.merchantId}${f.currency}`, before, 'latin1')
  frame.write(between, before + 26, 'hex')
  return frame
}

/** Reads this one message, and no other: head and bitmap have to be the ones that it has, and the end where it is due. */
export function readSale(frame: Uint8Array): Message {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  const hex = toHex(frame)
  if (bytes.readUInt16BE(0) !== bytes.length - 2 || !hex.startsWith(head, 4))
    throw new Error(`another message: ${hex.slice(0, 46)}`)
  const digits = lengthAt(frame, 39)
  const terminal = 40 + ((digits + 1) >> 1)
  const private60 = terminal + 44
  const digits60 = lengthAt(frame, private60 - 1)
  const mac = private60 + ((digits60 + 1) >> 1)
  if (frame.length !== mac + 8) throw new Error(`it ends at ${frame.length}, not at ${mac + 8}`)
  const text = bytes.toString('latin1', terminal, terminal + 26)
  const whole60 = hex.slice(private60 * 2, private60 * 2 + digits60)
  return {
    mti: '0200',
    fields: {
      processingCode: hex.slice(46, 52),
      amount: hex.slice(52, 64),
      trace: hex.slice(64, 70),
      entryMode: hex.slice(70, 73),
      conditionCode: hex.slice(74, 76),
      pinCapture: hex.slice(76, 78),
      track2: hex.slice(80, 80 + digits),
      terminalId: text.slice(0, 8),
      merchantId: text.slice(8, 23),
      currency: text.slice(23),
      pinBlock: hex.slice((terminal + 26) * 2, (terminal + 34) * 2),
      securityControl: hex.slice((terminal + 34) * 2, (terminal + 42) * 2),
      private60: whole60,
      typeCode: whole60.slice(0, 2),
      batch: whole60.slice(2, 8),
      networkCode: whole60.slice(8, 11),
      readCapability: whole60.slice(11, 12),
      chipCondition: whole60.slice(12, 13),
      mac: hex.slice(mac * 2),
    },
  }
}

const two = (length: number): string => (length < 10 ? `0${length}` : String(length))
const even = (digits: string): string => (digits.length % 2 === 0 ? digits : `${digits}0`)

function lengthAt(frame: Uint8Array, at: number): number {
  const byte = frame[at] ?? 0
  return (byte >> 4) * 10 + (byte & 15)
}
