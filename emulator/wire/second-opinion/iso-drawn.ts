/**
 * Messages of ISO 8583:1987 drawn from a seed and written field by field, with one bitmap or two: any fields together, every length. They
 * make no business sense; what they ask is whether two readers cut the same bytes in the same places.
 */
import { type Draw, drawing } from './generated.ts'
import { bytesOf, type IsoForm, type IsoRow, isoRows } from './iso-reader.ts'

export interface DrawnMessage {
  readonly name: string
  readonly bytes: Uint8Array
  readonly mti: string
  readonly fields: Readonly<Record<string, string>>
}

/** @param seed  Any 32-bit number; the same one draws the same messages. */
export function drawnMessages(count: number, seed: number, form: IsoForm): readonly DrawnMessage[] {
  const draw = drawing(seed)
  return Array.from({ length: count }, (_, i) => drawn(`${form} message ${i} of seed ${seed}`, draw, form))
}

const messageTypes = ['0200', '0210', '0220', '0230', '0400', '0410', '0500', '0510', '0800', '0810']

function drawn(name: string, draw: Draw, form: IsoForm): DrawnMessage {
  const mti = messageTypes[draw(messageTypes.length)] ?? '0200'
  const second = draw(2) === 0
  const chosen = Object.entries(isoRows)
    .filter(([number]) => draw(3) > 0 && (second || Number(number) <= 64) && number !== '64' && number !== '128')
    .map(([number, row]) => [Number(number), row] as const)
  const needsSecond = chosen.some(([number]) => number > 64)
  // A MAC is the last field of the last bitmap.
  const mac = needsSecond ? 128 : 64
  const macRow = isoRows[mac]
  if (draw(2) === 0 && macRow !== undefined) chosen.push([mac, macRow])
  const fields = Object.fromEntries(chosen.map(([number, row]) => [number, value(row, draw)]))
  const bits = chosen.reduce((set, [number]) => set | (1n << BigInt(128 - number)), needsSecond ? 1n << 127n : 0n)
  const bitmap = bits
    .toString(16)
    .padStart(32, '0')
    .slice(0, needsSecond ? 32 : 16)
    .toUpperCase()
  const head = [digits(mti, form, 'before'), form === 'ascii' ? bytesOf(bitmap, form) : Buffer.from(bitmap, 'hex')]
  const body = chosen.map(([number, row]) => written(row, fields[number] ?? '', form))
  return { name, bytes: Buffer.concat([...head, ...body]), mti, fields }
}

function value([kind, prefix, size]: IsoRow, draw: Draw): string {
  const units = prefix === 0 ? size : 1 + draw(Math.min(size, 60))
  const some = (characters: string, count: number) =>
    Array.from({ length: count }, () => characters.charAt(draw(characters.length))).join('')
  if (kind === 'bytes') return some('0123456789ABCDEF', units * 2)
  if (kind === 'text') return some('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz 0123456789', units)
  if (kind === 'signed') return some('CD', 1) + some('0123456789', units)
  if (kind === 'track' && units > 3) return `${some('0123456789', units - 3)}D${some('0123456789', 2)}`
  return some('0123456789', units)
}

function written([kind, prefix]: IsoRow, value: string, form: IsoForm): Uint8Array {
  const units = kind === 'bytes' ? value.length / 2 : value.length
  const length = prefix === 0 ? Buffer.alloc(0) : digits(String(units).padStart(prefix, '0'), form, 'before')
  if (kind === 'bytes') return Buffer.concat([length, Buffer.from(value, 'hex')])
  if (kind === 'text') return Buffer.concat([length, bytesOf(value, form)])
  if (kind === 'signed') return Buffer.concat([length, bytesOf(value.slice(0, 1), form), digits(value.slice(1), form, 'before')])
  return Buffer.concat([length, digits(value, form, kind === 'digits' ? 'before' : 'after')])
}

/** Digits, or a track; packed ones of an odd number have a zero before or after them. */
function digits(value: string, form: IsoForm, zero: 'before' | 'after'): Uint8Array {
  if (form !== 'packed') return bytesOf(value.replaceAll('D', '='), form)
  const even = value.length % 2 === 0 ? value : zero === 'before' ? `0${value}` : `${value}0`
  return Buffer.from(even, 'hex')
}
