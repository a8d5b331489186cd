import type { Operation } from '../values/operation.ts'
import type { Codes } from './dialect.ts'

/** How a dialect says a code that terminal and host think in. `operation`: what it answers. */
export function saidAs({ said, saidIn }: Codes, code: string, operation?: Operation | 'unknown'): string {
  const own = operation === undefined || operation === 'unknown' ? undefined : saidIn?.[operation]
  return own?.[code] ?? said?.[code] ?? code
}

/**
 * What terminal and host take a dialect's code for: the common code that leads to it. A code that is common itself, and that the dialect does not say
 * in another way, is taken as it is; so is one that nobody knows.
 */
export function heardAs(codes: Codes, code: string): string {
  const { heard, said = {} } = codes
  const known = heard?.[code] ?? backwards(codes).get(code)
  return known === undefined || (common.test(code) && said[code] === undefined && heard?.[code] === undefined) ? code : known
}

/** Codes of ISO 8583:1987 and of UnionPay, `00` to `99` and `A0` to `A9`. */
const common = /^(\d\d|A\d)$/

/** Every way in which a dialect may say one of these codes, in their order. */
export function waysToSay(codes: Codes, common: readonly string[]): readonly string[] {
  const own = Object.values(codes.saidIn ?? {})
  return [...new Set(common.flatMap(code => [...own.flatMap(table => table[code] ?? []), saidAs(codes, code)]))]
}

/** Worked out once for a dialect. */
const ways = new WeakMap<Codes, ReadonlyMap<string, string>>()

function backwards(codes: Codes): ReadonlyMap<string, string> {
  const known = ways.get(codes)
  if (known) return known
  const made = new Map<string, string>()
  for (const table of [codes.said ?? {}, ...Object.values(codes.saidIn ?? {})])
    for (const [common, said] of Object.entries(table)) if (!made.has(said)) made.set(said, common)
  ways.set(codes, made)
  return made
}
