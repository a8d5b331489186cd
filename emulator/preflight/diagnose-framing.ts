import { type Attempt, answeredOf } from './attempt.ts'
import type { Change, Diagnosis } from './diagnosis.ts'
import type { Reading, Spoken } from './reading.ts'
import type { RungName } from './rung.ts'
import type { Variant } from './variant.ts'

/** A diagnosis and the rung that it breaks. */
export type Found = Readonly<{ rung: RungName; diagnosis: Diagnosis }>

/** Another door of the same endpoint at which somebody answered: `tls://…` where the profile says `tcp://…`. */
export type OtherDoor = Readonly<{ to: string; says: string }>

/**
 * Why the profile's own way of saying the first message got no answer of its own.
 *
 * @param own      attempts in the profile's own way, echo and sign-in
 * @param others   attempts in other ways, each with what it changes
 * @param variants every way that was thought of: what came may fit one that was not tried
 * @param door     where else somebody answered
 */
export function unanswered(
  own: readonly Attempt[],
  others: readonly Attempt[],
  variants: readonly Variant[],
  asked: (spoken: Spoken, came: Uint8Array) => Reading,
  door: OtherDoor | undefined,
): Found {
  if (door !== undefined) return { rung: 'TLS', diagnosis: doorOf(door) }
  const answered = answeredOf(others)
  if (answered !== undefined) return { rung: answered.rung, diagnosis: confirmed(answered.changes) }
  const said = own.find(({ reading }) => reading.is !== 'nothing') ?? own[0]
  const reading: Reading = said?.reading ?? { is: 'nothing' }
  if (reading.is === 'other protocol')
    return {
      rung: 'framing',
      diagnosis: {
        cause: 'other protocol',
        says: `what listens there speaks ${reading.protocol}: ${reading.says}`,
        certainty: 'sure',
        whose: 'profile',
        changes: [{ setting: 'endpoint', note: schemeFor(reading.protocol) }],
      },
    }
  if (reading.is === 'itself')
    return {
      rung: 'framing',
      diagnosis: {
        cause: 'echoes',
        says: 'what listens there sends back whatever it gets: it is no acquirer',
        certainty: 'sure',
        whose: 'profile',
        changes: [{ setting: 'endpoint', note: 'the port' }],
      },
    }
  const fitting = said === undefined ? undefined : fittingVariant(said.heard.bytes, variants, asked)
  if (fitting !== undefined) return { rung: fitting.rung, diagnosis: readable(fitting.changes) }
  if (reading.is === 'no message')
    return {
      rung: 'echo',
      diagnosis: {
        cause: 'unreadable',
        says: `the acquirer answers with a frame that does not read as ${said?.spoken.dialect.id}: ${reading.says}`,
        certainty: 'likely',
        whose: 'profile',
        changes: [
          { setting: 'dialect', note: 'another dialect, or settings of this one: `tillproof dialect guess` reads the bytes' },
        ],
      },
    }
  if (reading.is === 'another')
    return {
      rung: 'echo',
      diagnosis: {
        cause: 'matching',
        says: `a ${reading.message.mti} comes back that is not the answer: ${listed(reading.differs)} ${reading.differs.length === 1 ? 'differs' : 'differ'}`,
        certainty: 'likely',
        whose: 'acquirer',
        changes: [{ setting: 'dialect', note: `by which fields an answer is known: ${listed(reading.differs)}` }],
      },
    }
  return { rung: 'framing', diagnosis: silent(own, others, reading) }
}

function doorOf({ to, says }: OtherDoor): Diagnosis {
  return { cause: 'wrong door', says, certainty: 'sure', whose: 'profile', changes: [{ setting: 'endpoint', to }] }
}

const listed = (names: readonly string[]): string => names.join(', ')

const schemeFor = (protocol: string): string =>
  protocol === 'TLS'
    ? 'tls:// in the place of tcp://'
    : protocol === 'HTTP'
      ? 'http(s):// with a mapping, or ws(s)://, or another port'
      : 'the port'

/** The acquirer answered when these changes were made. */
export function confirmed(changes: readonly Change[]): Diagnosis {
  return {
    cause: causeOf(changes),
    says: `the acquirer answers as soon as ${changes.map(inWords).join(', and ')}`,
    certainty: 'sure',
    whose: 'profile',
    changes,
  }
}

function readable(changes: readonly Change[]): Diagnosis {
  return {
    cause: causeOf(changes),
    says: `what came back can be read when ${changes.map(inWords).join(', and ')}`,
    certainty: 'likely',
    whose: 'profile',
    changes,
  }
}

const causeOf = (changes: readonly Change[]): string =>
  changes.map(({ setting }) => setting.split('.').at(-1) ?? setting).join(' and ')

function inWords({ setting, to }: Change): string {
  const name = setting.split('.').at(-1)
  if (name === 'length') return `the length is ${String(to)}`
  if (name === 'lengthCounts') return `the length counts ${String(to)}`
  if (to === 'none') return `there is no ${name === 'tpdu' ? 'TPDU' : name}`
  if (name === 'tpdu') return `a TPDU ${String(to)} stands before the message`
  if (name === 'pad') return `field ${setting.split('.').at(-2)} has its pad on the ${String(to)}`
  return `${name ?? setting} is ${String(to)}`
}

/** The way of reading in which the bytes are a whole reply: an answer before another reply, the fewest changes first. */
function fittingVariant(
  came: Uint8Array,
  variants: readonly Variant[],
  asked: (spoken: Spoken, came: Uint8Array) => Reading,
): Variant | undefined {
  if (came.length === 0) return undefined
  const read = variants.map(variant => ({ variant, reading: asked(variant.spoken, came) }))
  return (
    read.find(({ reading }) => reading.is === 'answer' && reading.rest === 0)?.variant ??
    read.find(({ reading }) => reading.is === 'another' && reading.rest === 0)?.variant
  )
}

function silent(own: readonly Attempt[], others: readonly Attempt[], reading: Reading): Diagnosis {
  const ended = own.map(({ heard }) => heard.ended)
  const hungUp = ended.includes('closed') || ended.includes('broken')
  const tried = others.length === 0 ? '' : `; nor in ${others.length} other ways of framing`
  const came = reading.is === 'no frame' ? `${reading.came} bytes came that are no frame: ${reading.says}` : undefined
  return {
    cause: came === undefined ? (hungUp ? 'hangs up' : 'silent') : 'no frame',
    says: came ?? `the acquirer ${hungUp ? 'closes the line instead of answering' : 'does not answer'}${tried}`,
    certainty: 'possible',
    whose: 'profile',
    changes: [
      { setting: 'endpoint', note: 'whether this is the port of the terminals' },
      { setting: 'dialect.settings.length', note: 'how the frame is announced' },
      { setting: 'dialect.settings.tpdu', note: 'the addresses that the acquirer asks for: some are silent to others' },
    ],
  }
}
