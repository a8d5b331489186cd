import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret } from '../values/secret.ts'
import { maskingOf, shownBody, shownHeaders } from './masking.ts'

const party = { name: 'A', values: { id: 'app-1', key: new Secret('k/ey "1"') } }
const asked = {
  operation: 'sale',
  fields: { pan: '4111111111111111', track2: '4111111111111111D3312', merchantId: '898100070110001' },
}
const masking = maskingOf(party, asked, ['made-signature'])

for (const [what, text, shown] of [
  ['a credential', 'key=k/ey "1"', 'key=•••'],
  ['the same in JSON', '{"key":"k/ey \\"1\\""}', '{"key":"•••"}'],
  ['the same in an address', '/x?key=k%2Fey%20%221%22', '/x?key=•••'],
  ['what was made of it', 'Bearer made-signature', 'Bearer •••'],
  ['a track', 'T=4111111111111111D3312', 'T=•••'],
  ['the number of the card', 'n=4111111111111111', 'n=411111…1111'],
  ['another number that could be a card’s', 'n=5500005555555559', 'n=550000…5559'],
  ['a number that could be none', 'n=5500005555555550', 'n=5500005555555550'],
  ['what is public', 'id=app-1', 'id=app-1'],
  ['session keys in an answer', '{"keys":"48FAA775","batch":"1"}', '{"keys":"•••","batch":"1"}'],
  ['a token in an answer', '{ "access_token" : "ab\\"c" }', '{ "access_token" : "•••" }'],
  ['a name that only begins like one', '{"pinned":"1","keyset":"2"}', '{"pinned":"1","keyset":"2"}'],
] as const)
  test(`${what} is shown as ${shown}`, () => {
    assert.equal(masking(text), shown)
  })

test('headers that carry a secret by their name are hidden, and those that change from run to run left out', () => {
  assert.deepEqual(
    shownHeaders(
      { Authorization: 'x', 'X-Api-Key': 'y', 'X-Mine': 'z', 'Idempotency-Key': 'i', Date: 'now' },
      new Set(['x-mine']),
      masking,
    ),
    { Authorization: '•••', 'X-Api-Key': '•••', 'X-Mine': '•••', 'Idempotency-Key': 'i' },
  )
})

test('a long body is cut, after it was masked', () => {
  const shown = shownBody(`${'x'.repeat(7_995)}k/ey "1"${'y'.repeat(5_000)}`, masking)
  assert.ok(shown.length < 8_100 && !shown.includes('k/ey'))
})
