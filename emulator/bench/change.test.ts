import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { changed } from './change.ts'

const dialect = dialectById('unionpay-pos')
const sale = {
  mti: '0200',
  fields: {
    processingCode: '000000',
    amount: '000000008800',
    private60: '2200000100050',
    typeCode: '22',
    batch: '000001',
    networkCode: '000',
  },
}

test('no change, the same message', () => {
  assert.equal(changed(dialect, sale, undefined), sale)
})

test('a field that is set takes the place of the old one', () => {
  assert.equal(changed(dialect, sale, { set: { processingCode: '990000' } }).fields.processingCode, '990000')
})

test('a part that is set takes its composite apart, so that it is built anew', () => {
  const { fields } = changed(dialect, sale, { set: { typeCode: '25' } })
  assert.equal(fields.private60, undefined)
  assert.equal(fields.typeCode, '25')
  assert.equal(fields.batch, '000001')
})

test('a composite that is dropped takes its parts along', () => {
  const { fields } = changed(dialect, sale, { drop: ['private60'] })
  assert.deepEqual(Object.keys(fields), ['processingCode', 'amount'])
})
