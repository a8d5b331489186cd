import { globSync } from 'node:fs'
import { join } from 'node:path'
import { where } from '../where.ts'

/** The folder that paths of features are written relative to. */
export const projectRoot = where.root

/** What a result says it was judged by. */
export const suiteName = `tillproof ${where.version}`

/** All features, absolute, in the order of their names. */
export function featureFiles(): string[] {
  return filesIn(where.features, '**/*.feature')
}

/** All modules of step definitions, absolute. */
export function stepFiles(): string[] {
  return filesIn(where.steps, `**/*${where.extension}`).filter(file => !/\.(test|d)\.[tj]s$/.test(file))
}

function filesIn(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .map(file => join(folder, file))
    .sort()
}
