import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { dialectIds } from '../dialects/index.ts'
import type { Message } from '../values/message.ts'
import type { Codec, Decoded, Start } from '../wire/codec.ts'
import { codecFor } from '../wire/codec-of.ts'
import { type Alternative, alternativesOf } from './alternative.ts'
import { guess } from './guess.ts'
import { sensible } from './plausibility.ts'
import { flow, proposalOf } from './proposal.ts'
import { strangeTexts } from './strange-text.ts'

/** More causes than these help nobody, and more mistakes at once than these are another dialect. */
const most = 3

/**
 * What may be behind a sample that does not fit: changes of the dialect, each of which alone makes it fit, or two or three that do so together. (To fit
 * is to be read to the last byte without a remark, and to be the same when it is written again.) The field at which it broke is tried first, then
 * those before it; where no field explains it, framing and encoding.
 */
export function likelyCauses(dialect: Dialect, frame: Uint8Array, from: Start, decoded: Decoded): readonly string[] {
  const around = new Set(['length', 'tpdu', 'header', 'mti', 'bitmap'])
  const odd = decoded.remarks.map(({ path }) => path)
  const broken = decoded.ok ? odd : [decoded.problem.path, ...odd]
  if (broken.some(path => around.has(path))) return otherFraming(dialect, frame)
  const names = suspects(dialect, decoded, broken)
  const alone = names
    .flatMap(name => alternativesOf(dialect, name).map(each => tried(each, frame, from)))
    .filter(({ odd }) => odd === 0)
    .sort((one, other) => other.worth - one.worth)
  if (alone.length > 0) return alone.slice(0, most).map(({ alternative }) => alternative.says)
  const together = stepByStep(dialect, names, frame, from)
  return together.length > 0 ? [together.join(' and ')] : otherFraming(dialect, frame)
}

/** Takes the change that makes the sample least odd, again and again; none when that does not end in a sample that fits. */
function stepByStep(dialect: Dialect, names: readonly string[], frame: Uint8Array, from: Start): readonly string[] {
  const steps: string[] = []
  let now = dialect
  let odd = oddness(dialect, frame, from).odd
  while (steps.length < most && odd > 0) {
    const [best] = names
      .flatMap(name => alternativesOf(now, name).map(each => tried(each, frame, from)))
      .sort((one, other) => one.odd - other.odd || other.worth - one.worth)
    if (best === undefined || best.odd >= odd) return []
    steps.push(best.alternative.says)
    now = best.alternative.dialect
    odd = best.odd
  }
  return odd === 0 ? steps : []
}

/** What is odd about a sample under an alternative, and what speaks for that one: values that make sense, and a mistake that is often made. */
type Trial = Readonly<{ alternative: Alternative; odd: number; worth: number }>

function tried(alternative: Alternative, frame: Uint8Array, from: Start): Trial {
  const { odd, message } = oddness(alternative.dialect, frame, from)
  const known = identify(alternative.dialect, message) === 'unknown' ? 0 : 6
  return { alternative, odd, worth: sensible(message).weight + known - alternative.far }
}

/** Names of the fields that were read or broke, those that broke first, then from the last to the first. */
function suspects(dialect: Dialect, decoded: Decoded, broken: readonly string[]): readonly string[] {
  const nameOf = (path: string): readonly string[] =>
    Object.entries(dialect.fields).flatMap(([name, { de }]) => (String(de) === path.split('.')[0] ? [name] : []))
  const readPaths = decoded.spans.map(({ path }) => path).reverse()
  return [...new Set([...broken, ...readPaths].flatMap(nameOf))]
}

/** How much is odd about a sample: what was not read weighs more than a remark. */
function oddness(dialect: Dialect, frame: Uint8Array, from: Start): Readonly<{ odd: number; message: Message }> {
  const codec = codecFor(dialect)
  const decoded = codec.decode(frame, { from, spans: false })
  const remarks = decoded.remarks.filter(({ path }) => path !== 'mti')
  if (!decoded.ok) return { odd: 100 + (frame.length - decoded.atByte) + remarks.length, message: decoded.partial }
  const { message } = decoded
  const left = Number(/^\d+/.exec(remarks.find(({ path }) => path === 'end')?.says ?? '')?.[0] ?? 0)
  const odd = (remarks.length + strangeTexts(dialect, message).length) * 10 + left
  return { odd: odd > 0 || isWrittenAlike(codec, decoded, frame, from) ? odd : 1, message }
}

/** Whether a message that was read is the same bytes when it is written again. */
function isWrittenAlike(codec: Codec, { message, envelope }: Decoded & { ok: true }, frame: Uint8Array, from: Start): boolean {
  try {
    return Buffer.from(codec.encode(message, { from, envelope, spans: false }).frame).equals(frame)
  } catch (thrown) {
    if (thrown instanceof Error) return false
    throw thrown
  }
}

/** What a guess proposes that reads the sample to its end under this dialect, or else under any. */
function otherFraming(dialect: Dialect, frame: Uint8Array): readonly string[] {
  const guesses = guess(frame, { own: [dialect], most: 20 }).filter(({ exact }) => exact)
  const [best] = [...guesses.filter(each => each.dialect === dialect.id), ...guesses]
  if (best === undefined) return []
  if (best.dialect !== dialect.id || dialectIds.includes(dialect.id)) {
    const proposal = proposalOf(best)
    return [
      proposal.is === 'profile'
        ? `it fits dialect ${proposal.dialect}, settings ${flow(proposal.settings)}`
        : `it fits another encoding of ${best.dialect}`,
    ]
  }
  const { length, lengthCounts, tpdu, header } = best.framing
  const { digits, prefix, bitmap, text, type = digits } = best.encoding
  const wanted = { length, lengthCounts, tpdu: tpdu || 'none', header: header || 'none' }
  const framing = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => dialect.settings[name] !== value))
  const own = dialect.encoding
  const encoding = Object.fromEntries(
    Object.entries({ digits, prefix, bitmap, text, type }).filter(
      ([name, value]) => value !== { ...own, type: own.type ?? own.digits }[name],
    ),
  )
  return [
    ...(Object.keys(framing).length === 0 ? [] : [`framing: ${flow(framing)}`]),
    ...(Object.keys(encoding).length === 0 ? [] : [`encoding: ${flow(encoding)}`]),
  ]
}
