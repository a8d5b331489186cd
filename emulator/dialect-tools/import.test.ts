import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Dialect } from '../dialects/dialect.ts'
import { loadDialect } from '../profile/dialect-file.ts'
import { ProfileError } from '../profile/problem.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { codecFor } from '../wire/iso8583.ts'
import { parseTlv } from '../wire/tlv.ts'
import { importDialect } from './import.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'))
})
after(() => rm(folder, { recursive: true }))

/** What an engineer adds by hand: how frames are kept apart, and the messages. */
const completion = `
framing: { length: none }
messages:
  sale:
    request: 0200
    identity: { processingCode: 000000 }
    must: [amount, trace, localTime, localDate, entryMode, terminalId, merchantId]
    may: [pan, expiry, track2, sentAt, conditionCode, reference, currency, chipData]
  void:
    request: 0200
    identity: { processingCode: 020000 }
    must: [amount, trace, terminalId, merchantId, reference]
`

async function imported(name: string): Promise<Readonly<{ dialect: Dialect; left: readonly string[]; text: string }>> {
  const file = fileURLToPath(new URL(`../../fixtures/dialects/${name}`, import.meta.url))
  const { text, left } = importDialect(file, await readFile(file, 'utf8'))
  const written = join(folder, `${name}.yaml`)
  await writeFile(written, text + completion)
  return { dialect: await loadDialect(written), left, text }
}

/** A message that jPOS, moov, pyiso8583 and j8583 all write alike. @source Peers, 4.2 */
const golden =
  '0200723C048028C0800016411111111111111100000000000001234505211425301234561425300521281205100374111111111111111=28122010000012345678614212345678TERM0001MERCHANT0000001840'

const goldenFields = {
  ...{ pan: '4111111111111111', processingCode: '000000', amount: '000000012345', sentAt: '0521142530', trace: '123456' },
  ...{ localTime: '142530', localDate: '0521', expiry: '2812', entryMode: '051', conditionCode: '00' },
  ...{ track2: '4111111111111111D28122010000012345678', reference: '614212345678', terminalId: 'TERM0001' },
  ...{ merchantId: 'MERCHANT0000001', currency: '840' },
}

/** Thirteen objects that four readers of BER-TLV take apart alike. @source Peers, 4.4 */
const chip =
  '9F02060000000123459F03060000000000005F2A0208409A032605219C01009F37049BADBCAB9F36020034820239009F10120110A00003220000000000000000000000FF950500000080009F2608AABBCCDDEEFF00119F2701809F1A020840'

for (const file of ['packager.xml', 'specification.json']) {
  test(`the golden message of 168 bytes goes through what was imported of ${file}, byte for byte`, async () => {
    const codec = codecFor((await imported(file)).dialect)
    const decoded = codec.decode(Buffer.from(golden, 'latin1'))
    assert.equal(golden.length, 168)
    assert.ok(decoded.ok)
    assert.deepEqual(decoded.remarks, [])
    assert.deepEqual(decoded.message, { mti: '0200', fields: goldenFields })
    assert.equal(Buffer.from(codec.encode(decoded.message).frame).toString('latin1'), golden)
  })

  test(`the golden chip data goes through what was imported of ${file}, byte for byte`, async () => {
    const codec = codecFor((await imported(file)).dialect)
    const head = `02000000000000000200${String(chip.length / 2).padStart(3, '0')}`
    const frame = Buffer.concat([Buffer.from(head, 'latin1'), fromHex(chip)])
    const decoded = codec.decode(frame)
    assert.ok(decoded.ok)
    assert.equal(decoded.message.fields.chipData, chip)
    assert.deepEqual(Buffer.from(codec.encode(decoded.message).frame), frame)
    const parsed = parseTlv(fromHex(decoded.message.fields.chipData ?? ''))
    assert.equal(parsed.ok && parsed.tree.length, 13)
  })
}

test('what a packager has and a dialect has not is listed, in the file and beside it', async () => {
  const { left, text } = await imported('packager.xml')
  assert.deepEqual(left, [
    'field 43 (Card acceptor name and location): IFA_FLLCHAR fills up to a fixed size after a length that says less',
    'field 61 (Reserved, national): there is no counterpart of Proprietary',
    'field 60: its parts (org.jpos.iso.packager.GenericSubFieldPackager); the field is carried over whole, describe its `parts` yourself',
  ])
  for (const each of left) assert.ok(text.includes(`#   ${each}\n`), each)
})

test('what a specification has and a dialect has not is listed', async () => {
  assert.deepEqual((await imported('specification.json')).left, [
    'field 48 (Additional data): its parts have tags before them; the field is carried over whole',
    'field 61 (Odd): there is no counterpart of the prefix Hex.LL',
    'field 62 (A bitmap of its own): there is no counterpart of the type Bitmap',
  ])
})

test('fields that are written in another way than the others say so: EBCDIC, binary lengths, packed digits and their pad side', async () => {
  const { fields } = (await imported('packager.xml')).dialect
  const said = (de: number) => {
    const [name, field] = Object.entries(fields).find(([, one]) => one.de === de) ?? []
    return [name, field?.of, field?.length, field?.encoding, field?.justify]
  }
  const upTo = (count: number, unit: string, prefix: number) => ({ is: 'up to', count, unit, prefix })
  assert.deepEqual(said(44), ['institutions', 'ans', upTo(25, 'character', 2), { text: 'ebcdic', prefix: 'binary' }, undefined])
  assert.deepEqual(said(48), ['additionalData48', 'ans', upTo(255, 'character', 2), { prefix: 'binary' }, undefined])
  assert.deepEqual(said(62), ['reservedPrivate', 'n', upTo(11, 'digit', 2), { digits: 'bcd', prefix: 'bcd' }, undefined])
  assert.deepEqual(said(63), ['reservedPrivate63', 'n', upTo(11, 'digit', 2), { digits: 'bcd', prefix: 'bcd' }, 'left'])
  assert.deepEqual(said(28), ['amountTransactionFee', 'x+n', { is: 'exactly', count: 8, unit: 'digit' }, undefined, undefined])
})

test('a MAC at 64 and at 128 is one field that stands last, and original data divide as in the standard', async () => {
  const { dialect } = await imported('packager.xml')
  assert.equal(dialect.fields.mac?.standsLast, true)
  assert.ok(!Object.values(dialect.fields).some(({ de }) => de === 128))
  assert.deepEqual(dialect.layouts.original?.[0]?.parts.map(({ name }) => name).slice(0, 2), ['originalType', 'originalTrace'])
})

test('parts that stand one after the other are carried over, under names of their own', async () => {
  const { dialect } = await imported('specification.json')
  assert.deepEqual(
    dialect.layouts.cardAcceptorNameAndLocation?.[0]?.parts.map(({ name, length, path }) => [name, length, path]),
    [
      ['cardAcceptorNameAndLocationStreet', 25, '43.1'],
      ['cardAcceptorNameAndLocationCity', 13, '43.2'],
      ['cardAcceptorNameAndLocationCountry', 2, '43.3'],
    ],
  )
})

test('packed digits of a specification say on which side they are padded', async () => {
  const { fields } = (await imported('specification.json')).dialect
  const field = Object.values(fields).find(({ de }) => de === 60)
  assert.deepEqual([field?.justify, field?.encoding], ['left', { digits: 'bcd', prefix: 'bcd' }])
})

test('a secret is one by its number, whatever the other file calls it', async () => {
  const { fields } = (await imported('packager.xml')).dialect
  assert.deepEqual(
    [fields.pan?.secret, fields.track2?.secret, fields.pinBlock?.secret, fields.chipData?.secret],
    ['pan', 'track', 'pinBlock', 'chip'],
  )
})

for (const [what, text, says] of [
  ['neither XML nor JSON', 'id: x', /^x:1:1: it is neither XML nor JSON/],
  ['XML that is not well formed', '<isopackager>\n<isofield id="2"\n</isopackager>', /^x:[23]:1: this is not well-formed XML/],
  ['XML of something else', '<packager/>', /^x:1:1: it has no <isopackager>/],
  ['JSON that is none', '{ "fields": ', /^x:1:1: this is not JSON/],
  ['JSON of something else', '{ "name": "x" }', /^x:1:1: `fields`: /],
  ['a length that is none', '{ "fields": { "2": {\n "length": "19" } } }', /^x:2:1: `fields.2.length`: /],
] as const)
  test(`${what} is refused with the place`, () => {
    assert.throws(
      () => importDialect('x', text),
      (thrown: unknown) => thrown instanceof ProfileError && says.test(thrown.message),
    )
  })

test('a length, a number and a class that make no sense are left out and listed', () => {
  const field = (attributes: string) => `<isofield name="f" ${attributes}/>`
  const all = [
    field('id="3" length="six" class="org.jpos.iso.IFA_NUMERIC"'),
    field('id="300" length="6" class="org.jpos.iso.IFA_NUMERIC"'),
    field('id="5" length="6" class="org.jpos.iso.IFA_TTLLCHAR"'),
    field('id="6" length="19" class="org.jpos.iso.IFA_LLBNUM"'),
  ]
  const { left } = importDialect('x.xml', `<isopackager>${all.join('')}</isopackager>`)
  assert.deepEqual(left, [
    'field 3 (f): its length is "six"',
    'field 300 (f): there is no field 300',
    'field 5 (f): there is no counterpart of IFA_TTLLCHAR',
    'field 6 (f): IFA_LLBNUM rounds the length of an odd number of digits up, and this dialect does not',
  ])
})

test('a packed packager becomes a packed dialect', async () => {
  const field = (id: number, length: number, kind: string) =>
    `<isofield id="${id}" length="${length}" name="f ${id}" class="org.jpos.iso.${kind}"/>`
  const all = [
    field(0, 4, 'IFB_NUMERIC'),
    field(1, 16, 'IFB_BITMAP'),
    field(2, 19, 'IFB_LLNUM'),
    field(4, 12, 'IFB_NUMERIC'),
    field(11, 6, 'IFB_NUMERIC'),
  ]
  const texts = [field(39, 2, 'IF_CHAR'), field(41, 8, 'IF_CHAR'), field(64, 8, 'IFB_BINARY')]
  const file = join(folder, 'packed.yaml')
  await writeFile(file, importDialect('packed.xml', `<isopackager>${[...all, ...texts].join('')}</isopackager>`).text)
  const dialect = await loadDialect(file)
  const { frame } = codecFor(dialect).encode(
    { mti: '0200', fields: { pan: '4111111111111', amount: '000000000100', trace: '000001' } },
    { from: 'mti' },
  )
  assert.equal(toHex(frame), '0200' + '5020000000000000' + '13' + '41111111111110' + '000000000100' + '000001')
})
