import type { Dialect } from '../emulator/dialects/dialect.ts'
import { dialectById } from '../emulator/dialects/index.ts'
import { fromHex, toHex } from '../emulator/values/hex.ts'
import type { Message } from '../emulator/values/message.ts'
import { codecFor } from '../emulator/wire/iso8583.ts'
import { readAscii, writeAscii } from './bare-ascii.ts'
import { readSale, writeSale } from './bare-sale.ts'
import { compare, type Effort, repeated } from './measurement.ts'
import type { Figure } from './table.ts'

/** ISO 8583:1987, 15 fields, all characters, 168 bytes: the message of the codec's own tests, on a documented test number. */
const ascii168 = new Uint8Array(
  Buffer.from(
    '0200723C048028C0800016411111111111111100000000000001234505211425301234561425300521281205100374111111111111111=28122010000012345678614212345678TERM0001MERCHANT0000001840',
    'latin1',
  ),
)

/** The sale of `conversation-signin-sale-void` in `fixtures/vectors/unionpay-frames.json`: stripe, PIN and MAC, 118 bytes. */
const sale = fromHex(
  '007460000600006031003110010200302004C020C0981100000000000001234500000202100012376212142000000000012D29122010000000000054303030303030314D30303030303030303030303030313135369867C404324255E526000000000000000013220000010005004143383641373334',
)

/** A reader and a writer of one message. */
type Pair = Readonly<{ read: (frame: Uint8Array) => Message; write: (message: Message) => Uint8Array }>

const messages: readonly Readonly<{ name: string; dialect: Dialect; frame: Uint8Array; bare: Pair }>[] = [
  {
    name: 'ASCII message, 168 bytes',
    dialect: dialectById('iso8583-1987', { length: 'none' }),
    frame: ascii168,
    bare: { read: readAscii, write: writeAscii },
  },
  {
    name: 'UnionPay sale, 118 bytes',
    dialect: dialectById('unionpay-pos'),
    frame: sale,
    bare: { read: readSale, write: writeSale },
  },
]

/** The least share of the bare reader and writer that the codec is to reach. */
const goal = 0.4

/** Packs and unpacks each message, and both in turn, beside a reader and a writer of that message alone. */
export async function codecFigures(effort: Effort): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { name, dialect, frame, bare } of messages) {
    const ours = pairOf(dialect)
    const message = ours.read(frame)
    checkAlike(ours, bare, frame)
    const write = ({ write }: Pair) => repeated(() => write(message).length)
    const read = ({ read }: Pair) => repeated(() => read(frame).mti.length)
    const both = ({ read, write }: Pair) => repeated(() => write(read(frame)).length)
    figures.push(
      { what: `${name}: pack`, of: await compare(write(ours), write(bare), effort) },
      { what: `${name}: unpack`, of: await compare(read(ours), read(bare), effort) },
      { what: `${name}: unpack and pack`, of: await compare(both(ours), both(bare), effort), goal },
    )
  }
  return figures
}

/** The codec as everybody uses it, spans off. */
function pairOf(dialect: Dialect): Pair {
  const codec = codecFor(dialect)
  return {
    read: frame => {
      const decoded = codec.decode(frame, { spans: false })
      if (!decoded.ok || decoded.remarks.length > 0) throw new Error('the codec does not like the message')
      return decoded.message
    },
    write: message => codec.encode(message, { spans: false }).frame,
  }
}

/** A comparison means something only if both make the same values of the same bytes, and the same bytes of the same values. */
function checkAlike(ours: Pair, bare: Pair, frame: Uint8Array): void {
  const values = ({ read }: Pair) => JSON.stringify(Object.entries(read(frame).fields).toSorted())
  const bytes = ({ write }: Pair) => toHex(write(ours.read(frame)))
  if (values(ours) !== values(bare)) throw new Error('codec and bare reader disagree about the values')
  if (bytes(ours) !== toHex(frame) || bytes(bare) !== toHex(frame))
    throw new Error('codec and bare writer disagree about the bytes')
}
