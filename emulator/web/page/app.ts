import type { CounterFacts, CounterView } from '../../bench/counter-view.ts'
import type { Entry } from '../../journal/entry.ts'
import type { Told } from '../protocol.ts'
import { choose, onLanguage, relabel, says, spoken } from './chosen-language.ts'
import { type Device, device, type Reader } from './device.ts'
import { byId, el } from './dom.ts'
import { connect, type LinkState } from './live.ts'
import { messagesOnPage } from './messages.ts'
import { drawBatch, drawMoney } from './money.ts'
import { paper } from './paper.ts'
import { drawScenario } from './scenario.ts'
import { type StateMap, stateMap } from './state-map.ts'
import { type Troubles, troubles } from './troubles.ts'
import { type Wallet, wallet } from './wallet.ts'
import { stateWords } from './words-states.ts'

// The page is glass: it shows what it is told and asks for what is pressed. What follows from that is the terminal's own business.

type Shown = Readonly<{ facts: CounterFacts; device: Device; wallet: Wallet; troubles: Troubles; states: StateMap }>

const ladder = messagesOnPage()
const roll = paper(byId('paper'))
let shown: Shown | undefined
let view: CounterView | undefined
/** The card in the hand, by its place in the wallet. */
let held: number | undefined
let link: LinkState = 'connecting'
/** What each part of the page was drawn from: most keys change the display and nothing else. */
const drawnFrom = new Map<string, string>()

const live = connect(hear, state => {
  link = state
  drawLink()
})

function hear(told: Told): void {
  switch (told.is) {
    case 'hello':
      greet(told)
      return
    case 'entry':
      take(told.entry)
      return
    case 'view':
      draw(told.view)
      return
    case 'PIN':
      shown?.wallet.tellPin(told.card, told.pin)
      return
    case 'trouble':
      note(told.says)
      return
  }
}

/** Everything so far. A page that was away begins anew; what stands in hands and on the screen stays where it is. */
function greet({ facts, fields, entries, view: now }: Extract<Told, { is: 'hello' }>): void {
  ladder.clear(fields)
  roll.clear()
  shown ??= furnish(facts)
  relabel()
  for (const entry of entries) take(entry)
  draw(now)
}

function furnish(facts: CounterFacts): Shown {
  byId('acquirer').replaceChildren(
    el('b', {}, facts.terminal.merchantName),
    ` · ${facts.terminal.terminalId} · ${facts.profile} · ${facts.acquirer}`,
  )
  const made: Shown = {
    facts,
    device: device(byId('device'), facts.functions, { press, reader: use }),
    wallet: wallet(byId('wallet'), facts.cards, {
      picked: pickUp,
      dropped: (no, on) => {
        held = no
        use(readerOf(on))
      },
      wantsPin: card => live.ask({ do: 'tell PIN', card }),
    }),
    troubles: troubles(byId('troubles'), facts, live.ask),
    states: stateMap(byId('states'), facts),
  }
  drawStaff(facts)
  onLanguage(() => drawStaff(facts))
  made.device.focus()
  return made
}

/** What the terminal itself shows and prints at once; the rest of the view follows. */
function take(entry: Entry): void {
  if (entry.is === 'display') shown?.device.shows(entry.lines, entry.lines.length > 0)
  if (entry.is === 'slip') roll.print(entry.slip)
  ladder.add(entry)
}

function draw(now: CounterView): void {
  view = now
  const { at, lines, plug, cable, armed, scenario, money, ...batch } = now
  shown?.device.shows(lines, plug)
  drawNew('troubles', [plug, cable, armed], () => shown?.troubles.show(now))
  drawNew('states', at, () => shown?.states.show(at))
  drawNew('batch', batch, () => drawBatch(byId('batch'), now))
  drawNew('money', money, () => drawMoney(byId('money'), now))
  drawNew('scenario', scenario, () => drawScenario(byId('scenario'), now))
  byId('hint').textContent = stateWords[at]?.now[spoken()] ?? ''
  document.body.dataset.at = at
}

function drawNew(part: string, from: unknown, draws: () => void): void {
  const text = JSON.stringify(from)
  if (drawnFrom.get(part) === text) return
  drawnFrom.set(part, text)
  draws()
}

function press(key: string): void {
  note('')
  live.ask({ do: 'press', key })
}

function pickUp(no: number, byKeyboard: boolean): void {
  hold(held === no ? undefined : no)
  if (held === undefined) return
  note(says().inHand(holderOf(no)))
  if (byKeyboard) document.querySelector<HTMLElement>('[data-reader="stripe"]')?.focus()
}

function hold(no: number | undefined): void {
  held = no
  shown?.wallet.inHand(no)
  document.body.classList.toggle('card-in-hand', no !== undefined)
}

/** Holds the card in the hand to a reader. Only the stripe can be read so far. */
function use(reader: Reader): void {
  if (reader !== 'stripe' || held === undefined) {
    note(reader === 'chip' ? says().noChip : reader === 'contactless' ? says().noContactless : says().noCard)
    return
  }
  live.ask({ do: 'swipe', card: held })
  note(says().swiped(holderOf(held)))
  hold(undefined)
  shown?.device.focus()
}

const readerOf = (element: Element): Reader => {
  const { reader } = (element as HTMLElement).dataset
  return reader === 'chip' || reader === 'contactless' ? reader : 'stripe'
}

const holderOf = (no: number): string => shown?.facts.cards[no]?.holder ?? ''

function note(text: string): void {
  byId('note').textContent = text
}

function drawLink(): void {
  const place = byId('link')
  place.className = link
  place.textContent = says()[link]
  document.body.classList.toggle('not-live', link !== 'live')
}

function drawStaff({ staff }: CounterFacts): void {
  const words = says()
  const pair = (name: string, value: string): Node[] => [el('dt', {}, name), el('dd', {}, value)]
  byId('staff').replaceChildren(
    ...pair(words.operator, `${staff.operator}, ${words.password} ${staff.password}`),
    ...pair(words.supervisor, staff.supervisorPassword),
  )
}

const language = byId('language')
language.addEventListener('click', () => choose(spoken() === 'en' ? 'zh' : 'en'))
const nameLanguage = (): void => {
  language.textContent = spoken() === 'en' ? '中文' : 'English'
  language.lang = spoken() === 'en' ? 'zh' : 'en'
}
onLanguage(() => {
  nameLanguage()
  drawLink()
  drawnFrom.clear()
  if (view !== undefined) draw(view)
})
nameLanguage()
relabel()
