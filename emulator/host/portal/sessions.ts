import { randomBytes } from 'node:crypto'
import type { Member } from './staff.ts'
import { FormTokens } from './tokens.ts'

/** How long a session lives without a request, milliseconds. */
const idleMillis = 15 * 60_000
/** Beyond that many one ends: the guest who has been idle longest, or, where everybody is signed in, whoever has. */
const sessionsAtMost = 500

/** Somebody's browser: a guest until he has signed in. */
export type Session = Readonly<{ id: string; member?: Member; tokens: FormTokens }>

/** The sessions of the portal. They live in memory: whoever was signed in signs in again when the host comes back. */
export class Sessions {
  readonly #all = new Map<string, Readonly<{ session: Session; usedAt: number }>>()
  readonly #millis: () => number

  /** @param millis  the clock that sessions live by */
  constructor(millis: () => number = Date.now) {
    this.#millis = millis
  }

  begin(member?: Member): Session {
    const session: Session = { id: randomBytes(32).toString('base64url'), tokens: new FormTokens(), ...(member && { member }) }
    this.#keep(session)
    if (this.#all.size > sessionsAtMost) this.end(this.#idlest())
    return session
  }

  /** The session of this id, if it has not been idle too long. */
  find(id: string | undefined): Session | undefined {
    const known = id === undefined ? undefined : this.#all.get(id)
    if (!known) return undefined
    this.#all.delete(known.session.id)
    if (this.#isIdle(known.usedAt)) return undefined
    this.#keep(known.session)
    return known.session
  }

  /** Whether a session lives, without using it. */
  has(id: string): boolean {
    const known = this.#all.get(id)
    return known !== undefined && !this.#isIdle(known.usedAt)
  }

  end(id: string): void {
    this.#all.delete(id)
  }

  /** Anybody can begin sessions as a guest: they cost no member his. */
  #idlest(): string {
    let idlest = ''
    for (const [id, { session }] of this.#all) {
      if (session.member === undefined) return id
      if (idlest === '') idlest = id
    }
    return idlest
  }

  #isIdle(usedAt: number): boolean {
    return this.#millis() - usedAt > idleMillis
  }

  /** The map is in the order of use. */
  #keep(session: Session): void {
    this.#all.set(session.id, { session, usedAt: this.#millis() })
  }
}
