import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sampleResult } from '../report/sample.ts'
import type { RequirementResult, Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { compared, type DoorRan } from './doors-comparison.ts'
import { doorsPage } from './doors-page.ts'
import { reasonsOf } from './doors-reasons.ts'
import { doorsJsonSchema, doorsSchema } from './doors-schema.ts'
import { doorsText } from './doors-text.ts'

type Said = Readonly<Record<string, Pick<RequirementResult, 'verdict' | 'finding' | 'because'>>>

/** A door at which the rows got these verdicts. */
function door(name: string, exitCode: number, said: Said): DoorRan {
  const [row] = sampleResult.requirements
  assert.ok(row)
  const requirements = Object.entries(said).map(([id, spoken]): RequirementResult => {
    const { finding: _finding, because: _because, ...blank } = row
    return { ...blank, id, part: 'acquirer', says: `what ${id} says`, ...spoken }
  })
  const result: Result = { ...sampleResult, exitCode, requirements }
  return { door: name, dialect: 'unionpay-pos', way: 'tcp', result }
}

const passed = { verdict: 'passed' } as const
const options = { seed: '7', notRun: [] }

const two = (): DoorRan[] => [
  door('tcp', 0, {
    'SALE-001': passed,
    'DUP-003': passed,
    'MSG-005': passed,
    'NET-001': { verdict: 'not applicable', because: 'a' },
  }),
  door('json-http', 1, {
    'SALE-001': passed,
    'DUP-003': { verdict: 'failed', finding: 'the repeat <b>debited</b> again' },
    'MSG-005': { verdict: 'not applicable', because: 'JSON has no bitmap' },
    'NET-001': { verdict: 'not applicable', because: 'b' },
  }),
]

test('rows whose verdicts differ are told with the verdict of each door', () => {
  assert.deepEqual(
    compared(two(), options).differences.map(({ id, verdicts }) => ({ id, verdicts })),
    [
      {
        id: 'DUP-003',
        verdicts: [
          { door: 'tcp', verdict: 'passed' },
          { door: 'json-http', verdict: 'failed', says: 'the repeat <b>debited</b> again' },
        ],
      },
    ],
  )
})

test('a row that does not apply at one door is no difference, and stands apart with the reason', () => {
  const { notApplicable, alike, nowhere } = compared(two(), options)
  assert.deepEqual(
    notApplicable.map(({ id, at }) => ({ id, at })),
    [{ id: 'MSG-005', at: [{ door: 'json-http', because: 'JSON has no bitmap' }] }],
  )
  assert.deepEqual([alike, nowhere], [2, 1])
})

test('a row that applies at two doors of three, with two verdicts, is both', () => {
  const third = door('tls', 0, { 'MSG-005': { verdict: 'warned', finding: 'odd' } })
  const { differences, notApplicable } = compared([...two(), third], options)
  assert.ok(differences.some(({ id }) => id === 'MSG-005'))
  assert.ok(notApplicable.some(({ id }) => id === 'MSG-005'))
})

test('a row that a door never planned is a difference: nothing was said of it there', () => {
  const { differences } = compared([door('tcp', 0, { 'SALE-001': passed }), door('tls', 3, {})], options)
  assert.deepEqual(differences[0]?.verdicts[1], {
    door: 'tls',
    verdict: 'untested',
    says: 'the run through this door did not plan it',
  })
})

test('the exit code is that of the worst door, and never 0 when one was not tried', () => {
  const codeOf = (codes: readonly number[], notRun: readonly string[] = []): number =>
    compared(
      codes.map((code, at) => door(`d${at}`, code, { 'SALE-001': passed })),
      { seed: '7', notRun },
    ).exitCode
  assert.deepEqual(
    [codeOf([0, 0]), codeOf([0, 3, 2, 1]), codeOf([3, 2, 0]), codeOf([0, 3]), codeOf([0, 0], ['tls'])],
    [0, 1, 2, 3, 3],
  )
})

test('people read a line for each door, then the differing rows in full, then what does not apply', () => {
  const text = doorsText(compared(two(), options), { colour: false, width: 100, folder: 'runs/d', page: 'runs/d/doors.html' })
  assert.match(text, /✗ ONE HOST, 2 DOORS: 1 row differs/)
  assert.match(
    text,
    /≠ DUP-003 acquirer {2}what DUP-003 says\n {4}✓ passed {2}tcp\n {4}✗ failed {2}json-http: the repeat <b>debited<\/b> again/,
  )
  assert.match(text, /– not applicable {2}json-http: JSON has no bitmap: MSG-005/)
  assert.doesNotMatch(text, /SALE-001/)
})

test('rows that do not apply for one reason at the same doors are told together', () => {
  const away = { verdict: 'not applicable', because: 'the profile does not claim http' } as const
  const ran = ['a', 'b', 'c', 'd'].map(name =>
    door(name, 0, { 'SALE-001': passed, 'HTTP-001': away, 'HTTP-002': away, 'SEC-002': passed }),
  )
  const http = door('json-http', 0, {
    'SALE-001': passed,
    'HTTP-001': passed,
    'HTTP-002': passed,
    'SEC-002': { verdict: 'not applicable', because: 'no MAC' },
  })
  assert.deepEqual(reasonsOf(compared([...ran, http], options)), [
    { doors: 'all but json-http', because: 'the profile does not claim http', rows: ['HTTP-001', 'HTTP-002'] },
    { doors: 'json-http', because: 'no MAC', rows: ['SEC-002'] },
  ])
})

test('the page links to each report, and what a door said is text in it', () => {
  const page = doorsPage(compared(two(), options))
  for (const name of ['tcp', 'json-http']) assert.ok(page.includes(`href="${name}/report.html"`), name)
  assert.ok(page.includes('the repeat &lt;b&gt;debited&lt;/b&gt; again'))
  assert.ok(page.includes('JSON has no bitmap'))
})

test('a comparison conforms to its schema, which stands in docs/doors.schema.json', async () => {
  const comparison = compared(two(), options)
  assert.deepEqual(doorsSchema.parse(JSON.parse(JSON.stringify(comparison))), comparison)
  assert.equal(doorsSchema.safeParse({ ...comparison, extra: 1 }).success, false)
  assert.equal(await readFile(join(where.docs, 'doors.schema.json'), 'utf8'), doorsJsonSchema())
})
