import { Pan } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import type { Fact } from './fact.ts'
import type { ValueSeal } from './seal.ts'

/** How a value that JSON has no form for is written: `{ "$pan": "…" }`. Card numbers and secrets are sealed one by one. */
const marks = { pan: '$pan', secret: '$secret', minor: '$minor' } as const

export function toText(fact: Fact, seal: ValueSeal): string {
  return JSON.stringify(marked(fact, seal))
}

/** A copy in which every value has a form in JSON. A replacer, which JSON would call for every value, costs twice as much. */
function marked(value: unknown, seal: ValueSeal): unknown {
  if (typeof value === 'bigint') return { [marks.minor]: value.toString() }
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Pan) return { [marks.pan]: seal.close(value.reveal()) }
  if (value instanceof Secret) return { [marks.secret]: seal.close(value.reveal()) }
  if (Array.isArray(value)) return value.map(one => marked(one, seal))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  const copy: Record<string, unknown> = {}
  // The record that a value of this prototype is; its names are its own.
  const record = value as Readonly<Record<string, unknown>>
  for (const name in record) copy[name] = marked(record[name], seal)
  return copy
}

export function fromText(text: string, seal: ValueSeal): Fact {
  const fact: Fact = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    const [entry, ...more] = Object.entries(value)
    if (!entry || more.length > 0 || typeof entry[1] !== 'string') return value
    if (entry[0] === marks.pan) return new Pan(seal.open(entry[1]))
    if (entry[0] === marks.secret) return new Secret(seal.open(entry[1]))
    return entry[0] === marks.minor ? BigInt(entry[1]) : value
  })
  return fact
}
