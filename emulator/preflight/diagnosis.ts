/**
 * What is wrong between a profile and an acquirer. `cause` is for machines and tests, `says` for people. `whose`: who has to change something;
 * where it is the acquirer there may be no change of ours.
 *
 * `sure`: the acquirer answered as soon as the change was made. `likely`: what came back says so. `possible`: one reading among others.
 */
export type Diagnosis = Readonly<{
  cause: string
  says: string
  certainty: 'sure' | 'likely' | 'possible'
  whose: 'profile' | 'acquirer' | 'network'
  /** Most likely first. */
  changes: readonly Change[]
}>

/** A setting of the profile by its path (`dialect.settings.length`), what to write there, and what to know about it. */
export type Change = Readonly<{ setting: string; to?: string | boolean | number; note?: string }>

/** `dialect.settings.length: ascii 4`, as it is written in a profile. */
export function written({ setting, to }: Change): string {
  return to === undefined ? setting : `${setting}: ${String(to)}`
}
