import { z } from 'zod'
import type { Result } from '../verdict/result.ts'

const verdict = z.enum(['passed', 'warned', 'failed', 'inconclusive', 'not applicable', 'untested'])
const attribution = z.enum(['acquirer', 'instrument', 'profile', 'network', 'suite'])
const count = z.int().min(0)
const text = z.string()
const maybe = z.exactOptional(text)

const summary = z.strictObject({
  passed: count,
  warned: count,
  failed: count,
  inconclusive: count,
  notApplicable: count,
  untested: count,
})

const keptPage = z.strictObject({
  terminal: text,
  screenshot: text.describe('A picture of the page before this till, PNG.'),
  trace: maybe.describe('The Playwright trace of the scenario.'),
})

const scenario = z.strictObject({
  name: text,
  uri: text.describe('Feature file and line: features/03-void/correct-void.feature:14.'),
  verdict,
  finding: maybe,
  expected: maybe,
  received: maybe,
  pages: z
    .exactOptional(z.array(keptPage))
    .describe('Files of the run’s folder: its pages at its end, where it failed and keys were pressed through pages.'),
})

const evidence = z.strictObject({ entry: text.describe('Id of a journal entry: <feature>:<line>#<n>.'), field: maybe, saw: text })

const requirement = z.strictObject({
  id: text,
  part: z.enum(['acquirer', 'instrument']).describe('Whom the row judges: the acquirer, or our own emulated terminal.'),
  level: z.enum(['must', 'should', 'may']),
  severity: z.enum(['critical', 'major', 'minor']),
  says: text,
  source: text,
  verdict: verdict.describe('The worst of its scenarios.'),
  finding: maybe.describe('What happened, in a sentence, when it is not a pass.'),
  attribution: z.exactOptional(attribution),
  expected: maybe,
  received: maybe,
  because: maybe,
  evidence: z.array(evidence),
  scenarios: z.array(scenario),
})

const deviation = z.strictObject({
  requirement: text,
  reason: text,
  approver: text,
  expires: text.describe('ISO 8601 date: the last day on which it counts.'),
  stands: z
    .enum(['in force', 'expired', 'not needed'])
    .describe(
      'in force: the row failed, and is counted as a deviation; expired: it counts as failed; not needed: it did not fail.',
    ),
})

/** `result.json` as data that can be checked. The type `Result` is the master; the two lines at the end keep them equal. */
export const resultSchema = z
  .strictObject({
    schema: z.literal('https://tillproof.dev/schema/result-1.json'),
    run: z.strictObject({
      id: text,
      seed: text,
      suite: text,
      profile: z.strictObject({ name: text, sha256: text }),
      endpoint: text,
      startedAt: text.describe('ISO 8601.'),
      finishedAt: text.describe('ISO 8601.'),
    }),
    verdict: text.describe(
      'The headline: certified, certified with n deviations, not certified, inconclusive; then, of a shard, which, and of a limited run, its limit.',
    ),
    exitCode: z.int(),
    summary: z.strictObject({ acquirer: summary, instrument: summary, notCovered: count }),
    requirements: z.array(requirement).describe('A row that binds both parts appears once for each.'),
    notCovered: z.array(z.strictObject({ id: text, because: text })).describe('Rows that the suite has no scenario for yet.'),
    views: z
      .array(z.strictObject({ name: text, usable: z.boolean(), because: maybe }))
      .describe('Views of money that were tried.'),
    deviations: z
      .exactOptional(z.array(deviation))
      .describe('What was agreed to be left open, with what became of it in this run; absent: nothing.'),
    limit: z
      .exactOptional(z.strictObject({ only: z.exactOptional(z.array(text)), tags: maybe }))
      .describe('What the run was limited to, with --only (rows by id) and --tags (a tag expression); absent: nothing.'),
    remarks: z
      .exactOptional(z.array(text))
      .describe(
        'What a reader has to know: a fault that was switched on on purpose, or what the profile lets pass though a cautious terminal would not.',
      ),
    stopped: maybe.describe('What stopped the run early, if anything did.'),
  })
  .describe('The truth of a certification run, of which every report is a projection.')

type Mutable<T> = T extends readonly unknown[] | object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T
type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const asTheTypeSays: Equal<Mutable<Result>, z.infer<typeof resultSchema>> = true

/** JSON Schema 2020-12 of `result.json`, as it stands in `docs/result.schema.json`. */
export function resultJsonSchema(): string {
  const schema = z.toJSONSchema(resultSchema, { target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: resultSchema.shape.schema.value, ...schema, title: 'tillproof result' }, undefined, 2)}\n`
}

void asTheTypeSays
