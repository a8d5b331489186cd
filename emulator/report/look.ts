import type { Attribution, VerdictWord } from '../verdict/verdict.ts'

/** How a verdict looks everywhere: never by colour alone. `slug` names its colour in the page. */
export type Look = Readonly<{ slug: string; letter: string; glyph: string; means: string; ansi: string }>

/** Worst first, as in the legend of every report. */
export const looks: Readonly<Record<VerdictWord, Look>> = {
  failed: { slug: 'failed', letter: 'F', glyph: '✗', means: 'a rule was broken, with evidence', ansi: '31' },
  inconclusive: {
    slug: 'inconclusive',
    letter: 'I',
    glyph: '?',
    means: 'something it needs was missing, so nothing is concluded',
    ansi: '35',
  },
  untested: { slug: 'untested', letter: 'U', glyph: '∅', means: 'planned for this run, but it got no verdict', ansi: '35' },
  warned: {
    slug: 'warned',
    letter: 'W',
    glyph: '!',
    means: 'the effect is right, but a recommendation was not followed',
    ansi: '33',
  },
  passed: { slug: 'passed', letter: 'P', glyph: '✓', means: 'behaved as required, with evidence', ansi: '32' },
  'not applicable': {
    slug: 'na',
    letter: 'N',
    glyph: '–',
    means: 'not claimed by the profile, or not observable with it',
    ansi: '90',
  },
}

/** The verdict words, worst first. */
export const words: readonly VerdictWord[] = ['failed', 'inconclusive', 'untested', 'warned', 'passed', 'not applicable']

export const isVerdictWord = (text: unknown): text is VerdictWord => words.some(word => word === text)

/** Whose a finding is, for the sentence "This is …". */
export const blame: Readonly<Record<Attribution, string>> = {
  acquirer: "the acquirer's",
  instrument: 'ours: the emulated terminal',
  profile: "the profile's",
  network: "the network's",
  suite: "ours: the suite's",
}

/** What every certificate says about itself. */
export const scope = 'Behaviour against this requirement set. No approval by any card scheme or by EMVCo.'

/** How much a verdict of the whole run is to be trusted at a glance: which look the headline takes. */
export function headlineLook(exitCode: number): Look {
  if (exitCode === 0) return looks.passed
  return exitCode === 1 ? looks.failed : looks.inconclusive
}

const gravity = ['critical', 'major', 'minor'] as const

/** Critical before major before minor; equals stay in order. */
export function gravestFirst<T extends Readonly<{ severity: (typeof gravity)[number] }>>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((one, other) => gravity.indexOf(one.severity) - gravity.indexOf(other.severity))
}
