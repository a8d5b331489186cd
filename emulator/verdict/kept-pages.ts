import type { Entry } from '../journal/entry.ts'
import type { KeptPage } from './result.ts'

/** The pages of a scenario that were kept because it failed. */
export const keptPages = (entries: readonly Entry[]): readonly KeptPage[] =>
  entries.flatMap(entry => {
    if (entry.is !== 'page kept') return []
    const { terminal, screenshot, trace } = entry
    return [{ terminal, screenshot, ...(trace === undefined ? {} : { trace }) }]
  })
