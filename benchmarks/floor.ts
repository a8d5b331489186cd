import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bookOf } from '../emulator/bench/under-test.ts'
import type { Card } from '../emulator/card/card.ts'
import { startHost } from '../emulator/host/host.ts'
import { loadProfile } from '../emulator/profile/load.ts'
import { tcp } from '../emulator/transport/tcp.ts'
import { Secret } from '../emulator/values/secret.ts'
import { where } from '../emulator/where.ts'
import { codecFor } from '../emulator/wire/iso8583.ts'
import type { Connections } from './echo.ts'
import { openTill, type Till } from './till.ts'

/** Where tills and host keep what they must not lose. */
export type Stores = 'memory' | 'file'

/** A shop floor: tills that are signed in, and the reference host they all talk to over TCP. */
export type Floor = Readonly<{ tills: readonly Till[]; close: () => Promise<void> }>

const merchant = { id: 'M00000000000001', name: 'Harbour Bookshop' }

/**
 * @param tills  how many; each has a terminal number and a master key of its own, cards are shared out among them
 */
export async function openFloor(tills: number, connections: Connections, stores: Stores): Promise<Floor> {
  const profile = await loadProfile(where.referenceProfile)
  const dialect = profile.speaks
  const codec = codecFor(dialect)
  const folder = stores === 'file' ? await mkdtemp(join(tmpdir(), 'tillproof-bench-')) : undefined
  const { cards: known } = bookOf(profile)
  const cards = profile.cards.filter(card => card.funds !== undefined && card.funds.minor >= 1_000_000_00n)
  const terminals = Array.from({ length: tills }, (_, no) => ({
    id: `T${String(no + 1).padStart(7, '0')}`,
    masterKey: keyOf(no),
  }))
  const host = await startHost({
    book: { merchants: [{ ...merchant, terminals }], cards: known },
    dialect,
    knobs: profile.knobs,
    controlPort: 'none',
    seed: 'benchmark',
    clock: 'real',
    ...(folder === undefined ? {} : { db: { file: join(folder, 'host.db'), key: new Secret(randomBytes(32).toString('hex')) } }),
  })
  const transport = tcp(new URL(`tcp://127.0.0.1:${host.port}`))
  const open = terminals.map(({ id, masterKey }, no) =>
    openTill({
      identity: { role: id, terminalId: id, merchantId: merchant.id, merchantName: merchant.name },
      masterKey,
      card: cardAt(cards, no),
      dialect,
      codec,
      transport,
      connections,
      ...(folder === undefined ? {} : { file: join(folder, `${id}.db`) }),
    }),
  )
  for (const till of open) await till.signIn()
  return {
    tills: open,
    close: async () => {
      for (const till of open) await till.close()
      await host.close()
      if (folder !== undefined) await rm(folder, { recursive: true })
    },
  }
}

/** An invented double-length key, another for each till. */
function keyOf(no: number): Secret {
  return new Secret(createHash('sha256').update(`till ${no}`).digest('hex').slice(0, 32).toUpperCase())
}

function cardAt(cards: readonly Card[], no: number): Card {
  const card = cards[no % cards.length]
  if (card === undefined) throw new Error('the reference profile has no card with money')
  return card
}
