import fastify from 'fastify'
import { z } from 'zod'
import { isEmulatorError } from '../values/errors.ts'
import type { HostControl } from './host-control.ts'

const bodies = {
  clock: z.strictObject({
    seconds: z
      .number()
      .int()
      .min(0)
      .max(400 * 86_400),
  }),
  cards: z.strictObject({ card: z.string(), state: z.enum(['active', 'stopped', 'expired']) }),
  terminals: z.strictObject({ terminal: z.string(), state: z.enum(['active', 'blocked']) }),
  faults: z.strictObject({ names: z.array(z.string()) }),
  fail: z.strictObject({ how: z.enum(['crash before answering', 'restart', 'issuer away', 'issuer back', 'slow once']) }),
}

/**
 * The control port, JSON over HTTP, on 127.0.0.1 only: `GET /ledger`, `POST /day/close`, `/clock`, `/cards`, `/terminals`, `/faults`, `/fail`.
 * What it cannot take is answered 400 with `{ error }`, which says what was expected.
 */
export async function controlPort(
  control: HostControl,
  port: number,
): Promise<Readonly<{ port: number; close(): Promise<void> }>> {
  const server = fastify({ logger: false, forceCloseConnections: true })
  server.setErrorHandler((thrown: unknown, _request, reply) => {
    const ours = isEmulatorError(thrown) || thrown instanceof z.ZodError
    const says =
      thrown instanceof z.ZodError ? z.prettifyError(thrown) : thrown instanceof Error ? thrown.message : String(thrown)
    return reply.code(ours ? 400 : statusOf(thrown)).send({ error: says })
  })
  const post = (path: string, act: (body: unknown) => Promise<void>) =>
    server.post(path, async ({ body }) => {
      await act(body)
      return { ok: true }
    })
  server.get('/ledger', () => control.ledger())
  post('/day/close', () => control.closeDay())
  post('/clock', async body => control.advanceClock(bodies.clock.parse(body)))
  post('/cards', async body => {
    const { card, state } = bodies.cards.parse(body)
    return control.setCard(card, state)
  })
  post('/terminals', async body => {
    const { terminal, state } = bodies.terminals.parse(body)
    return control.setTerminal(terminal, state)
  })
  post('/faults', async body => control.setFaults(bodies.faults.parse(body).names))
  post('/fail', async body => control.fail(bodies.fail.parse(body).how))
  await server.listen({ host: '127.0.0.1', port })
  const address = server.server.address()
  return { port: address !== null && typeof address === 'object' ? address.port : port, close: () => server.close() }
}

/** What fastify itself says about a request that it could not read. */
function statusOf(thrown: unknown): number {
  return typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown && typeof thrown.statusCode === 'number'
    ? thrown.statusCode
    : 500
}
