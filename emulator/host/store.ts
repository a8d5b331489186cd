import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Secret } from '../values/secret.ts'
import type { Fact } from './fact.ts'
import { fromText, toText } from './fact-text.ts'
import type { Account, Posting, PostingKind } from './posting.ts'
import { aesSeal, unsealed, type ValueSeal } from './seal.ts'

/** What was written together: the facts and postings of one request. */
export type Written = Readonly<{ facts: readonly Fact[]; postings: readonly Posting[] }>

const schema = `
  CREATE TABLE IF NOT EXISTS facts (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS postings (id INTEGER PRIMARY KEY, tx INTEGER NOT NULL, kind TEXT NOT NULL, of INTEGER REFERENCES postings) STRICT;
  CREATE TABLE IF NOT EXISTS legs (posting INTEGER NOT NULL REFERENCES postings, account TEXT NOT NULL, minor TEXT NOT NULL) STRICT;
  ${['facts', 'postings', 'legs']
    .flatMap(table =>
      ['UPDATE', 'DELETE'].map(
        act =>
          `CREATE TRIGGER IF NOT EXISTS ${table}_${act} BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, 'append-only'); END;`,
      ),
    )
    .join('\n')}
`

/** The append-only record under the books, in SQLite: in memory, or in a file where card numbers and keys are sealed. */
export class Store {
  readonly #db: DatabaseSync
  readonly #seal: ValueSeal
  readonly #begin: StatementSync
  readonly #commit: StatementSync
  readonly #addFact: StatementSync
  readonly #addPosting: StatementSync
  readonly #addLeg: StatementSync

  /** @param file  the database and the key (32 bytes, hex) under which its secrets are sealed; without it nothing is kept */
  constructor(file?: Readonly<{ file: string; key: Secret }>) {
    this.#db = new DatabaseSync(file?.file ?? ':memory:')
    this.#seal = file ? aesSeal(file.key) : unsealed
    this.#db.exec(file ? 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL' : 'PRAGMA synchronous = OFF')
    this.#db.exec(schema)
    this.#begin = this.#db.prepare('BEGIN')
    this.#commit = this.#db.prepare('COMMIT')
    this.#addFact = this.#db.prepare('INSERT INTO facts (body) VALUES (?)')
    this.#addPosting = this.#db.prepare('INSERT INTO postings (id, tx, kind, of) VALUES (?, ?, ?, ?)')
    this.#addLeg = this.#db.prepare('INSERT INTO legs (posting, account, minor) VALUES (?, ?, ?)')
  }

  /** Adds all of it, or nothing. */
  write({ facts, postings }: Written): void {
    if (facts.length === 0 && postings.length === 0) return
    this.#begin.run()
    try {
      for (const fact of facts) this.#addFact.run(toText(fact, this.#seal))
      for (const posting of postings) {
        this.#addPosting.run(posting.id, posting.transaction, posting.kind, posting.of ?? null)
        for (const leg of posting.legs) this.#addLeg.run(posting.id, leg.account, leg.minor.toString())
      }
      this.#commit.run()
    } catch (thrown) {
      this.#db.exec('ROLLBACK')
      throw thrown
    }
  }

  /** Everything ever written, in order. */
  read(): Written {
    // The columns are those of the schema above; node:sqlite gives rows without a type.
    const facts = this.#db.prepare('SELECT body FROM facts ORDER BY id').all() as { body: string }[]
    const rows = this.#db.prepare('SELECT id, tx, kind, of FROM postings ORDER BY id').all() as {
      id: number
      tx: number
      kind: PostingKind
      of: number | null
    }[]
    const legs = this.#db.prepare('SELECT posting, account, minor FROM legs ORDER BY rowid').all() as {
      posting: number
      account: Account
      minor: string
    }[]
    const legsOf = Map.groupBy(legs, leg => leg.posting)
    return {
      facts: facts.map(row => fromText(row.body, this.#seal)),
      postings: rows.map(row => ({
        id: row.id,
        transaction: row.tx,
        kind: row.kind,
        ...(row.of !== null && { of: row.of }),
        legs: (legsOf.get(row.id) ?? []).map(leg => ({ account: leg.account, minor: BigInt(leg.minor) })),
      })),
    }
  }

  close(): void {
    this.#db.close()
  }
}
