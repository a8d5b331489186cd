import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Member, StaffMember } from './staff.ts'

const bytes = 32
/** Wrong passwords in a row after which a name is not let in for a minute. */
const triesAtMost = 5
const lockedForMillis = 60_000
/** Longer ones are refused unread, characters. */
export const longestCredential = 64

type Entry = { member: Member; salt: Buffer; hash: Promise<Buffer>; wrong: number; lockedUntil: number }

/** How hard a password is made to guess from its hash. */
export type Hashing = 'hard' | 'light'

/** scrypt's cost; the first is Node's own. */
const costs: Readonly<Record<Hashing, number>> = { hard: 16_384, light: 256 }

export type Admission =
  | Readonly<{ is: 'in'; member: Member }>
  | Readonly<{ is: 'wrong'; member?: Member }>
  | Readonly<{ is: 'locked'; member: Member }>

/** Who may come in. Passwords are kept as scrypt hashes only. */
export class Passwords {
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #nobody = { salt: randomBytes(16), hash: Promise.resolve(randomBytes(bytes)) }
  readonly #millis: () => number
  readonly #cost: number

  /** @param millis  the clock that lock-outs last by */
  constructor(staff: readonly StaffMember[], millis: () => number = Date.now, hashing: Hashing = 'hard') {
    this.#millis = millis
    this.#cost = costs[hashing]
    this.#entries = new Map(
      staff.map(({ password, ...member }) => {
        const salt = randomBytes(16)
        return [member.name, { member, salt, hash: hashed(password.reveal(), salt, this.#cost), wrong: 0, lockedUntil: 0 }]
      }),
    )
  }

  /** An unknown name takes as long as a wrong password. */
  async admit(name: string, password: string): Promise<Admission> {
    const entry = this.#entries.get(name)
    const { salt, hash } = entry ?? this.#nobody
    const right = timingSafeEqual(await hash, await hashed(password.slice(0, longestCredential), salt, this.#cost))
    if (!entry) return { is: 'wrong' }
    const { member } = entry
    if (this.#millis() < entry.lockedUntil) return { is: 'locked', member }
    if (right) {
      entry.wrong = 0
      return { is: 'in', member }
    }
    entry.wrong += 1
    if (entry.wrong < triesAtMost) return { is: 'wrong', member }
    entry.wrong = 0
    entry.lockedUntil = this.#millis() + lockedForMillis
    return { is: 'locked', member }
  }
}

function hashed(password: string, salt: Buffer, N: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, { N }, (failed, key) => (failed ? reject(failed) : resolve(key)))
  })
}
