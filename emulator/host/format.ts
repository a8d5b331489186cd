import type { Dialect, Field } from '../dialects/dialect.ts'
import { says } from '../dialects/says.ts'
import type { Operation } from '../values/operation.ts'
import type { Ask } from './ask.ts'

/** Fields whose form a host looks at, by name; it lets any other be what the decoder let through. */
const looked = [
  ...['processingCode', 'amount', 'trace', 'expiry', 'entryMode', 'conditionCode', 'pan', 'currency', 'batch', 'typeCode'],
  ...['networkCode', 'original', 'pinBlock', 'sentAt', 'localTime', 'localDate', 'localDateTime', 'functionCode'],
] as const

/** Fields of digits that a dialect may have as text, or that have to be longer than their table says. */
const known: Readonly<Record<string, RegExp>> = { pan: /^\d{12,19}$/, currency: /^\d{3}$/ }

type Shapes = readonly (readonly [name: string, shape: RegExp])[]

/** Worked out once for a dialect. */
const shapes = new WeakMap<Dialect, Shapes>()

function shapesOf(dialect: Dialect): Shapes {
  const ready = shapes.get(dialect)
  if (ready) return ready
  const made = looked.flatMap((name): [string, RegExp][] => {
    const shape = known[name] ?? shapeOf(dialect, name)
    return shape === undefined ? [] : [[name, shape]]
  })
  shapes.set(dialect, made)
  return made
}

function shapeOf(dialect: Dialect, name: string): RegExp | undefined {
  const field = dialect.fields[name]
  if (field) return shapeOfField(field, dialect.layouts[name]?.[0]?.lengths?.[0])
  const parts = Object.values(dialect.layouts).flatMap(layouts => layouts.flatMap(layout => layout.parts))
  const part = parts.find(one => one.name === name)
  return part && new RegExp(`^\\d{${part.length}}$`)
}

/** @param shortest  of a composite, the shortest that is usual */
function shapeOfField({ of, length: { is, count, unit } }: Field, shortest = 1): RegExp | undefined {
  if (of === 'b') return new RegExp(`^[0-9A-F]{${unit === 'byte' ? count * 2 : count}}$`)
  if (of !== 'n') return undefined
  return new RegExp(is === 'exactly' ? `^\\d{${count}}$` : `^\\d{${shortest},${count}}$`)
}

/** Whether a value can stand in the field of this name; fields that may hold any text always can. */
export function fits(dialect: Dialect, name: string, value: string): boolean {
  return (
    shapesOf(dialect)
      .find(([one]) => one === name)?.[1]
      .test(value) ?? true
  )
}

const presentsCard: readonly (Operation | 'unknown')[] = ['inquire', 'sale', 'void', 'refund']

/**
 * What is wrong with the form of a request: a field that is missing or cannot be what it says. What it must have, its row of the dialect says.
 *
 * @source UnionPay POS fact sheet, 4.2 to 4.6
 */
export function malformation(ask: Ask, dialect: Dialect): string | undefined {
  const { row, fields } = ask
  if (ask.malformed !== undefined) return ask.malformed
  if (row === undefined || ask.operation === 'unknown') return undefined
  const missing = row.must.find(name => name !== 'mac' && fields[name] === undefined)
  if (missing !== undefined) return `${missing} is missing`
  for (const [name, shape] of shapesOf(dialect)) {
    const value = fields[name]
    if (value !== undefined && !shape.test(value)) return `${name} is not well formed`
  }
  if (ask.batch === undefined && row.must.some(name => dialect.layouts[name]?.some(({ parts }) => parts.some(isBatch))))
    return 'the batch number is missing'
  if (fields.trace === '000000') return 'zero is no trace number'
  if (presentsCard.includes(ask.operation)) return cardMalformation(ask, dialect)
  return undefined
}

const isBatch = ({ name }: Readonly<{ name: string }>): boolean => name === 'batch'

function cardMalformation({ fields, pan, row }: Ask, dialect: Dialect): string | undefined {
  if (!pan) return 'there is no card number'
  const onTrack = fields.track2?.split(/[D=]/)[0]
  if (onTrack !== undefined && onTrack !== pan.reveal()) return 'card number and track name different cards'
  if (wasSwiped(fields.entryMode) && onTrack === undefined) return 'the card was swiped, but there is no track'
  const controlled = row !== undefined && says(dialect, row, 'securityControl')
  if (controlled && fields.pinBlock !== undefined && fields.securityControl === undefined)
    return 'a PIN block without security control'
  return undefined
}

/** By the first two digits of an entry mode, or the seventh position of a point of service data code. */
const wasSwiped = (entryMode: string | undefined): boolean =>
  entryMode !== undefined && (entryMode.length === 12 ? entryMode[6] === '2' : entryMode.startsWith('02'))
