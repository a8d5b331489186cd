import assert from 'node:assert/strict'
import { test } from 'node:test'
import vm from 'node:vm'
import { scenarioData } from '../html-scenario.ts'
import type { Frame } from '../ladder.ts'
import { reportOf } from '../report.ts'
import { sampleFields, sampleResult } from '../sample.ts'
import { sampleEntries } from '../sample-journal.ts'
import { nearest } from './app.ts'
import { drawRests, drawScenario } from './ladder.ts'
import { covers, drawDetail, drawHex, fieldNamed } from './message.ts'
import { drawMoney } from './money.ts'
import { pageScript } from './script.ts'
import { StandIn, standInDocument } from './stand-in.ts'

const data = scenarioData(reportOf(sampleResult, sampleEntries, sampleFields))
const page = standInDocument('{}')

function drawn(key: string): StandIn {
  const element = drawScenario(page, data, key)
  return element instanceof StandIn ? element : assert.fail('not a stand-in')
}

const frame: Frame = {
  exchange: 1,
  mti: '0210',
  name: 'sale',
  fields: [
    ['private60', '22000001'],
    ['batch', '000001'],
    ['resultCode', '00'],
  ],
  hex: '003002103030··22000001',
  spans: [
    ['mti', 2, 2],
    ['39', 4, 2],
    ['60', 7, 4],
    ['60.2', 8, 3],
  ],
  remarks: [['39', 'odd']],
}

test('the script in the page is whole: every function that it calls is in it', () => {
  const document = standInDocument(JSON.stringify(data))
  const window = { document, location: { hash: '' }, addEventListener: () => undefined }
  const context = vm.createContext({ window, document, data })
  vm.runInContext(pageScript, context)
  for (const key of Object.keys(data.scenarios)) {
    const there = vm.runInContext(`drawScenario(document, data, ${JSON.stringify(key)})`, context)
    assert.equal(there.textContent, drawn(key).textContent)
    for (const arrow of there.ofClass('arrow')) arrow.happens('click')
    for (const place of [...there.ofClass('fields'), ...there.ofClass('hex')])
      place.happens('mouseover', there.ofClass('fields')[0]?.all()[1])
  }
})

test('a ladder has a lifeline for each till and one for the acquirer, and an arrow for each message', () => {
  const ladder = drawn('03-void/wrong-merchant-void:9')
  assert.deepEqual(
    ladder.ofClass('lane-head').map(head => head.children[0] instanceof StandIn && head.children[0].textContent),
    ['the shop', 'the kiosk', 'the acquirer'],
  )
  assert.deepEqual(
    ladder.ofClass('label').map(label => label.textContent),
    ['0200 sale', '0210 sale → 00', '0200 void', '0210 void → 00'],
  )
})

test('an entry that a failure rests on stands open and links to the requirement', () => {
  const [wrong, ...others] = drawn('03-void/wrong-merchant-void:9').ofClass('wrong')
  assert.equal(wrong?.id, '03-void/wrong-merchant-void:9#9')
  assert.equal(others.length, 1)
  assert.equal(wrong?.ofClass('detail')[0]?.hidden, false)
  assert.equal(wrong?.ofClass('rests')[0]?.textContent, 'VOID-013')
})

test('a message opens and closes by its arrow', () => {
  const ladder = drawn('03-void/correct-void:14')
  const [arrow] = ladder.ofClass('arrow')
  const [detail] = ladder.ofClass('detail')
  assert.ok(arrow && detail)
  assert.deepEqual([detail.hidden, detail.childElementCount], [true, 0])
  arrow.happens('click')
  assert.deepEqual([detail.hidden, arrow.getAttribute('aria-expanded')], [false, 'true'])
  arrow.happens('click')
  assert.equal(detail.hidden, true)
})

test('each byte belongs to the innermost field around it; hidden bytes keep their place', () => {
  const hex = drawHex(page, frame)
  assert.ok(hex instanceof StandIn)
  const runs = hex.all().map(run => [run.dataset.path, run.textContent])
  assert.deepEqual(runs, [
    [undefined, '00 30'],
    ['mti', '02 10'],
    ['39', '30 30'],
    [undefined, '··'],
    ['60', '22'],
    ['60.2', '00 00 01'],
  ])
})

test('pointing at a field marks its bytes, its parts among them, and pointing at a byte marks its field', () => {
  const [scroll, hex] = drawDetail(page, data, frame)
  assert.ok(scroll instanceof StandIn && hex instanceof StandIn)
  const [table] = scroll.ofClass('fields')
  const row = (path: string) =>
    scroll.all().find(element => element.tag === 'tr' && element.dataset.path === path) ?? assert.fail(path)
  const marked = () =>
    [...scroll.ofClass('marked'), ...hex.ofClass('marked')].map(element => `${element.tag} ${element.dataset.path}`)
  table?.happens('mouseover', row('60'))
  assert.deepEqual(marked(), ['tr 60', 'span 60', 'span 60.2'])
  hex.happens('mouseover', hex.all().find(run => run.dataset.path === '60.2') ?? assert.fail())
  assert.deepEqual(marked(), ['tr 60.2', 'span 60.2'])
  hex.happens('mouseleave')
  assert.deepEqual(marked(), [])
  assert.equal(covers('6', '60.2'), false)
})

test('an item of an uploaded list finds its field by its number', () => {
  assert.deepEqual(fieldNamed(data, 'item.3.trace'), { path: '48.3.trace', is: 'trace number of an uploaded transaction' })
  assert.equal(fieldNamed(data, 'nothing we know'), undefined)
})

test('a remark stands beside the value it is about', () => {
  const [scroll] = drawDetail(page, data, frame)
  assert.ok(scroll instanceof StandIn)
  assert.deepEqual(
    scroll.ofClass('remark').map(remark => remark.textContent),
    ['odd'],
  )
})

test('displays, keys, slips, money and what our own line did are drawn', () => {
  const [correct, wrong, lost] = ['03-void/correct-void:14', '03-void/wrong-merchant-void:9', '05-reversal/lost-reply:22'].map(
    drawn,
  )
  assert.deepEqual(
    correct?.ofClass('lcd').map(lcd => lcd.textContent),
    ['SALE\n¥88.00\nSWIPE CARD', 'APPROVED 00\nTAKE YOUR SLIP'],
  )
  assert.match(correct?.ofClass('slip')[0]?.textContent ?? '', /AMOUNT {4}¥88\.00/)
  assert.match(
    wrong?.ofClass('money')[0]?.textContent ?? '',
    /before¥9,912\.00¥88\.00after¥10,000\.00¥0\.00change▲ \+¥88\.00▼ -¥88\.00/,
  )
  assert.equal(lost?.ofClass('mine').length, 2)
  assert.deepEqual(
    lost?.ofClass('standing').map(standing => standing.textContent),
    ['swallowed'],
  )
})

test('money that moved is an arrow between two accounts, in words too; what is wrong has a sign and what it should be', () => {
  const money = {
    accounts: [
      { party: 'cardholder', name: '621214…0012' },
      { party: 'merchant', name: 'M1' },
    ],
    stages: [
      { moment: 'before', moves: [], held: ['¥1.00', '¥0.00'], should: [] },
      {
        moment: 'after',
        moves: [
          { says: 'sale', amount: '¥1.00', from: 0, to: 1 },
          { says: 'void', amount: '¥1.00', from: 1, to: 0 },
        ],
        held: ['¥0.00', '¥0.00'],
        should: [[0, '¥1.00'] as const],
      },
    ],
    changes: ['-¥1.00', '0'],
    batches: [{ name: '000001 of T1', state: 'open', transactions: ['000002 sale ¥1.00, voided'] }],
    still: 0,
    agrees: false,
  }
  const drawn = drawMoney(page, money)
  assert.ok(drawn instanceof StandIn)
  assert.deepEqual(
    drawn.ofClass('move').map(move => [move.className, move.textContent]),
    [
      ['move right', 'sale ¥1.00 from cardholder 621214…0012 to merchant M1'],
      ['move left', 'void ¥1.00 from merchant M1 to cardholder 621214…0012'],
    ],
  )
  assert.deepEqual(
    drawn.ofClass('mismatch').map(cell => cell.textContent),
    ['✗ ¥0.00should be ¥1.00'],
  )
  assert.match(drawn.ofClass('agrees')[0]?.textContent ?? '', /^✗/)
  assert.equal(drawn.ofClass('batch')[0]?.textContent, 'Batch 000001 of T1 open000002 sale ¥1.00, voided')
})

test('what rests on an entry is told without end where it is no pass; many passes fold', () => {
  const told = (...slugs: readonly string[]) =>
    drawRests(
      page,
      slugs.map((slug, at) => [`VOID-${at + 1}`, slug] as const),
    ).map(element => (element instanceof StandIn ? [element.tag, element.className, element.children.length] : element))
  const passes = Array.from({ length: 4 }, () => 'passed')
  assert.equal(told(...passes).length, 4)
  assert.deepEqual(told(...passes, 'failed', 'passed'), [
    ['a', 'failed', 1],
    ['a', 'passed', 1],
    ['a', 'passed', 1],
    ['details', 'others', 4],
  ])
  const failures = Array.from({ length: 5 }, () => 'failed')
  assert.deepEqual(
    told('passed', 'passed', ...failures).slice(0, 5),
    failures.map(slug => ['a', slug, 1]),
  )
})

test('a link to an entry that is told together with others leads to the one before it', () => {
  const there = ['a:1', 'a:1#3', 'VOID-001'].map(id => Object.assign(new StandIn('div'), { id }))
  const document = { ...page, getElementById: (id: string) => there.find(element => element.id === id) ?? null }
  assert.deepEqual(
    ['a:1#3', 'a:1#5', 'a:1#2', 'VOID-001', 'nothing'].map(id => nearest(document, id)?.id),
    ['a:1#3', 'a:1#3', 'a:1', 'VOID-001', undefined],
  )
})
