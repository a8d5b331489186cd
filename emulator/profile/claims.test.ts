import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { where } from '../where.ts'
import { emptyClaims } from './claims.ts'
import { loadForJudging } from './load.ts'

const whole = dialectById('iso8583-1987')
const without = (name: string, of?: string) => ({
  ...whole,
  messages: whole.messages.filter(row => !(row.operation === name && row.of === of)),
})
const cardless = {
  ...whole,
  messages: whole.messages.map(row => ({ ...row, may: row.may.filter(name => name !== 'track2' && name !== 'pinBlock') })),
}

test('what the profiles that come with us claim, their dialects can say', async () => {
  for (const file of globSync('*.yaml', { cwd: where.profiles })) {
    const { speaks, supports } = await loadForJudging(join(where.profiles, file))
    assert.deepEqual(emptyClaims(speaks, supports), [], file)
  }
})

for (const [flag, dialect, says] of [
  ['refund', without('refund'), 'supports refund, but dialect iso8583-1987 has no message refund'],
  ['balance', without('inquire'), 'supports balance, but dialect iso8583-1987 has no message inquire'],
  ['tcs', without('settle'), 'supports tcs, but dialect iso8583-1987 has no message settle'],
  ['signon', without('signIn'), 'supports signon, but dialect iso8583-1987 has no message signIn'],
  ['preauth', whole, 'supports preauth, but dialect iso8583-1987 has no message preauth'],
  ['batch-upload', whole, 'supports batch-upload, but dialect iso8583-1987 has no message upload'],
  ['magstripe', cardless, 'supports magstripe, but a sale of dialect iso8583-1987 carries no track2'],
  ['void-pin', cardless, 'supports void-pin, but a void of dialect iso8583-1987 carries no pinBlock'],
  ['mac', dialectById('iso8583-1987', { mac: 'none' }), 'supports mac, but no message of dialect iso8583-1987 is sealed'],
  ['core', without('reverse', 'void'), 'dialect iso8583-1987 has no message that reverses a void'],
] as const)
  test(`${says}: a claim that nothing is behind`, () => {
    assert.deepEqual(emptyClaims(dialect, new Set([flag])), [{ flag, says }])
  })
