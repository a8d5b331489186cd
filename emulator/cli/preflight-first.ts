import { climb } from '../preflight/ladder.ts'
import { placesIn } from '../preflight/place.ts'
import { rungText } from '../preflight/telling.ts'
import { patient } from '../preflight/waits.ts'
import type { Profile } from '../profile/profile.ts'
import { colourful, painter } from './colour.ts'
import { type ExitCode, exit } from './exit.ts'
import { onInterrupt } from './interrupt.ts'
import { notify } from './output.ts'

/** `sets`: of the terminals that the run will use; those of others may be in the middle of something. */
type First = Readonly<{ sale: boolean; sets: ReadonlySet<number>; color?: boolean }>

/**
 * The ladder before a certification, without its sale unless asked for: nobody should wait for a run that cannot come to anything.
 *
 * @returns the exit code of a run that is not begun; nothing when it may begin
 */
export async function preflightFirst(profile: Profile, { sale, sets, color }: First): Promise<ExitCode | undefined> {
  const { endpoint, timing } = profile
  // Where the acquirer dials in, there is nothing to climb to.
  if (endpoint === undefined || timing.role === 'server') return undefined
  const controller = new AbortController()
  const over = onInterrupt(() => controller.abort())
  const began = performance.now()
  const climbed = await climb({
    profile,
    endpoint,
    waits: patient,
    sale,
    sets,
    now: Date.now,
    told: () => undefined,
    signal: controller.signal,
  })
  over()
  const held = climbed.rungs.filter(({ is }) => is === 'held').length
  const paint = painter(colourful(process.stderr, process.env, color))
  const place = await placesIn(profile)
  for (const rung of climbed.rungs)
    if (rung.is === 'broken' || (rung.is === 'held' && rung.advice.length > 0)) notify(rungText(rung, place, paint))
  if (climbed.open !== undefined) notify(climbed.open)
  if (controller.signal.aborted) return exit.inconclusive
  if (climbed.broken === undefined) {
    notify(`preflight: ${held} rungs bear, in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    return undefined
  }
  notify(`tillproof: preflight stops at “${climbed.broken}”, so nothing was certified
  Make the change, and look with \`tillproof preflight --profile ${profile.file}\`; or certify all the same with --no-preflight.`)
  return exit.usage
}
