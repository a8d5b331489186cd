import { toHex } from '../values/hex.ts'
import type { Remark } from '../values/message.ts'

/** One object: a value in hex, or objects of its own. A list keeps its order, which a record of tags would not. */
export type Tlv = Readonly<{ tag: string; value: string }> | Readonly<{ tag: string; children: readonly Tlv[] }>

export type TlvProblem = 'truncated-tag' | 'truncated-length' | 'truncated-value' | 'invalid-length'

/** What was read, with the tags as paths of the remarks; or what is wrong, at which byte, and what came before. */
export type ParsedTlv =
  | Readonly<{ ok: true; tree: readonly Tlv[]; remarks: readonly Remark[] }>
  | Readonly<{ ok: false; partial: readonly Tlv[]; problem: TlvProblem; atByte: number; remarks: readonly Remark[] }>

type Reading = { readonly bytes: Uint8Array; at: number; readonly remarks: Remark[]; problem?: TlvProblem }

/** The longest value length that a card or host has use for; longer ones are taken for garbage. */
const lengthBytes = 2

/**
 * Reads BER-TLV as EMV uses it: tags of one to three bytes, lengths of one to three, zero bytes between objects.
 *
 * @source EMV 4.4, book 3, annex B
 */
export function parseTlv(bytes: Uint8Array): ParsedTlv {
  const reading: Reading = { bytes, at: 0, remarks: [] }
  const tree = readList(reading, bytes.length)
  const { problem, remarks, at } = reading
  return problem ? { ok: false, partial: tree, problem, atByte: at, remarks } : { ok: true, tree, remarks }
}

function readList(reading: Reading, end: number): Tlv[] {
  const list: Tlv[] = []
  const seen = new Set<string>()
  while (reading.at < end && !reading.problem) {
    const filler = reading.bytes[reading.at]
    if (filler === 0x00 || filler === 0xff) {
      if (filler === 0xff) reading.remarks.push({ path: 'padding', says: 'a byte FF between objects' })
      reading.at += 1
      continue
    }
    const one = readObject(reading, end)
    if (!one) break
    if (seen.has(one.tag)) reading.remarks.push({ path: one.tag, says: 'the tag comes twice; the first counts' })
    seen.add(one.tag)
    list.push(one)
  }
  return list
}

function readObject(reading: Reading, end: number): Tlv | undefined {
  const start = reading.at
  const tag = readTag(reading, end)
  const length = tag === undefined ? undefined : readLength(reading, end)
  if (tag === undefined || length === undefined) return undefined
  if (reading.at + length > end) {
    reading.problem = 'truncated-value'
    return undefined
  }
  const valueEnd = reading.at + length
  if (((reading.bytes[start] ?? 0) & 0x20) !== 0) return { tag, children: readList(reading, valueEnd) }
  const value = toHex(reading.bytes.subarray(reading.at, valueEnd))
  reading.at = valueEnd
  return { tag, value }
}

function readTag(reading: Reading, end: number): string | undefined {
  const start = reading.at
  let more = ((reading.bytes[reading.at++] ?? 0) & 0x1f) === 0x1f
  while (more) {
    if (reading.at >= end) {
      reading.problem = 'truncated-tag'
      return undefined
    }
    more = ((reading.bytes[reading.at++] ?? 0) & 0x80) !== 0
  }
  return toHex(reading.bytes.subarray(start, reading.at))
}

function readLength(reading: Reading, end: number): number | undefined {
  if (reading.at >= end) return stopped(reading, 'truncated-length')
  const first = reading.bytes[reading.at++] ?? 0
  if (first < 0x80) return first
  const count = first & 0x7f
  if (count === 0 || count > lengthBytes) return stopped(reading, 'invalid-length')
  if (reading.at + count > end) return stopped(reading, 'truncated-length')
  let length = 0
  for (let no = 0; no < count; no += 1) length = length * 256 + (reading.bytes[reading.at++] ?? 0)
  return length
}

function stopped(reading: Reading, problem: TlvProblem): undefined {
  reading.problem = problem
  return undefined
}

/**
 * Writes objects in their order, upper-case hex, each length as short as it can be.
 *
 * @throws RangeError on a value longer than 65535 bytes or of half bytes
 */
export function encodeTlv(tree: readonly Tlv[]): string {
  return tree
    .map(one => {
      const value = 'children' in one ? encodeTlv(one.children) : one.value.toUpperCase()
      return one.tag.toUpperCase() + lengthOf(value) + value
    })
    .join('')
}

function lengthOf(value: string): string {
  const bytes = value.length / 2
  if (!Number.isInteger(bytes) || bytes > 0xffff) throw new RangeError(`a value of ${bytes} bytes has no length`)
  const hex = bytes.toString(16).toUpperCase()
  if (bytes < 0x80) return hex.padStart(2, '0')
  return bytes < 0x100 ? `81${hex}` : `82${hex.padStart(4, '0')}`
}
