import assert from 'node:assert/strict'
import net from 'node:net'
import { unwrapWorkingKeys } from '../crypto/keys.ts'
import { macOf } from '../crypto/mac.ts'
import { sealPin } from '../crypto/pin-block.ts'
import { encryptTrack } from '../crypto/track.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { dialectById } from '../dialects/index.ts'
import { keyLayoutOf } from '../dialects/key-layout.ts'
import { toMessage } from '../dialects/request.ts'
import { type Amount, yuan } from '../values/amount.ts'
import type { Fields, Message } from '../values/message.ts'
import { Pan } from '../values/pan.ts'
import type { ClassTotals, ReadCard, Request, Totals, WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import { Track2 } from '../values/track2.ts'
import type { Codec } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import type { Book } from './book.ts'
import { type Host, type HostOptions, startHost } from './host.ts'
import { macSchemeOf } from './reading.ts'

export const dialect = dialectById('unionpay-pos')

const key = (byte: string) => new Secret(byte.repeat(16))
export const alice = new Pan('6212142000000000012')
export const bob = new Pan('6250930000000010')
export const nobody = new Pan('6250946000000016')

export const book: Book = {
  merchants: [
    {
      id: 'M00000000000001',
      name: 'Harbour Bookshop',
      terminals: [
        { id: 'T0000001', masterKey: key('11') },
        { id: 'T0000002', masterKey: key('22') },
      ],
    },
    { id: 'M00000000000002', name: 'Garden Tea House', terminals: [{ id: 'T0000003', masterKey: key('33') }] },
  ],
  cards: [
    { holder: 'Alice', pan: alice, expiry: '3012', pin: new Secret('123456'), funds: yuan(1_000_00n) },
    { holder: 'Bob', pan: bob, expiry: '3012', pin: new Secret('654321'), funds: yuan(500_00n) },
    { holder: 'Nobody', pan: nobody, expiry: '3012' },
  ],
}

export const swiped = (pan: Pan, expiry = '3012'): ReadCard => ({
  entry: 'swiped',
  pan,
  track2: new Track2(`${pan.reveal()}D${expiry}2200000000000`),
  expiry,
})

export const keyed = (pan: Pan, expiry = '3012'): ReadCard => ({ entry: 'keyed', pan, expiry })

/** A host in memory, on a virtual clock, without a port. */
export const embedded = (more: Partial<HostOptions> = {}): Promise<Host> =>
  startHost({ book, dialect, seed: 'test', clock: 'virtual', port: 'none', ...more })

/** Sends one frame over a connection of its own; what came back, or nothing when the line was closed. */
export function oneConnection(port: number, frame: Uint8Array): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(frame))
    socket.once('data', bytes => {
      socket.destroy()
      resolve(new Uint8Array(bytes))
    })
    socket.once('close', () => resolve(undefined))
    socket.once('error', reject)
  })
}

/** What a sale was answered, with what names it afterwards. */
export type Sold = Readonly<{ mti: string; code: string; fields: Fields; request: Request }>

type Extra = Partial<Request> & Readonly<{ key?: WorkingKeys; mac?: string; bend?: (message: Message) => Message }>

/** A till that sends what it is told and keeps nothing but keys, trace and batch. */
export class Till {
  keys: WorkingKeys | undefined
  batch = '000001'
  trace = 0
  readonly #send: (frame: Uint8Array) => Promise<Uint8Array | undefined>
  readonly #terminalId: string
  readonly #merchantId: string
  readonly #dialect: Dialect
  readonly #codec: Codec

  constructor(
    send: (frame: Uint8Array) => Promise<Uint8Array | undefined>,
    terminalId = 'T0000001',
    merchantId = 'M00000000000001',
    speaks: Dialect = dialect,
  ) {
    this.#dialect = speaks
    this.#codec = codecFor(speaks)
    this.#send = send
    this.#terminalId = terminalId
    this.#merchantId = merchantId
  }

  /** Signed in at a host. */
  static async at(host: Host, terminalId = 'T0000001', merchantId = 'M00000000000001', speaks: Dialect = dialect): Promise<Till> {
    const till = new Till(frame => host.answer(frame), terminalId, merchantId, speaks)
    await till.signIn()
    return till
  }

  async signIn(): Promise<Sold> {
    const answer = await this.ask({ operation: 'signIn', operator: '01' })
    const master = book.merchants.flatMap(merchant => merchant.terminals).find(one => one.id === this.#terminalId)?.masterKey
    const keys = unwrapWorkingKeys(
      master ?? new Secret('00'.repeat(16)),
      answer.fields.keys ?? answer.fields.private62 ?? '',
      keyLayoutOf(this.#dialect, String(this.#dialect.settings.signInKeys)),
    )
    if (typeof keys !== 'string') this.keys = keys
    this.batch = answer.fields.batch ?? this.batch
    return answer
  }

  sale(pan: Pan, amount: Amount, extra: Extra = {}): Promise<Sold> {
    return this.ask({ operation: 'sale', amount, card: swiped(pan), ...extra })
  }

  void(sold: Sold, extra: Extra = {}): Promise<Sold> {
    const { batch, trace, amount, card } = sold.request
    const { reference, approvalCode } = sold.fields
    const original = { batch, ...(trace && { trace }), ...(reference && { reference }), ...(approvalCode && { approvalCode }) }
    return this.ask({ operation: 'void', original, ...(amount && { amount }), ...(card && { card }), ...extra })
  }

  refund(sold: Sold, amount: Amount, extra: Extra = {}): Promise<Sold> {
    const { reference, localDate } = sold.fields
    const original = { ...(reference && { reference }), ...(localDate && { date: localDate }) }
    const { card } = sold.request
    return this.ask({ operation: 'refund', amount, original, ...(card && { card }), ...extra })
  }

  reverse(sold: Sold, extra: Extra = {}): Promise<Sold> {
    const { trace, batch, amount, card, operation } = sold.request
    const of = operation === 'void' ? 'void' : 'sale'
    return this.ask({
      operation: 'reverse',
      batch,
      reversal: { of, reason: 'no answer', pinEntered: false },
      ...(of === 'void' && trace && { original: { batch, trace } }),
      ...(trace && { trace }),
      ...(amount && { amount }),
      ...(card && { card }),
      ...extra,
    })
  }

  settle(domestic: Partial<ClassTotals>, extra: Extra = {}): Promise<Sold> {
    const none: ClassTotals = { debitCount: 0, debit: yuan(0n), creditCount: 0, credit: yuan(0n) }
    const totals: Totals = { domestic: { ...none, ...domestic }, foreign: none }
    return this.ask({ operation: 'settle', operator: '01', totals, ...extra })
  }

  upload(sales: readonly Sold[]): Promise<Sold> {
    const items = sales.map(({ request }) => {
      assert.ok(request.card && request.amount && request.trace)
      return { domestic: true, trace: request.trace, pan: request.card.pan, amount: request.amount }
    })
    return this.ask({ operation: 'upload', upload: { is: 'details', items } })
  }

  end(balanced: boolean, count = 0): Promise<Sold> {
    return this.ask({ operation: 'upload', upload: { is: 'end', count, balanced } })
  }

  /** The balance that the host tells, in fen. */
  async balance(pan: Pan): Promise<bigint> {
    const { fields } = await this.ask({ operation: 'inquire', card: swiped(pan) })
    return BigInt(fields.additionalAmounts?.slice(8) ?? -1)
  }

  async ask({ key, mac, bend, ...request }: Extra & Pick<Request, 'operation'>): Promise<Sold> {
    this.trace += request.trace === undefined ? 1 : 0
    const whole: Request = {
      at: '2026-06-01T02:15:00.000Z',
      terminalId: this.#terminalId,
      merchantId: this.#merchantId,
      trace: String(this.trace).padStart(6, '0'),
      batch: this.batch,
      ...request,
    }
    const keys = key ?? this.keys
    const pinBlock =
      whole.pin && whole.card && keys
        ? sealPin(
            keys.pin,
            whole.pin,
            whole.card.pan,
            this.#dialect.settings.pinBlock === 'without PAN' ? 'without PAN' : 'with PAN',
          )
        : undefined
    const track2 =
      this.#dialect.settings.trackEncryption === true && whole.card?.entry === 'swiped' ? whole.card.track2 : undefined
    const sealedTrack = track2 && keys?.track ? encryptTrack(keys.track, track2.reveal()) : undefined
    const plain = toMessage(this.#dialect, whole, {
      ...(pinBlock !== undefined && { pinBlock }),
      ...(sealedTrack !== undefined && { track2: sealedTrack }),
    })
    const message = bend?.(plain) ?? plain
    const seal = (covered: Uint8Array) => mac ?? (keys ? macOf(macSchemeOf(this.#dialect), keys.mac, covered) : '0'.repeat(16))
    const what = identify(this.#dialect, message)
    const sealed = (what === 'unknown' || what.row.sealed) && mac !== 'absent'
    const reply = await this.#send(this.#codec.encode(message, sealed ? { seal } : {}).frame)
    if (!reply) return { mti: 'none', code: 'none', fields: {}, request: whole }
    const decoded = this.#codec.decode(reply)
    assert.ok(decoded.ok, 'the host answers with frames that can be read')
    assert.deepEqual(decoded.remarks, [])
    return {
      mti: decoded.message.mti,
      code: decoded.message.fields.resultCode ?? 'absent',
      fields: decoded.message.fields,
      request: whole,
    }
  }
}
