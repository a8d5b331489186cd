import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isEmulatorError } from '../values/errors.ts'
import { formText, readJson } from './encode.ts'
import { type Expression, expression, isUsable } from './expression.ts'

function read(text: string): Expression {
  const made = expression(text, 'mapping.yaml:7')
  assert.ok(isUsable(made), text)
  return made
}
const evaluated = (text: string, names: Readonly<Record<string, unknown>> = {}): Promise<unknown> => read(text).evaluate(names)

test('a path that finds nothing gives nothing, and its field is dropped', async () => {
  assert.deepEqual(JSON.stringify(await evaluated('{ "a": x.y, "b": b, "c": { "d": nope } }', { b: 'B' })), '{"b":"B","c":{}}')
  assert.equal(await evaluated('body.error = "x"'), false)
})

for (const [text, expected] of [
  ['$minor("1250")', 1250],
  ['$decimal("1250", "CNY")', 12.5],
  ['$decimal("1250", "JPY")', 1250],
  ['$decimal("1250", "KWD")', 1.25],
  ['$decimalString("1250", "CNY")', '12.50'],
  ['$decimalString("1", "CNY")', '0.01'],
  ['$decimalString("1250", "JPY")', '1250'],
  ['$decimalString("1250", "KWD")', '1.250'],
  ['$decimalString("1250", "156")', '12.50'],
  ['$fromDecimal("12.5", "CNY")', '1250'],
  ['$fromDecimal("12.50", "CNY")', '1250'],
  ['$fromDecimal("1250", "JPY")', '1250'],
  ['$fromDecimal("1.25", "KWD")', '1250'],
  ['$fromDecimal("-0.01", "CNY")', '-1'],
  ['$fromDecimal("12.505", "CNY")', undefined],
  ['$fromDecimal("twelve", "CNY")', undefined],
  ['$fromDecimal("1e3", "CNY")', undefined],
  ['$minor(nothing)', undefined],
  ['$decimalString(nothing, "CNY")', undefined],
] as const)
  test(`${text} is ${JSON.stringify(expected)}`, async () => {
    assert.equal(await evaluated(text), expected)
  })

test('every amount of twelve digits is the same after a decimal and back, in every currency', async () => {
  for (const currency of ['CNY', 'JPY', 'KWD'])
    for (const minor of ['1', '10', '99', '100', '101', '29', '57', '1005', '4035', '999999999999', '100000000001'])
      assert.equal(await evaluated('$fromDecimal($string($decimal(a, c)), c)', { a: minor, c: currency }), minor)
})

for (const [text, because] of [
  ['$decimal("1250", "XXX")', 'the currency is not one that we know'],
  ['$minor("12.50")', 'an amount is a text of whole minor units'],
  ['$minor("1234567890123456")', 'an amount of more than 15 digits is no exact number'],
  ['($f := function($n) { $f($n + 1) }; $f(0))', 'it took longer than 100 ms'],
  ['($f := function($n) { $n > 500 ? 0 : 1 + $f($n + 1) }; $f(0))', 'it goes deeper than 200 steps'],
] as const)
  test(`${text} is an error of the mapping: ${because}`, async () => {
    await assert.rejects(evaluated(text), thrown => {
      assert.ok(isEmulatorError(thrown, 'MAPPING_FAILED'))
      assert.match(thrown.message, /^mapping\.yaml:7: the expression /)
      assert.ok(thrown.message.includes(because), thrown.message)
      return true
    })
  })

test('an error does not tell the value that caused it', async () => {
  await assert.rejects(evaluated('$number(party.key)', { party: { key: 'very-secret' } }), thrown => {
    assert.ok(isEmulatorError(thrown, 'MAPPING_FAILED'))
    assert.ok(!thrown.message.includes('very-secret'), thrown.message)
    return true
  })
  await assert.rejects(evaluated('$error(party.key)', { party: { key: 'very-secret' } }), thrown => {
    assert.ok(thrown instanceof Error && !thrown.message.includes('very-secret'))
    return true
  })
})

for (const name of ['now()', 'millis()', 'random()', 'shuffle([1])', 'eval("1")'])
  test(`$${name} is not there`, () => {
    const made = expression(`$${name}`, 'mapping.yaml:7')
    assert.ok(!isUsable(made))
    assert.match(made.says, /which is not there/)
  })

test('what does not parse says where', () => {
  const made = expression('{ "a": }', 'mapping.yaml:7')
  assert.ok(!isUsable(made))
  assert.match(made.says, /at character 8/)
})

test('a short form is stable, of letters and digits, and another for another id', async () => {
  const [one, same, other] = [
    await evaluated('$short("a", 10)'),
    await evaluated('$short("a", 10)'),
    await evaluated('$short("b", 10)'),
  ]
  assert.match(String(one), /^[0-9A-Z]{10}$/)
  assert.equal(one, same)
  assert.notEqual(one, other)
})

test('numbers of an answer keep the text that they had on the wire', () => {
  assert.deepEqual(readJson('{"a":12.50,"b":12345678901234567890,"c":[1e2],"d":true,"e":null}'), {
    a: '12.50',
    b: '12345678901234567890',
    c: ['1e2'],
    d: true,
    e: null,
  })
  assert.equal(readJson('{"a":'), undefined)
})

test('a form writes names within names in brackets, and lists with empty ones', () => {
  assert.equal(
    decodeURIComponent(formText({ a: 1, b: { c: 'x y', d: { e: true } }, f: ['g', 'h'], i: undefined })),
    'a=1&b[c]=x+y&b[d][e]=true&f[]=g&f[]=h',
  )
})
