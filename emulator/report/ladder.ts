import type { Entry, OfficeDeed, Received, Sent, Slip } from '../journal/entry.ts'
import { isVerdictWord } from './look.ts'

/** What happened at a till between two messages: what was pressed, shown and printed, in order. */
export type TillItem = Readonly<{ id: string }> &
  (
    | Readonly<{ item: 'key'; key: string }>
    | Readonly<{ item: 'display'; lines: readonly string[] }>
    | Readonly<{ item: 'slip'; slip: Pick<Slip, 'kind' | 'copy' | 'duplicate' | 'lines'> }>
  )

/** One rung. `lane` is the index of the terminal's lifeline; `at` is microseconds since the scenario began. */
export type Rung = Readonly<{ id: string; at: number }> &
  (
    | Readonly<{ rung: 'step'; says: string }>
    | Readonly<{ rung: 'operation'; lane: number; number: number; name: string; role: string; says: string }>
    | Readonly<{ rung: 'till'; lane: number; items: readonly TillItem[] }>
    | (Readonly<{ rung: 'message'; lane: number; sent: boolean }> & Frame)
    | Readonly<{ rung: 'call'; lane: number; name: string; says: string; asked: CallHalf; answer?: CallHalf }>
    | Readonly<{ rung: 'line'; lane: number; event: string; ours: boolean; says: string }>
    | (Readonly<{ rung: 'office'; lane: number }> & Pick<OfficeDeed, 'by' | 'act' | 'role' | 'saw' | 'says' | 'reason'>)
    | Readonly<{ rung: 'note'; about: string; ours: boolean; says: string }>
    | Readonly<{ rung: 'claim'; says: string }>
    | Readonly<{ rung: 'verdict'; requirement: string; verdict: string; says: string }>
  )

/** A message as the page draws it; `fields` in the order of the wire, by name; spans as path, offset, length in bytes. */
export type Frame = Readonly<{
  exchange: number
  mti: string
  name: string
  standing?: string
  mac?: string
  problem?: string
  fields: readonly (readonly [name: string, value: string])[]
  hex: string
  spans: readonly (readonly [path: string, offset: number, length: number])[]
  remarks: readonly (readonly [path: string, says: string])[]
}>

/** One side of an HTTP call, as it may be shown: its first line, its headers, its body. */
export type CallHalf = Readonly<{ start: string; headers: readonly (readonly [name: string, value: string])[]; body?: string }>

/** The lifeline of a terminal: its role in the scenario, its number and its merchant; or of a merchant's back office, which has no number. */
export type Lane = Readonly<{ name: string; terminalId: string; merchantId: string }>

/**
 * The lifelines and rungs of one scenario, from its entries. Terminals stand in order of appearance.
 *
 * Digits keyed one after the other share a key, and the displays between them are left out: nobody reads an amount grow. What is cited stays.
 */
export function ladderOf(
  entries: readonly Entry[],
  cited: ReadonlySet<string> = new Set(),
): Readonly<{ lanes: readonly Lane[]; rungs: readonly Rung[] }> {
  const lanes: Lane[] = []
  const laneOf = (name: string, merchantId?: string): number => {
    const at = lanes.findIndex(lane => lane.name === name && (merchantId === undefined || lane.merchantId === merchantId))
    return at >= 0 ? at : lanes.push({ name, terminalId: '', merchantId: merchantId ?? '' }) - 1
  }
  const begin = entries[0]?.atMicros ?? 0
  const rungs: Rung[] = []
  for (const entry of entries) {
    const at = { id: entry.id, at: entry.atMicros - begin }
    if (entry.is === 'operation began') {
      const { terminal: name, terminalId, merchantId } = entry
      lanes[laneOf(name)] = { name, terminalId, merchantId }
    }
    if (entry.is === 'key' || entry.is === 'display' || entry.is === 'slip') {
      atTheTill(rungs, at, laneOf(entry.terminal), tillItem(entry), cited)
      continue
    }
    const rung = rungOf(entry, at, laneOf)
    if (rung) rungs.push(rung)
  }
  return { lanes, rungs }
}

/** Of two merchants' offices each has its lifeline, told apart by what stands below the name. */
const office = 'the back office'

type At = Readonly<{ id: string; at: number }>

/** Keys, displays and slips that follow each other at one till share a rung. */
function atTheTill(rungs: Rung[], at: At, lane: number, item: TillItem, cited: ReadonlySet<string>): void {
  const last = rungs.at(-1)
  if (last?.rung === 'till' && last.lane === lane) rungs[rungs.length - 1] = { ...last, items: withItem(last.items, item, cited) }
  else rungs.push({ ...at, rung: 'till', lane, items: [item] })
}

/** Digits, or the dots of a hidden entry. */
const keyedText = /^[\d•]+$/

function withItem(items: readonly TillItem[], item: TillItem, cited: ReadonlySet<string>): readonly TillItem[] {
  if (item.item !== 'key' || !keyedText.test(item.key) || cited.has(item.id)) return [...items, item]
  const [key, display] = items.slice(-2)
  const typing = (one: TillItem | undefined): one is Extract<TillItem, { item: 'key' }> =>
    one?.item === 'key' && keyedText.test(one.key)
  if (typing(display)) return [...items.slice(0, -1), { ...display, key: display.key + item.key }]
  if (typing(key) && display?.item === 'display' && !cited.has(display.id))
    return [...items.slice(0, -2), { ...key, key: key.key + item.key }]
  return [...items, item]
}

function tillItem(entry: Extract<Entry, { is: 'key' | 'display' | 'slip' }>): TillItem {
  if (entry.is === 'key') return { id: entry.id, item: 'key', key: entry.key }
  if (entry.is === 'display') return { id: entry.id, item: 'display', lines: entry.lines }
  const { kind, copy, duplicate, lines } = entry.slip
  return { id: entry.id, item: 'slip', slip: { kind, copy, duplicate, lines } }
}

type RungEntry = Exclude<Entry, { is: 'key' | 'display' | 'slip' }>

function rungOf(entry: RungEntry, at: At, laneOf: (name: string, merchantId?: string) => number): Rung | undefined {
  const note = (about: string, says: string, ours = false): Rung => ({ ...at, rung: 'note', about, ours, says })
  switch (entry.is) {
    case 'run began':
    case 'scenario began':
      return undefined
    case 'step':
      return { ...at, rung: 'step', says: entry.text }
    case 'operation began': {
      const { operation: number, name, role } = entry
      const says = [entry.of === undefined ? '' : `of operation ${entry.of}`, entry.special ?? ''].filter(Boolean).join(', ')
      return { ...at, rung: 'operation', lane: laneOf(entry.terminal), number, name, role, says }
    }
    case 'sent':
      return { ...at, rung: 'message', lane: laneOf(entry.terminal), sent: true, ...frameOf(entry) }
    case 'received':
      return { ...at, rung: 'message', lane: laneOf(entry.terminal), sent: false, ...frameOf(entry), ...receivedAs(entry) }
    case 'line':
      return {
        ...at,
        rung: 'line',
        lane: laneOf(entry.terminal),
        event: entry.event,
        ours: entry.ours,
        says: entry.fault && !entry.says.includes(entry.fault) ? `${entry.fault}: ${entry.says}` : entry.says,
      }
    case 'call': {
      const { call, method, path, headers, body, answer, says } = entry
      const asked = halfOf(`${method} ${path}`, headers, body)
      const answered = answer === undefined ? {} : { answer: halfOf(`HTTP ${answer.status}`, answer.headers, answer.body) }
      return { ...at, rung: 'call', lane: laneOf(entry.terminal), name: call, says, asked, ...answered }
    }
    case 'outcome':
      return note(entry.resultCode ? `${entry.outcome}, ${entry.resultCode}` : entry.outcome, entry.says)
    case 'terminal':
      return note(`terminal: ${entry.event}`, entry.says)
    case 'view':
      return note(entry.view === 'ledger' ? 'ledger seen' : `balance of ${entry.card} seen`, entry.moment)
    case 'control':
      return note('control port', entry.says, true)
    case 'office': {
      const { by, act, role, saw, says, reason } = entry
      const lane = laneOf(office, entry.merchantId)
      return { ...at, rung: 'office', lane, by, act, role, saw, says, ...(reason === undefined ? {} : { reason }) }
    }
    // It stands at the head of its scenario.
    case 'page kept':
      return undefined
    case 'host note':
      return note('our reference host notes', entry.says, true)
    case 'claim': {
      const facts = Object.entries(entry.with).map(([fact, value]) => `${fact} ${value}`)
      return { ...at, rung: 'claim', says: [entry.check, ...facts].join(' · ') }
    }
    case 'verdict': {
      const { is, says } = judged(entry.verdict)
      return { ...at, rung: 'verdict', requirement: entry.requirement, verdict: is, says }
    }
    case 'scenario ended':
      return note(`scenario ${entry.status}`, entry.says ?? '')
    default:
      return entry satisfies never
  }
}

function halfOf(start: string, headers: Readonly<Record<string, string>>, body: string | undefined): CallHalf {
  return { start, headers: Object.entries(headers), ...(body === undefined ? {} : { body }) }
}

function frameOf(entry: Sent | Received): Frame {
  return {
    exchange: entry.exchange,
    mti: entry.mti,
    name: entry.name,
    fields: Object.entries(entry.fields),
    hex: entry.hex.replace(/\s+/g, ''),
    spans: entry.spans.map(span => [span.path, span.offset, span.length]),
    remarks: entry.remarks.map(remark => [remark.path, remark.says]),
  }
}

function receivedAs({ standing, mac, problem }: Received): Pick<Frame, 'standing' | 'mac' | 'problem'> {
  return { standing, mac, ...(problem ? { problem: `field ${problem.path}, byte ${problem.atByte}: ${problem.says}` } : {}) }
}

/** The word and sentence of a verdict as an entry holds it. An old journal may hold a shape we no longer know: then only its text is shown. */
function judged(verdict: unknown): Readonly<{ is: string; says: string }> {
  if (typeof verdict !== 'object' || verdict === null || !('is' in verdict) || !isVerdictWord(verdict.is))
    return { is: 'unknown', says: '' }
  const sentence = 'says' in verdict ? verdict.says : 'because' in verdict ? verdict.because : ''
  return { is: verdict.is, says: typeof sentence === 'string' ? sentence : '' }
}
