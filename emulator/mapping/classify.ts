import { EmulatorError } from '../values/errors.ts'
import type { Expression, Names } from './expression.ts'
import type { Rule } from './mapping.ts'

/**
 * The first rule whose condition holds.
 *
 * @throws EmulatorError `MAPPING_FAILED`: a condition fails, or gives neither true nor false
 */
export async function classified(rules: readonly Rule[], names: Names): Promise<Rule> {
  for (const rule of rules) if (rule.when === undefined || (await holds(rule.when, names))) return rule
  return byDefault
}

/** A condition whose paths find nothing does not hold. */
export async function holds(condition: Expression, names: Names): Promise<boolean> {
  const value = await condition.evaluate(names)
  if (value === undefined || value === false) return false
  if (value === true) return true
  const because = 'a condition gives true or false, and this one gave something else'
  throw new EmulatorError('MAPPING_FAILED', { place: condition.place, expression: condition.text, because })
}

const byDefault: Rule = { id: 'no rule', means: 'UNKNOWN', also: [], final: true, unmapped: true }
