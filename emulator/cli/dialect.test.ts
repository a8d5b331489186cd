import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { where } from '../where.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

const acme = join(where.fixtures, 'dialects', 'acme.yaml')
const packager = join(where.fixtures, 'dialects', 'packager.xml')
const golden =
  '0200723C048028C0800016411111111111111100000000000001234505211425301234561425300521281205100374111111111111111=28122010000012345678614212345678TERM0001MERCHANT0000001840'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialect-cli-'))
})
after(() => rm(folder, { recursive: true }))

test('dialect import prints a dialect file, and lists on standard error what it left out', async () => {
  const { code, out, err } = await tillproofHere(['dialect', 'import', packager])
  assert.equal(code, 0)
  assert.match(out, /^ {2}trace: \{ de: 11, format: n 6, is: System trace audit number \}$/m)
  assert.match(err, /^2[0-9] fields of a jPOS GenericPackager; not carried over/)
  assert.match(err, /field 61 \(Reserved, national\): there is no counterpart of Proprietary/)
})

test('what dialect import wrote is at once good for laying samples out, and is never written over by mistake', async () => {
  const file = join(folder, 'imported.yaml')
  assert.equal((await tillproofHere(['dialect', 'import', packager, '--out', file])).code, 0)
  const again = await tillproofHere(['dialect', 'import', packager, '--out', file])
  assert.deepEqual([again.code, again.err.includes('is there already')], [5, true])
  assert.equal((await tillproofHere(['dialect', 'import', packager, '--out', file, '--force'])).code, 0)
  const { code, out } = await tillproofHere(['dialect', 'check', file, '--from', 'mti', '--text', golden])
  assert.equal(code, 0, out)
  assert.match(out, /no messages yet: samples are checked by field only/)
  assert.match(out, /sample 1 \(the argument\): 168 bytes, fits/)
})

test('dialect check says nothing against a good file, and what does not fit of a sample, with exit code 1', async () => {
  assert.equal((await tillproofHere(['dialect', 'check', acme])).code, 0)
  const { code, out } = await tillproofHere(['dialect', 'check', acme, '--from', 'mti', '--text', golden])
  assert.equal(code, 1)
  assert.match(out, /^likely: /m)
  assert.ok(!out.includes('4111111111111111'), 'a card number is masked')
  const json = JSON.parse((await tillproofHere(['dialect', 'check', acme, '--from', 'mti', '--text', golden, '--json'])).out)
  assert.deepEqual([json.dialect.id, json.samples[0].fits], ['acme-pos', false])
})

test('dialect check refuses a dialect file that contradicts itself, with file and line and exit code 5', async () => {
  const file = join(folder, 'wrong.yaml')
  await writeFile(file, (await readFile(acme, 'utf8')).replace('batch: { de: 61', 'batch: { de: 11'))
  const { code, out, err } = await tillproofHere(['dialect', 'check', file])
  assert.deepEqual([code, out], [5, ''])
  assert.match(err, /wrong\.yaml:\d+:\d+: fields `batch` and `trace` both have number 11/)
  assert.ok(!err.includes('    at '), 'no stack')
})

test('dialect guess names a frame of text that was pasted, with the reasons and the line for the profile', async () => {
  const { code, out } = await tillproofHere(['dialect', 'guess', golden])
  assert.equal(code, 0)
  assert.match(out, /^1 +\d+ +iso8583-1987 +none .* sale request +168 of 168, exact$/m)
  assert.match(out, /the card number passes its check digit/)
  assert.match(out, /dialect: \{ id: iso8583-1987, settings: \{ length: none \} \}/)
  assert.ok(!out.includes('4111111111111111'))
})

test('dialect guess takes a file with a frame on each line, and prints JSON', async () => {
  const { vectors } = JSON.parse(await readFile(join(where.fixtures, 'vectors', 'unionpay-frames.json'), 'utf8'))
  const file = join(folder, 'captured.hex')
  const frames = vectors.filter(({ id }: { id: string }) => id.startsWith('conversation')).map(({ hex }: { hex: string }) => hex)
  await writeFile(file, `# captured at the till\n${frames.join('\n')}\n`)
  const { code, out } = await tillproofHere(['dialect', 'guess', file, '--json'])
  const { guesses } = JSON.parse(out)
  assert.deepEqual([code, guesses[0].dialect, guesses[0].exact], [0, 'unionpay-pos', true])
  assert.deepEqual(guesses[0].proposal, { is: 'profile', dialect: 'unionpay-pos', settings: {} })
})

test('dialect guess tries the dialect of a file', async () => {
  const { out: hex } = await tillproofHere([
    'encode',
    '--dialect',
    acme,
    '{"mti":"0800","fields":{"7":"0601101500","11":"000001","12":"101500","13":"0601","70":"301","41":"T0000001","42":"M00000000000001","61":"000001"}}',
  ])
  const { code, out } = await tillproofHere(['dialect', 'guess', hex.trim(), '--dialect', acme])
  assert.equal(code, 0, out)
  assert.match(out, /^1 +\d+ +acme-pos +binary 2 +itself too +6000030000/m)
})

for (const [what, argv, says] of [
  ['bytes that are no message', ['dialect', 'guess', 'FFFFFFFF'], [3, /No message of ISO 8583 begins anywhere in it/]],
  ['no sample', ['dialect', 'guess'], [5, /missing required argument/]],
  ['hex of half a byte', ['dialect', 'guess', '020'], [5, /argument: .*odd|half|digits/]],
  ['a file that is not there', ['dialect', 'import', 'none.xml'], [5, /none\.xml cannot be read/]],
  ['an unknown dialect', ['dialect', 'check', 'iso8583-1988'], [5, /there is no dialect "iso8583-1988"/]],
  ['an unknown setting', ['dialect', 'check', acme, '--set', 'lenght=ascii 4'], [5, /lenght/]],
  ['an unknown subcommand', ['dialect', 'gess'], [5, /gess/]],
] as const)
  test(`${what}: a clear word and exit code ${says[0]}, no stack`, async () => {
    const { code, out, err } = await tillproofHere(argv)
    assert.equal(code, says[0], err)
    assert.match(`${out}${err}`, says[1])
    assert.ok(!err.includes('    at '))
  })

test('what was pasted is not said again when it is neither hex nor a file', async () => {
  const { err } = await tillproofHere(['dialect', 'check', acme, 'x/4111111111111111'])
  assert.ok(!err.includes('4111111111111111'), err)
})

test('every subcommand has help with examples', async () => {
  for (const sub of ['import', 'check', 'guess']) {
    const { code, out } = await tillproofHere(['dialect', sub, '--help'])
    assert.equal(code, 0)
    assert.match(out, /Examples:\n {2}\$ tillproof dialect/)
    assert.match(out, /Exit codes: 0 /)
  }
})

test('an acquirer with a dialect file of its own is certified, and the run is judged again without that file', {
  timeout: 120_000,
}, async () => {
  const profile = await readFile(join(where.profiles, 'iso8583-1987-bcd.yaml'), 'utf8')
  const dialect = join(folder, 'acme.dialect.yaml')
  await writeFile(dialect, await readFile(acme, 'utf8'))
  const file = join(folder, 'acme.yaml')
  const own = profile
    .replace(/^dialect:\n(?: .*\n)+/m, 'dialect: acme.dialect.yaml\n')
    .replace(/^ {2}- mac\n/m, '')
    .replaceAll('../', `${where.fixtures}/`)
  await writeFile(file, own)
  const run = join(folder, 'run')
  const only = ['SALE-001', 'VOID-001', 'VOID-013', 'REV-001', 'REV-011', 'SETL-001', 'INQ-001']
  const certified = await tillproof(['certify', '--profile', file, '--only', only.join(), '--seed', '1', '--out', run])
  assert.equal(certified.code, 0, `${certified.out}${certified.err}`)
  const journal = await readFile(join(run, 'journal.ndjson'), 'utf8')
  assert.ok(journal.includes('"resultCode":"Z1"'), 'the journal has the acquirer’s own codes')
  await rm(dialect)
  const judged = await tillproof(['judge', run, '--json'])
  assert.equal(judged.code, 0, judged.err)
  const { run: _run, ...kept } = JSON.parse(await readFile(join(run, 'result.json'), 'utf8'))
  const { run: _again, ...again } = JSON.parse(judged.out)
  assert.deepEqual(again, kept)
})
