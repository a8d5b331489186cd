import { randomBytes } from 'node:crypto'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Pan } from '../values/pan.ts'
import type { WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'
import { nextTrace } from '../values/trace.ts'
import type {
  DueReversal,
  OpenOperation,
  RecordKey,
  RecordState,
  SettledBatch,
  SettlementInProgress,
  StoredCard,
  TransactionRecord,
} from './record.ts'
import { Sealing } from './sealing.ts'
import { schema } from './store-schema.ts'
import { fromText, toText } from './stored-json.ts'
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
  readonly #sealing: Sealing
  readonly #statements = new Map<string, StatementSync>()
  #records: readonly TransactionRecord[] | undefined

  /** @throws RangeError when a file comes without a key. */
  constructor({ file, key, firstTrace = '000001', firstBatch = '000001' }: StoreOptions = {}) {
    if (file !== undefined && key === undefined) throw new RangeError('a store in a file needs a key that seals it')
    this.#database = new DatabaseSync(file ?? ':memory:')
    this.#sealing = new Sealing(key ?? randomBytes(32))
    this.#database.exec(schema)
    if (this.#fact('trace') === undefined) this.#setFact('trace', firstTrace)
    if (this.#fact('batch') === undefined) this.#setFact('batch', firstBatch)
  }

  /** The next trace number, six digits. */
  get trace(): string {
    return this.#fact('trace') ?? '000001'
  }

  get batch(): string {
    return this.#fact('batch') ?? '000001'
  }

  get operator(): string {
    return this.#fact('operator') ?? '00'
  }

  /** Whether a transaction may begin: signed in, and no new sign-in demanded since. */
  get signedIn(): boolean {
    return this.#fact('signed in') === 'yes'
  }

  /** The working keys of the last sign-in; a demanded sign-in leaves them, since a due reversal may still need them. */
  get keys(): WorkingKeys | undefined {
    const [pin, mac, track] = ['pin key', 'mac key', 'track key'].map(name => this.#sealedFact(name))
    if (pin === undefined || mac === undefined) return undefined
    return { pin: new Secret(pin), mac: new Secret(mac), ...(track === undefined ? {} : { track: new Secret(track) }) }
  }

  /** Oldest first: the open batch, and the closed one before it. */
  get records(): readonly TransactionRecord[] {
    this.#records ??= this.#prepared('select * from record order by begun')
      .all()
      .map(row => this.#recordOf(row))
    return this.#records
  }

  /** Oldest first. */
  get due(): readonly DueReversal[] {
    const rows = this.#prepared(
      'select r.* from reversal r join record t on t.batch = r.batch and t.trace = r.trace order by t.begun',
    ).all()
    return rows.flatMap(({ batch, trace, reason, sends, state }) => {
      const record = this.records.find(one => one.batch === batch && one.trace === trace)
      // The two columns hold only what `DueReversal` was written with.
      return record
        ? [{ record, reason: reason as DueReversal['reason'], sends: Number(sends), state: state as DueReversal['state'] }]
        : []
    })
  }

  get settlement(): SettlementInProgress | undefined {
    return this.#value('settlement') as SettlementInProgress | undefined
  }

  get lastBatch(): SettledBatch | undefined {
    return this.#value('last batch') as SettledBatch | undefined
  }

  get interrupted(): OpenOperation | undefined {
    return this.#value('operation') as OpenOperation | undefined
  }

  close(): void {
    this.#database.close()
  }

  /** Does one write whole or not at all. */
  write(write: Write): void {
    this.cut?.(`before ${write.write}`)
    this.#database.exec('begin')
    try {
      this.#perform(write)
      this.#database.exec('commit')
    } catch (thrown) {
      this.#database.exec('rollback')
      throw thrown
    } finally {
      this.#records = undefined
    }
    this.cut?.(`after ${write.write}`)
  }

  #perform(write: Write): void {
    switch (write.write) {
      case 'open request': {
        const { record, reversal, spends } = write
        this.#putRecord(record)
        if (reversal !== undefined) this.#putReversal(record, reversal)
        if (spends) this.#spend(record.trace)
        this.#open({ operation: record.operation, trace: record.trace, batch: record.batch })
        return
      }
      case 'spend trace':
        this.#spend(write.trace)
        this.#open({ operation: write.operation, trace: write.trace, batch: write.batch })
        return
      case 'approve':
        this.#putRecord(write.record)
        this.#dropReversal(write.record)
        if (write.voids) this.#setState(write.voids, 'voided')
        this.#end('approved')
        return
      case 'decline':
        this.#putRecord(write.record)
        this.#dropReversal(write.record)
        this.#demandSignIn(write.demandSignIn)
        this.#end('declined')
        return
      case 'discard':
        this.#prepared('delete from record where batch = ? and trace = ?').run(write.key.batch, write.key.trace)
        this.#dropReversal(write.key)
        this.#end('failed')
        return
      case 'leave unresolved':
        this.#setState(write.key, 'unresolved')
        this.#setReason(write.key, write.reason)
        if (write.approvalCode !== undefined)
          this.#change(write.key, record => ({ ...record, approvalCode: write.approvalCode ?? '' }))
        this.#demandSignIn(write.demandSignIn)
        this.#end('unresolved')
        return
      case 'leave unknown':
        this.#putRecord({ ...write.record, state: 'unknown' })
        this.#end('unresolved')
        return
      case 'end':
        this.#demandSignIn(write.demandSignIn)
        this.#end(write.end)
        return
      case 'count send':
        this.#prepared('update reversal set sends = sends + ? where batch = ? and trace = ?').run(
          write.by,
          write.key.batch,
          write.key.trace,
        )
        return
      case 'change reason':
        this.#setReason(write.key, write.reason)
        return
      case 'mark reversed':
        this.#setState(write.key, 'reversed')
        this.#dropReversal(write.key)
        return
      case 'give up reversal':
        if (write.drop) {
          this.#dropReversal(write.key)
          return
        }
        this.#prepared("update reversal set state = 'unresolved' where batch = ? and trace = ?").run(
          write.key.batch,
          write.key.trace,
        )
        return
      case 'mark voided':
        this.#setState(write.key, 'voided')
        return
      case 'load keys':
        this.#loadKeys(write.keys)
        if (write.batch !== undefined) this.#setFact('batch', write.batch)
        this.#setFact('operator', write.operator)
        this.#setFact('signed in', 'yes')
        this.#end('done')
        return
      case 'sign off':
        this.#setFact('signed in', 'no')
        this.#end('done')
        return
      case 'settlement':
        this.#setFact('settlement', toText(write.progress))
        if (write.spends) this.#spend(write.progress.trace)
        this.#open({ operation: 'settle', trace: write.progress.trace, batch: write.progress.batch })
        return
      case 'refuse settlement':
        this.#clearFact('settlement')
        this.#demandSignIn(write.demandSignIn)
        this.#end('declined')
        return
      case 'close batch':
        this.#closeBatch(write.settled, write.next)
        return
      case 'forget the log':
        this.#database.exec("delete from record where settled = 0; delete from fact where name = 'settlement'")
        return
      case 'forget reversals':
        this.#database.exec('delete from reversal')
        return
      case 'end shown':
        this.#clearFact('operation')
        return
    }
  }

  /** What was open becomes the closed batch before this one; the one before that goes, except where a reversal still names it. */
  #closeBatch(settled: SettledBatch, next: string): void {
    this.#database.exec(`
      delete from record where settled = 1 and not exists
        (select 1 from reversal where reversal.batch = record.batch and reversal.trace = record.trace);
      update record set settled = 1`)
    this.#setFact('last batch', toText(settled))
    this.#setFact('batch', next)
    this.#clearFact('settlement')
    this.#end('done')
  }

  #open(operation: OpenOperation): void {
    this.#setFact('operation', toText(operation))
  }

  #end(end: NonNullable<OpenOperation['end']>): void {
    const { interrupted } = this
    if (interrupted) this.#open({ ...interrupted, end })
  }

  #spend(trace: string): void {
    this.#setFact('trace', nextTrace(trace))
  }

  #demandSignIn(demand: boolean): void {
    if (demand) this.#setFact('signed in', 'no')
  }

  #loadKeys(keys: WorkingKeys | undefined): void {
    if (keys === undefined) return
    this.#setSealedFact('pin key', keys.pin.reveal())
    this.#setSealedFact('mac key', keys.mac.reveal())
    if (keys.track) this.#setSealedFact('track key', keys.track.reveal())
  }

  #putRecord(record: TransactionRecord): void {
    const { card, slips, state, settled, begunAt, batch, trace, ...facts } = record
    const sealed = this.#sealing.seal(JSON.stringify({ number: card.pan.reveal(), expiry: card.expiry, entry: card.entry }))
    this.#prepared(
      `insert into record (batch, trace, begun, state, settled, sealed_card, facts, slips)
       values (?, ?, (select coalesce(max(begun), 0) + 1 from record), ?, ?, ?, ?, ?)
       on conflict do update set state = excluded.state, settled = excluded.settled, sealed_card = excluded.sealed_card,
         facts = excluded.facts, slips = excluded.slips`,
    ).run(batch, trace, state, settled ? 1 : 0, sealed, toText({ ...facts, begunAt }), JSON.stringify(slips))
  }

  #recordOf(row: Record<string, unknown>): TransactionRecord {
    // Both columns hold only what `#putRecord` wrote there.
    const facts = fromText(String(row.facts)) as Omit<
      TransactionRecord,
      'card' | 'slips' | 'state' | 'settled' | 'batch' | 'trace'
    >
    const card = JSON.parse(this.#sealing.open(row.sealed_card as Uint8Array)) as {
      number: string
      expiry?: string
      entry: StoredCard['entry']
    }
    const { number, ...rest } = card
    return {
      ...facts,
      batch: String(row.batch),
      trace: String(row.trace),
      state: row.state as RecordState,
      settled: row.settled === 1,
      card: { ...rest, pan: new Pan(number) },
      slips: JSON.parse(String(row.slips)) as TransactionRecord['slips'],
    }
  }

  #change(key: RecordKey, change: (record: TransactionRecord) => TransactionRecord): void {
    const row = this.#prepared('select * from record where batch = ? and trace = ?').get(key.batch, key.trace)
    if (row) this.#putRecord(change(this.#recordOf(row)))
  }

  #setState({ batch, trace }: RecordKey, state: RecordState): void {
    this.#prepared('update record set state = ? where batch = ? and trace = ?').run(state, batch, trace)
  }

  #putReversal({ batch, trace }: RecordKey, reason: string): void {
    this.#prepared("insert or replace into reversal (batch, trace, reason, sends, state) values (?, ?, ?, 0, 'pending')").run(
      batch,
      trace,
      reason,
    )
  }

  #setReason({ batch, trace }: RecordKey, reason: string): void {
    this.#prepared('update reversal set reason = ? where batch = ? and trace = ?').run(reason, batch, trace)
  }

  #dropReversal({ batch, trace }: RecordKey): void {
    this.#prepared('delete from reversal where batch = ? and trace = ?').run(batch, trace)
  }

  #fact(name: string): string | undefined {
    const value = this.#prepared('select value from fact where name = ?').get(name)?.value
    return typeof value === 'string' ? value : undefined
  }

  #value(name: string): unknown {
    const text = this.#fact(name)
    return text === undefined ? undefined : fromText(text)
  }

  #setFact(name: string, value: string): void {
    this.#prepared('insert or replace into fact (name, value) values (?, ?)').run(name, value)
  }

  #clearFact(name: string): void {
    this.#prepared('delete from fact where name = ?').run(name)
  }

  #sealedFact(name: string): string | undefined {
    const value = this.#prepared('select value from sealed_fact where name = ?').get(name)?.value
    return value instanceof Uint8Array ? this.#sealing.open(value) : undefined
  }

  #setSealedFact(name: string, value: string): void {
    this.#prepared('insert or replace into sealed_fact (name, value) values (?, ?)').run(name, this.#sealing.seal(value))
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}
