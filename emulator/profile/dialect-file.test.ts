import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { toMessage } from '../dialects/request.ts'
import { yuan } from '../values/amount.ts'
import { where } from '../where.ts'
import { type DialectFileOptions, loadDialect } from './dialect-file.ts'
import { dialectSchema } from './dialect-form.ts'
import { ProfileError } from './problem.ts'

/** A small acquirer, all of it. */
const small = `
id: acme-pos
source: Acme Acquiring, POS interface 3.2
encoding: ascii
framing: { length: ascii 4, lengthCounts: itself too }
fields:
  pan: { de: 2, format: n..19, pad: right, is: primary account number }
  processingCode: { de: 3, format: n 6 }
  amount: { de: 4, format: n 12 }
  trace: { de: 11, format: n 6 }
  track2: { de: 35, format: z..37, pad: right }
  reference: { de: 37, format: an 12 }
  resultCode: { de: 39, format: an 2 }
  terminalId: { de: 41, format: ans 8 }
  merchantId: { de: 42, format: ans 15 }
  private:
    de: 60
    format: n...10
    parts: [{ name: function, length: 2 }, { name: batch, length: 6 }]
messages:
  sale:
    request: 0200
    identity: { processingCode: 000000, function: 22 }
    must: [amount, trace, terminalId, merchantId]
    may: [pan, track2]
  void:
    request: 0200
    identity: { processingCode: 020000, function: 23 }
    must: [amount, trace, terminalId, merchantId, reference]
    may: [pan, track2]
  reverseSale:
    request: 0400
    identity: { processingCode: 000000 }
    must: [amount, trace, terminalId, merchantId]
`

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialect-'))
})
after(() => rm(folder, { recursive: true }))

async function load(text: string, options: DialectFileOptions = {}) {
  const file = join(folder, 'dialect.yaml')
  await writeFile(file, text)
  return loadDialect(file, options)
}

/** What is wrong with a dialect: `line:column: says — hint`, one per problem. */
async function problems(text: string, options: DialectFileOptions = {}): Promise<readonly string[]> {
  try {
    await load(text, options)
  } catch (thrown) {
    if (!(thrown instanceof ProfileError)) throw thrown
    return thrown.problems.map(({ line, column, says, hint }) => `${line}:${column}: ${says} — ${hint}`)
  }
  return []
}

/** The small dialect with one thing replaced, which must be there. */
function but(old: string, replacement: string): string {
  assert.ok(small.includes(old), `the small dialect holds ${old}`)
  return small.replace(old, replacement)
}

test('a small dialect is a small file: what it does not say follows from what it says', async () => {
  const dialect = await load(small)
  const row = dialect.messages.find(({ name }) => name === 'sale')
  assert.deepEqual(row, {
    name: 'sale',
    operation: 'sale',
    is: 'sale',
    request: '0200',
    reply: '0210',
    identity: { processingCode: '000000', function: '22' },
    must: ['amount', 'trace', 'terminalId', 'merchantId', 'processingCode', 'private'],
    may: ['pan', 'track2'],
    replyMust: ['trace', 'terminalId', 'resultCode'],
    refusalMust: ['trace', 'terminalId', 'resultCode'],
    replyMay: ['pan', 'processingCode', 'amount', 'reference', 'merchantId', 'private'],
    echoes: ['trace', 'terminalId'],
    sealed: false,
    reversible: true,
    counts: 'debit',
  })
  assert.deepEqual(
    dialect.messages.map(({ name, operation, of, reversible, counts }) => [name, operation, of, reversible, counts]),
    [
      ['sale', 'sale', undefined, true, 'debit'],
      ['void', 'void', undefined, false, 'credit'],
      ['reverseSale', 'reverse', 'sale', false, 'no'],
    ],
  )
  assert.equal(dialect.fields.pan?.secret, 'pan')
  assert.equal(dialect.fields.track2?.secret, 'track')
  assert.deepEqual(
    dialect.layouts.private?.[0]?.parts.map(({ path }) => path),
    ['60.1', '60.2'],
  )
  assert.equal(dialect.codes.approved[0], '00')
  assert.equal(dialect.mark, 'iso87')
})

const extending = `
id: acme-iso
extends: iso8583-1987
source: Acme Acquiring, POS interface 4
`

test('a file that extends a built-in dialect and says nothing is that dialect', async () => {
  const { id, source, ...dialect } = await load(extending)
  const { id: _id, source: _source, ...base } = dialectById('iso8583-1987')
  assert.deepEqual([id, source], ['acme-iso', 'Acme Acquiring, POS interface 4'])
  assert.deepEqual(dialect, base)
})

test('every built-in dialect can be extended without a change', async () => {
  for (const extended of ['unionpay-pos', 'iso8583-1993']) {
    const { messages, fields } = await load(extending.replace('iso8583-1987', extended))
    assert.deepEqual({ messages, fields }, { messages: dialectById(extended).messages, fields: dialectById(extended).fields })
  }
})

test('a field of the extended dialect is moved, changed or taken away, and its messages follow', async () => {
  const dialect = await load(`${extending}
fields:
  original: { de: 56 }
  operator: { format: an...8 }
  forwarderId: null
`)
  assert.equal(dialect.fields.original?.de, 56)
  assert.deepEqual(
    dialect.layouts.original?.[0]?.parts.map(({ path }) => path),
    ['56.1', '56.2', '56.3', '56.4', '56.5'],
  )
  assert.deepEqual(dialect.fields.operator?.length, { is: 'up to', count: 8, unit: 'character', prefix: 3 })
  assert.equal(dialect.fields.operator?.de, 63)
  assert.ok(dialect.messages.every(({ must, may }) => ![...must, ...may].includes('forwarderId')))
})

test('a message of the extended dialect is changed in what the file says of it, added or taken away', async () => {
  const base = dialectById('iso8583-1987').messages.find(({ name }) => name === 'sale')
  const dialect = await load(`${extending}
messages:
  sale: { request: 0100, must: { add: [operator], drop: [sentAt] } }
  inquire: null
  refund: { identity: { processingCode: 220000 } }
`)
  const row = dialect.messages.find(({ name }) => name === 'sale')
  assert.deepEqual([row?.request, row?.reply, row?.repeat], ['0100', '0110', undefined])
  assert.deepEqual(row?.must, [...(base?.must ?? []).filter(name => name !== 'sentAt'), 'operator'])
  assert.deepEqual(row?.echoes, base?.echoes)
  assert.ok(!dialect.messages.some(({ name }) => name === 'inquire'))
  assert.equal(dialect.messages.find(({ name }) => name === 'refund')?.identity.processingCode, '220000')
})

test('a reversal goes by what it undoes, since all reversals of a dialect may share their name', async () => {
  const dialect = await load(`${extending}messages:\n  reverseVoid: null\n  void: { reversible: false }\n`)
  assert.deepEqual(
    dialect.messages.flatMap(({ operation, of }) => (operation === 'reverse' ? [of] : [])),
    ['sale'],
  )
})

test('what an acquirer says in its own way it says so in every list that the file does not give', async () => {
  const { codes } = await load(`${extending}codes: { said: { '25': Z1, 00: AA }, accept: { wrong PIN: [55, 38] } }\n`)
  const base = dialectById('iso8583-1987').codes
  assert.equal(codes.said?.['25'], 'Z1')
  assert.equal(codes.approved[0], 'AA')
  assert.deepEqual(
    codes.accept['original not found']?.codes,
    base.accept['original not found']?.codes.map(code => (code === '25' ? 'Z1' : code === '00' ? 'AA' : code)),
  )
  assert.deepEqual(codes.accept['wrong PIN']?.codes, ['55', '38'])
})

test('settings of the profile take the place of those in the file, which take the place of the defaults', async () => {
  const text = `${extending}framing: { length: ascii 4 }\nsettings: { mac: none }\n`
  assert.equal((await load(text)).settings.length, 'ascii 4')
  assert.equal((await load(text)).messages[0]?.sealed, false)
  const { settings, framing } = await load(text, { settings: { length: 'bcd 2', tpdu: '6000030000' } })
  assert.deepEqual([settings.length, settings.mac, framing.tpdu], ['bcd 2', 'none', '6000030000'])
})

test('a composite of private use is put together of the parts that a terminal knows, and of fixed ones', async () => {
  const dialect = await load(small)
  const { fields } = toMessage(dialect, {
    operation: 'sale',
    terminalId: 'T1',
    merchantId: 'M00000000000001',
    trace: '000007',
    batch: '000042',
    amount: yuan(1200n),
  })
  assert.deepEqual([fields.private, fields.function, fields.batch], ['22000042', '22', '000042'])
  assert.equal(fields.terminalId, 'T1      ')
})

const tagged = `
  extra:
    de: 48
    format: ans...99
    layouts:
      - of: tagged
        tagged: { tag: 2, length: 3 }
        parts: [{ name: invoice, tag: 01, length: 20 }, { name: operator, tag: 02, length: 4 }]
`

test('tags that do not agree are refused', async () => {
  const wrong = tagged.replace('tag: 02', 'tag: 002').slice(1)
  assert.match(
    (await problems(but('  private:', `${wrong}  private:`)))[0] ?? '',
    /`fields\.extra` and its parts do not agree on tags/,
  )
})

test('an unknown key hides no other problem', async () => {
  const found = await problems(but('format: n 12', 'format: n 12, formt: x').replace('source:', 'matchedBy: [moon]\nsource:'))
  assert.ok(found.length > 1, found.join('\n'))
  assert.match(found[0] ?? '', /unknown key `fields\.amount\.formt`/)
  assert.match(found.slice(1).join('\n'), /moon/)
})

for (const [what, text, says] of [
  ['a key that is none', but('format: n 12', 'formt: n 12'), '9:20: unknown key `fields.amount.formt` — Did you mean "format"?'],
  [
    'two fields with one number',
    but('reference: { de: 37', 'reference: { de: 11'),
    '12:20: fields `reference` and `trace` both have number 11',
  ],
  [
    'the bit of the second bitmap as a field',
    but('{ de: 3,', '{ de: 1,'),
    '8:25: `fields.processingCode.de` is 1 — It must be 2 to 192',
  ],
  ['a field without a format', but(', format: n 12', ''), '9:3: `fields.amount` has no format — Add it'],
  ['a field without a number', but('de: 39, ', ''), '13:3: `fields.resultCode` has no number'],
  ['a format that is none', but('format: n 12', 'format: N12'), '9:28: `fields.amount.format` is "N12" — It must be one such as'],
  [
    'a length that its prefix cannot say',
    but('z..37', 'z..104'),
    '11:29: `fields.track2` is z..104: a length of 2 digits says 99 at most; three dots',
  ],
  ['a unit that the alphabet does not count', but('format: n 12', 'format: n 12, unit: byte'), '`n` counts digits, not bytes'],
  ['a card number of letters', but('n..19', 'ans..19'), '`fields.pan` is ans, but pan is n wherever it stands'],
  [
    'a MAC in the middle',
    but('  trace:', '  mac: { de: 61, format: b 8 }\n  trace:'),
    '10:14: `fields.mac` has number 61, but a MAC is the last field',
  ],
  [
    'a MAC of 64 bytes',
    but('  trace:', '  mac: { de: 64, format: b 64 }\n  trace:'),
    '10:26: `fields.mac` has no fixed length of 4, 8 or 16 bytes — Write `b 8`',
  ],
  ['a padded text', but('an 12 }', 'an 12, pad: right }'), '`fields.reference` is an, and only packed digits are padded'],
  [
    'parts longer than their field',
    but('n...10', 'n...7'),
    'the parts of `fields.private` have 8 together, and the field has at most 7',
  ],
  [
    'a part with the name of a field',
    but('name: batch', 'name: trace'),
    'the part trace of `fields.private` has the name of another part or field',
  ],
  [
    'a list without an item',
    but('parts: [{ name: f', 'layouts: [{ of: list, parts: [{ name: f').replace('length: 6 }]', 'length: 6 }] }]'),
    '`fields.private` is a list without an item',
  ],
  ['no trace', but('  trace: { de: 11, format: n 6 }\n', ''), '`matchedBy` is without trace: nothing tells two requests'],
  [
    'an answer known by what is no field',
    `${small}matchedBy: [trace, terminal]\n`,
    '35:20: `matchedBy` names terminal, which is no field — Did you mean "terminalId"',
  ],
  [
    'an unknown name in a message',
    but('may: [pan, track2]', 'may: [pan, trck2]'),
    '25:5: `messages.sale.may` names trck2, which is no field — Did you mean "track2"',
  ],
  [
    'two messages that nobody can tell apart',
    but('020000, function: 23', '000000, function: 22'),
    '26:3: `sale` and `void` are both 0200, and nothing tells them apart',
  ],
  ['a message without a type', but('    request: 0400\n', ''), '`messages.reverseSale` has no request'],
  [
    'a type that is none',
    but('request: 0400', 'request: 400'),
    '32:14: `messages.reverseSale.request` is "400" — It must be a message type of four digits',
  ],
  [
    'an answer with the type of a request',
    but('request: 0400', 'request: 0400\n    reply: 0200'),
    '`messages.reverseSale` is answered by 0200, which is the request of `sale`',
  ],
  ['an answer with its own type', but('request: 0400', 'request: 0400\n    reply: 0400'), 'is answered by its own type, 0400'],
  [
    'an echo that the answer may not carry',
    but('may: [pan, track2]', 'may: [pan, track2]\n    echoes: [track2]\n    replyMust: [resultCode]'),
    '26:5: `messages.sale` echoes track2, which its answer may not carry',
  ],
  [
    'an echo that the request does not carry',
    but('may: [pan, track2]', 'may: [pan]\n    echoes: [reference]'),
    '`messages.sale` echoes reference, which its request does not carry',
  ],
  [
    'a sealed message without a MAC',
    but('may: [pan, track2]', 'may: [pan]\n    sealed: true'),
    '26:13: `messages.sale` is sealed, but carries no mac — Add a field `mac`',
  ],
  [
    'an identity that its field cannot hold',
    but('020000, function: 23', '20000, function: 23'),
    '28:33: `processingCode` is "20000", but has 6',
  ],
  [
    'an identity of no field',
    but('020000, function: 23', '020000, funktion: 23'),
    '`messages.void` is known by funktion, which is no field — Did you mean "function"',
  ],
  [
    'a reversal of what is no message',
    but('reverseSale:', 'reverseComplete:'),
    '`messages.reverseComplete` reverses a complete, and there is no such message',
  ],
  [
    'a reversible message without a reversal',
    but('reverseSale:', 'reverseVoid:').replace('may: [pan, track2]', 'may: [pan]\n    reversible: true'),
    '`messages.sale` is reversible, but no message reverses it — Add `reverseSale`',
  ],
  [
    'a code longer than its field',
    `${small}codes: { approved: ['000'] }\n`,
    '35:21: the result code "000" has 3, and `resultCode` has 2',
  ],
  [
    'a situation that nobody asks for',
    `${small}codes: { accept: { wrong pn: ['55'] } }\n`,
    '35:20: there is no situation "wrong pn" — Did you mean "wrong PIN"',
  ],
  [
    'a code that approves and misleads',
    `${small}codes: { approved: ['00'], misleading: ['00'] }\n`,
    'the result code 00 approves, and sends the terminal away too',
  ],
  [
    'a translation of no code',
    `${small}codes: { said: { approved: '00' } }\n`,
    '`codes.said` translates "approved", which is no code of ISO 8583:1987',
  ],
  ['a setting that is none', but('length: ascii 4', 'lenght: ascii 4'), '5:12: `framing.lenght` is no setting of this section'],
  [
    'a framing among the settings',
    `${small}settings: { tpdu: none }\n`,
    '35:13: `settings.tpdu` is no setting of this section — Write it under `framing:`',
  ],
  [
    'a value that a setting cannot have',
    but('length: ascii 4', 'length: ascii 2'),
    '5:20: setting length: "ascii 2" is not one of "binary 2"',
  ],
  ['an encoding that is none', but('encoding: ascii', 'encoding: utf8'), '4:11: `encoding` is "utf8"'],
  [
    'a packed track with a character',
    but('encoding: ascii', 'encoding: { digits: bcd, trackSeparator: = }'),
    '4:42: digits are packed, but the separator of a track is `=`',
  ],
  [
    'control characters around bytes',
    but('encoding: ascii', 'encoding: bcd').replace('ascii 4, lengthCounts: itself too', 'STX ETX LRC'),
    'frames end with the character ETX',
  ],
  [
    'an extended dialect that is not there',
    but('encoding: ascii', 'extends: iso8583-1988'),
    '4:10: there is no built-in dialect "iso8583-1988" — Did you mean',
  ],
  ['the id of a built-in dialect', but('id: acme-pos', 'id: unionpay-pos'), '2:5: there is a built-in dialect unionpay-pos'],
  ['a field taken away that nobody has', but('  trace:', '  tracc: null\n  trace:'), '`fields.tracc` takes a field away'],
  ['a message taken away that nobody has', but('  sale:', '  sail: null\n  sale:'), 'there is no message sail to be taken away'],
  [
    'no messages and no fields at all',
    'id: a\nsource: b\n',
    'there is no field `resultCode`, in which an answer says whether it approves',
  ],
] as const)
  test(`a dialect that cannot be is refused with the place: ${what}`, async () => {
    const found = await problems(text)
    assert.ok(
      found.some(each => each.includes(says)),
      found.join('\n') || 'nothing is wrong with it',
    )
    for (const each of found) assert.match(each, /[.?:…`]$|etc$/, each)
  })

test('all problems of a dialect are reported at once', async () => {
  const text = but('de: 37', 'de: 11').replace('may: [pan, track2]', 'may: [pan, trck2]')
  assert.equal((await problems(text)).length, 2)
})

test('a setting of the profile that is none is a problem of the profile', async () => {
  await assert.rejects(
    load(small, {
      settings: { length: 'ascii 5' },
      settingProblem: (name, says, hint) => ({
        code: 'DIALECT',
        file: 'profile.yaml',
        line: 7,
        column: 1,
        says: `${name}: ${says}`,
        hint,
      }),
    }),
    (thrown: unknown) => thrown instanceof ProfileError && thrown.file === 'profile.yaml' && thrown.line === 7,
  )
})

test('a reason for a row that does not exist is refused when the rows are known', async () => {
  const text = `${small}cannot: { VOID-099: no place }\n`
  assert.deepEqual(await problems(text), [])
  assert.match(
    (await problems(text, { requirements: ['VOID-009'] }))[0] ?? '',
    /^35:21: there is no requirement VOID-099 — Did you mean "VOID-009"/,
  )
})

test('whatever stands in place of a line, the answer is a dialect or problems with a place in the file', async () => {
  const lines = small.split('\n')
  for (const at of lines.keys())
    for (const instead of [
      '',
      'x',
      '- x',
      '{}',
      `${lines[at]?.replace(/:.*/, ': null')}`,
      `${lines[at]?.replace(/:.*/, ': [1]')}`,
    ]) {
      const found = await problems(lines.with(at, instead).join('\n'))
      for (const each of found) assert.match(each, /^[1-9]\d*:[1-9]\d*: ./)
    }
})

test('the published JSON Schema is the one that dialects are checked by', async () => {
  const published: unknown = JSON.parse(await readFile(join(where.docs, 'dialect.schema.json'), 'utf8'))
  assert.deepEqual(published, JSON.parse(JSON.stringify(dialectSchema())), 'run: node emulator/profile/schema-file.ts')
})
