import type { Profile } from '../profile/profile.ts'
import { climbLink } from './climb-link.ts'
import { climbMoney } from './climb-money.ts'
import { climbSession } from './climb-session.ts'
import { climbSpeech } from './climb-speech.ts'
import type { Conversation } from './conversation.ts'
import type { Climb, Rung } from './rung.ts'
import type { Waits } from './waits.ts'
import { Way } from './way.ts'

export type LadderOptions = Readonly<{
  profile: Profile
  endpoint: URL
  waits: Waits
  /** Whether to make a sale and undo it; without, nothing that is about money leaves. */
  sale: boolean
  /** Sets whose terminals may be used; all unless given. */
  sets?: ReadonlySet<number>
  /** Milliseconds since 1970, for certificates. */
  now: () => number
  /** Told of each rung as soon as it is known. */
  told: (rung: Rung) => void
  signal?: AbortSignal
}>

/** What one stretch of the ladder hands to the next, or nothing where it broke. */
export type Told = (rung: Rung) => void

/**
 * Climbs from the name of the acquirer to a sale and its undoing, and stops at the first rung that does not bear.
 *
 * Ways of speaking that the profile does not describe are tried with echo and sign-in only, which move no money.
 */
export async function climb(options: LadderOptions): Promise<Climb> {
  const rungs: Rung[] = []
  const told: Told = rung => {
    rungs.push(rung)
    options.told(rung)
  }
  const over = (): boolean => options.signal?.aborted === true || rungs.at(-1)?.is === 'broken'
  const open = await climbAll(options, told, over)
  const broken = rungs.find(({ is }) => is === 'broken')?.rung
  return { rungs, ...(broken === undefined ? {} : { broken }), ...(open === undefined ? {} : { open }) }
}

async function climbAll(options: LadderOptions, told: Told, over: () => boolean): Promise<string | undefined> {
  const way = new Way(options.profile, options.endpoint)
  let conversation: Conversation | undefined
  try {
    if (!(await climbLink(options, way, told)) || over()) return undefined
    conversation = await climbSpeech(options, way, told)
    if (conversation === undefined || over()) return undefined
    await climbSession(options, conversation, told)
    if (over()) return undefined
    return await climbMoney(options, conversation, told)
  } finally {
    conversation?.close()
    await way.close()
  }
}
