import { XMLBuilder } from 'fast-xml-parser'
import type { Part, RequirementResult, Result } from '../verdict/result.ts'
import { byChapter, type Chapter } from './chapters.ts'
import { againCommand } from './command.ts'
import { scope } from './look.ts'

/**
 * JUnit XML: a suite for each chapter and part, a case for each requirement.
 *
 * Lossy: JUnit has no word for half of ours. `failed` is a failure, `inconclusive` an error of that type, `not applicable` and `untested` are
 * skipped with their reason, `warned` passes and says why in `system-out`. `result.json` is the truth.
 */
export function junitXml(result: Result, begun?: string): string {
  const suites = (['acquirer', 'instrument'] as const).flatMap(part =>
    byChapter(result.requirements.filter(row => row.part === part)).map(({ chapter, rows }) =>
      suiteOf(part, chapter, rows, result, begun),
    ),
  )
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, suppressEmptyNode: true })
  const totals = countsOf(result.requirements)
  return builder.build(
    allowed({
      '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
      testsuites: { '@name': `tillproof ${result.run.profile.name}`, ...totals, '@time': seconds(result.run), testsuite: suites },
    }),
  )
}

function suiteOf(
  part: Part,
  chapter: Chapter,
  rows: readonly RequirementResult[],
  { run, verdict }: Result,
  begun: string | undefined,
): object {
  const facts = {
    seed: run.seed,
    suite: run.suite,
    profile: run.profile.name,
    'profile.sha256': run.profile.sha256,
    endpoint: run.endpoint,
    verdict,
    scope,
  }
  return {
    '@name': `${part}.${chapter.id}`,
    ...countsOf(rows),
    '@timestamp': run.startedAt,
    properties: { property: Object.entries(facts).map(([name, value]) => ({ '@name': name, '@value': value })) },
    testcase: rows.map(row => caseOf(row, againCommand(run, row.id, begun))),
  }
}

function caseOf(row: RequirementResult, again: string): object {
  const uri = row.scenarios[0]?.uri
  const names = {
    '@classname': `${row.part}.${row.id}`,
    '@name': `${row.id} ${row.says}`,
    ...(uri ? { '@file': uri.replace(/:\d+$/, '') } : {}),
  }
  const detail = [
    `whose: ${row.attribution ?? 'not said'}`,
    `expected: ${row.expected ?? '—'}`,
    `received: ${row.received ?? '—'}`,
    `source: ${row.source}`,
    ...row.evidence.map(seen => `evidence: ${seen.entry} ${seen.field ?? ''} ${seen.saw}`.replace(/\s+/g, ' ')),
    `again: ${again}`,
  ].join('\n')
  const because = row.because ?? row.finding ?? 'no reason was given'
  switch (row.verdict) {
    case 'passed':
      return names
    case 'warned':
      return { ...names, 'system-out': `warned: ${because}\n${detail}` }
    case 'failed':
      return { ...names, failure: { '@type': row.severity, '@message': row.finding ?? row.says, '#text': detail } }
    case 'inconclusive':
      return { ...names, error: { '@type': 'inconclusive', '@message': because, '#text': detail } }
    case 'not applicable':
    case 'untested':
      return { ...names, skipped: { '@message': `${row.verdict}: ${because}` } }
  }
}

function countsOf(rows: readonly RequirementResult[]): Readonly<Record<string, string>> {
  const count = (...verdicts: readonly RequirementResult['verdict'][]): string =>
    String(rows.filter(row => verdicts.includes(row.verdict)).length)
  return {
    '@tests': String(rows.length),
    '@failures': count('failed'),
    '@errors': count('inconclusive'),
    '@skipped': count('not applicable', 'untested'),
  }
}

function seconds({ startedAt, finishedAt }: Result['run']): string {
  return ((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(3)
}

/** XML 1.0 cannot hold most control characters, escaped or not: they become `�`. */
function allowed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\uFFFE\uFFFF]/gu, '�')
  if (Array.isArray(value)) return value.map(allowed)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, allowed(member)]))
  return value
}
