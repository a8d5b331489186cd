import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { swipe } from '../card/magstripe.ts'
import { identify } from '../dialects/identify.ts'
import { type Host, startHost } from '../host/host.ts'
import { type Listener, listen } from '../transport/listener.ts'
import type { Operation } from '../values/operation.ts'
import { where } from '../where.ts'
import { openLaboratory } from './laboratory.ts'
import { cardOf, placeOf } from './power-cut-till.ts'
import { openKeys } from './sealing.ts'
import { bookOf } from './under-test.ts'

const laboratory = await openLaboratory({ profile: where.referenceProfile, seed: 'kill', driver: 'direct', waiting: 'skip' })
after(() => laboratory.close())

/** When the till is killed: at the first message of that kind, before the acquirer has seen it or after it has acted. It never gets an answer. */
type Kill = Readonly<{ at: Operation; acquirer: 'has not seen it' | 'has acted' }>

/** The reference acquirer behind a port that kills its caller. It has seen everything that a sign-in gave away in confidence. */
class DeadlyAcquirer {
  readonly secrets: string[] = []
  readonly host: Host
  #listener: Listener | undefined
  #kill: Kill | undefined
  #till: ChildProcess | undefined

  private constructor(host: Host, kill: Kill) {
    this.host = host
    this.#kill = kill
  }

  static async open(kill: Kill): Promise<DeadlyAcquirer> {
    const { profile, dialect } = laboratory
    const host = await startHost({
      book: bookOf(profile),
      dialect,
      knobs: profile.knobs,
      supports: profile.supports,
      port: 'none',
      seed: 'kill',
      clock: 'virtual',
    })
    const acquirer = new DeadlyAcquirer(host, kill)
    acquirer.#listener = await listen(0, link => ({
      frame: async frame => {
        const answer = await acquirer.#answer(frame)
        if (answer !== undefined) link.send(answer)
      },
    }))
    return acquirer
  }

  get endpoint(): string {
    return `tcp://127.0.0.1:${this.#listener?.port}`
  }

  /** The till that the next message comes from. */
  serves(till: ChildProcess): void {
    this.#till = till
  }

  async close(): Promise<void> {
    await this.#listener?.close()
    await this.host.close()
  }

  async #answer(frame: Uint8Array): Promise<Uint8Array | undefined> {
    const kill = this.#kill
    const deadly = kill !== undefined && kill.at === operationOf(frame)
    const answer = deadly && kill.acquirer === 'has not seen it' ? undefined : await this.host.answer(frame)
    if (deadly) {
      this.#kill = undefined
      this.#till?.kill('SIGKILL')
      return undefined
    }
    if (answer !== undefined) this.#overhear(answer)
    return answer
  }

  #overhear(answer: Uint8Array): void {
    const decoded = laboratory.codec.decode(answer)
    const opened = decoded.ok ? openKeys(placeOf(laboratory).terminal.masterKey, decoded.message, laboratory.dialect) : undefined
    if (opened === undefined || typeof opened === 'string') return
    this.secrets.push(opened.pin.reveal(), opened.mac.reveal(), ...(opened.track === undefined ? [] : [opened.track.reveal()]))
  }
}

function operationOf(frame: Uint8Array): string {
  const decoded = laboratory.codec.decode(frame)
  const identity = decoded.ok ? identify(laboratory.dialect, decoded.message) : 'unknown'
  return identity === 'unknown' ? identity : identity.operation
}

/** One life of the till, from power-up to its end: what it told, and how it ended. */
async function life(acquirer: DeadlyAcquirer, file: string, key: string) {
  const told: string[] = []
  const till = fork(fileURLToPath(new URL('./power-cut-child.ts', import.meta.url)), [acquirer.endpoint, file], {
    env: { ...process.env, TILL_STORE_KEY: key },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  acquirer.serves(till)
  till.on('message', says => told.push(String(says)))
  // What was told just before the end may still be on its way when the till is gone.
  const [[code, signal]] = await Promise.all([once(till, 'exit'), once(till, 'disconnect')])
  return { told, end: signal ?? code }
}

/** Where a secret stands in the files of that folder: as text, in either case, or as the bytes that its digits spell. */
async function leaks(folder: string, secrets: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name))
    for (const secret of secrets) {
      const packed = secret.length % 2 === 0 && /^[\dA-F]+$/i.test(secret) ? [Buffer.from(secret, 'hex')] : []
      const forms = [Buffer.from(secret.toUpperCase()), Buffer.from(secret.toLowerCase()), ...packed]
      if (forms.some(form => bytes.includes(form))) found.push(`${name}: one of ${secret.length} characters`)
    }
  }
  return found
}

const kills: readonly Kill[] = [
  { at: 'sale', acquirer: 'has not seen it' },
  { at: 'sale', acquirer: 'has acted' },
  { at: 'settle', acquirer: 'has acted' },
]

for (const kill of kills)
  test(`a till that is killed when the acquirer ${kill.acquirer}, at its ${kill.at}, comes back to one end`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tillproof-'))
    const key = randomBytes(32).toString('hex')
    const acquirer = await DeadlyAcquirer.open(kill)
    try {
      const file = join(folder, 'till.db')
      const first = await life(acquirer, file, key)
      assert.equal(first.end, 'SIGKILL')
      const card = cardOf(laboratory, 'Carol')
      const secrets = [
        key,
        placeOf(laboratory).terminal.masterKey.reveal(),
        card.pan.reveal(),
        swipe(card).track2.reveal(),
        card.pin?.reveal() ?? '',
        ...acquirer.secrets,
      ]
      assert.ok(acquirer.secrets.length >= 2)
      assert.deepEqual(await leaks(folder, secrets), [])
      assert.deepEqual(await leaks(folder, [placeOf(laboratory).terminal.id]), ['till.db: one of 8 characters'])

      const second = await life(acquirer, file, key)
      assert.equal(second.end, 0)
      assert.deepEqual(await leaks(folder, [...secrets, ...acquirer.secrets]), [])
      const { transactions, accounts } = await acquirer.host.control.ledger()
      const balance = accounts.find(({ name }) => name === `card:${card.pan.masked}`)?.balance
      const paid = (card.funds?.minor ?? 0n) - BigInt(balance ?? 0)
      if (kill.at === 'sale') {
        assert.deepEqual(second.told, ['sale unresolved', 'signIn done', 'reverse reversed', 'settle done'])
        assert.deepEqual([paid, transactions.map(({ state }) => state)], [0n, kill.acquirer === 'has acted' ? ['reversed'] : []])
      } else {
        assert.deepEqual(first.told, ['signIn done', 'sale approved'])
        assert.deepEqual(second.told, ['settle failed', 'signIn done', 'settle done'])
        assert.deepEqual([paid, transactions.map(({ state }) => state)], [8800n, ['settled']])
      }
    } finally {
      await acquirer.close()
      await rm(folder, { recursive: true })
    }
  })
