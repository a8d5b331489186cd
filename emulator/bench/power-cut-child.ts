import { Store } from '../terminal/store.ts'
import { tcp } from '../transport/tcp.ts'
import { where } from '../where.ts'
import { cardPrompts, enter, keys, operate } from './hands.ts'
import { openLaboratory } from './laboratory.ts'
import { bootTill, cardOf } from './power-cut-till.ts'

/**
 * A till as a process of its own, so that it can be killed. It comes back from whatever was before, signs in, sells once if it has never sold, settles,
 * and tells its parent every end that the operator is shown.
 *
 * @example node power-cut-child.ts tcp://127.0.0.1:5000 /tmp/till.db   with `TILL_STORE_KEY`: 32 bytes, hex
 */
async function live(endpoint: string, file: string, key: string): Promise<void> {
  const laboratory = await openLaboratory({ profile: where.referenceProfile, seed: 'child', driver: 'direct', waiting: 'skip' })
  const store = new Store({ file, key: Buffer.from(key, 'hex') })
  const { terminal, line, hands } = bootTill({
    laboratory,
    store,
    transport: tcp(new URL(endpoint)),
    seed: 'child',
    totals: 'gross',
    observe: fact => {
      if (fact.is === 'outcome') process.send?.(`${fact.name} ${fact.outcome}`)
    },
  })
  await terminal.powerUp()
  await operate(hands, 'sign in', { 'keying operator': keys('01'), 'keying password': keys('0000') })
  if (store.records.length === 0) {
    const card = cardOf(laboratory, 'Carol')
    await operate(hands, 'sale', {
      'keying amount': keys('8800'),
      'confirming amount': enter,
      ...cardPrompts(card, 'swiped'),
      'keying PIN': keys(card.pin?.reveal() ?? ''),
    })
  }
  await operate(hands, 'settle', { 'confirming settlement': enter })
  await line.close()
  store.close()
  await laboratory.close()
}

const [, , endpoint = '', file = ''] = process.argv
await live(endpoint, file, process.env.TILL_STORE_KEY ?? '')
