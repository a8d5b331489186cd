import { secretPaths } from '../dialects/secrets.ts'
import { Journal } from '../journal/journal.ts'
import type { TerminalObservation } from '../terminal/observation.ts'
import { referenceSettings } from '../terminal/settings.ts'
import type { Store } from '../terminal/store.ts'
import { Terminal } from '../terminal/terminal.ts'
import type { Finished, Transport } from '../transport/transport.ts'
import { type Hands, handsOn } from './hands.ts'
import type { Laboratory } from './laboratory.ts'
import { Line } from './line.ts'
import { Recorder } from './recorder.ts'

/** What a till is booted with: its store is all that it remembers. `fault`: of the terminal. */
export type Boot = Readonly<{
  laboratory: Laboratory
  store: Store
  transport: Transport
  /** Of every line fault. */
  seed: string
  totals: 'net' | 'gross'
  observe: (fact: TerminalObservation) => void
  fault?: string
  finished?: () => Promise<Finished>
}>

/** A till as it is after a boot: its program, its line, and the hands that press its keys. */
export type BootedTill = Readonly<{ terminal: Terminal; line: Line; hands: Hands }>

/** The profile's first till, switched on: a new program on a new line. Power it up before its keys are pressed. */
export function bootTill({ laboratory, store, transport, seed, totals, observe, fault, finished }: Boot): BootedTill {
  const { profile, dialect, codec } = laboratory
  const place = placeOf(laboratory)
  const merchants = new Set(profile.merchants.map(({ id }) => id))
  const line = new Line({
    terminal: 'the shop',
    masterKey: place.terminal.masterKey,
    dialect,
    codec,
    transport,
    connection: 'per operation',
    seed,
    recorder: new Recorder(new Journal('power cut', () => 0), merchants, message => secretPaths(dialect, message)),
    replyWithinMillis: 3000,
    ...(finished === undefined ? {} : { finished }),
  })
  const terminal = new Terminal({
    identity: {
      role: 'the shop',
      terminalId: place.terminal.id,
      merchantId: place.merchant.id,
      merchantName: place.merchant.name,
    },
    settings: { ...referenceSettings, totals },
    store,
    acquirer: line,
    clock: () => laboratory.clock(),
    wording: code => code,
    observe,
    ...(fault === undefined ? {} : { fault }),
  })
  const hands = handsOn(terminal)
  return { terminal, line, hands }
}

/** The first till of the profile. */
export function placeOf({ profile }: Laboratory) {
  const [merchant] = profile.merchants
  const [terminal] = merchant?.terminals ?? []
  if (merchant === undefined || terminal === undefined) throw new Error('the profile has no terminal')
  return { merchant, terminal }
}

/** A card of the first set. */
export function cardOf({ profile }: Laboratory, holder: string) {
  const card = profile.cards.find(one => one.holder === holder && one.set === 1)
  if (card === undefined) throw new Error(`the profile has no card for ${holder}`)
  return card
}
