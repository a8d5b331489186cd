import { z } from 'zod'
import type { Compared } from './doors-comparison.ts'

const verdict = z.enum(['passed', 'warned', 'failed', 'inconclusive', 'not applicable', 'untested'])
const count = z.int().min(0)
const text = z.string()

const summary = z.strictObject({
  passed: count,
  warned: count,
  failed: count,
  inconclusive: count,
  notApplicable: count,
  untested: count,
})

const row = {
  id: text,
  part: z.enum(['acquirer', 'instrument']).describe('Whom the row judges: the acquirer, or our own emulated terminal.'),
  severity: z.enum(['critical', 'major', 'minor']),
  says: text,
}

const door = z.strictObject({
  door: text.describe("The name of its profile's file."),
  dialect: text,
  way: text.describe('How the host was reached.'),
  profile: z.strictObject({ name: text, sha256: text }),
  verdict: text.describe('The headline of its own certificate.'),
  exitCode: z.int(),
  summary: z.strictObject({ acquirer: summary, instrument: summary }),
  stopped: z.exactOptional(text).describe('What stopped its run early, if anything did.'),
  report: text.describe('Path of its report for people, from the folder of this file.'),
  result: text.describe('Path of its result.json, from the folder of this file.'),
})

/** `doors.json` as data that can be checked. The type `Compared` is the master; the line below keeps them equal. */
export const doorsSchema = z
  .strictObject({
    schema: z.literal('https://tillproof.dev/schema/doors-1.json'),
    seed: text,
    exitCode: z.int().describe('That of the worst door.'),
    doors: z.array(door).describe('In the order in which they were tried.'),
    notRun: z.array(text).describe('Doors that were not tried, because the run was interrupted.'),
    alike: count.describe('Rows with one verdict at every door where they apply.'),
    nowhere: count.describe('Rows that apply at no door.'),
    differences: z
      .array(z.strictObject({ ...row, verdicts: z.array(z.strictObject({ door: text, verdict, says: z.exactOptional(text) })) }))
      .describe('Rows on which the doors where they apply are not of one mind, with the verdict of each door.'),
    notApplicable: z
      .array(z.strictObject({ ...row, at: z.array(z.strictObject({ door: text, because: text })) }))
      .describe('Rows that apply at some doors only, with the reason at each of the others. This is no difference.'),
  })
  .describe('One host through several doors: where its verdicts differ.')

type Mutable<T> = T extends readonly unknown[] | object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T
type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const asTheTypeSays: Equal<Mutable<Compared>, z.infer<typeof doorsSchema>> = true

/** JSON Schema 2020-12 of `doors.json`, as it stands in `docs/doors.schema.json`. */
export function doorsJsonSchema(): string {
  const schema = z.toJSONSchema(doorsSchema, { target: 'draft-2020-12' })
  return `${JSON.stringify({ $id: doorsSchema.shape.schema.value, ...schema, title: 'tillproof doors' }, undefined, 2)}\n`
}

void asTheTypeSays
