import type { WebSocket } from 'ws'
import type { Counter } from '../bench/counter.ts'
import { type Asked, askedForm, type Fields, type Told } from './protocol.ts'

/** Everybody who looks at the till: they are all told what happens, and each of them may do something. */
export class Audience {
  readonly #counter: Counter
  readonly #fields: Fields
  readonly #links = new Set<WebSocket>()
  /** The view that was told last, and whether a newer one is on its way. */
  #shown = ''
  #looking = false

  constructor(counter: Counter, fields: Fields) {
    this.#counter = counter
    this.#fields = fields
    counter.watch({
      wrote: entry => this.#tell({ is: 'entry', entry }),
      changed: () => this.#lookSoon(),
      failed: says => this.#tell({ is: 'trouble', says }),
    })
  }

  welcome(link: WebSocket): void {
    link.on('close', () => this.#links.delete(link))
    link.on('error', () => link.terminate())
    link.on('message', data => void this.#heard(link, String(data)))
    void this.#greet(link)
  }

  /** Hangs up on everybody. */
  dismiss(): void {
    for (const link of this.#links) link.close(1001)
  }

  /** What has happened by the time that the view is taken is in the greeting; what comes later is told. */
  async #greet(link: WebSocket): Promise<void> {
    const view = await this.#counter.view()
    const { facts } = this.#counter
    send(link, { is: 'hello', facts, fields: this.#fields, entries: this.#counter.entries(), view })
    this.#links.add(link)
  }

  async #heard(link: WebSocket, text: string): Promise<void> {
    const asked = parsed(text)
    if (asked === undefined) {
      send(link, { is: 'trouble', says: 'The page asked for something that the terminal does not have. Load it again.' })
      return
    }
    try {
      await this.#do(link, asked)
    } catch (thrown) {
      send(link, { is: 'trouble', says: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  async #do(link: WebSocket, asked: Asked): Promise<void> {
    const counter = this.#counter
    switch (asked.do) {
      case 'press':
        return counter.press(asked.key)
      case 'swipe':
        return counter.swipe(asked.card)
      case 'tell PIN': {
        const pin = counter.pinOf(asked.card)
        if (pin !== undefined) send(link, { is: 'PIN', card: asked.card, pin })
        return
      }
      case 'arm':
        return counter.arm(asked.fault)
      case 'disarm':
        return counter.disarm(asked.fault)
      case 'cable':
        return counter.cable(asked.isIn)
      case 'plug':
        return counter.plug(asked.isIn)
    }
  }

  /** Changes come in bursts: one look serves them all. */
  #lookSoon(): void {
    if (this.#looking) return
    this.#looking = true
    setImmediate(async () => {
      this.#looking = false
      const view = await this.#counter.view()
      const text = JSON.stringify(view)
      if (text === this.#shown) return
      this.#shown = text
      this.#tell({ is: 'view', view })
    })
  }

  #tell(told: Told): void {
    const text = JSON.stringify(told)
    for (const link of this.#links) link.send(text)
  }
}

function send(link: WebSocket, told: Told): void {
  link.send(JSON.stringify(told))
}

function parsed(text: string): Asked | undefined {
  try {
    return askedForm.parse(JSON.parse(text))
  } catch {
    // Whatever is wrong with it, the page is not ours or not of this version.
    return undefined
  }
}
