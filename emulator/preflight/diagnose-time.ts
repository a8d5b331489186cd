import type { Diagnosis } from './diagnosis.ts'

/** Why answers come too late for a terminal of this profile, if they do. */
export function slow(afterMillis: number, respTimeoutSeconds: number | undefined): Diagnosis | undefined {
  if (respTimeoutSeconds === undefined || afterMillis <= respTimeoutSeconds * 1000) return undefined
  return {
    cause: 'late',
    says: `the answer came after ${(afterMillis / 1000).toFixed(1)} s; a terminal of this profile waits ${respTimeoutSeconds} s`,
    certainty: 'sure',
    whose: 'profile',
    changes: [{ setting: 'knobs.respTimeout.seconds', to: Math.ceil(afterMillis / 1000) * 2 }],
  }
}
