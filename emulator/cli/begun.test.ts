import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againCommand } from '../report/command.ts'
import { sampleResult } from '../report/sample.ts'
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

test('what a run was limited to stands in the command, and a row of it is run again without it', () => {
  const begun = begunBy({ only: ['SALE-001', 'VOID-001'], tags: 'not @exclusive' })
  assert.equal(begun, `npm run tillproof -- certify --only SALE-001,VOID-001 --tags 'not @exclusive'`)
  assert.equal(
    againCommand({ ...sampleResult.run, seed: '7' }, 'VOID-001', begun),
    `npm run tillproof -- certify --tags 'not @exclusive' --only VOID-001 --seed 7`,
  )
})
