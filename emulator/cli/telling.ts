import { summaryText } from '../report/summary.ts'
import type { Result } from '../verdict/result.ts'
import { colourful } from './colour.ts'
import { print, printJson } from './output.ts'

/** `lies`: where the report was written. `begun`: the command that began the run. */
type Telling = Readonly<{ json?: true; color?: boolean; lies: string; begun: string }>

/** Prints what a person wants to see, or the JSON that a program wants. */
export function tell(result: Result, { json, color, lies, begun }: Telling): void {
  if (json) printJson(result)
  else print(summaryText(result, { ...windowOf(color), lies, begun }))
}

/** The window that results are printed in: whether it has colours, and its columns. */
export function windowOf(color: boolean | undefined): Readonly<{ colour: boolean; width: number }> {
  return { colour: colourful(process.stdout, process.env, color), width: process.stdout.columns ?? 100 }
}
