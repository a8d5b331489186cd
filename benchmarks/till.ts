import { randomBytes } from 'node:crypto'
import { handsOn, keys, operate, type Script } from '../emulator/bench/hands.ts'
import { Line } from '../emulator/bench/line.ts'
import { Recorder } from '../emulator/bench/recorder.ts'
import type { Card } from '../emulator/card/card.ts'
import { swipe } from '../emulator/card/magstripe.ts'
import type { Dialect } from '../emulator/dialects/dialect.ts'
import { secretPaths } from '../emulator/dialects/secrets.ts'
import { Journal } from '../emulator/journal/journal.ts'
import { type Identity, referenceSettings } from '../emulator/terminal/settings.ts'
import { Store } from '../emulator/terminal/store.ts'
import { Terminal } from '../emulator/terminal/terminal.ts'
import type { Transport } from '../emulator/transport/transport.ts'
import type { Secret } from '../emulator/values/secret.ts'
import type { Codec } from '../emulator/wire/codec.ts'
import type { Connections } from './echo.ts'

export type TillOptions = Readonly<{
  identity: Identity
  masterKey: Secret
  card: Card
  dialect: Dialect
  codec: Codec
  transport: Transport
  connections: Connections
  /** Of its store; absent: in memory. */
  file?: string
}>

/** A till of the certifier's own making, with everything that it has in a scenario: program, store, journal, line, and hands at its keys. */
export type Till = Readonly<{
  signIn: () => Promise<void>
  /** A sale by swipe and PIN, from the first key to the slip. @throws Error when it is not approved. */
  sell: () => Promise<void>
  close: () => Promise<void>
}>

/** More than a till sells in a round: settling belongs to another table. */
const logCapacity = 1_000_000

export function openTill(options: TillOptions): Till {
  const { identity, masterKey, card, dialect, codec, transport, connections, file } = options
  const store = new Store(file === undefined ? {} : { file, key: randomBytes(32) })
  const journal = new Journal(`benchmark:${identity.terminalId}`, () => Math.round(performance.now() * 1000))
  const recorder = new Recorder(journal, new Set([identity.merchantId]), message => secretPaths(dialect, message))
  const line = new Line({
    terminal: identity.role,
    masterKey,
    dialect,
    codec,
    transport,
    connection: connections,
    seed: identity.terminalId,
    recorder,
    replyWithinMillis: 10_000,
  })
  let outcome = ''
  const terminal = new Terminal({
    identity,
    settings: { ...referenceSettings, logCapacity },
    store,
    acquirer: line,
    clock: () => new Date(),
    wording: code => dialect.words.codes.find(words => words.code === code)?.display ?? code,
    observe: observed => {
      if (observed.is === 'outcome') outcome = `${observed.outcome} ${observed.says}`
    },
  })
  const hands = handsOn(terminal)
  let sales = 0
  return {
    async signIn() {
      await operate(hands, 'sign in', { 'keying operator': keys('01'), 'keying password': keys('0000') })
      if (!outcome.startsWith('done')) throw new Error(`the till is not signed in: ${outcome}`)
    },
    async sell() {
      sales += 1
      outcome = ''
      await operate(hands, 'sale', saleOf(card, 100 + (sales % 900)))
      if (!outcome.startsWith('approved')) throw new Error(`a sale was not approved: ${outcome}`)
    },
    async close() {
      await line.close()
      store.close()
    },
  }
}

/** What the operator presses, prompt by prompt. */
function saleOf(card: Card, minor: number): Script {
  return {
    'keying amount': keys(String(minor)),
    'confirming amount': hands => hands.press('enter'),
    'awaiting card': hands => hands.present(swipe(card)),
    'questioning repeat': hands => hands.press('enter'),
    'keying PIN': keys(card.pin?.reveal() ?? ''),
  }
}
