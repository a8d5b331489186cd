import type { At } from './state.ts'
import { table } from './transition.ts'
import { type Edge, events, walk } from './walk.ts'

const identifier = (at: At): string => at.replaceAll(/[^A-Za-z]/g, '_')

/** The table as a Mermaid state diagram; arrows of one pair of states share a line. Digits and clear, which stay where they are, are left out. */
export function diagram(edges: readonly Edge[] = walk()): string {
  const states = Object.keys(table) as At[]
  const moves = new Map<string, string[]>()
  for (const { from, on, to } of edges) {
    if (from === to || on === 'clear') continue
    const arrow = `${identifier(from)} --> ${identifier(to)}`
    moves.set(arrow, [...(moves.get(arrow) ?? []), on])
  }
  const names = states.map(at => `  state "${at}" as ${identifier(at)}`)
  const arrows = [...moves].map(([arrow, on]) => `  ${arrow} : ${on.join(', ')}`)
  return ['stateDiagram-v2', ...names, ...arrows].join('\n')
}

/** For each state the events that it does not know: pressed there, such a key does nothing. */
export function ignored(): ReadonlyMap<At, readonly string[]> {
  const types = [...new Set(events.map(event => event.type))]
  return new Map((Object.keys(table) as At[]).map(at => [at, types.filter(type => !(type in table[at]))]))
}

/** `docs/terminal-states.md`, which is generated. */
export function statesPage(): string {
  const rows = [...ignored()].map(
    ([at, types]) => `| ${at} | ${Object.keys(table[at]).join(', ') || 'nothing'} | ${types.join(', ') || 'nothing'} |`,
  )
  return [
    '# States of the terminal',
    '',
    'Generated from the table in `emulator/terminal/transition.ts`; do not edit. `node emulator/terminal/states-page.ts` writes it again.',
    '',
    '```mermaid',
    diagram(),
    '```',
    '',
    '| state | listens to | ignores |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
