import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rows } from '../verdict/requirements/index.ts'
import { hostRow, type Row } from '../verdict/requirements/row.ts'
import { catalogueOf } from './catalogue.ts'
import { catalogueText } from './catalogue-text.ts'
import { painter } from './colour.ts'
import { checkedProfile } from './profile.ts'

const check = () => ({ is: 'not applicable', because: 'never asked here' }) as const
const covered = hostRow({
  id: 'SALE-001',
  severity: 'critical',
  says: 'A good sale is approved',
  source: 'S',
  answersTo: ['sale approved'],
  check,
  brokenBy: [],
})
const always = hostRow({
  id: 'MSG-001',
  severity: 'major',
  says: 'Every reply matches its request',
  source: 'S',
  check,
  brokenBy: [],
})
const without = hostRow({
  id: 'SALE-002',
  severity: 'major',
  says: 'No scenario yet',
  source: 'S',
  answersTo: ['sale approved'],
  check,
  brokenBy: [],
})
const { judged: _, answersTo: __, check: ___, brokenBy: ____, ...facts } = hostRow({ ...without, id: 'EMV-001', says: 'Chips' })
const uncovered: Row = { ...facts, notCovered: 'no chip yet' }

const rules = [{ name: 'A good sale', at: 'features/sale.feature:4', ids: ['SALE-001'], scenarios: 2 }]
const catalogue = catalogueOf([covered, always, without, uncovered], rules)

test('a row is covered by the rules tagged with it, an always-row by every scenario, and the rest says why not', () => {
  assert.deepEqual(
    catalogue.rows.map(({ key, coveredBy, notCovered }) => [key, coveredBy, notCovered]),
    [
      ['SALE-001', [{ rule: 'A good sale', at: 'features/sale.feature:4', scenarios: 2 }], undefined],
      ['MSG-001', 'every scenario', undefined],
      ['SALE-002', [], 'no rule of a feature is tagged with it yet'],
      ['EMV-001', [], 'no chip yet'],
    ],
  )
  assert.deepEqual(catalogue.summary, { rows: 4, covered: 2, notCovered: 2 })
})

test('the text has its chapters in the order of the catalogue and no line wider than the terminal', () => {
  const text = catalogueText(catalogueOf(rows, rules), { paint: painter(false), width: 80 })
  const wide = text.split('\n').filter(line => line.length > 80 && line.trim().includes(' '))
  assert.deepEqual(wide, [])
  assert.match(
    catalogueText(catalogue, { paint: painter(false), width: 80 }),
    /^MSG {2}Messages {2}1 of 1 covered\n[\s\S]*\nSALE {2}Sales {2}1 of 2 covered\n/,
  )
})

test('the text says what a profile must claim and which knobs a row reads', () => {
  const row = hostRow({ ...covered, needs: ['core', 'refund'], knobs: ['refundCeil'], answersTo: ['sale approved'] })
  assert.match(
    catalogueText(catalogueOf([row], rules), { paint: painter(false), width: 80 }),
    / needs refund\n +reads refundCeil\n +features\/sale.feature:4\n/,
  )
})

test('under a profile, a row that does not apply says why', async () => {
  const profile = await checkedProfile()
  const row = hostRow({ ...covered, id: 'VOID-090', needs: ['tip'], answersTo: ['sale approved'] })
  const [found] = catalogueOf([row], rules, profile).rows
  assert.deepEqual([found?.applies, found?.because], [false, 'the profile does not claim tip'])
})
