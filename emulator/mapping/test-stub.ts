import http from 'node:http'
import type { HttpCall } from '../values/http-call.ts'
import { type MappedOptions, mappedHttp } from './mapped-http.ts'
import type { Mapping } from './mapping.ts'

export type Asked = Readonly<{ method: string; path: string; headers: http.IncomingHttpHeaders; body: string }>
/** `none`: the connection stays open and nothing comes. `break`: it is broken. */
export type Given = Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body?: unknown }> | 'none' | 'break'

/** An acquirer of a test: it answers what it is told to, and remembers what it was asked. */
export class Stub {
  readonly asked: Asked[] = []
  readonly #server: http.Server
  readonly #answers: (asked: Asked, nth: number) => Given

  constructor(answers: (asked: Asked, nth: number) => Given) {
    this.#answers = answers
    this.#server = http.createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        const asked = {
          method: request.method ?? '',
          path: request.url ?? '',
          headers: request.headers,
          body: Buffer.concat(pieces).toString(),
        }
        this.asked.push(asked)
        const given = this.#answers(asked, this.asked.length)
        if (given === 'none') return
        if (given === 'break') return void request.socket.destroy()
        const text = given.body === undefined ? '' : typeof given.body === 'string' ? given.body : JSON.stringify(given.body)
        response.writeHead(given.status, { 'Content-Type': 'application/json', ...given.headers }).end(text)
      })
    })
  }

  listen(): Promise<URL> {
    return new Promise(listening =>
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address()
        listening(new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`))
      }),
    )
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

export const shop = { merchantId: '898100070110001', terminalId: 'T0000001' }

/** A till in a test: it sends messages by their names, and gives the names of the reply, or `silence`. */
export async function tillAt(
  mapping: Mapping,
  endpoint: URL,
  options: MappedOptions = {},
  who = shop,
  acquirer = mappedHttp(mapping, endpoint, options),
) {
  const calls: HttpCall[] = []
  const link = await acquirer.line({ ...who, saw: call => calls.push(call) }).open()
  let trace = 0
  const common = { ...who, batch: '000001', currency: '156' }
  return {
    calls,
    acquirer,
    async ask(
      type: string,
      fields: Readonly<Record<string, string>> = {},
      withinMillis = 1000,
    ): Promise<Readonly<Record<string, string>> | 'silence'> {
      trace += 1
      const message = { type, ...common, trace: String(trace).padStart(6, '0'), ...fields }
      await link.send(new TextEncoder().encode(JSON.stringify(message)))
      const event = await link.next({ withinMillis })
      if (event.saw !== 'frame') return 'silence'
      // A reply of ours is a flat object of texts.
      return JSON.parse(new TextDecoder().decode(event.frame)) as Readonly<Record<string, string>>
    },
    close: async () => {
      await link.close()
      await acquirer.close()
    },
  }
}
