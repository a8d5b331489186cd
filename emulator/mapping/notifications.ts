import { createHmac } from 'node:crypto'
import http from 'node:http'
import type { Acting, Called } from './caller.ts'
import { captured } from './caller.ts'
import { classified, holds } from './classify.ts'
import { readJson } from './encode.ts'
import type { Names } from './expression.ts'
import type { MappedOperation } from './form.ts'
import type { Mapping, Party } from './mapping.ts'
import { maskingOf, shownBody, shownHeaders } from './masking.ts'
import type { Intent } from './memory.ts'
import { clearOf } from './names.ts'

/** One notification that proved to be the acquirer's. */
type Arrived = Readonly<{ id: string; path: string; headers: Readonly<Record<string, string>>; text: string; names: Names }>

/** The longest notification that is believed, in bytes. */
const longest = 1_048_576

/**
 * Where an acquirer's notifications arrive: a local port, with a check that they are the acquirer's. A forged one is refused and kept for the journal; one
 * that comes again is acknowledged and changes nothing.
 *
 * @source HTTP acquirers fact sheet, 8.7; requirement HTTP-009
 */
export class Desk {
  readonly #mapping: Mapping
  readonly #parties: readonly Party[]
  readonly #credentials: Names
  readonly #arrived = new Map<string, Arrived[]>()
  readonly #seen = new Set<string>()
  readonly #waiting = new Map<string, () => void>()
  readonly #server: http.Server
  #refused = 0
  #repeated = 0

  constructor(mapping: Mapping) {
    this.#mapping = mapping
    this.#parties = mapping.parties
    this.#credentials = Object.fromEntries(mapping.parties.map(party => [party.name, clearOf(party)]))
    this.#server = http.createServer((request, response) => void this.#take(request, response))
  }

  /** @returns the port on which it listens, at 127.0.0.1 */
  listen(): Promise<number> {
    return new Promise((listening, refuse) => {
      this.#server.once('error', refuse)
      this.#server.listen(this.#mapping.notifications?.port ?? 0, '127.0.0.1', () => {
        const address = this.#server.address()
        listening(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  }

  close(): Promise<void> {
    return new Promise(closed => {
      this.#server.close(() => closed())
      this.#server.closeAllConnections()
    })
  }

  /** How many came that were not the acquirer's, and how many that had come before. */
  get counts(): Readonly<{ refused: number; repeated: number }> {
    return { refused: this.#refused, repeated: this.#repeated }
  }

  /** Resolves when something arrives for this intent. */
  arrival(intent: Intent): Promise<void> {
    const name = nameIn(intent)
    return (this.#arrived.get(name)?.length ?? 0) > 0
      ? Promise.resolve()
      : new Promise(arrived => this.#waiting.set(name, arrived))
  }

  /** What has arrived for an intent and not been looked at, read by the rules of the operation; told like a call. */
  async look(intent: Intent, operation: MappedOperation, { saw, party }: Acting): Promise<Called | undefined> {
    const { notifications } = this.#mapping
    const queue = this.#arrived.get(nameIn(intent))
    let called: Called | undefined
    for (let one = queue?.shift(); one !== undefined && notifications !== undefined; one = queue?.shift()) {
      const rule = await classified(notifications.classify(operation), one.names)
      const refs = await captured(notifications.capture, one.names)
      intent.refs = { ...intent.refs, ...refs }
      const says = `notification ${one.id}: ${rule.means} by rule ${rule.id}`
      const masking = maskingOf(party, intent.asked, [])
      saw({
        ...{ call: `${operation}, notification`, intent: intent.id, attempt: intent.attempts, party: party.name },
        ...{
          method: 'POST',
          path: one.path,
          headers: shownHeaders(one.headers, new Set(), masking),
          body: shownBody(one.text, masking),
        },
        ...{ rule: rule.id, outcome: rule.means, final: rule.final, says },
        ...(rule.kind === undefined ? {} : { kind: rule.kind }),
      })
      called = { rule, says, names: one.names, refs }
      if (rule.final) return called
    }
    return called
  }

  async #take(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { notifications } = this.#mapping
    const text = await textOf(request)
    if (notifications === undefined || request.url !== notifications.path || text === undefined)
      return void response.writeHead(404).end()
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value
    try {
      const names = { headers, body: readJson(text), text, hmac: this.#signatures(text), parties: this.#credentials }
      if (!(await holds(notifications.authentic, names))) {
        this.#refused += 1
        return void response.writeHead(401).end()
      }
      const [id, intent] = [String(await notifications.id.evaluate(names)), String(await notifications.intent.evaluate(names))]
      response.writeHead(200).end()
      if (this.#seen.has(id)) {
        this.#repeated += 1
        return
      }
      this.#seen.add(id)
      this.#arrived.set(intent, [...(this.#arrived.get(intent) ?? []), { id, path: notifications.path, headers, text, names }])
      this.#waiting.get(intent)?.()
    } catch {
      // An expression that fails on what somebody posted here is no reason to stop: it was not shown to be the acquirer's.
      this.#refused += 1
      if (!response.headersSent) response.writeHead(400).end()
    }
  }

  /** HMAC-SHA-256 of the text under each secret of each credential set: `hmac.A.key.hex`. */
  #signatures(text: string): Names {
    return Object.fromEntries(
      this.#parties.map(party => [
        party.name,
        Object.fromEntries(
          Object.entries(clearOf(party)).map(([name, key]) => {
            const made = createHmac('sha256', key).update(text)
            const bytes = made.digest()
            return [name, { hex: bytes.toString('hex'), base64: bytes.toString('base64') }]
          }),
        ),
      ]),
    )
  }
}

/** By what notifications name an intent: its id, or what an answer said (`notifiedAs`). */
const nameIn = ({ id, refs }: Intent): string => refs.notifiedAs ?? id

async function textOf(request: http.IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request) {
    if (!Buffer.isBuffer(piece)) continue
    bytes += piece.length
    if (bytes > longest) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
