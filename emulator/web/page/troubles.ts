import type { CounterFacts, CounterView } from '../../bench/counter-view.ts'
import type { Asked } from '../protocol.ts'
import { onLanguage, says } from './chosen-language.ts'
import { el } from './dom.ts'

/** The ones that everybody asks for first. */
const common: readonly string[] = ['loses the reply', 'cuts after sending', 'power fails before the answer is read']

export type Troubles = Readonly<{ show: (view: CounterView) => void }>

type Row = Readonly<{ button: HTMLButtonElement; isOn: (view: CounterView) => boolean }>

/** Plug, cable and every fault of our own line, as switches that show what is armed. */
export function troubles(place: HTMLElement, { faults }: CounterFacts, ask: (asked: Asked) => void): Troubles {
  const plug = switchRow(
    'plug',
    () => [says().plug, says().plugSays],
    view => view.plug,
    isIn => ask({ do: 'plug', isIn }),
  )
  const cable = switchRow(
    'cable',
    () => [says().cable, says().cableSays],
    view => view.cable,
    isIn => ask({ do: 'cable', isIn }),
  )
  const rows = new Map(
    faults.map(({ id, says: told }) => [
      id,
      switchRow(
        id,
        () => says().faults[id] ?? [id, told],
        view => view.armed.includes(id),
        isOn => ask({ do: isOn ? 'arm' : 'disarm', fault: id }),
      ),
    ]),
  )
  const first = common.flatMap(id => rows.get(id) ?? [])
  const others = [...rows].filter(([id]) => !common.includes(id)).map(([, row]) => row)
  place.replaceChildren(
    el('div', { class: 'switches' }, ...[...first, cable, plug].map(({ button }) => button)),
    el(
      'details',
      {},
      el('summary', { 'data-word': 'moreTroubles' }),
      el('div', { class: 'switches' }, ...others.map(({ button }) => button)),
    ),
  )
  return {
    show: view => {
      for (const { button, isOn } of [plug, cable, ...rows.values()]) button.setAttribute('aria-checked', String(isOn(view)))
    },
  }
}

function switchRow(
  id: string,
  words: () => readonly [name: string, says: string],
  isOn: Row['isOn'],
  turned: (isOn: boolean) => void,
): Row {
  const name = el('span', { class: 'name' })
  const text = el('small', {})
  const button = el(
    'button',
    {
      type: 'button',
      role: 'switch',
      class: 'switch',
      'aria-checked': 'false',
      'data-trouble': id,
      on: { click: () => turned(button.getAttribute('aria-checked') !== 'true') },
    },
    el('span', { class: 'lever', 'aria-hidden': true }),
    el('span', { class: 'says' }, name, text),
  )
  const label = (): void => {
    const [named, told] = words()
    name.textContent = named
    text.textContent = told
  }
  label()
  onLanguage(label)
  return { button, isOn }
}
