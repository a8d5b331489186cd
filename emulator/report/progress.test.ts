import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { columns } from './plain-text.ts'
import { progress } from './progress.ts'

test('in a window one line is drawn again and fits, Chinese names too', () => {
  const live = progress({ tty: true, colour: true, width: 60 })
  live.on({ scenario: 'first', done: 1, of: 4, verdicts: ['passed', 'passed'] })
  const line = live.on({
    scenario: '消费撤销后不得再次撤销，且商户不得短款，持卡人亦不得多扣',
    done: 2,
    of: 4,
    verdicts: ['failed'],
  })
  assert.ok(line.startsWith('\r\u001B[2K'))
  assert.ok(!line.includes('\n'))
  const shown = line.slice('\r\u001B[2K'.length)
  assert.ok(columns(shown) < 60, `${columns(shown)} columns`)
  assert.match(stripVTControlCharacters(shown), /2\/4 {2}✗ 1 {2}✓ 2 {2}消费/)
  assert.equal(live.finish(), '\r\u001B[2K')
})

test('elsewhere a line stands for each scenario with news, and for each tenth of the way', () => {
  const log = progress({ tty: false, colour: false, width: 80 })
  const said = Array.from({ length: 30 }, (_, at) =>
    log.on({ scenario: `no. ${at + 1}`, done: at + 1, of: 30, verdicts: at === 4 ? ['failed'] : ['passed'] }),
  )
  assert.equal(said[4], '5/30 failed: no. 5\n')
  assert.equal(said[29], '30/30 ✗ 1  ✓ 29\n')
  assert.equal(said.filter(text => text !== '').length, 11)
  assert.equal(log.finish(), '')
})

test('a verdict that several rows got from one scenario is told once, with their number', () => {
  const log = progress({ tty: false, colour: false, width: 80 })
  const said = log.on({ scenario: 'no. 1', done: 1, of: 30, verdicts: ['failed', 'passed', 'inconclusive', 'failed'] })
  assert.equal(said, '1/30 failed × 2, inconclusive: no. 1\n')
})
