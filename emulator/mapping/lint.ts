import jsonata from 'jsonata'
import type { MappingProblem, Path } from './compile.ts'
import type { MappedOperation, WrittenMapping, WrittenOperation, WrittenRule } from './form.ts'
import { approving } from './outcome.ts'

/**
 * What must not stand in a mapping although every word of it is understood: an approval by status alone, rules that nothing reaches, no default,
 * references to what is not there.
 *
 * @source HTTP acquirers fact sheet, 8.2, 8.5 and 8.12
 */
export function lint(written: WrittenMapping): readonly MappingProblem[] {
  const { operations, settle } = written
  const found: MappingProblem[] = []
  const say = (path: Path, says: string, hint: string): void => void found.push({ path, says, hint })
  for (const name of ['sale', 'void'] as const)
    if (operations[name] === undefined)
      say(['operations'], `there is no ${name}`, `Describe \`${name}\`: nothing can be certified without it.`)
  for (const [name, operation] of Object.entries(operations) as [MappedOperation, WrittenOperation | undefined][]) {
    if (operation === undefined) continue
    for (const problem of ofOperation(name, operation, written)) found.push(problem)
  }
  if (settle.strategy === 'call' && operations.settle === undefined)
    say(
      ['settle', 'strategy'],
      'there is no operation `settle` to call',
      'Describe it under `operations`, or choose another strategy.',
    )
  if (settle.strategy === 'capture' && operations.complete === undefined)
    say(['settle', 'strategy'], 'there is no operation `complete` to capture with', 'Describe it under `operations`.')
  return found
}

function ofOperation(
  name: MappedOperation,
  operation: WrittenOperation,
  { operations, notifications }: WrittenMapping,
): readonly MappingProblem[] {
  const at: Path = ['operations', name]
  const found: MappingProblem[] = []
  const { calls, request, classify, followUp } = operation
  if (calls !== undefined && (request !== undefined || classify !== undefined))
    found.push({
      path: at,
      says: `${name} has both one call and several`,
      hint: 'With `calls`, request and rules stand in each of them, not beside them.',
    })
  if (typeof classify === 'string' && operations[classify] === undefined)
    found.push({
      path: [...at, 'classify'],
      says: `there is no operation ${classify} whose rules could hold`,
      hint: 'Name an operation of this file, or list the rules.',
    })
  if (Array.isArray(classify)) found.push(...ofRules(name, classify, [...at, 'classify'], 'last'))
  for (const [no, call] of (calls ?? []).entries())
    found.push(
      ...ofRules(name, call.classify, [...at, 'calls', no, 'classify'], no === (calls ?? []).length - 1 ? 'last' : 'between'),
    )
  if (followUp?.classify !== undefined) found.push(...ofRules(name, followUp.classify, [...at, 'followUp', 'classify'], 'last'))
  if (followUp?.by.includes('status') && operations.status === undefined)
    found.push({
      path: [...at, 'followUp', 'by'],
      says: 'there is no operation `status` to follow up by',
      hint: 'Describe it under `operations`, or follow up by notification.',
    })
  if (followUp?.by.includes('notification') && notifications === undefined)
    found.push({
      path: [...at, 'followUp', 'by'],
      says: 'there are no `notifications` to follow up by',
      hint: 'Describe them, or follow up by status.',
    })
  const lists = [...(Array.isArray(classify) ? [classify] : []), ...(calls ?? []).map(call => call.classify)]
  if (
    name !== 'status' &&
    followUp === undefined &&
    lists.flat().some(rule => rule.final === false || (rule.then === 'IN-PROGRESS' && rule.final !== true))
  )
    found.push({
      path: at,
      says: `a rule of ${name} is not final, and nothing follows it up`,
      hint: 'Add `followUp`, or say `final: true` where the terminal has to wait or ask itself.',
    })
  return found
}

function ofRules(
  name: MappedOperation,
  rules: readonly WrittenRule[],
  path: Path,
  call: 'last' | 'between',
): readonly MappingProblem[] {
  const found: MappingProblem[] = []
  const seen = new Set<string>()
  for (const [no, rule] of rules.entries()) {
    const here = [...path, no]
    if (seen.has(rule.id))
      found.push({
        path: [...here, 'id'],
        says: `two rules are named ${rule.id}`,
        hint: 'The evidence names the rule: give each its own id.',
      })
    seen.add(rule.id)
    const condition = rule.when?.replaceAll(/\s+/g, ' ')
    const earlier = rules.slice(0, no).find(one => one.when === undefined || one.when.replaceAll(/\s+/g, ' ') === condition)
    if (earlier !== undefined)
      found.push({
        path: [...here, 'id'],
        says: `rule ${rule.id} is never reached: ${earlier.id} ${earlier.when === undefined ? 'always holds' : 'has the same condition'}`,
        hint: 'Put it earlier, or take it out.',
      })
    if (rule.then === 'NEXT' && call === 'last')
      found.push({
        path: [...here, 'then'],
        says: `rule ${rule.id} goes on to a call that is not there`,
        hint: 'Say what the answer means.',
      })
    if ((name === 'sale' || name === 'void') && approving.has(rule.then) && !looksInto(rule.when))
      found.push({
        path: [...here, rule.when === undefined ? 'then' : 'when'],
        says: `rule ${rule.id} takes a ${name} for approved by its status alone`,
        hint: 'Look into the body or the headers too: a 2xx may carry a refusal (HTTP-001).',
      })
  }
  if (rules.at(-1)?.when !== undefined)
    found.push({
      path,
      says: 'the rules have no default',
      hint: 'End them with a rule without `when`, such as { id: default, then: UNKNOWN }.',
    })
  return found
}

/** Whether a condition looks at more of the answer than its status. */
function looksInto(condition: string | undefined): boolean {
  if (condition === undefined) return false
  try {
    return [...namesIn(jsonata(condition).ast())].some(name => name === 'body' || name === 'headers')
  } catch {
    return true // What does not parse has its own problem.
  }
}

function* namesIn(node: unknown): Generator<string> {
  if (typeof node !== 'object' || node === null) return
  if (Reflect.get(node, 'type') === 'name') yield String(Reflect.get(node, 'value'))
  for (const child of Array.isArray(node) ? node : Object.values(node)) yield* namesIn(child)
}
