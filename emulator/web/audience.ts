import { setImmediate } from 'node:timers/promises'
import type { WebSocket } from 'ws'
import type { Stage } from '../bench/counter.ts'
import type { CounterView } from '../bench/counter-view.ts'
import { type Asked, askedForm, type Fields, type Told } from './protocol.ts'

/** Everybody who looks at the till: they are all told what happens, and each of them may do something. */
export class Audience {
  readonly #counter: Stage
  readonly #fields: Fields
  /** Everybody, and how many messages each of them was told. */
  readonly #links = new Map<WebSocket, number>()
  /** The view that was told last, and whether a newer one is on its way. */
  #shown = ''
  #looking = false
  #looked: Promise<void> = Promise.resolve()
  #written = 0

  constructor(counter: Stage, fields: Fields) {
    this.#counter = counter
    this.#fields = fields
    counter.watch({
      wrote: entry => {
        this.#written += 1
        this.#tell({ is: 'entry', entry })
      },
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

  /** Another till stands here now: everybody begins anew with it. */
  async changeOver(): Promise<void> {
    this.#shown = ''
    await Promise.all([...this.#links.keys()].map(link => this.#greet(link)))
  }

  /** Resolves when everybody has been told everything so far: how many messages that were, each. */
  async told(): Promise<readonly number[]> {
    for (let looked: unknown; looked !== this.#looked; ) {
      looked = this.#looked
      await looked
    }
    return [...this.#links.values()]
  }

  /** Hangs up on everybody. */
  dismiss(): void {
    for (const link of this.#links.keys()) link.close(1001)
  }

  /** What has happened by the time that the view is taken is in the greeting; what comes later is told. */
  async #greet(link: WebSocket): Promise<void> {
    const view = await this.#fresh()
    const { facts } = this.#counter
    const hello: Told = { is: 'hello', facts, fields: this.#fields, entries: this.#counter.entries(), view }
    this.#send(link, JSON.stringify(hello))
  }

  async #heard(link: WebSocket, text: string): Promise<void> {
    const asked = parsed(text)
    if (asked === undefined) {
      this.#answer(link, { is: 'trouble', says: 'The page asked for something that the terminal does not have. Load it again.' })
      return
    }
    try {
      await this.#do(link, asked)
    } catch (thrown) {
      this.#answer(link, { is: 'trouble', says: thrown instanceof Error ? thrown.message : String(thrown) })
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
        if (pin !== undefined) this.#answer(link, { is: 'PIN', card: asked.card, pin })
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
    this.#looked = this.#look()
  }

  async #look(): Promise<void> {
    await setImmediate()
    this.#looking = false
    try {
      const view = await this.#fresh()
      const text = JSON.stringify(view)
      if (text === this.#shown) return
      this.#shown = text
      this.#tell({ is: 'view', view })
    } catch (thrown) {
      this.#tell({ is: 'trouble', says: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  /** A view that is not older than the last entry that was told. */
  async #fresh(): Promise<CounterView> {
    for (;;) {
      const written = this.#written
      const view = await this.#counter.view()
      if (written === this.#written) return view
    }
  }

  #answer(link: WebSocket, told: Told): void {
    if (this.#links.has(link)) this.#send(link, JSON.stringify(told))
  }

  #tell(told: Told): void {
    const text = JSON.stringify(told)
    for (const link of this.#links.keys()) this.#send(link, text)
  }

  #send(link: WebSocket, text: string): void {
    this.#links.set(link, (this.#links.get(link) ?? 0) + 1)
    link.send(text)
  }
}

function parsed(text: string): Asked | undefined {
  try {
    return askedForm.parse(JSON.parse(text))
  } catch {
    // Whatever is wrong with it, the page is not ours or not of this version.
    return undefined
  }
}
