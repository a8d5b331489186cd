import type { Entry } from '../journal/entry.ts'

/** The journals of scenarios that ran in this thread, by the names of their pieces, for a run that writes no files. */
const kept = new Map<string, readonly Entry[]>()

export function keepJournal(piece: string, entries: readonly Entry[]): void {
  kept.set(piece, entries)
}

/** What has been kept since the last call. */
export function takeJournals(): ReadonlyMap<string, readonly Entry[]> {
  const taken = new Map(kept)
  kept.clear()
  return taken
}
