import { randomBytes } from 'node:crypto'

/** What a form's token is good for. `used`: it was sent before. `stale`: what the form showed has changed. `foreign`: not a form of this session. */
export type TokenVerdict = 'good' | 'used' | 'stale' | 'foreign'

/** Forms of one session that are remembered; older ones are stale. */
const formsAtMost = 200

/** The one-time tokens of a session's forms: each for one form as it was shown, good once. */
export class FormTokens {
  readonly #open = new Map<string, Readonly<{ action: string; seen: string }>>()
  readonly #used = new Set<string>()
  readonly #forgotten = new Set<string>()

  /**
   * @param action  where the form is sent
   * @param seen    what it showed: when that has changed the form is stale
   */
  issue(action: string, seen: string): string {
    const token = randomBytes(24).toString('base64url')
    this.#open.set(token, { action, seen })
    const forgotten = forgetOldest(this.#open)
    if (forgotten !== undefined) this.#forgotten.add(forgotten)
    forgetOldest(this.#forgotten)
    return token
  }

  redeem(token: string, action: string, seen: string): TokenVerdict {
    if (this.#used.has(token)) return 'used'
    if (this.#forgotten.has(token)) return 'stale'
    const form = this.#open.get(token)
    if (form?.action !== action) return 'foreign'
    this.#open.delete(token)
    this.#used.add(token)
    forgetOldest(this.#used)
    return form.seen === seen ? 'good' : 'stale'
  }
}

function forgetOldest(
  all: Readonly<{ size: number; keys(): Iterator<string>; delete(key: string): boolean }>,
): string | undefined {
  const oldest = all.keys().next()
  if (all.size <= formsAtMost || oldest.done) return undefined
  all.delete(oldest.value)
  return oldest.value
}
