import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMoney } from './money.ts'
import { scopeOf } from './scope.ts'
import { alice, bob, TestJournal, testProfile } from './test-journal.ts'

const profile = testProfile()

/** What Alice's account may have moved by at the last view, and whether the view agrees. */
function last(journal: TestJournal): { expected: readonly bigint[]; agrees: boolean | undefined } {
  const finding = readMoney(scopeOf(journal.entries, profile)).findings.at(-1)
  return { expected: finding?.expected ?? [], agrees: finding?.agrees }
}

function after(happens: (journal: TestJournal) => void, minor = 0): ReturnType<typeof last> {
  const journal = new TestJournal()
  journal.balance('before', 0)
  happens(journal)
  journal.balance('after', minor)
  return last(journal)
}

test('an approved sale debits its card, a refused one does not', () => {
  assert.deepEqual(
    after(journal => journal.do('sale'), -8800),
    { expected: [-8800n], agrees: true },
  )
  assert.deepEqual(
    after(journal => journal.do('sale', { came: '51' })),
    { expected: [0n], agrees: true },
  )
})

test('a swallowed approval counts, because the acquirer has acted', () => {
  assert.deepEqual(after(journal => journal.do('sale', { came: { code: '00', standing: 'swallowed' } })).expected, [-8800n])
})

test('a lost request has no effect, one without an answer may have one', () => {
  assert.deepEqual(after(journal => journal.do('sale', { came: 'lost', card: alice })).expected, [0n])
  assert.deepEqual(after(journal => journal.do('sale', { came: 'silence' })).expected, [0n, -8800n])
})

test('an acknowledged reversal settles a doubt', () => {
  const reversed = after(journal => {
    const sale = journal.do('sale', { came: 'silence' })
    journal.do('reverse', { of: sale })
  })
  assert.deepEqual(reversed, { expected: [0n], agrees: true })
})

test('a second reversal undoes nothing more', () => {
  const twice = after(journal => {
    const sale = journal.do('sale', { came: { code: '00', standing: 'swallowed' } })
    journal.do('reverse', { of: sale })
    journal.do('reverse', { of: sale })
  }, 8800)
  assert.deepEqual(twice, { expected: [0n], agrees: false })
})

test('the reversal of a void brings the sale back', () => {
  const back = after(journal => {
    const sale = journal.do('sale')
    const undone = journal.do('void', { of: sale, came: { code: '00', standing: 'swallowed' } })
    journal.do('reverse', { of: undone })
  }, -8800)
  assert.deepEqual(back, { expected: [-8800n], agrees: true })
})

test('a repeated request moves no money', () => {
  const repeated = after(journal => {
    const sale = journal.do('sale')
    journal.do('sale', { of: sale, special: 'exact repeat' })
  }, -17600)
  assert.deepEqual(repeated, { expected: [-8800n], agrees: false })
})

test('the repeat of a request that was lost is the first that the acquirer sees', () => {
  const arrived = after(journal => {
    const sale = journal.do('sale', { came: 'lost' })
    journal.do('sale', { of: sale, special: 'exact repeat' })
  }, -8800)
  assert.deepEqual(arrived, { expected: [-8800n], agrees: true })
})

test('an approved refund credits, and a void of a sale without money credits nothing', () => {
  const refunded = after(journal => {
    const sale = journal.do('sale')
    journal.do('refund', { of: sale, minor: 800 })
  }, -8000)
  assert.deepEqual(refunded, { expected: [-8000n], agrees: true })
  const voided = after(journal => {
    const sale = journal.do('sale', { came: '51' })
    journal.do('void', { of: sale })
  })
  assert.deepEqual(voided.expected, [0n])
})

test('a reversal of another amount has no effect', () => {
  const wrong = after(journal => {
    const sale = journal.do('sale')
    journal.do('reverse', { of: sale, minor: 100 })
  }, -8800)
  assert.deepEqual(wrong, { expected: [-8800n], agrees: true })
})

test('a card that no view shows is named', () => {
  const journal = new TestJournal()
  journal.balance('before', 0)
  journal.do('sale', { card: bob })
  journal.balance('after', 0)
  assert.deepEqual(
    readMoney(scopeOf(journal.entries, profile)).unseen.map(({ card }) => card),
    ['623105…0014'],
  )
})

test('a reversal answered "try again" leaves an unanswered sale in doubt, "nothing to reverse" does not', () => {
  const reversed = (came: string) => (journal: TestJournal) =>
    void journal.do('reverse', { of: journal.do('sale', { came: 'silence' }), came })
  assert.deepEqual(after(reversed('96')).expected, [0n, -8800n])
  assert.deepEqual(after(reversed('25')).expected, [0n])
})
