import type { Diagnosis } from './diagnosis.ts'

/** The rungs of the ladder, in the order in which they are climbed. */
export const rungs = [
  'name',
  'connect',
  'TLS',
  'upgrade',
  'who speaks first',
  'framing',
  'header',
  'echo',
  'sign-in',
  'keys',
  'control sale',
  'undone',
] as const

export type RungName = (typeof rungs)[number]

/** What was sent or seen at a rung, laid out in lines with secrets masked. */
export type Shown = Readonly<{ is: 'sent' | 'seen'; says: string; lines: readonly string[] }>

/**
 * What became of one rung. `held`: it bears. `broken`: nothing further is climbed. `passed over`: there is nothing to climb here, and `says` tells why.
 * `advice`: what holds today and is worth changing all the same.
 */
export type Rung = Readonly<{ rung: RungName; says: string; millis: number }> &
  (
    | Readonly<{ is: 'held'; advice: readonly Diagnosis[] }>
    | Readonly<{ is: 'passed over' }>
    | Readonly<{ is: 'broken'; diagnosis: Diagnosis; shown: readonly Shown[] }>
  )

/** How a climb ended. `open`: a control sale that could not be undone, in words for whoever has to. */
export type Climb = Readonly<{ rungs: readonly Rung[]; broken?: RungName; open?: string }>
