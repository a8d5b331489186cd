import type { ServerResponse } from 'node:http'

/** Pages that follow something, over server-sent events. Each is told what there is to see, at once and whenever it has changed. */
export class Watchers {
  readonly #open = new Map<ServerResponse, Readonly<{ look: () => string | undefined; told: { last: string } }>>()

  /** @param look  what there is to see, in one line; nothing when the watcher may see it no longer */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>, look: () => string | undefined): void {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
    this.#open.set(response, { look, told: { last: '' } })
    response.once('close', () => this.#open.delete(response))
    this.#tell(response)
  }

  /** To be called when anything may have changed. */
  changed(): void {
    for (const response of this.#open.keys()) this.#tell(response)
  }

  close(): void {
    for (const response of this.#open.keys()) response.end()
    this.#open.clear()
  }

  #tell(response: ServerResponse): void {
    const watcher = this.#open.get(response)
    if (!watcher) return
    const seen = watcher.look()
    if (seen === undefined) {
      this.#open.delete(response)
      response.end()
    } else if (seen !== watcher.told.last) {
      watcher.told.last = seen
      response.write(`data: ${seen}\n\n`)
    }
  }
}
