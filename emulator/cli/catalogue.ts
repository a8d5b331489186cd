import type { Profile } from '../profile/profile.ts'
import { applicability } from '../verdict/applicability.ts'
import { isCovered, keyOf, type Row } from '../verdict/requirements/row.ts'
import type { CoveringRule } from './coverage.ts'

/** One row of the requirement set, what covers it and, with a profile, whether it applies. */
export type CatalogueRow = Readonly<{
  /** `VOID-004/host` for one half of a row that binds both. */
  key: string
  id: string
  binds: 'host' | 'terminal'
  level: Row['level']
  severity: Row['severity']
  says: string
  source: string
  needs: readonly string[]
  knobs: readonly string[]
  /** Rules of features that are tagged with it. A row that is always judged is covered by every scenario. */
  coveredBy: readonly Readonly<{ rule: string; at: string; scenarios: number }>[] | 'every scenario'
  brokenBy: readonly string[]
  /** Why nothing covers it. */
  notCovered?: string
  applies?: boolean
  /** Why it does not apply. */
  because?: string
}>

export type Catalogue = Readonly<{
  profile?: string
  summary: Readonly<{ rows: number; covered: number; notCovered: number; applicable?: number }>
  rows: readonly CatalogueRow[]
}>

/** The requirement set as it stands: pure, of rows, rules and perhaps a profile. */
export function catalogueOf(rows: readonly Row[], rules: readonly CoveringRule[], profile?: Profile): Catalogue {
  const listed = rows.map(row => describe(row, rules, profile))
  const covered = listed.filter(row => row.notCovered === undefined).length
  return {
    ...(profile === undefined ? {} : { profile: profile.name }),
    summary: {
      rows: listed.length,
      covered,
      notCovered: listed.length - covered,
      ...(profile === undefined
        ? {}
        : { applicable: listed.filter(row => row.applies === true && row.notCovered === undefined).length }),
    },
    rows: listed,
  }
}

function describe(row: Row, rules: readonly CoveringRule[], profile: Profile | undefined): CatalogueRow {
  const covering = rules
    .filter(({ ids }) => ids.includes(row.id))
    .map(({ name, at, scenarios }) => ({ rule: name, at, scenarios }))
  const coveredBy = isCovered(row) && row.judged === 'always' ? 'every scenario' : covering
  const notCovered = isCovered(row)
    ? coveredBy.length === 0
      ? 'no rule of a feature is tagged with it yet'
      : undefined
    : row.notCovered
  return {
    key: keyOf(row),
    id: row.id,
    binds: row.binds,
    level: row.level,
    severity: row.severity,
    says: row.says,
    source: row.source,
    needs: row.needs,
    knobs: row.knobs,
    coveredBy: isCovered(row) ? coveredBy : [],
    brokenBy: isCovered(row) ? row.brokenBy : [],
    ...(notCovered === undefined ? {} : { notCovered }),
    ...(profile === undefined ? {} : applies(row, profile)),
  }
}

function applies(row: Row, profile: Profile): Readonly<{ applies: boolean; because?: string }> {
  const found = applicability(row, profile)
  return found.applies ? { applies: true } : { applies: false, because: found.because }
}
