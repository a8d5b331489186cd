import { DatabaseSync } from 'node:sqlite'
import type { WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import { nextTrace } from '../values/trace.ts'
import { Prepared } from './prepared.ts'
import type { DueReversal, OpenOperation, SettledBatch, SettlementInProgress, TransactionRecord } from './record.ts'
import { Sealing, unsealed } from './sealing.ts'
import { Facts } from './store-facts.ts'
import { Records } from './store-records.ts'
import { schema } from './store-schema.ts'
import type { Write } from './write.ts'

/** Thrown by a `cut` to say that power fails at this point. The terminal then does nothing more until it is powered up. */
export class PowerCut extends Error {
  constructor(point: string) {
    super(`power cut ${point}`)
    this.name = 'PowerCut'
  }
}

/** `file`: absent for one in memory. `key`: 32 bytes under which card data and working keys of a file are sealed. */
export type StoreOptions = Readonly<{ file?: string; key?: Uint8Array; firstTrace?: string; firstBatch?: string }>

/**
 * What survives a power cut: log, due reversals, keys, numbers, the settlement in progress.
 *
 * Every change goes through `write`, as one transaction. In memory it lasts as long as the object, so a terminal that "restarts" keeps it.
 */
export class Store {
  /** Called before and after every write, and by the terminal around every exchange. May throw `PowerCut`. */
  cut: ((point: string) => void) | undefined = undefined
  readonly #database: DatabaseSync
  readonly #prepared: Prepared
  readonly #facts: Facts
  readonly #records: Records
  /** As read last; the same object until a sign-in gives others, for a key's cipher is kept with it. */
  #keys: WorkingKeys | undefined

  /** @throws RangeError when a file comes without a key, or with one that is not 32 bytes long. */
  constructor({ file, key, firstTrace = '000001', firstBatch = '000001' }: StoreOptions = {}) {
    if (file !== undefined && key === undefined) throw new RangeError('a store in a file needs a key that seals it')
    const sealing = key === undefined ? unsealed : new Sealing(key)
    this.#database = new DatabaseSync(file ?? ':memory:')
    this.#database.exec(schema)
    this.#prepared = new Prepared(this.#database)
    this.#facts = new Facts(this.#prepared, sealing)
    this.#records = new Records(this.#prepared, sealing)
    if (this.#facts.text('trace') === undefined) this.#facts.setText('trace', firstTrace)
    if (this.#facts.text('batch') === undefined) this.#facts.setText('batch', firstBatch)
  }

  /** The next trace number, six digits. */
  get trace(): string {
    return this.#facts.text('trace') ?? '000001'
  }

  get batch(): string {
    return this.#facts.text('batch') ?? '000001'
  }

  /** Two digits; '00' before the first sign-in. */
  get operator(): string {
    return this.#facts.text('operator') ?? '00'
  }

  /** Whether a transaction may begin: signed in, and no new sign-in demanded since. */
  get signedIn(): boolean {
    return this.#facts.text('signed in') === 'yes'
  }

  /** The working keys of the last sign-in; a demanded sign-in leaves them, since a due reversal may still need them. */
  get keys(): WorkingKeys | undefined {
    this.#keys ??= this.#openedKeys()
    return this.#keys
  }

  /** Oldest first: the open batch, and the closed one before it. */
  get records(): readonly TransactionRecord[] {
    return this.#records.all()
  }

  /** Oldest first. */
  get due(): readonly DueReversal[] {
    return this.#records.due()
  }

  get settlement(): SettlementInProgress | undefined {
    return this.#facts.value('settlement') as SettlementInProgress | undefined
  }

  get lastBatch(): SettledBatch | undefined {
    return this.#facts.value('last batch') as SettledBatch | undefined
  }

  get interrupted(): OpenOperation | undefined {
    return this.#facts.value('operation') as OpenOperation | undefined
  }

  close(): void {
    this.#database.close()
  }

  /** Does one write whole or not at all. */
  write(write: Write): void {
    this.cut?.(`before ${write.write}`)
    this.#prepared.run('begin')
    try {
      this.#perform(write)
      this.#prepared.run('commit')
    } catch (thrown) {
      this.#prepared.run('rollback')
      this.#records.forgetWhatWasRead()
      this.#facts.forgetWhatWasRead()
      this.#keys = undefined
      throw thrown
    }
    this.cut?.(`after ${write.write}`)
  }

  #perform(write: Write): void {
    switch (write.write) {
      case 'open request': {
        const { record, reversal, spends } = write
        this.#records.put(record)
        if (reversal !== undefined) this.#records.addReversal(record, reversal)
        if (spends) this.#spend(record.trace)
        this.#open({ operation: record.operation, trace: record.trace, batch: record.batch })
        return
      }
      case 'spend trace':
        this.#spend(write.trace)
        this.#open({ operation: write.operation, trace: write.trace, batch: write.batch })
        return
      case 'approve':
        this.#records.put(write.record)
        this.#records.dropReversal(write.record)
        if (write.voids) this.#records.setState(write.voids, 'voided')
        this.#end('approved')
        return
      case 'decline':
        this.#records.put(write.record)
        this.#records.dropReversal(write.record)
        this.#demandSignIn(write.demandSignIn)
        this.#end('declined')
        return
      case 'discard':
        this.#records.remove(write.key)
        this.#records.dropReversal(write.key)
        this.#end('failed')
        return
      case 'leave unresolved':
        this.#records.setState(write.key, 'unresolved')
        this.#records.setReason(write.key, write.reason)
        if (write.approvalCode !== undefined) this.#records.setApprovalCode(write.key, write.approvalCode)
        this.#demandSignIn(write.demandSignIn)
        this.#end('unresolved')
        return
      case 'leave unknown':
        this.#records.put({ ...write.record, state: 'unknown' })
        this.#end('unresolved')
        return
      case 'end':
        this.#demandSignIn(write.demandSignIn)
        this.#end(write.end)
        return
      case 'count send':
        this.#records.countSend(write.key, write.by)
        return
      case 'change reason':
        this.#records.setReason(write.key, write.reason)
        return
      case 'mark reversed':
        this.#records.setState(write.key, 'reversed')
        this.#records.dropReversal(write.key)
        return
      case 'give up reversal':
        if (write.drop) this.#records.dropReversal(write.key)
        else this.#records.giveUp(write.key)
        return
      case 'mark voided':
        this.#records.setState(write.key, 'voided')
        return
      case 'load keys':
        this.#loadKeys(write.keys)
        if (write.batch !== undefined) this.#facts.setText('batch', write.batch)
        this.#facts.setText('operator', write.operator)
        this.#facts.setText('signed in', 'yes')
        this.#end('done')
        return
      case 'sign off':
        this.#facts.setText('signed in', 'no')
        this.#end('done')
        return
      case 'settlement':
        this.#facts.setValue('settlement', write.progress)
        if (write.spends) this.#spend(write.progress.trace)
        this.#open({ operation: 'settle', trace: write.progress.trace, batch: write.progress.batch })
        return
      case 'refuse settlement':
        this.#facts.clear('settlement')
        this.#demandSignIn(write.demandSignIn)
        this.#end('declined')
        return
      case 'close batch':
        this.#records.closeBatch()
        this.#facts.setValue('last batch', write.settled)
        this.#facts.setText('batch', write.next)
        this.#facts.clear('settlement')
        this.#end('done')
        return
      case 'forget the log':
        this.#records.dropOpenBatch()
        this.#facts.clear('settlement')
        return
      case 'forget reversals':
        this.#records.dropAllReversals()
        return
      case 'end shown':
        this.#facts.clear('operation')
        return
    }
  }

  #open(operation: OpenOperation): void {
    this.#facts.setValue('operation', operation)
  }

  #end(end: NonNullable<OpenOperation['end']>): void {
    const { interrupted } = this
    if (interrupted) this.#open({ ...interrupted, end })
  }

  #spend(trace: string): void {
    this.#facts.setText('trace', nextTrace(trace))
  }

  #demandSignIn(demand: boolean): void {
    if (demand) this.#facts.setText('signed in', 'no')
  }

  #openedKeys(): WorkingKeys | undefined {
    const [pin, mac, track] = ['pin key', 'mac key', 'track key'].map(name => this.#facts.sealed(name))
    if (pin === undefined || mac === undefined) return undefined
    return { pin: new Secret(pin), mac: new Secret(mac), ...(track === undefined ? {} : { track: new Secret(track) }) }
  }

  #loadKeys(keys: WorkingKeys | undefined): void {
    if (keys === undefined) return
    this.#keys = undefined
    this.#facts.seal('pin key', keys.pin.reveal())
    this.#facts.seal('mac key', keys.mac.reveal())
    if (keys.track) this.#facts.seal('track key', keys.track.reveal())
  }
}
