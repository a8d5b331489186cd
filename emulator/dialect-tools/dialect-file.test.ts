import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Dialect } from '../dialects/dialect.ts'
import { loadDialect } from '../profile/dialect-file.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { codecFor } from '../wire/iso8583.ts'
import { layoutOf } from '../wire/layout.ts'

const small = fileURLToPath(new URL('../../fixtures/dialects/small.yaml', import.meta.url))

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialect-file-'))
})
after(() => rm(folder, { recursive: true }))

/** The small acquirer, with more fields before its private one, or otherwise changed. */
async function load(fields: string, change: (text: string) => string = text => text): Promise<Dialect> {
  const file = join(folder, 'dialect.yaml')
  const text = await readFile(small, 'utf8')
  await writeFile(file, change(text.replace('  private:', `${fields.slice(1)}  private:`)))
  return loadDialect(file)
}

const tagged = `
  extra:
    de: 48
    format: ans...99
    layouts:
      - of: tagged
        tagged: { tag: 2, length: 3 }
        parts: [{ name: invoice, tag: 01, length: 20 }, { name: operator, tag: 02, length: 4 }]
`

/** An example message of the small acquirer, written by hand. */
const sale =
  '0100' +
  '0200' +
  '7020000000C00010' +
  '164111111111111111' +
  '000000' +
  '000000012345' +
  '123456' +
  'TERM0001' +
  'MERCHANT0000001' +
  '008' +
  '22000001'

test('a message goes through the dialect of a file and comes back byte for byte', async () => {
  const codec = codecFor(await load(''))
  const decoded = codec.decode(Buffer.from(sale, 'latin1'))
  assert.ok(decoded.ok)
  assert.deepEqual(decoded.remarks, [])
  assert.deepEqual(decoded.message, {
    mti: '0200',
    fields: {
      ...{ pan: '4111111111111111', processingCode: '000000', amount: '000000012345', trace: '123456', terminalId: 'TERM0001' },
      ...{ merchantId: 'MERCHANT0000001', private: '22000001', function: '22', batch: '000001' },
    },
  })
  assert.equal(Buffer.from(codec.encode(decoded.message).frame).toString('latin1'), sale)
})

test('a field whose parts stand after tags and lengths is divided and put together, and keeps tags that nobody knows', async () => {
  const dialect = await load(tagged)
  const codec = codecFor(dialect)
  const start = '0200' + '0020000000010000' + '000001'
  const { frame } = codec.encode({ mti: '0200', fields: { trace: '000001', invoice: 'INV-7', operator: '01' } }, { from: 'mti' })
  assert.equal(Buffer.from(frame).toString('latin1'), `${start}01701005INV-70200201`)
  const strange = Buffer.from(`${start}02202002019900300A01002I7`, 'latin1')
  const read = codec.decode(strange, { from: 'mti' })
  assert.ok(read.ok)
  assert.deepEqual([read.message.fields.invoice, read.message.fields.operator], ['I7', '01'])
  assert.deepEqual(read.remarks, [{ path: '48', says: 'its layout has no tag 99, or not again' }])
  assert.deepEqual(Buffer.from(codec.encode(read.message, { from: 'mti' }).frame), strange)
  assert.match(layoutOf(dialect, strange, codec.decode(strange, { from: 'mti' })), /^ +\d+ +48\.01 +invoice +I7$/m)
})

for (const [content, says] of [
  ['0200', 'after tag 02 there is no length of 3 digits'],
  ['02009X', 'tag 02 says 9; 1 are left'],
] as const)
  test(`a tagged field that breaks off is remarked, and kept: ${content}`, async () => {
    const codec = codecFor(await load(tagged))
    const frame = Buffer.from(`02000000000000010000${String(content.length).padStart(3, '0')}${content}`, 'latin1')
    const read = codec.decode(frame, { from: 'mti' })
    assert.ok(read.ok)
    assert.deepEqual(read.remarks, [{ path: '48', says }])
    assert.equal(read.message.fields.extra, content)
  })

test('packed digits are another line, not another table', async () => {
  const dialect = await load('', text => text.replace('encoding: ascii', 'encoding: bcd').replace('ascii 4', 'binary 2'))
  const codec = codecFor(dialect)
  const fields = {
    processingCode: '000000',
    amount: '000000012345',
    trace: '123456',
    track2: '4111111111111111D28122010000012345678',
  }
  const { frame } = codec.encode({ mti: '0200', fields }, { from: 'mti' })
  assert.equal(toHex(frame), `0200${'3020000020000000'}000000000000012345123456374111111111111111D281220100000123456780`)
  assert.deepEqual(codec.decode(fromHex(toHex(frame)), { from: 'mti' }).remarks, [])
})
