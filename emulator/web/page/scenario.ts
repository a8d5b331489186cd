import type { CounterView } from '../../bench/counter-view.ts'
import { says } from './chosen-language.ts'
import { el } from './dom.ts'

/** What was done so far, in the words of the features, to be kept as a file; or why they have none for it. */
export function drawScenario(place: HTMLElement, { scenario }: CounterView): void {
  const words = says()
  if ('because' in scenario) {
    place.replaceChildren(el('p', { class: 'soft' }, words.scenarioHow), el('p', {}, scenario.because))
    return
  }
  const save = el('a', { class: 'save', href: '/scenario.feature', download: 'done-by-hand.feature' }, words.saveScenario)
  place.replaceChildren(
    el('p', { class: 'soft' }, words.scenarioHow),
    el('pre', { class: 'gherkin', tabindex: 0, role: 'region', 'aria-labelledby': 'scenario-name' }, ...lines(scenario.feature)),
    save,
    el(
      'p',
      { class: 'soft then' },
      words.scenarioThen,
      ' ',
      el('code', {}, 'tillproof certify --only-file done-by-hand.feature'),
    ),
  )
}

/** Keywords stand out, as in an editor. */
function lines(feature: string): readonly (Node | string)[] {
  return feature.split('\n').flatMap(line => {
    const found = /^(\s*)(Feature:|Rule:|Example:|Given|When|Then|And|@.*)(.*)$/.exec(line)
    const [, indent = '', keyword = '', rest = ''] = found ?? []
    return found === null ? [line, '\n'] : [indent, el('b', {}, keyword), rest, '\n']
  })
}
