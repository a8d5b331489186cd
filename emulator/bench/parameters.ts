import { z } from 'zod'

/** What a run hands to every worker, as JSON: cucumber's `worldParameters`. */
const schema = z.strictObject({
  profile: z.string(),
  endpoint: z.string().optional(),
  control: z.string().optional(),
  seed: z.string(),
  driver: z.enum(['direct', 'page']).default('direct'),
  waiting: z.enum(['skip', 'real']).default('skip'),
  fault: z.string().optional(),
  only: z.array(z.string()).optional(),
  /** The set of terminals and cards of the first worker at a foreign acquirer, 1 unless given; the others use the next ones. */
  firstSet: z.int().min(1).optional(),
  /** Where each scenario writes its piece of the journal. Absent: nowhere, for a plain `npx cucumber-js`. */
  pieces: z.string().optional(),
  /** Where pages of scenarios that failed are kept, as pictures and traces. */
  pages: z.string().optional(),
  /** The journals stay in this thread's memory, for whoever runs the scenarios there. */
  inMemory: z.literal(true).optional(),
})

export type Parameters = z.infer<typeof schema>

/** @throws Error naming the first parameter that is wrong. */
export function readParameters(json: unknown): Parameters {
  return schema.parse(json)
}
