import type { Lane, Rung } from '../ladder.ts'
import type { Money } from '../money.ts'

/** The data that stands in the page, from which its script draws ladders. `cited`: by entry, the anchors that rest on it and their colours. */
export type PageData = Readonly<{
  fields: Readonly<Record<string, Readonly<{ path: string; is: string }>>>
  cited: Readonly<Record<string, readonly (readonly [anchor: string, slug: string])[]>>
  scenarios: Readonly<Record<string, PageScenario>>
}>

export type PageScenario = Readonly<{ lanes: readonly Lane[]; rungs: readonly Rung[]; money?: Money }>
