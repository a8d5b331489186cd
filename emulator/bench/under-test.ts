import type { Dialect } from '../dialects/dialect.ts'
import { httpControl } from '../host/control-client.ts'
import { startHost } from '../host/host.ts'
import type { Profile } from '../profile/profile.ts'
import { cutterFor } from '../transport/frame-cutter.ts'
import { tcp } from '../transport/tcp.ts'
import type { Finished, Transport } from '../transport/transport.ts'
import type { Control } from '../values/ledger-view.ts'

/** The acquirer as the bench reaches it. */
export type UnderTest = Readonly<{
  transport: Transport
  control?: Control
  /** Only of an embedded host: resolves when it is done with the next frame. */
  finished?: () => Promise<Finished>
  /** Notes of an embedded host since the last call. */
  notes: () => readonly string[]
  close: () => Promise<void>
}>

/**
 * Our own reference host, fresh: in this process, on a port of its own, with its own ledger and a clock that starts at a fixed moment.
 *
 * @param faults  names of host faults to switch on
 */
export async function embedded(profile: Profile, dialect: Dialect, seed: string, faults: readonly string[]): Promise<UnderTest> {
  const notes: string[] = []
  let waiting: (finished: Finished) => void = () => undefined
  const host = await startHost({
    book: bookOf(profile),
    dialect,
    knobs: profile.knobs,
    supports: profile.supports,
    controlPort: 'none',
    faults: [...faults],
    seed,
    clock: 'virtual',
    onFinished: finished => waiting(finished),
    onNote: says => notes.push(says),
  })
  return {
    transport: tcp(new URL(`tcp://127.0.0.1:${host.port}`), { cutter: cutterFor(dialect.framing.form) }),
    control: host.control,
    finished: () => new Promise(resolve => (waiting = resolve)),
    notes: () => notes.splice(0),
    close: () => host.close(),
  }
}

/** Somebody's acquirer, at an address. It is waited for in real time. */
export function foreign(endpoint: URL, dialect: Dialect, control: URL | undefined): UnderTest {
  return {
    transport: tcp(endpoint, { cutter: cutterFor(dialect.framing.form) }),
    ...(control === undefined ? {} : { control: httpControl(control) }),
    notes: () => [],
    close: async () => undefined,
  }
}

/** What the host has to know: merchants with terminals and their keys, and the cards that somebody issued. */
export function bookOf(profile: Profile) {
  return {
    merchants: profile.merchants.map(merchant => ({
      id: merchant.id,
      name: merchant.name,
      terminals: merchant.terminals.map(({ id, masterKey }) => ({ id, masterKey })),
    })),
    cards: profile.cards.flatMap(card => (card.funds === undefined ? [] : [{ ...card, funds: card.funds }])),
  }
}
