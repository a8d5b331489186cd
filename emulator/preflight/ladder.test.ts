import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { suite, test } from 'node:test'
import { toHex } from '../values/hex.ts'
import { climb } from './ladder.ts'
import { type Acquirer, host, loaded, rightProfile, waits } from './misconfiguration.test-run.ts'
import type { Climb, Rung } from './rung.ts'
import { listener, type Strangeness, strange } from './strange-acquirers.test-run.ts'
import { PreflightTill } from './till.ts'
import { spokenIn } from './variant.ts'
import type { Waits } from './waits.ts'

type Options = Readonly<{
  sale?: boolean
  sets?: ReadonlySet<number>
  signal?: AbortSignal
  waits?: Waits
  told?: (rung: Rung) => void
}>

async function climbTo({ endpoint }: Acquirer, options: Options = {}, written = rightProfile(endpoint)): Promise<Climb> {
  const profile = await loaded(written)
  return climb({ profile, endpoint, waits, sale: true, now: Date.now, told: () => undefined, ...options })
}

/** The message types of what reaches our own host, in order. */
async function types(
  strangeness: Strangeness,
  options: Options = {},
): Promise<Readonly<{ climbed: Climb; sent: readonly string[] }>> {
  const sent: string[] = []
  const acquirer = await strange({
    ...strangeness,
    request: frame => {
      sent.push(toHex(frame.subarray(13, 15)))
      return strangeness.request?.(frame) ?? frame
    },
  })
  try {
    return { climbed: await climbTo(acquirer, options), sent }
  } finally {
    await acquirer.close()
  }
}

const isReply =
  (type: string) =>
  (frame: Uint8Array): boolean =>
    toHex(frame.subarray(13, 15)) === type

/** The answers of these types, other than the first of them, are not what they were. */
function spoilt(type: string, spoil: (frame: Uint8Array) => Uint8Array, from = 0): Strangeness {
  let seen = -1
  return {
    answer: frame => {
      if (!isReply(type)(frame)) return frame
      seen += 1
      return seen >= from ? spoil(frame) : frame
    },
  }
}

const swallowed = (): Uint8Array => new Uint8Array(0)

suite('what a climb leaves behind', () => {
  test('a sale is made once, and voided', async () => {
    const { climbed, sent } = await types({})
    assert.equal(climbed.broken, undefined)
    assert.deepEqual(sent, ['0820', '0800', '0800', '0800', '0200', '0200'])
  })

  test('without the sale nothing about money is sent', async () => {
    const { climbed, sent } = await types({}, { sale: false })
    assert.equal(climbed.broken, undefined)
    assert.deepEqual(sent, ['0820', '0800', '0800', '0800'])
    assert.deepEqual(
      climbed.rungs.slice(-2).map(({ is }) => is),
      ['passed over', 'passed over'],
    )
  })

  test('a sale whose answer is lost is reversed, and that is said', async () => {
    const { climbed, sent } = await types(spoilt('0210', swallowed))
    assert.equal(climbed.broken, 'control sale')
    assert.equal(climbed.open, undefined)
    assert.deepEqual(sent.slice(-2), ['0200', '0400'])
    assert.match(climbed.rungs.at(-1)?.says ?? '', /does not answer the sale.*; it was reversed$/)
  })

  test('a sale whose answer and reversals are lost is told to whoever has to undo it', async () => {
    const { climbed, sent } = await types({
      answer: frame => (['0210', '0410'].some(type => isReply(type)(frame)) ? swallowed() : frame),
    })
    assert.deepEqual(sent.slice(-4), ['0200', '0400', '0400', '0400'])
    assert.match(climbed.open ?? '', /^A sale of ¥1\.00 under trace \d{6} in batch 000001 of terminal T0000001 may be open/)
  })

  test('a void whose answer is lost is reversed, and then the sale', async () => {
    const { climbed, sent } = await types(spoilt('0210', swallowed, 1))
    assert.equal(climbed.broken, 'undone')
    assert.deepEqual(sent.slice(-4), ['0200', '0200', '0400', '0400'])
    assert.equal(climbed.open, undefined)
    assert.match(climbed.rungs.at(-1)?.says ?? '', /was reversed instead: nothing is left open$/)
  })

  test('terminals of other sets are left alone', async () => {
    const acquirer = await host()
    const written = rightProfile(acquirer.endpoint)
    const more = written.merchants.map(({ terminals }) => terminals[0])
    written.merchants[0]?.terminals.push({ id: 'T0000011', set: 2, masterKey: more[0]?.masterKey })
    written.merchants[0]?.terminals.push({ id: 'T0000012', set: 2, masterKey: more[0]?.masterKey })
    written.merchants[1]?.terminals.push({ id: 'T0000013', set: 2, masterKey: more[1]?.masterKey })
    written.cards.push({ ...written.cards[0], holder: 'Carol', pan: '6250930000000028', set: 2 })
    const climbed = await climbTo(acquirer, { sets: new Set([1]) }, written)
    await acquirer.close()
    assert.equal(climbed.broken, undefined)
    assert.equal(climbed.rungs.find(({ rung }) => rung === 'sign-in')?.says, 'terminals T0000001, T0000002, T0000003')
  })

  test('ways that were guessed carry no card, and every line is closed', async () => {
    const came: Uint8Array[] = []
    const open = new Set<Socket>()
    const { promise: allClosed, resolve } = Promise.withResolvers<void>()
    const silent = await listener(socket => {
      open.add(socket)
      socket
        .on('data', chunk => came.push(new Uint8Array(chunk)))
        .once('close', () => {
          open.delete(socket)
          if (open.size === 0) resolve()
        })
    })
    const climbed = await climbTo(silent, { waits: { ...waits, alternatives: 2500 } })
    assert.equal(climbed.broken, 'framing')
    if (open.size > 0) await allClosed
    await silent.close()
    assert.ok(came.length > 20, `${came.length} messages were tried`)
    const card = '6250930000000002'
    const written = [card, toHex(Buffer.from(card)), [...card].map(digit => `F${digit}`).join('')]
    for (const bytes of came) for (const form of written) assert.ok(!toHex(bytes).includes(form), 'a card was sent')
  })

  test('an acquirer that sends a message of its own first is climbed all the same', async () => {
    const profile = await loaded(rightProfile(new URL('tcp://127.0.0.1:1')))
    const till = new PreflightTill(profile, { merchant: 0, terminal: 0 })
    const { bytes } = till.ready(till.manage('echo'), spokenIn(profile.speaks))
    const { climbed } = await types({ greeting: bytes })
    assert.equal(climbed.broken, undefined)
    const spoke = climbed.rungs.find(({ rung }) => rung === 'who speaks first')
    assert.match(spoke?.says ?? '', /^the acquirer sends a 0820, which nobody asked for/)
  })

  test('who interrupts is heard: nothing further is climbed', async () => {
    const acquirer = await host()
    const controller = new AbortController()
    const told = ({ rung }: Rung): void => {
      if (rung === 'who speaks first') controller.abort()
    }
    const { rungs } = await climbTo(acquirer, { signal: controller.signal, told })
    await acquirer.close()
    assert.deepEqual(
      rungs.map(({ rung }) => rung),
      ['name', 'connect', 'TLS', 'who speaks first'],
    )
  })

  test('what is shown of a broken rung hides keys and cards', async () => {
    const acquirer = await host({ settings: { mac: 'x9.9' } })
    const { rungs } = await climbTo(acquirer)
    await acquirer.close()
    const text = JSON.stringify(rungs)
    assert.match(text, /control sale/)
    assert.ok(!text.includes('6250930000000002'), 'a card number')
    assert.ok(!/62 ?50 ?93 ?00 ?00 ?00 ?00 ?02/.test(text), 'a card number in its bytes')
    assert.match(text, /••|··/)
  })
})
