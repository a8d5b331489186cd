import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Why somebody is turned away: the status, and what to do about it. */
export type Refusal = Readonly<{ status: 401 | 403; says: string }>

/**
 * Who may use the page. The address that the command prints holds a token that opens it once, for one browser, which then keeps a cookie; every
 * request and the WebSocket are from this page or from nowhere. Without that any page in the same browser could press the terminal's keys.
 */
export class Access {
  readonly #port: number
  readonly #session = fresh()
  #token: string | undefined = fresh()

  constructor(port: number) {
    this.#port = port
  }

  /** The address that opens the page, once. */
  get url(): string {
    return `${this.#origin}/?token=${this.#token ?? 'used'}`
  }

  /** Spends the token. The cookie that stands for it from then on, or nothing when it is wrong or was used before. */
  spend(token: string): string | undefined {
    if (this.#token === undefined || !same(token, this.#token)) return undefined
    this.#token = undefined
    return `${this.#cookie}=${this.#session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Why this request is refused, whatever it is for. `upgrade`: a WebSocket, which says where it comes from in any case. */
  refuses({ host = '', origin, cookie = '', ...rest }: IncomingHttpHeaders, kind: 'request' | 'upgrade'): Refusal | undefined {
    return this.refusesOrigin({ host, ...(origin === undefined ? {} : { origin }), ...rest }, kind) ?? this.#refusesCookie(cookie)
  }

  /** The same without the cookie: for the request that brings the token. */
  refusesOrigin({ host = '', origin }: IncomingHttpHeaders, kind: 'request' | 'upgrade'): Refusal | undefined {
    if (!this.#hosts.includes(host)) return { status: 403, says: 'This address is not the one that the command printed.' }
    const foreign = origin === undefined ? kind === 'upgrade' : origin !== `http://${host}`
    return foreign ? { status: 403, says: 'Another page asked for this. Open the address that the command printed.' } : undefined
  }

  #refusesCookie(cookie: string): Refusal | undefined {
    const found = cookie
      .split(/;\s*/)
      .find(pair => pair.startsWith(`${this.#cookie}=`))
      ?.slice(this.#cookie.length + 1)
    if (found !== undefined && same(found, this.#session)) return undefined
    return {
      status: 401,
      says: 'The address that the command printed opens this page once. Start `tillproof terminal` again for another.',
    }
  }

  get #origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get #hosts(): readonly string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`]
  }

  /** Browsers keep cookies by host, not by port. */
  get #cookie(): string {
    return `tillproof-${this.#port}`
  }
}

const fresh = (): string => randomBytes(24).toString('base64url')

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
