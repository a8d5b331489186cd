import { Pan } from '../values/pan.ts'
import type { Prepared } from './prepared.ts'
import {
  type DueReversal,
  type RecordKey,
  type RecordState,
  type StoredCard,
  sameRecord,
  type TransactionRecord,
} from './record.ts'
import type { Sealing } from './sealing.ts'
import { fromText, toText } from './stored-json.ts'

type StoredFacts = Omit<TransactionRecord, 'card' | 'slips' | 'state' | 'settled' | 'batch' | 'trace'>
type SealedCard = Readonly<{ number: string; expiry?: string; entry: StoredCard['entry'] }>

/** The log, and the reversals that are due to some of its records. */
export class Records {
  readonly #prepared: Prepared
  readonly #sealing: Sealing
  /** The log as the database holds it, by batch and trace, oldest first, once it has been read; every change goes to both. */
  #known: Map<string, TransactionRecord> | undefined
  #listed: readonly TransactionRecord[] | undefined
  #begun: number | undefined
  /** A card is sealed once: an answer changes nothing of it. Gone with the card. */
  readonly #sealed = new WeakMap<StoredCard, Uint8Array>()

  constructor(prepared: Prepared, sealing: Sealing) {
    this.#prepared = prepared
    this.#sealing = sealing
  }

  /** Oldest first. */
  all(): readonly TransactionRecord[] {
    this.#listed ??= [...this.#inMemory().values()]
    return this.#listed
  }

  /** To be called when a write was undone, or took records away: the next look reads the database. */
  forgetWhatWasRead(): void {
    this.#known = undefined
    this.#listed = undefined
  }

  /** Oldest first. */
  due(): readonly DueReversal[] {
    const rows = this.#prepared
      .statement('select r.* from reversal r join record t on t.batch = r.batch and t.trace = r.trace order by t.begun')
      .all()
    return rows.flatMap(({ batch, trace, reason, sends, state }) => {
      const record = this.all().find(one => sameRecord(one, { batch: String(batch), trace: String(trace) }))
      // The two columns hold only what `addReversal`, `setReason` and `giveUp` wrote.
      return record
        ? [{ record, reason: reason as DueReversal['reason'], sends: Number(sends), state: state as DueReversal['state'] }]
        : []
    })
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
    const record = this.#inMemory().get(nameOf({ batch, trace }))
    if (record) this.#remember({ ...record, state })
  }

  setApprovalCode({ batch, trace }: RecordKey, approvalCode: string): void {
    const record = this.#inMemory().get(nameOf({ batch, trace }))
    if (record) this.put({ ...record, approvalCode })
  }

  addReversal({ batch, trace }: RecordKey, reason: string): void {
    this.#prepared.run(
      "insert or replace into reversal (batch, trace, reason, sends, state) values (?, ?, ?, 0, 'pending')",
      batch,
      trace,
      reason,
    )
  }

  setReason({ batch, trace }: RecordKey, reason: string): void {
    this.#prepared.run('update reversal set reason = ? where batch = ? and trace = ?', reason, batch, trace)
  }

  countSend({ batch, trace }: RecordKey, by: 1 | -1): void {
    this.#prepared.run('update reversal set sends = sends + ? where batch = ? and trace = ?', by, batch, trace)
  }

  giveUp({ batch, trace }: RecordKey): void {
    this.#prepared.run("update reversal set state = 'unresolved' where batch = ? and trace = ?", batch, trace)
  }

  dropReversal({ batch, trace }: RecordKey): void {
    this.#prepared.run('delete from reversal where batch = ? and trace = ?', batch, trace)
  }

  dropAllReversals(): void {
    this.#prepared.run('delete from reversal')
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

  #inMemory(): Map<string, TransactionRecord> {
    this.#known ??= new Map(
      this.#prepared
        .statement('select * from record order by begun')
        .all()
        .map(row => this.#recordOf(row))
        .map(record => [nameOf(record), record]),
    )
    return this.#known
  }

  #remember(record: TransactionRecord): void {
    this.#inMemory().set(nameOf(record), record)
    this.#listed = undefined
  }

  /** Orders the log: each record that is put gets a higher number than all before it, and keeps its first. */
  #nextBegun(): number {
    this.#begun ??= Number(this.#prepared.statement('select max(begun) as begun from record').get()?.begun ?? 0)
    this.#begun += 1
    return this.#begun
  }

  #sealedCard(card: StoredCard): Uint8Array {
    const { pan, expiry, entry } = card
    const sealed = this.#sealed.get(card) ?? this.#sealing.seal(JSON.stringify({ number: pan.reveal(), expiry, entry }))
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
