import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { AstBuilder, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin'
import { UsageError } from './complaint.ts'

/** One rule of a feature, which tests the rows that it is tagged with. */
export type CoveringRule = Readonly<{
  name: string
  /** `features/03-void/correct-void.feature:14`, from the given root. */
  at: string
  ids: readonly string[]
  /** Examples and scenarios in it, the rows of an outline not counted. */
  scenarios: number
}>

const requirementTag = /^@([A-Z]+-\d{3})$/

/**
 * The rules of these feature files, in order.
 *
 * @param root  What paths are written relative to.
 * @throws UsageError for a file that is no Gherkin
 */
export async function rulesOf(files: readonly string[], root: string): Promise<readonly CoveringRule[]> {
  const read = await Promise.all(files.map(async file => rulesIn(relative(root, file), await readFile(file, 'utf8'))))
  return read.flat()
}

/** The rules of one feature's text. */
export function rulesIn(uri: string, text: string): readonly CoveringRule[] {
  const { feature } = parsed(uri, text)
  return (feature?.children ?? []).flatMap(({ rule }) => {
    if (rule === undefined) return []
    const scenarios = rule.children.filter(child => child.scenario !== undefined).length
    return [{ name: rule.name, at: `${uri}:${rule.location.line}`, ids: idsOf(rule.tags), scenarios }]
  })
}

/**
 * What a feature may not hold, each with its place: a scenario outside a rule, which no requirement could own; an id anywhere but on a rule; more than
 * three ids on one.
 */
export function straysIn(uri: string, text: string): readonly string[] {
  const { feature } = parsed(uri, text)
  const above = idsOf(feature?.tags).map(id => `${uri}:${feature?.location.line}: ${id} stands above the feature`)
  const inside = (feature?.children ?? []).flatMap(({ rule, scenario }) => {
    if (scenario !== undefined) return [`${uri}:${scenario.location.line}: "${scenario.name}" stands outside a rule`]
    const crowded = idsOf(rule?.tags).length > 3 ? [`${uri}:${rule?.location.line}: more than three ids on one rule`] : []
    const below = (rule?.children ?? []).flatMap(child =>
      idsOf(child.scenario?.tags).map(id => `${uri}:${child.scenario?.location.line}: ${id} stands on a scenario`),
    )
    return [...crowded, ...below]
  })
  return [...above, ...inside]
}

/** The same, of a file; places are told by the name that the reader gave it. */
export async function straysOf(file: string, name: string): Promise<readonly string[]> {
  return straysIn(name, await readFile(file, 'utf8'))
}

function idsOf(tags: readonly Readonly<{ name: string }>[] = []): readonly string[] {
  return tags.flatMap(({ name }) => requirementTag.exec(name)?.[1] ?? [])
}

function parsed(uri: string, text: string) {
  try {
    return new Parser(new AstBuilder(ordinals()), new GherkinClassicTokenMatcher()).parse(text)
  } catch (cause) {
    const says = cause instanceof Error ? (cause.message.split('\n').at(-1) ?? cause.message) : String(cause)
    throw new UsageError(`${uri} is not a feature: ${says}`, 'Correct the Gherkin at that place.', { cause })
  }
}

/** Ids for the nodes of a document; nobody looks at them. */
function ordinals(): () => string {
  let last = 0
  return () => {
    last += 1
    return String(last)
  }
}
