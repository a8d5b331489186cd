import type { CounterFacts } from '../../bench/counter-view.ts'
import { onLanguage, says, spoken } from './chosen-language.ts'
import { el, svg } from './dom.ts'
import { type Arrow, layout, type Spot } from './state-layout.ts'
import { stateWords } from './words-states.ts'

export type StateMap = Readonly<{ show: (at: string) => void }>

/** Of the drawing, in its own units: a state's box, and the steps from one to the next. */
const box = { width: 100, height: 30 }
const step = { across: 124, down: 38 }
const margin = 6

/** The transition table drawn, with the state lit that the terminal is in, and the ways out of it in words. */
export function stateMap(place: HTMLElement, { states, arrows }: Pick<CounterFacts, 'states' | 'arrows'>): StateMap {
  const { spots, columns, rows } = layout(states, arrows)
  const lines = new Map([...pairs(arrows)].map(([key, { from, to }]) => [key, line(spots.get(from), spots.get(to))]))
  // Nearly every state leads to these: such arrows show only when they matter.
  for (const [key, drawn] of lines) drawn.classList.toggle('hub', /→(told|idle)$|^(told|off)→/.test(key))
  const boxes = new Map([...spots.values()].map(spot => [spot.state, stateBox(spot)]))
  const width = margin * 2 + (columns - 1) * step.across + box.width
  const height = margin * 2 + (rows - 1) * step.down + box.height
  const picture = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': true }, ...lines.values(), ...boxes.values())
  const caption = el('figcaption', {})
  place.replaceChildren(
    el(
      'figure',
      { class: 'state-map' },
      el('div', { class: 'scroll-x', role: 'region', 'aria-labelledby': 'states-name', tabindex: 0 }, picture),
      caption,
    ),
  )
  let present = 'idle'

  const show = (at: string): void => {
    boxes.get(present)?.classList.remove('present')
    for (const lit of lines.values()) lit.classList.remove('way')
    const came = at === present ? undefined : `${present}→${at}`
    for (const [key, drawn] of lines) {
      drawn.classList.toggle('way', key.startsWith(`${at}→`))
      if (came !== undefined) drawn.classList.toggle('came', key === came)
    }
    present = at
    boxes.get(at)?.classList.add('present')
    caption.replaceChildren(...inWords(at, arrows))
  }
  onLanguage(() => {
    for (const [state, drawn] of boxes) {
      const spot = spots.get(state)
      if (spot !== undefined) drawn.querySelector('text')?.replaceWith(stateText(spot))
    }
    show(present)
  })
  return { show }
}

export const stateName = (state: string): string => (spoken() === 'zh' ? (stateWords[state]?.zh ?? state) : state)

function inWords(at: string, arrows: readonly Arrow[]): readonly (Node | string)[] {
  const words = says()
  const ways = [...pairs(arrows).values()].filter(({ from }) => from === at)
  const items = ways.map(({ on, to }) =>
    el(
      'li',
      {},
      el(
        'span',
        { class: 'events' },
        on.map(name => words.functions[name] ?? words.keys[name] ?? words.events[name] ?? name).join(', '),
      ),
      ` → ${stateName(to)}`,
    ),
  )
  return [el('p', {}, `${words.nowAt}: `, el('b', {}, stateName(at))), ...(items.length === 0 ? [] : [el('ul', {}, ...items)])]
}

/** The arrows between each two states, together. */
function pairs(arrows: readonly Arrow[]): ReadonlyMap<string, Readonly<{ from: string; to: string; on: readonly string[] }>> {
  const found = new Map<string, { from: string; to: string; on: string[] }>()
  for (const { from, on, to } of arrows) {
    if (from === to) continue
    const pair = found.get(`${from}→${to}`) ?? { from, to, on: [] }
    pair.on.push(on)
    found.set(`${from}→${to}`, pair)
  }
  return found
}

const corner = ({ column, row }: Spot): readonly [x: number, y: number] => [
  margin + column * step.across,
  margin + row * step.down,
]

function stateBox(spot: Spot): SVGGElement {
  const [x, y] = corner(spot)
  const frame = svg('rect', { x, y, width: box.width, height: box.height, rx: 5 })
  return svg('g', { class: 'state', 'data-state': spot.state }, frame, stateText(spot))
}

/** The name in the middle of its box; a long one in two lines. */
function stateText(spot: Spot): SVGTextElement {
  const [x, y] = corner(spot)
  const name = stateName(spot.state)
  const lines = name.length > longestLine ? halves(name) : [name]
  const first = y + box.height / 2 + 4 - (lines.length - 1) * 6
  return svg('text', {}, ...lines.map((text, no) => svg('tspan', { x: x + box.width / 2, y: first + no * 12 }, text)))
}

const longestLine = 14

/** At the space that is nearest to the middle. */
function halves(name: string): readonly string[] {
  const spaces = [...name.matchAll(/ /g)].map(({ index }) => index)
  const middle = spaces.toSorted((one, other) => Math.abs(one - name.length / 2) - Math.abs(other - name.length / 2))[0]
  return middle === undefined ? [name] : [name.slice(0, middle), name.slice(middle + 1)]
}

/** Forward from side to side; back, or within a column, in a bow. */
function line(from: Spot | undefined, to: Spot | undefined): SVGPathElement {
  if (from === undefined || to === undefined) return svg('path')
  const [[fx, fy], [tx, ty]] = [corner(from), corner(to)]
  const [y, z] = [fy + box.height / 2, ty + box.height / 2]
  if (to.column > from.column) {
    const [start, end] = [fx + box.width, tx]
    const bend = (end - start) / 2
    return svg('path', { d: `M${start} ${y} C${start + bend} ${y} ${end - bend} ${z} ${end} ${z}` })
  }
  if (to.column === from.column) {
    const out = fx + box.width + 22
    return svg('path', { d: `M${fx + box.width} ${y} C${out} ${y} ${out} ${z} ${fx + box.width} ${z}` })
  }
  const bend = (fx - tx - box.width) / 2
  return svg('path', { d: `M${fx} ${y} C${fx - bend} ${y} ${tx + box.width + bend} ${z} ${tx + box.width} ${z}` })
}
