import type { When } from '@cucumber/cucumber'
import type { Bench } from '../emulator/bench/bench.ts'
import { words } from './vocabulary.ts'

const sentences: RegExp[] = []

/** Defines sentences for which the page of a terminal has no keys: they send what a good till never would, or calls of their own. */
export const beyondPages =
  (define: typeof When) =>
  <Words extends unknown[]>(sentence: string, code: (this: Bench, ...words: Words) => unknown): void => {
    sentences.push(patternOf(sentence))
    define(sentence, code)
  }

/** Whether a scenario with these steps can be done at a page: known before its first step, so that nothing is done in vain. */
export function isBeyondPages(steps: readonly Readonly<{ text: string }>[]): boolean {
  return steps.some(({ text }) => sentences.some(sentence => sentence.test(text)))
}

/** A cucumber expression, as far as it takes to know its sentence again: words and either/or. */
function patternOf(sentence: string): RegExp {
  const patterns = sentence.split(' ').map(word =>
    word
      .split(/(\{\w+\})/)
      .map(part => partOf(part))
      .join(''),
  )
  return new RegExp(`^${patterns.map(pattern => `(?:${pattern})`).join(' ')}$`)
}

function partOf(part: string): string {
  const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
  if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('/', '|')
  const known: Readonly<Record<string, RegExp>> = words
  return `(?:${known[name]?.source ?? '.+'})`
}
