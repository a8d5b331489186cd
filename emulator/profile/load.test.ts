import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { inspect } from 'node:util'
import { where } from '../where.ts'
import { type LoadOptions, loadForJudging, loadProfile } from './load.ts'
import { ProfileError } from './problem.ts'
import type { Profile } from './profile.ts'

const good = `
name: Test acquirer
dialect: unionpay-pos
endpoint: tcp://127.0.0.1:8583
merchants:
  - id: M00000000000001
    name: Harbour Bookshop
    terminals:
      - { id: T0000001, masterKey: env:TMK }
      - { id: T0000002, masterKey: { file: keys.yaml, name: second } }
  - id: M00000000000002
    name: Garden Tea House
    terminals:
      - { id: T0000003, masterKey: env:TMK }
cards:
  - { holder: Alice, pan: 6250930000000002, expiry: 3312, serviceCode: 120, pin: 123456, funds: 5000.00 }
  - { holder: Carol, pan: 6212142000000000012, expiry: 3301, serviceCode: 120 }
supports: [core, tcs, pin, void-pin]
knobs:
  zone: Asia/Shanghai
  voidWindow: same-business-day
  settle: tcs
`
const keys = `
keys:
  - { name: second, value: '16161616161616162929292929292929', checkValue: 8B97813B }
`
const numbers = `- 6250930000000002\n- 6212142000000000012\n`
const environment = { TMK: '13131313131313132525252525252525' }

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profile-'))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'numbers.yaml'), numbers)
})
after(() => rm(folder, { recursive: true }))

async function load(text: string, options: LoadOptions & { keys?: string } = {}) {
  const file = join(folder, 'profile.yaml')
  await writeFile(file, text)
  await writeFile(join(folder, 'keys.yaml'), options.keys ?? keys)
  return loadProfile(file, { environment, testNumbers: join(folder, 'numbers.yaml'), ...options })
}

/** What is wrong with a profile: `line:column: says — hint`, one per problem. */
async function problems(text: string, options: LoadOptions & { keys?: string } = {}): Promise<readonly string[]> {
  try {
    await load(text, options)
  } catch (thrown) {
    if (!(thrown instanceof ProfileError)) throw thrown
    return thrown.problems.map(({ line, column, says, hint }) => `${line}:${column}: ${says} — ${hint}`)
  }
  return []
}

/** The good profile with one thing replaced, which must be there. */
function but(old: string, replacement: string): string {
  assert.ok(good.includes(old), `the good profile holds ${old}`)
  return good.replace(old, replacement)
}

test('a good profile is read with everything in it', async () => {
  const profile = await load(good)
  assert.equal(profile.name, 'Test acquirer')
  assert.equal(profile.endpoint?.href, 'tcp://127.0.0.1:8583')
  assert.deepEqual(profile.dialect, { id: 'unionpay-pos', settings: {} })
  assert.deepEqual([...profile.supports].sort(), ['core', 'cup', 'pin', 'tcs', 'void-pin'])
  assert.equal(profile.merchants[0]?.terminals[0]?.masterKey.reveal(), environment.TMK)
  assert.equal(profile.merchants[0]?.terminals[1]?.masterKey.reveal(), '16161616161616162929292929292929')
  assert.equal(profile.knobs.revRetries, 3)
  assert.equal(profile.businessDay, 'none')
  assert.deepEqual(profile.timing, { connection: 'per operation', role: 'client' })
  assert.equal(profile.door, 'tcp')
  assert.equal(profile.tls, undefined)
  assert.match(profile.sha256, /^[0-9a-f]{64}$/)
})

test('digits without quotes keep every digit and every zero in front', async () => {
  const { cards } = await load(but('serviceCode: 120, pin: 123456', 'serviceCode: 012, pin: 000456'))
  assert.equal(cards[0]?.serviceCode, '012')
  assert.equal(cards[0]?.pin?.reveal(), '000456')
  assert.equal(cards[1]?.pan.reveal(), '6212142000000000012')
  assert.equal(cards[0]?.funds?.minor, 500_000n)
  assert.equal(cards[1]?.funds, undefined)
})

test('endpoint and control port of the command line take the place of those in the file', async () => {
  const { endpoint, control } = await load(good, { endpoint: new URL('tcp://host:1'), control: new URL('http://host:2') })
  assert.deepEqual([endpoint?.href, control?.href], ['tcp://host:1', 'http://host:2/'])
})

test('a misspelt key is an error with its place and the right key', async () => {
  assert.deepEqual(await problems(but('voidWindow', 'voidWindo')), [
    '21:3: unknown key `knobs.voidWindo` — Did you mean "voidWindow"?',
  ])
  assert.deepEqual(await problems(but('holder: Carol', 'holder: Carol, name: C')), [
    '17:22: unknown key `cards[1].name` — Known are holder, pan, expiry, serviceCode, pin, funds, set.',
  ])
  assert.deepEqual(await problems(but('  zone', 'zone').replace(/ {2}(voidW.*|settle: tcs)\n/g, '')), [
    '19:7: `knobs` is empty — It must be a group of keys.',
    '20:1: unknown key `zone` — It is a knob: indent it under `knobs:`.',
  ])
})

test('a knob that our terminal cannot honour is an error, and no silence', async () => {
  assert.deepEqual(await problems(but('settle: tcs', 'settle: tcs\n  revStan: new-with-de90')), [
    '23:12: `knobs.revStan` is new-with-de90, but our terminal reverses under the trace number of the original — Write `same`, if the acquirer takes such a reversal.',
  ])
  assert.deepEqual(await problems(but('settle: tcs', 'settle: tcs\n  voidCoding: iso-0400')), [
    '23:15: `knobs.voidCoding` is iso-0400, but unionpay-pos sends a void as 0200 — Set the dialect so that voids are reversals (`void: 1420` of iso8583-1993, or a dialect file), or write iso-0200.',
  ])
})

test('a wrong value is an error with its place and the values that it may have', async () => {
  assert.deepEqual(await problems(but('same-business-day', 'same-bussiness-day')), [
    '21:15: `knobs.voidWindow` is "same-bussiness-day" — It must be same-batch, same-business-day, { untilCutoff: \'20:00\' }, { hours: n } or { days: n }.',
  ])
  assert.deepEqual(await problems(but('void-pin]', 'viod-pin]')), [
    '18:28: `supports[3]` is "viod-pin", which is not one of its values — Did you mean "void-pin"?',
  ])
  assert.deepEqual(await problems(but('void-pin]', 'cup]')), [
    '18:28: `supports[3]` is "cup", which is not one of its values — Leave it out: a profile has this mark from its dialect.',
  ])
  assert.deepEqual(await problems(but('tcp://127.0.0.1:8583', 'udp://127.0.0.1')), [
    '4:11: `endpoint` is "udp://127.0.0.1" — It must be a URL that begins with tcp://, tls://, https://, http://, wss://, ws://.',
  ])
  assert.deepEqual(await problems(but('Asia/Shanghai', 'Asia/Shangai')), [
    '20:9: `knobs.zone` is "Asia/Shangai" — It must be the name of a time zone, such as Asia/Shanghai.',
  ])
})

test('a missing key is an error at the group that lacks it', async () => {
  assert.deepEqual(await problems(but('name: Test acquirer\n', '')), ['2:1: `name` is missing — Add it: a text.'])
})

test('all problems are reported at once', async () => {
  const text = but('settle: tcs', 'settle: tcss').replace('name: Test acquirer', 'nam: Test acquirer')
  assert.equal((await problems(text)).length, 3)
})

test('no more than ten problems are printed, and the rest is counted', async () => {
  const text = `${good}${Array.from({ length: 12 }, (_, at) => `extra${at}: 1`).join('\n')}\n`
  await assert.rejects(load(text), (error: unknown) => {
    assert.ok(error instanceof ProfileError)
    assert.equal(error.problems.length, 12)
    assert.equal(error.message.split('\n').length, 11)
    assert.match(error.message, /… and 2 more$/)
    return true
  })
})

test('text that is no YAML is an error with the line', async () => {
  const [first] = await problems(but('supports: [core', 'supports: [core: {'))
  assert.match(first ?? '', /^\d+:\d+: .* — Correct the YAML here/)
})

test('a file that is not there is an error, also when the profile names it', async () => {
  await assert.rejects(loadProfile(join(folder, 'none.yaml')), { code: 'FILE_UNREADABLE' })
  await assert.rejects(load(but('keys.yaml', 'none.yaml')), { code: 'FILE_UNREADABLE' })
})

test('a card number that nobody documented as a test number is refused, masked, unless the profile allows it', async () => {
  const real = but('6250930000000002', '6250930000000010')
  assert.deepEqual(await problems(real), [
    '16:27: 625093…0010 is not a documented test number — Take a number of fixtures/cards/test-ranges.yaml, or write `allowRealCards: true` if you may use this one.',
  ])
  assert.deepEqual(await problems(`${real}allowRealCards: true\n`), [])
})

test('a key with a wrong check value is an error in the file of keys', async () => {
  const [first] = await problems(good, { keys: keys.replace('8B97813B', '8B97813C') })
  assert.match(first ?? '', /^3:\d+: key "second" gives the check value 8B97813B, not 8B97813C/)
})

test('a key is found by reference only', async () => {
  assert.match((await problems(good, { environment: {} }))[0] ?? '', /the environment has no TMK/)
  assert.match(
    (await problems(but('name: second', 'name: secnd')))[0] ?? '',
    /keys.yaml has no key named "secnd" — Did you mean "second"\?/,
  )
  const inline = await problems(but('masterKey: env:TMK', `masterKey: '${environment.TMK}'`))
  assert.match(inline[0] ?? '', /a key stands in the profile itself — Refer to it/)
  assert.ok(!inline.join().includes(environment.TMK), 'the key is not in the message')
})

test('an unknown dialect and an unknown setting of one are errors with their place', async () => {
  assert.match(
    (await problems(but('dialect: unionpay-pos', 'dialect: unionpay')))[0] ?? '',
    /^3:10: there is no dialect "unionpay"; known are/,
  )
  assert.match(
    (await problems(but('dialect: unionpay-pos', 'dialect: { id: unionpay-pos, settings: { colour: 1 } }')))[0] ?? '',
    /^3:\d+: .*colour/,
  )
})

for (const [contradiction, text, says] of [
  ['settle against its flag', but('settle: tcs', 'settle: hcs'), '`knobs.settle` is hcs, but `supports` does not list hcs'],
  ['both ways to settle', but('[core, tcs', '[core, hcs, tcs'), 'supports both tcs and hcs'],
  ['a flag without the one it needs', but('pin, void-pin', 'void-pin'), 'supports void-pin without pin'],
  [
    'a ledger without a control port',
    but('[core', '[core, view-ledger'),
    '18:18: supports view-ledger, but there is no control port',
  ],
  [
    'a control without a control port',
    but('[core', '[core, control-card'),
    'supports control-card, but there is no control port',
  ],
  [
    'a control port without an endpoint',
    but('endpoint: tcp://127.0.0.1:8583', 'control: http://127.0.0.1:1'),
    'there is a control port, but no endpoint',
  ],
  [
    'a set of one merchant',
    but('T0000003,', 'T0000003, set: 2,'),
    'set 1 has not two terminals of one merchant and one of another',
  ],
  ['a terminal twice', but('T0000002', 'T0000001'), 'terminal T0000001 is listed twice'],
  [
    'a terminal id that the dialect has no room for',
    but('T0000002', 'T00000002'),
    'terminal T00000002 has 9 characters; unionpay-pos has 8',
  ],
  [
    'a merchant id that the dialect has no room for',
    but('M00000000000002', 'M000000000000002'),
    '11:9: merchant M000000000000002 has 16',
  ],
  ['a door and an endpoint', `${good}door: ws\n`, '23:7: there is a door, and an endpoint too'],
  [
    'terms of TLS on a line without it',
    `${good}tls: {}\n`,
    '23:1: there is a section `tls`, but the endpoint begins with tcp://',
  ],
  [
    'an encrypted door and nobody who is trusted',
    but('endpoint: tcp://127.0.0.1:8583', 'door: wss'),
    '4:7: `door` is wss, but nothing says whom the terminals trust',
  ],
  [
    'a server without an address',
    `${but('endpoint: tcp://127.0.0.1:8583\n', '')}timing: { role: server }\n`,
    '22:17: `timing.role` is server, but there is no address',
  ],
  ['a mapping for messages', `${good}mapping: calls.yaml\n`, '23:10: there is a mapping, but the dialect is unionpay-pos'],
  [
    'messages over HTTP',
    but('tcp://127.0.0.1:8583', 'https://acquirer.example/pay'),
    '4:11: messages of unionpay-pos are no HTTP calls',
  ],
  ['a card twice', but('6212142000000000012', '6250930000000002'), '625093…0002 is listed twice'],
  [
    'a time of day without a zone',
    but('zone: Asia/Shanghai', "cutoff: '23:00'"),
    '`knobs.cutoff` is a time of day without a zone',
  ],
] as const) {
  test(`a contradiction is an error: ${contradiction}`, async () => {
    const found = await problems(text)
    assert.ok(
      found.some(each => each.includes(says)),
      found.join('\n'),
    )
  })
}

test('a knob that an applicable row needs and that is missing is an error naming the rows', async () => {
  const neededKnobs = ({ supports }: Profile) => [
    { knob: 'voidWindow', because: ['VOID-006'] },
    ...(supports.has('pin') ? [{ knob: 'dupMode', because: ['DUP-001', 'DUP-002', 'DUP-003', 'DUP-004'] }] : []),
  ]
  assert.deepEqual(await problems(good, { neededKnobs }), [
    '19:1: `knobs.dupMode` is missing, and DUP-001, DUP-002, DUP-003 and 1 more cannot be judged without it — Ask the acquirer and add it: nothing is guessed.',
  ])
})

test('a deviation from a requirement that does not exist is an error', async () => {
  const text = `${good}deviations:\n  - { requirement: VOID-099, reason: agreed, approver: A. Chen, expires: 2027-01-31 }\n`
  assert.deepEqual(await problems(text), [])
  assert.match(
    (await problems(text, { requirements: ['VOID-009', 'SALE-001'] }))[0] ?? '',
    /^24:20: there is no requirement VOID-099 — Did you mean "VOID-009"/,
  )
  assert.match((await problems(text.replace('2027-01-31', '31.1.2027')))[0] ?? '', /It must be a date, YYYY-MM-DD/)
})

test('nothing of a profile that is printed shows a card number, a PIN or a key', async () => {
  const profile = await load(good)
  const printed = `${inspect(profile, { depth: 9 })}${JSON.stringify(profile)}`
  for (const secret of ['6250930000000002', '6212142000000000012', '123456', environment.TMK])
    assert.ok(!printed.includes(secret), secret)
})

test('the published JSON Schema is the one that profiles are checked by', async () => {
  const { profileSchema } = await import('./schema.ts')
  const published: unknown = JSON.parse(await readFile(join(where.docs, 'profile.schema.json'), 'utf8'))
  assert.deepEqual(published, JSON.parse(JSON.stringify(profileSchema())), 'run: node emulator/profile/schema-file.ts')
})

test('the copy of a profile beside a journal is enough to judge by, without the files that it refers to', async () => {
  const whole = await load(good)
  const copy = join(folder, 'copy.yaml')
  await writeFile(copy, good.replaceAll('keys.yaml', 'not-here.yaml'))
  const { name, dialect, supports, knobs, businessDay, deviations, merchants, cards } = await loadForJudging(copy)
  assert.deepEqual([merchants, cards], [[], []])
  assert.deepEqual(
    { name, dialect, supports, knobs, businessDay, deviations },
    {
      name: whole.name,
      dialect: whole.dialect,
      supports: whole.supports,
      knobs: whole.knobs,
      businessDay: whole.businessDay,
      deviations: whole.deviations,
    },
  )
})

test('whatever stands in place of a line, the answer is a profile or problems with a place in the file', async () => {
  const lines = good.split('\n')
  for (const at of lines.keys()) {
    for (const instead of [
      '',
      'x',
      '- x',
      '? [a]',
      '{}',
      `${lines[at]?.replace(/:.*/, ': null')}`,
      `${lines[at]?.replace(/:.*/, ': [1]')}`,
    ]) {
      const text = lines.with(at, instead).join('\n')
      try {
        await load(text)
      } catch (thrown) {
        assert.ok(thrown instanceof ProfileError, `${thrown} for\n${text}`)
        for (const { line, column, says, hint } of thrown.problems) {
          assert.ok(line >= 1 && line <= lines.length && column >= 1, `${line}:${column}: ${says}`)
          assert.ok(says !== '' && /[.?]$/.test(hint), `${says} — ${hint}`)
        }
      }
    }
  }
})
