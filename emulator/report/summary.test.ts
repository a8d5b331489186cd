import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { columns } from './plain-text.ts'
import { sampleResult } from './sample.ts'
import { summaryText } from './summary.ts'

const plain = summaryText(sampleResult, { colour: false, width: 100, lies: 'reports/latest/report.html' })

test('a failure says what happened, whose it is, expected and received, its rule, and how to run it again', () => {
  for (const part of [
    'VOID-013  The acquirer approved a void from another merchant',
    "whose      the acquirer's",
    'expected   a refusal, one of 03 25 58',
    'received   approval 00',
    'the rule   A host MUST refuse a void that comes from another merchant',
    'again      npm run tillproof -- certify --only VOID-013 --seed 42',
  ])
    assert.ok(plain.includes(part), `${part}\nis not in\n${plain}`)
})

test('how to run it again begins as the run was begun', () => {
  const begun = 'npm run tillproof -- certify --profile my-host/profile.yaml'
  const text = summaryText(sampleResult, { colour: false, width: 100, begun })
  assert.ok(text.includes('again      npm run tillproof -- certify --profile my-host/profile.yaml --only VOID-013 --seed 42'))
})

test('the inconclusive stand under their common cause', () => {
  assert.match(plain, /inconclusive: the balance inquiry that would show it was refused\n\s+REV-001 REV-002\n/)
})

test('it counts what is not observable and not covered, says where the report lies and the seed', () => {
  assert.match(plain, /not applicable: 1 {3}not observable here: 0 {3}not covered by this suite: 2/)
  assert.match(plain, /report {2}reports\/latest\/report\.html\n {2}seed {4}42\n/)
  assert.match(plain, /money view not used: balance, because a sale did not move it/)
})

test('the headline is the first thing that stands there', () => {
  assert.match(plain, /^\n✗ NOT CERTIFIED\n/)
  assert.match(
    summaryText({ ...sampleResult, exitCode: 0, verdict: 'certified' }, { colour: false, width: 80 }),
    /^\n✓ CERTIFIED\n/,
  )
})

test('the headline of a limited run has its limit as it was typed', () => {
  const verdict = 'certified, for 1 requirement only (--only SALE-001)'
  assert.match(
    summaryText({ ...sampleResult, exitCode: 0, verdict }, { colour: false, width: 80 }),
    /^\n✓ CERTIFIED, for 1 requirement only \(--only SALE-001\)\n/,
  )
})

test('what the terminals were told to let pass stands beside the headline', () => {
  const text = summaryText({ ...sampleResult, remarks: ['the name was not compared'] }, { colour: false, width: 80 })
  assert.match(text, /suite [^\n]*\n {2}remark: the name was not compared\n/)
})

test('the matrix counts each chapter and shows a sign for each requirement, the acquirer and the instrument apart', () => {
  assert.match(plain, /The acquirer\n {2}VOID Voids {22}✗ 1 {18}! 1 {4}✓ 1 {11}✓✗!\n/)
  assert.match(plain, /The instrument: our own terminal\n {2}TERM Operator flow .*✓ 1 .*✓\n/)
})

test('the signs of a long chapter go on in the next line; a narrow window has the counts alone', () => {
  const [first] = sampleResult.requirements
  assert.ok(first)
  const many = Array.from({ length: 90 }, (_, at) => ({ ...first, id: `VOID-${at}` }))
  const long = summaryText({ ...sampleResult, requirements: many }, { colour: false, width: 100 })
  assert.match(long, /VOID Voids +✓ 90 +✓{59}\n +✓{31}\n/)
  assert.match(summaryText(sampleResult, { colour: false, width: 40 }), /\n {2}VOID {2}✗ 1 {18}! 1 {4}✓ 1\n/)
})

test('the gravest failure of the acquirer comes first, those of the instrument last', () => {
  const [first] = sampleResult.requirements
  assert.ok(first)
  const failures = [
    { ...first, id: 'TERM-001', part: 'instrument', severity: 'critical', verdict: 'failed' },
    { ...first, id: 'SALE-001', part: 'acquirer', severity: 'minor', verdict: 'failed' },
    { ...first, id: 'VOID-001', part: 'acquirer', severity: 'critical', verdict: 'failed' },
  ] as const
  const text = summaryText({ ...sampleResult, requirements: failures }, { colour: false, width: 100 })
  assert.deepEqual(
    [...text.matchAll(/✗ (\w+-\d+)/g)].map(([, id]) => id),
    ['VOID-001', 'SALE-001', 'TERM-001'],
  )
})

test('there is colour only when asked for', () => {
  assert.ok(!plain.includes('\u001B'))
  const coloured = summaryText(sampleResult, { colour: true, width: 100, lies: 'reports/latest/report.html' })
  assert.ok(coloured.includes('\u001B[31m✗'))
  assert.equal(stripVTControlCharacters(coloured), plain)
})

test('only a command or one long word is wider than the window', () => {
  for (const line of summaryText(sampleResult, { colour: false, width: 60 }).split('\n'))
    assert.ok(columns(line) <= 60 || line.includes('npm run'), `${columns(line)} columns: ${line}`)
})

test('text from a message cannot drive the window', () => {
  const [first] = sampleResult.requirements
  assert.ok(first)
  const hostile = { ...first, verdict: 'failed', finding: 'says \u001B[2J and\r\nmore' } as const
  const text = summaryText({ ...sampleResult, requirements: [hostile] }, { colour: false, width: 100 })
  assert.ok(text.includes('says �[2J and more'))
  assert.ok(!text.includes('\u001B'))
})
