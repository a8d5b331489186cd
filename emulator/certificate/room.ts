import type { Certificate } from './certificate.ts'

/** How much of a certificate stands on its one sheet. What has no place is counted there, and stands in the report. */
export type Room = Readonly<{
  /** How many of the rows that stand against the acquirer. */
  against: number
  /** Whether the rows on money and security have their sentences, or their ids alone. */
  sentences: boolean
  deviations: number
  /** 1 unless nothing else is left to leave out. */
  zoom: number
}>

/** Ways to lay it out, the fullest first: each needs no more room than the one before. */
export function roomsFor({ against, deviations }: Certificate): readonly Room[] {
  const all = { against: against.length, sentences: false, deviations: deviations.length, zoom: 1 }
  const small = { ...all, zoom: 0.92 }
  const fewer = downTo(Math.min(3, against.length), against.length).map(rows => ({ ...small, against: rows }))
  const fewest = fewer.at(-1) ?? small
  const brief = downTo(Math.min(2, deviations.length), deviations.length).map(rows => ({ ...fewest, deviations: rows }))
  const briefest = brief.at(-1) ?? fewest
  return [
    ...(against.length === 0
      ? [
          { ...all, sentences: true },
          { ...small, sentences: true },
        ]
      : []),
    all,
    { ...all, zoom: 0.96 },
    ...fewer,
    ...brief.slice(1),
    ...[0.85, 0.75, 0.65, 0.55, 0.45].map(zoom => ({ ...briefest, zoom })),
  ]
}

function downTo(least: number, most: number): readonly number[] {
  return Array.from({ length: most - least + 1 }, (_, at) => most - at)
}
