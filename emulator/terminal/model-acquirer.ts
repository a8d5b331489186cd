import { Amount } from '../values/amount.ts'
import { CNY } from '../values/currency.ts'
import type { Acceptance, Acquirer, Answer, Reply, Request, WorkingKeys } from '../values/request.ts'
import { Secret } from '../values/secret.ts'

/** What the line does to one exchange: `lost answer` reaches the acquirer, `lost request` does not. */
export type Weather = 'fine' | 'lost request' | 'lost answer' | 'not connected'

/** The smallest acquirer that keeps books, for tests of the terminal. A scripted reply, if there is one, goes before its own. */
export class ModelAcquirer implements Acquirer {
  readonly requests: Request[] = []
  readonly keysUsed: (WorkingKeys | undefined)[] = []
  weather: Weather[] = []
  script: ((request: Request, reply: Reply) => Partial<Reply>)[] = []
  /** Replies that arrive before the acquirer's own: late, foreign, in progress. */
  early: ((request: Request, reply: Reply) => Reply)[] = []
  batch = '000001'
  givesKeys = true
  tellsOfTotals = true
  readonly closed: string[] = []
  /** By batch and trace: minor units that stand, minus for what was given back. */
  readonly #books = new Map<string, { minor: bigint; live: boolean; voids?: string }>()
  #references = 0
  #signIns = 0

  /** What all cardholders owe in all, minor units. */
  get position(): bigint {
    let sum = 0n
    for (const { minor, live } of this.#books.values()) if (live) sum += minor
    return sum
  }

  async exchange(request: Request, keys: WorkingKeys | undefined, accepts: (reply: Reply) => Acceptance): Promise<Answer> {
    const weather = this.weather.shift() ?? 'fine'
    if (weather === 'not connected') return { is: 'not connected', says: 'refused' }
    this.requests.push(request)
    this.keysUsed.push(keys)
    await Promise.resolve()
    if (weather === 'lost request') return { is: 'silence' }
    const own = this.#reply(request)
    const reply = { ...own, ...this.script.shift()?.(request, own) }
    const first = this.early.shift()?.(request, own)
    if (first && accepts(first) === 'final') return { is: 'reply', reply: first }
    return weather === 'lost answer' || accepts(reply) !== 'final' ? { is: 'silence' } : { is: 'reply', reply }
  }

  #reply(request: Request): Reply {
    const { operation, terminalId, merchantId, amount, card } = request
    this.#references += 1
    const reply: Reply = {
      operation,
      terminalId,
      merchantId,
      ...(request.trace === undefined ? {} : { trace: request.trace }),
      ...(amount ? { amount } : {}),
      ...(card ? { pan: card.pan } : {}),
      resultCode: this.#decide(request),
      reference: String(this.#references).padStart(12, '0'),
      approvalCode: String(this.#references).padStart(6, '0'),
      date: '0726',
      time: '101112',
      batch: this.batch,
      mac: 'good',
    }
    if (operation === 'signIn' && this.givesKeys) return { ...reply, keys: this.#newKeys() }
    if (operation === 'inquire') return { ...reply, balance: new Amount(100_000n - this.position, CNY) }
    if (operation === 'settle' && this.tellsOfTotals)
      return { ...reply, reconciliation: { domestic: 'balanced', foreign: 'balanced' } }
    return reply
  }

  #newKeys(): WorkingKeys {
    this.#signIns += 1
    return { pin: new Secret(`PIN KEY ${this.#signIns}`), mac: new Secret(`MAC KEY ${this.#signIns}`) }
  }

  #decide(request: Request): string {
    const key = `${request.batch} ${request.trace}`
    const minor = request.amount?.minor ?? 0n
    const original = this.#books.get(`${request.original?.batch} ${request.original?.trace}`)
    switch (request.operation) {
      case 'sale':
      case 'refund':
        if (this.#books.has(key)) return '94'
        this.#books.set(key, { minor: request.operation === 'sale' ? minor : -minor, live: true })
        return '00'
      case 'void':
        if (this.#books.has(key)) return '94'
        if (!original) return '25'
        if (!original.live) return '22'
        original.live = false
        this.#books.set(key, { minor: 0n, live: true, voids: `${request.original?.batch} ${request.original?.trace}` })
        return '00'
      case 'reverse':
        return this.#reverse(key)
      case 'upload':
        if (request.upload?.is === 'end' && request.batch === this.batch) {
          this.closed.push(this.batch)
          this.batch = String(Number(this.batch) + 1).padStart(6, '0')
        }
        return '00'
      default:
        return '00'
    }
  }

  #reverse(key: string): string {
    const undone = this.#books.get(key)
    if (!undone) return '25'
    undone.live = false
    const sale = undone.voids === undefined ? undefined : this.#books.get(undone.voids)
    if (sale) sale.live = true
    return '00'
  }
}
