import assert from 'node:assert/strict'
import { test } from 'node:test'
import { yuan } from '../values/amount.ts'
import { alice, embedded, Till } from './test-till.ts'

test('a sale debits the card, its void gives the money back, its reversal makes the sale count again', async () => {
  const host = await embedded()
  const till = await Till.at(host)
  const sold = await till.sale(alice, yuan(88_00n))
  assert.equal(sold.code, '00')
  assert.equal(await till.balance(alice), 912_00n)
  const voided = await till.void(sold)
  assert.equal(voided.code, '00')
  assert.equal(await till.balance(alice), 1_000_00n)
  const reversed = await till.reverse(voided)
  assert.equal(reversed.code, '00')
  assert.equal(await till.balance(alice), 912_00n)
  assert.equal((await till.void(sold)).code, '00')
  await host.close()
})
