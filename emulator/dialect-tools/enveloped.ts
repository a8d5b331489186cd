import { type FrameForm, followingOf, type LengthForm, lengthLimits, readLength } from '../values/framing.ts'
import { toHex } from '../values/hex.ts'

/** One way in which a message may lie in the bytes of a sample: where it begins and ends, what stands around it, and why we think so. */
export type Enveloped = Readonly<{
  /** Settings of a dialect, as a profile writes them. */
  length: LengthForm | 'STX ETX LRC' | 'none'
  lengthCounts: 'the rest' | 'itself too' | 'the message only' | 'all but the TPDU'
  tpdu: string
  header: string
  from: number
  to: number
  reasons: readonly string[]
  /** How much it speaks for this way, apart from the message. */
  weight: number
}>

const forms: readonly LengthForm[] = ['binary 2', 'ascii 4', 'bcd 2', 'binary 4', 'little endian 2', 'little endian 4']
const counts = ['the rest', 'itself too', 'the message only', 'all but the TPDU'] as const

/** Longer headers are not looked for. */
const longestHeader = 24

type Start = Readonly<{ from: number; to: number; length: Enveloped['length']; reasons: readonly string[]; weight: number }>
type Prefix = Readonly<{ form: LengthForm; said: number; bytes: number }>

/**
 * Every way in which the sample could be a frame whose length is right to the byte, with or without TPDU and header.
 *
 * @param startsMessage  Whether a message could begin at this byte.
 */
export function envelopings(frame: Uint8Array, startsMessage: (at: number) => boolean): readonly Enveloped[] {
  const whole: Start = { from: 0, to: frame.length, length: 'none', reasons: ['there is no length before it'], weight: 0 }
  const found = heads(frame, whole, startsMessage).map(head => ({ ...head, lengthCounts: 'the rest' as const }))
  if (isBetweenControls(frame)) {
    const controls: Start = {
      ...{ from: 1, to: frame.length - 2, length: 'STX ETX LRC' as const, weight: 30 },
      reasons: ['it stands between 02 and 03, and the check byte after them is right'],
    }
    found.push(...heads(frame, controls, startsMessage).map(head => ({ ...head, lengthCounts: 'the rest' as const })))
  }
  const prefixes = forms.flatMap((form): readonly Prefix[] => {
    const { bytes } = lengthLimits(form)
    const said = frame.length > bytes ? readLength(form, frame, 0) : 'no number'
    return said === 'no number' ? [] : [{ form, said, bytes }]
  })
  return [...found, ...prefixes.flatMap(prefix => prefixed(frame, prefix, startsMessage))]
}

function prefixed(
  frame: Uint8Array,
  { form, said, bytes }: Prefix,
  startsMessage: (at: number) => boolean,
): readonly Enveloped[] {
  const start: Start = { from: bytes, to: frame.length, length: form, reasons: [], weight: 0 }
  const following = frame.length - bytes
  return heads(frame, start, startsMessage).flatMap(head => {
    const around = { tpdu: head.tpdu.length / 2, all: (head.tpdu.length + head.header.length) / 2 }
    return counts.flatMap((lengthCounts): readonly Enveloped[] => {
      const uncounted = lengthCounts === 'the message only' ? around.all : lengthCounts === 'all but the TPDU' ? around.tpdu : 0
      // Where there is nothing between, the two ways of counting are one.
      if (lengthCounts === 'the message only' && around.all === 0) return []
      if (lengthCounts === 'all but the TPDU' && (around.tpdu === 0 || around.tpdu === around.all)) return []
      const shape = {
        is: 'length',
        form,
        itself: lengthCounts === 'itself too',
        uncounted,
        longest: 0xffff,
      } as const satisfies FrameForm
      if (followingOf(shape, said) !== following) return []
      const says = `its first ${bytes} bytes, read as ${form}, say ${said}: ${counted[lengthCounts]} ${said}`
      const weight = 20 + head.weight - (lengthCounts === 'the rest' ? 0 : 2) - (bytes === 4 && form !== 'ascii 4' ? 1 : 0)
      return [{ ...head, lengthCounts, weight, reasons: [says, ...head.reasons] }]
    })
  })
}

const counted: Readonly<Record<Enveloped['lengthCounts'], string>> = {
  'the rest': 'what follows has',
  'itself too': 'what follows has, with the length itself,',
  'the message only': 'what follows the TPDU and header has',
  'all but the TPDU': 'what follows the TPDU has',
}

/** With and without a TPDU, and with headers of any length, wherever a message could begin after them. */
function heads(
  frame: Uint8Array,
  start: Start,
  startsMessage: (at: number) => boolean,
): readonly Omit<Enveloped, 'lengthCounts'>[] {
  const found: Omit<Enveloped, 'lengthCounts'>[] = []
  for (const tpdu of [0, 5])
    for (let header = 0; header <= longestHeader; header += 1) {
      const from = start.from + tpdu + header
      if (from >= start.to || !startsMessage(from)) continue
      if (tpdu > 0 && !isTpdu(frame, start.from)) continue
      const reasons = [...start.reasons]
      if (tpdu > 0) reasons.push(`${toHex(frame.subarray(start.from, start.from + 5))} begins like a TPDU, and a message follows`)
      if (header > 0) reasons.push(`a message begins ${header} bytes further on: a header of ${header} bytes`)
      const weight = start.weight + (tpdu > 0 ? 6 : 0) - (header === 0 ? 0 : header === 6 ? 1 : 5 + header)
      const hex = (at: number, bytes: number) => toHex(frame.subarray(at, at + bytes))
      found.push({
        ...start,
        from,
        tpdu: hex(start.from, tpdu),
        header: hex(start.from + tpdu, header),
        reasons,
        weight,
      })
    }
  return found
}

/** `60` or `68`, then two addresses. @source UnionPay POS fact sheet, 1.2 */
function isTpdu(frame: Uint8Array, at: number): boolean {
  return frame[at] === 0x60 || frame[at] === 0x68
}

function isBetweenControls(frame: Uint8Array): boolean {
  if (frame.length < 4 || frame[0] !== 0x02 || frame.at(-2) !== 0x03) return false
  const check = frame.subarray(1, -1).reduce((sum, byte) => sum ^ byte, 0)
  return check === frame.at(-1)
}
