import { Pan } from '../values/pan.ts'
import type { Prepared } from './prepared.ts'
import type { DueReversal, RecordKey, RecordState, StoredCard, TransactionRecord } from './record.ts'
import type { Seal } from './sealing.ts'
import { fromText, toText } from './stored-json.ts'

type StoredFacts = Omit<TransactionRecord, 'card' | 'slips' | 'state' | 'settled' | 'batch' | 'trace'>
/** A log in memory. `places`: where each record stands, by batch and trace. */
type Log = Readonly<{ records: TransactionRecord[]; places: Map<string, number> }>
type Owed = Omit<DueReversal, 'record'>
const nothingDue: readonly DueReversal[] = []
type SealedCard = Readonly<{ number: string; expiry?: string; entry: StoredCard['entry'] }>

/** The log, and the reversals that are due to some of its records. */
export class Records {
  readonly #prepared: Prepared
  readonly #sealing: Seal
  /** The log as the database holds it, oldest first, once it has been read; every change goes to both. */
  #log: Log | undefined
  /** The reversals as the database holds them, by the names of their records; likewise. */
  #owed: Map<string, Owed> | undefined
  #begun: number | undefined
  /** A card is sealed once: an answer changes nothing of it. Gone with the card. */
  readonly #sealed = new WeakMap<StoredCard, Uint8Array>()

  constructor(prepared: Prepared, sealing: Seal) {
    this.#prepared = prepared
    this.#sealing = sealing
  }

  /** Oldest first. */
  all(): readonly TransactionRecord[] {
    return this.#inMemory().records
  }

  /** To be called when a write was undone, or took records away: the next look reads the database. */
  forgetWhatWasRead(): void {
    this.#log = undefined
    this.#owed = undefined
  }

  /** Oldest first. */
  due(): readonly DueReversal[] {
    const owed = this.#reversals()
    if (owed.size === 0) return nothingDue
    const { records, places } = this.#inMemory()
    const found: { place: number; due: DueReversal }[] = []
    for (const [name, reversal] of owed) {
      const place = places.get(name)
      const record = place === undefined ? undefined : records[place]
      if (place !== undefined && record) found.push({ place, due: { record, ...reversal } })
    }
    return found.sort((one, other) => one.place - other.place).map(({ due }) => due)
  }

  put(record: TransactionRecord): void {
    const { card, slips, state, settled, batch, trace, ...facts } = record
    this.#prepared.run(
      `insert into record (batch, trace, begun, state, settled, sealed_card, facts, slips)
       values (?, ?, ?, ?, ?, ?, ?, ?)
       on conflict do update set state = excluded.state, settled = excluded.settled, sealed_card = excluded.sealed_card,
         facts = excluded.facts, slips = excluded.slips`,
      batch,
      trace,
      this.#nextBegun(),
      state,
      settled ? 1 : 0,
      this.#sealedCard(card),
      toText(facts),
      JSON.stringify(slips),
    )
    this.#remember(record)
  }

  remove({ batch, trace }: RecordKey): void {
    this.forgetWhatWasRead()
    this.#prepared.run('delete from record where batch = ? and trace = ?', batch, trace)
  }

  setState({ batch, trace }: RecordKey, state: RecordState): void {
    this.#prepared.run('update record set state = ? where batch = ? and trace = ?', state, batch, trace)
    const record = this.#find({ batch, trace })
    if (record) this.#remember({ ...record, state })
  }

  setApprovalCode(key: RecordKey, approvalCode: string): void {
    const record = this.#find(key)
    if (record) this.put({ ...record, approvalCode })
  }

  addReversal({ batch, trace }: RecordKey, reason: DueReversal['reason']): void {
    this.#prepared.run(
      "insert or replace into reversal (batch, trace, reason, sends, state) values (?, ?, ?, 0, 'pending')",
      batch,
      trace,
      reason,
    )
    this.#reversals().set(nameOf({ batch, trace }), { reason, sends: 0, state: 'pending' })
  }

  setReason({ batch, trace }: RecordKey, reason: DueReversal['reason']): void {
    this.#prepared.run('update reversal set reason = ? where batch = ? and trace = ?', reason, batch, trace)
    this.#owe({ batch, trace }, () => ({ reason }))
  }

  countSend({ batch, trace }: RecordKey, by: 1 | -1): void {
    this.#prepared.run('update reversal set sends = sends + ? where batch = ? and trace = ?', by, batch, trace)
    this.#owe({ batch, trace }, ({ sends }) => ({ sends: sends + by }))
  }

  giveUp({ batch, trace }: RecordKey): void {
    this.#prepared.run("update reversal set state = 'unresolved' where batch = ? and trace = ?", batch, trace)
    this.#owe({ batch, trace }, () => ({ state: 'unresolved' }))
  }

  dropReversal({ batch, trace }: RecordKey): void {
    this.#prepared.run('delete from reversal where batch = ? and trace = ?', batch, trace)
    this.#reversals().delete(nameOf({ batch, trace }))
  }

  dropAllReversals(): void {
    this.#prepared.run('delete from reversal')
    this.#reversals().clear()
  }

  dropOpenBatch(): void {
    this.forgetWhatWasRead()
    this.#prepared.run('delete from record where settled = 0')
  }

  /** What was open becomes the closed batch before this one; the one before that goes, except where a reversal still names it. */
  closeBatch(): void {
    this.forgetWhatWasRead()
    this.#prepared.run(
      `delete from record where settled = 1 and not exists
        (select 1 from reversal where reversal.batch = record.batch and reversal.trace = record.trace)`,
    )
    this.#prepared.run('update record set settled = 1')
  }

  #inMemory(): Log {
    if (this.#log) return this.#log
    const log: Log = { records: [], places: new Map() }
    this.#log = log
    for (const row of this.#prepared.statement('select * from record order by begun').all()) this.#remember(this.#recordOf(row))
    return log
  }

  #find(key: RecordKey): TransactionRecord | undefined {
    const { records, places } = this.#inMemory()
    const place = places.get(nameOf(key))
    return place === undefined ? undefined : records[place]
  }

  #remember(record: TransactionRecord): void {
    const { records, places } = this.#inMemory()
    const name = nameOf(record)
    const place = places.get(name) ?? records.length
    records[place] = record
    places.set(name, place)
  }

  #reversals(): Map<string, Owed> {
    this.#owed ??= new Map(
      this.#prepared
        .statement('select * from reversal')
        .all()
        // The columns hold only what `addReversal`, `setReason`, `countSend` and `giveUp` wrote.
        .map(({ batch, trace, reason, sends, state }) => [
          nameOf({ batch: String(batch), trace: String(trace) }),
          { reason: reason as Owed['reason'], sends: Number(sends), state: state as Owed['state'] },
        ]),
    )
    return this.#owed
  }

  #owe(key: RecordKey, change: (owed: Owed) => Partial<Owed>): void {
    const owed = this.#reversals().get(nameOf(key))
    if (owed) this.#reversals().set(nameOf(key), { ...owed, ...change(owed) })
  }

  /** Orders the log: each record that is put gets a higher number than all before it, and keeps its first. */
  #nextBegun(): number {
    this.#begun ??= Number(this.#prepared.statement('select max(begun) as begun from record').get()?.begun ?? 0)
    this.#begun += 1
    return this.#begun
  }

  #sealedCard(card: StoredCard): Uint8Array {
    const known = this.#sealed.get(card)
    if (known) return known
    const { pan, expiry, entry } = card
    const sealed = this.#sealing.seal(JSON.stringify({ number: pan.reveal(), expiry, entry }))
    this.#sealed.set(card, sealed)
    return sealed
  }

  #recordOf(row: Record<string, unknown>): TransactionRecord {
    // The columns hold only what `put` and `setState` wrote there.
    const facts = fromText(String(row.facts)) as StoredFacts
    const { number, ...card } = JSON.parse(this.#sealing.open(row.sealed_card as Uint8Array)) as SealedCard
    return {
      ...facts,
      batch: String(row.batch),
      trace: String(row.trace),
      state: row.state as RecordState,
      settled: row.settled === 1,
      card: { ...card, pan: new Pan(number) },
      slips: JSON.parse(String(row.slips)) as TransactionRecord['slips'],
    }
  }
}

const nameOf = ({ batch, trace }: RecordKey): string => `${batch} ${trace}`
