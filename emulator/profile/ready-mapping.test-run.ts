import { join } from 'node:path'
import nock from 'nock'
import type { Mapping } from '../mapping/mapping.ts'
import { tillAt } from '../mapping/test-stub.ts'
import { where } from '../where.ts'
import { loadMapping } from './mapping-file.ts'

/** One call as it was made: what a test compares. */
export type Made = Readonly<{ method: string; path: string; headers: Readonly<Record<string, string>>; body: string }>

/** An answer after a published shape. */
export type Shape = Readonly<{ status?: number; body: unknown }>

/** The shop and its neighbour, as the ready mappings know them. */
export const shop = { merchantId: 'M00000000000001', terminalId: 'T0000001' }
export const neighbour = { merchantId: 'M00000000000002', terminalId: 'T0000003' }

export const visa = { pan: '6250930000000002', expiry: '3312' }

/** A ready mapping with credentials of a test. */
export function ready(name: string, environment: Readonly<Record<string, string>>): Promise<Mapping> {
  return loadMapping(join(where.fixtures, 'mappings', `${name}.yaml`), { environment })
}

const clock = Date.parse('2031-05-04T10:11:12.000Z')

/**
 * A till before an interface that nobody calls for real: each call is answered by the next of the shapes that are given, and remembered.
 *
 * @param answers  by `METHOD path`, or by path alone
 */
export async function before(
  mapping: Mapping,
  origin: string,
  answer: (made: Made, nth: number) => Shape | 'none',
  who = shop,
  acquirer?: Parameters<typeof tillAt>[4],
) {
  const made: Made[] = []
  const scope = nock(origin).persist()
  for (const method of ['GET', 'POST', 'PUT'] as const)
    scope.intercept(/.*/, method).reply(async (request: Request) => {
      const { pathname, search } = new URL(request.url)
      const call = { method, path: pathname + search, headers: Object.fromEntries(request.headers), body: await request.text() }
      made.push(call)
      const given = answer(call, made.length)
      if (given === 'none') return [502, '']
      return [given.status ?? 200, JSON.stringify(given.body), { 'Content-Type': 'application/json' }]
    })
  const till = await tillAt(mapping, new URL(origin), { clock: () => clock, wait: () => Promise.resolve() }, who, acquirer)
  return { ...till, made }
}

export function cleanUp(): void {
  nock.cleanAll()
}
