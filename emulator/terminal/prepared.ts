import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Statements of one database, each prepared once. */
export class Prepared {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  run(sql: string, ...values: readonly (string | number | Uint8Array)[]): void {
    this.statement(sql).run(...values)
  }
}
