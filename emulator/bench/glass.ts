import type { Entry } from '../journal/entry.ts'
import type { Hands } from './hands.ts'
import type { Till } from './till.ts'

/** What the page before a till showed at the end of a scenario that failed: files of the run's folder, by their paths in it. */
export type Kept = Readonly<{ terminal: string; screenshot: string; trace?: string }>

/** Pages before the tills of one worker, through which their keys are pressed. A scenario begins with its first till. */
export interface Glass {
  /** The hands that press a till's keys through its page. */
  before(till: Till): Hands
  /** Told of each entry of a scenario as it is written: the page shows what is about its till. */
  wrote(entry: Entry): void
  /** The scenario is over; where it failed, what its pages show is kept under that name. */
  over(name: string, failed: boolean): Promise<readonly Kept[]>
  close(): Promise<void>
}
