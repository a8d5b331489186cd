import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../../values/secret.ts'
import { csv } from './csv.ts'
import { Passwords } from './passwords.ts'
import { readProse } from './prose.ts'
import { fenIn, readSearch } from './search.ts'
import { Sessions } from './sessions.ts'
import { may, testStaff } from './staff.ts'
import { FormTokens } from './tokens.ts'
import { refusalIn, saying } from './words.ts'

const staff = [{ name: 'ann', role: 'clerk', merchantId: 'M1', password: new Secret('right') }] as const

test('after five wrong passwords in a row a name is not let in for a minute, even with the right one', async () => {
  let now = 0
  const passwords = new Passwords(staff, () => now)
  for (let tries = 1; tries < 5; tries++) assert.equal((await passwords.admit('ann', 'wrong')).is, 'wrong')
  assert.equal((await passwords.admit('ann', 'wrong')).is, 'locked')
  assert.equal((await passwords.admit('ann', 'right')).is, 'locked')
  now = 60_000
  assert.equal((await passwords.admit('ann', 'right')).is, 'in')
  assert.equal((await passwords.admit('nobody', 'right')).is, 'wrong')
})

test('a session ends after a quarter of an hour without a request', () => {
  let now = 0
  const sessions = new Sessions(() => now)
  const { id } = sessions.begin()
  now = 15 * 60_000
  assert.equal(sessions.find(id)?.id, id)
  now += 15 * 60_000 + 1
  assert.equal(sessions.has(id), false)
  assert.equal(sessions.find(id), undefined)
})

test('a token is good once, for its form, while that is as it was shown', () => {
  const tokens = new FormTokens()
  const [one, two, three] = [tokens.issue('/a', 'x'), tokens.issue('/a', 'x'), tokens.issue('/a', 'x')]
  assert.deepEqual(
    [
      tokens.redeem(one, '/a', 'x'),
      tokens.redeem(one, '/a', 'x'),
      tokens.redeem(two, '/a', 'y'),
      tokens.redeem(two, '/a', 'x'),
      tokens.redeem(three, '/b', 'x'),
      tokens.redeem('made up', '/a', 'x'),
    ],
    ['good', 'used', 'stale', 'used', 'foreign', 'foreign'],
  )
})

test('a form that so many others have come after that it is no longer remembered is stale, not foreign', () => {
  const tokens = new FormTokens()
  const first = tokens.issue('/a', 'x')
  for (let no = 0; no < 200; no += 1) tokens.issue('/a', 'x')
  assert.equal(tokens.redeem(first, '/a', 'x'), 'stale')
})

test('no cell of an export begins a formula, and quotes and ends of lines stay in their cell', () => {
  const [head, ...rows] = csv(['a'], [['=1+1'], ['+1'], ['-1'], ['@SUM'], ['\t=1'], ['say "no"\nthen']]).split('\r\n')
  assert.equal(head, '\uFEFF"a"')
  assert.deepEqual(rows, [`"'=1+1"`, `"'+1"`, `"'-1"`, `"'@SUM"`, `"'\t=1"`, '"say ""no""\nthen"', ''])
})

test('a reason has its bounds, prints, and holds no card number', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['ab', 'too short'],
    ['x'.repeat(201), 'too long'],
    ['bell\u0007!', 'not text'],
    ['Card 6212 1420 0000 0000 012, twice', 'Card 621214…0012, twice'],
    ['order 123456789012345', 'order 123456789012345'],
  ]
  for (const [typed, came] of texts) {
    const read = readProse('reason', typed)
    assert.equal(read.is === 'text' ? read.text : read.is, came)
  }
})

test('a search says which of its fields is too long or of another form, and amounts are read as fen', () => {
  const { mistakes, shown } = readSearch(new URLSearchParams({ voucher: '1'.repeat(99), card: '12', amount: '88.5', more: 'x' }))
  assert.deepEqual(mistakes, [
    { field: 'voucher', is: 'too long' },
    { field: 'card', is: 'not of this form' },
  ])
  assert.deepEqual(shown, { voucher: '111111111', card: '12', amount: '88.5' })
  assert.deepEqual(['88', '88.5', '88,50', '88.505', '-1', ''].map(fenIn), [8800n, 8850n, 8850n, undefined, undefined, undefined])
})

test('only an approver decides, only an auditor exports, and no two test passwords are alike', () => {
  const members = testStaff([{ id: 'M1' }, { id: 'M2' }], 'seed')
  assert.deepEqual(
    members.filter(one => may(one, 'decide')).map(({ name }) => name),
    ['approver@M1', 'approver2@M1', 'approver@M2', 'approver2@M2'],
  )
  assert.deepEqual(
    members.filter(one => may(one, 'export')).map(({ name }) => name),
    ['auditor@M1', 'auditor@M2'],
  )
  assert.equal(new Set(members.map(({ password }) => password.reveal())).size, members.length)
})

test('a refusal is said in both languages, with its code where the rule has no words', () => {
  assert.equal(saying('zh')('voided'), '已撤销')
  assert.equal(refusalIn('zh', 'it does not hold that the original is not settled', '22'), '该笔消费已结算，请申请退货。')
  assert.equal(refusalIn('en', 'something new', '12'), 'The host refused it (code 12).')
})
