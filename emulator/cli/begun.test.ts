import assert from 'node:assert/strict'
import { test } from 'node:test'
import { begunBy } from './begun.ts'

test('a run of our own host is begun without any option', () => {
  assert.equal(begunBy({ driver: 'direct', waiting: 'skip' }), 'npm run tillproof -- certify')
})

test('what decides the behaviour of an acquirer stands in the command, as one word each', () => {
  const options = { profile: "the bank's/profile.yaml", endpoint: new URL('tcp://127.0.0.1:8583'), fault: 'line:loses the reply' }
  assert.equal(
    begunBy({ ...options, waiting: 'real' }),
    `npm run tillproof -- certify --profile 'the bank'\\''s/profile.yaml' --endpoint tcp://127.0.0.1:8583 --waiting real --fault 'line:loses the reply'`,
  )
})
