import assert from 'node:assert/strict'
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { where } from '../where.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

let folder = ''
let good = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bad-input-'))
  const reference = await readFile(where.referenceProfile, 'utf8')
  good = reference.replaceAll('../keys/', './').replaceAll('../cards/', `${join(where.fixtures, 'cards')}/`)
  await writeFile(join(folder, 'reference.yaml'), await readFile(join(where.fixtures, 'keys', 'reference.yaml'), 'utf8'))
})
after(() => rm(folder, { recursive: true }))

type Wrong = Readonly<{ in: 'profile' | 'keys'; old: RegExp; instead: string; line: RegExp; says: RegExp; hint: RegExp }>

const wrongs: Readonly<Record<string, Wrong>> = {
  'an unknown key': {
    in: 'profile',
    old: /voidScope/,
    instead: 'voidScop',
    line: /voidScop:/,
    says: /^unknown key `knobs\.voidScop`$/,
    hint: /^Did you mean "voidScope"\?$/,
  },
  'a knob that is missing and needed': {
    in: 'profile',
    old: / {2}voidWindow: .*\n/,
    instead: '',
    line: /^knobs:/,
    says: /^`knobs\.voidWindow` is missing, and VOID-\d{3}.* cannot be judged without it$/,
    hint: /^Ask the acquirer and add it/,
  },
  'a value that no knob has': {
    in: 'profile',
    old: /dupMode: decline/,
    instead: 'dupMode: declined',
    line: /dupMode:/,
    says: /^`knobs\.dupMode` is "declined", which is not one of its values$/,
    hint: /^Did you mean "decline"\?$/,
  },
  'an unknown dialect': {
    in: 'profile',
    old: /dialect: unionpay-pos/,
    instead: 'dialect: unionpay',
    line: /^dialect:/,
    says: /^there is no dialect "unionpay"; known are .*unionpay-pos/,
    hint: /^Correct `dialect` in the profile\.$/,
  },
  'a key whose check value is another': {
    in: 'keys',
    old: /checkValue: 8B97813B/,
    instead: 'checkValue: 8B97813C',
    line: /T0000002/,
    says: /^key "T0000002" gives the check value 8B97813B, not 8B97813C$/,
    hint: /^One digit of the key or of its check value is wrong/,
  },
  'a file of keys that is not there': {
    in: 'profile',
    old: /id: T0000001, set: 1, masterKey: { file: \.\/reference\.yaml/,
    instead: 'id: T0000001, set: 1, masterKey: { file: ./nowhere.yaml',
    line: /^/,
    says: /^there is no such file$/,
    hint: /^Correct the path/,
  },
  'text that is no YAML': {
    in: 'profile',
    old: /dialect: unionpay-pos/,
    instead: 'dialect: [unionpay-pos',
    line: /./,
    says: /./,
    hint: /^Correct the YAML here/,
  },
}

/** What a complaint consists of, and nothing else: the place, what is wrong, and what to do. */
const complaint = /^tillproof: (?<file>[^\n]*?):(?<line>\d+):(?<column>\d+): (?<says>[^\n]+)\n {2}(?<hint>[^\n]+)\n$/

for (const [name, wrong] of Object.entries(wrongs))
  test(`${name}: one message with its place, a hint, exit code 5, and nothing is written`, async () => {
    const own = await mkdtemp(join(folder, 'wrong-'))
    const keys = await readFile(join(folder, 'reference.yaml'), 'utf8')
    const texts = { profile: good, keys }
    assert.match(texts[wrong.in], wrong.old)
    const text = texts[wrong.in].replace(wrong.old, wrong.instead)
    await writeFile(join(own, 'profile.yaml'), wrong.in === 'profile' ? text : good)
    await writeFile(join(own, 'reference.yaml'), wrong.in === 'keys' ? text : keys)
    const out = join(own, 'out')
    const { code, out: printed, err } = await tillproofHere(['certify', '--profile', join(own, 'profile.yaml'), '--out', out])
    assert.deepEqual([code, printed], [5, ''])
    const { file = '', line = '0', column = '0', says = '', hint = '' } = complaint.exec(err)?.groups ?? assert.fail(err)
    assert.match(says, wrong.says)
    assert.match(hint, wrong.hint)
    if (name !== 'a file of keys that is not there') {
      assert.equal(file, join(own, wrong.in === 'profile' ? 'profile.yaml' : 'reference.yaml'))
      const shown = text.split('\n')[Number(line) - 1] ?? assert.fail(`no line ${line}`)
      assert.match(shown, wrong.line)
      assert.ok(Number(column) >= 1 && Number(column) <= shown.length + 1, `column ${column}`)
    }
    assert.ok(!err.includes('1616161616161616'), 'no key is shown')
    await assert.rejects(access(out), { code: 'ENOENT' })
  })

test('a profile that cannot be read, is empty, or is anything but a profile is one message, and is not printed', async () => {
  const binary = join(folder, 'binary.yaml')
  const empty = join(folder, 'empty.yaml')
  const card = join(folder, 'card.yaml')
  const directory = join(folder, 'directory.yaml')
  await writeFile(
    binary,
    Uint8Array.from({ length: 400 }, (_, at) => (at * 37 + 128) % 256),
  )
  await writeFile(empty, '')
  await writeFile(card, `${'x'.repeat(100)} 6250930000000002\n`)
  await mkdir(directory)
  for (const file of [join(folder, 'none.yaml'), directory, binary, empty, card]) {
    const { code, out, err } = await tillproofHere(['certify', '--profile', file])
    assert.deepEqual([code, out], [5, ''], err)
    assert.ok(err.startsWith(`tillproof: ${file}:`), err)
    assert.doesNotMatch(err, /^\s+at |6250930000000002/m)
    assert.ok(err.length < 600, `${err.length} characters`)
  }
})

for (const [wrong, argv, says] of [
  ['an endpoint that is no URL', ['--endpoint', 'localhost'], /A URL such as tcp:\/\/127\.0\.0\.1:8583 is needed/],
  ['an endpoint without a scheme', ['--endpoint', 'localhost:8583'], /A URL such as tcp:\/\/127\.0\.0\.1:8583 is needed/],
  ['an endpoint without a host', ['--endpoint', 'tcp://'], /A URL such as tcp:\/\/127\.0\.0\.1:8583 is needed/],
  ['an endpoint of a strange scheme', ['--endpoint', 'udp://127.0.0.1:1'], /A URL such as tcp:\/\/127\.0\.0\.1:8583 is needed/],
  [
    'a fault that nobody has',
    ['--fault', 'host:approves a secnd void'],
    /there is no fault .*\n {2}Did you mean "host:approves a second void"/,
  ],
  ['a row that does not exist', ['--only', 'SALE-999'], /There is no row SALE-999/],
  ['a tag expression that is none', ['--tags', '@('], /"@\(" is not a tag expression/],
  ['tags that no scenario has', ['--tags', '@nothing'], /no scenario fits @nothing/],
  ['no worker at all', ['--parallel', '0'], /A number of workers from 1 to 64 is needed/],
  ['hands that nobody has', ['--driver', 'telepathy'], /Allowed choices are direct, page/],
] as const)
  test(`${wrong}: one message, exit code 5, and nothing is written`, async () => {
    const folderOfRun = join(folder, 'arguments')
    const { code, out, err } = await tillproofHere(['certify', '--out', folderOfRun, ...argv])
    assert.deepEqual([code, out], [5, ''], err)
    assert.match(err, says)
    assert.match(err, /^tillproof: [^\n]+\n {2}[^\n]+\n$/)
    await assert.rejects(access(folderOfRun), { code: 'ENOENT' })
  })

const secret = 'Pa55-of-the-till'
const printed = 'is printed, and kept with every run'

for (const [where, argv, says] of [
  [
    'as --endpoint',
    ['certify', '--endpoint', `tcp://till:${secret}@pos.example:8583`],
    /tcp:\/\/…@pos\.example:8583 has a user name/,
  ],
  ['as --control', ['certify', '--control', `http://till:${secret}@pos.example/`], /http:\/\/…@pos\.example has a user name/],
  [
    'of preflight',
    ['preflight', '--endpoint', `tls://:${secret}@pos.example:8583`],
    /tls:\/\/…@pos\.example:8583 has a user name/,
  ],
  ['of host --dial', ['host', '--dial', `tcp://till:${secret}@pos.example:8583`], /has a user name/],
  [
    'that is no address',
    ['certify', '--endpoint', `till:${secret} @pos.example:x`, '--only', 'SALE-001'],
    /till:…@pos\.example:x/,
  ],
] as const)
  test(`an address with a password, ${where}, is refused, and nothing of it is printed`, async () => {
    const { code, out, err } = await tillproofHere(argv)
    assert.deepEqual([code, out], [5, ''], err)
    assert.match(err, says)
    assert.ok(!err.includes(secret), err)
  })

for (const [key, scheme] of [
  ['endpoint', 'tcp'],
  ['control', 'http'],
] as const)
  test(`a password in the \`${key}\` of a profile is refused with its line, and is not printed`, async () => {
    const file = join(folder, `password-${key}.yaml`)
    const other = key === 'control' ? 'endpoint: tcp://127.0.0.1:1\n' : ''
    await writeFile(file, `${good}\n${other}${key}: "${scheme}://till:${secret}@pos.example:8583"\n`)
    const { code, out, err } = await tillproofHere(['certify', '--profile', file, '--out', join(folder, 'password')])
    assert.deepEqual([code, out], [5, ''], err)
    const line = (await readFile(file, 'utf8')).split('\n').findIndex(text => text.startsWith(`${key}:`)) + 1
    assert.ok(err.startsWith(`tillproof: ${file}:${line}:`), err)
    assert.ok(err.includes(`\`${key}\` is "${scheme}://…@pos.example:8583"`) && err.includes(printed), err)
    assert.ok(!err.includes(secret), err)
    await assert.rejects(access(join(folder, 'password')), { code: 'ENOENT' })
  })

test('a password in the endpoint of a new profile is refused, and no file is left', async () => {
  const file = join(folder, 'new.yaml')
  const ids = ['--merchant', 'M00000000000001', '--terminal', 'T0000001', 'T0000002', '--neighbour', 'M00000000000002']
  const rest = [...ids, '--neighbour-terminal', 'T0000003', '--key', 'env:TILL_{terminal}', '--name', 'Acme']
  const { code, err } = await tillproofHere(['init', file, '--endpoint', `tcp://till:${secret}@pos.example:8583`, ...rest])
  assert.equal(code, 5)
  assert.ok(err.includes(printed) && !err.includes(secret), err)
  await assert.rejects(access(file), { code: 'ENOENT' })
})

test('a folder that cannot be written to is said before the run, and not called our mistake', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, 'not a folder')
  for (const out of [file, join(file, 'below')]) {
    const { code, err } = await tillproofHere(['certify', '--only', 'SALE-001', '--seed', '1', '--out', out])
    assert.equal(code, 5, err)
    assert.match(err, /^tillproof: .*a-file.* cannot be written to: E[^\n]+\n {2}Name another folder with --out\.\n$/)
  }
})

test('in a process of its own a wrong profile ends the same way', async () => {
  const file = join(folder, 'process.yaml')
  await writeFile(file, good.replace('voidScope', 'voidScop'))
  const { code, out, err } = await tillproof(['certify', '--profile', file])
  assert.deepEqual([code, out], [5, ''])
  assert.match(err, complaint)
})
