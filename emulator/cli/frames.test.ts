import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../values/hex.ts'
import { where } from '../where.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

type Golden = Readonly<{
  id: string
  hex: string
  decoded: Readonly<{ length?: number; fields: Readonly<Record<string, string>> }>
}>

const { vectors }: Readonly<{ vectors: readonly Golden[] }> = JSON.parse(
  readFileSync(join(where.fixtures, 'vectors', 'unionpay-frames.json'), 'utf8'),
)

/** 15 fields, all ASCII, 168 bytes: as published, without a length before it. */
const published =
  '0200723C048028C0800016411111111111111100000000000001234505211425301234561425300521281205100374111111111111111=28122010000012345678614212345678TERM0001MERCHANT0000001840'

const unionPay = (option: string): string[] => ['decode', '--dialect', 'unionpay-pos', '--json', option]
const start = ({ decoded }: Golden): string => (decoded.length === undefined ? 'mti' : 'length')

test('there are golden frames', () => assert.equal(vectors.length, 21))

for (const frame of vectors)
  test(`${frame.id}: what decode --json --reveal prints, encode turns into the same bytes`, async () => {
    const decoded = await tillproofHere([...unionPay('--reveal'), '--from', start(frame), frame.hex])
    assert.deepEqual([decoded.code, decoded.err], [0, ''])
    assert.deepEqual(await tillproofHere(['encode', '--dialect', 'unionpay-pos', decoded.out]), {
      code: 0,
      out: `${frame.hex}\n`,
      err: '',
    })
  })

test('the 168-byte message in ASCII goes through both commands and is the same', async () => {
  const hex = Buffer.from(published, 'latin1').toString('hex').toUpperCase()
  const decoded = await tillproofHere(['decode', '--dialect', 'iso8583-1987', '--from', 'mti', '--json', '--reveal', hex])
  assert.equal(decoded.code, 0, decoded.err)
  const again = await tillproofHere(['encode', '--dialect', 'iso8583-1987', decoded.out])
  assert.deepEqual(again, { code: 0, out: `${hex}\n`, err: '' })
})

test('what is on the wire is said with --set, and a frame may be given as text', async () => {
  const asciiLength = ['--dialect', 'iso8583-1987', '--set', 'length=ascii 4', '--set', 'lengthCounts=itself too']
  const decoded = await tillproofHere(['decode', ...asciiLength, '--json', '--reveal', '--text', `0172${published}`])
  assert.equal(decoded.code, 0, decoded.err)
  const { frame, remarks } = JSON.parse(decoded.out)
  assert.deepEqual([frame, remarks], [{ length: 172 }, []])
  const delimited = ['encode', '--dialect', 'iso8583-1987', '--set', 'length=STX ETX LRC', decoded.out]
  const again = await tillproofHere(delimited)
  const hex = Buffer.from(published, 'latin1').toString('hex').toUpperCase()
  assert.match(again.out, new RegExp(`^02${hex}03[0-9A-F]{2}\n$`))
})

test('a setting that is none is refused by name, and one without a value too', async () => {
  const decode = ['decode', '--dialect', 'iso8583-1987', '--text', published, '--set']
  for (const [set, says] of [
    ['length=ascii 3', /setting length .*"ascii 4"/],
    ['lenght=ascii 4', /setting lenght .*known are length,/],
    ['length', /--set "length" has no name and value\n {2}Write it as name=value/],
  ] as const) {
    const { code, err } = await tillproofHere([...decode, set])
    assert.equal(code, 5)
    assert.match(err, says)
  }
})

for (const id of ['settlement-resp-balanced', 'conversation-signin-sale-void: void request (card swiped, PIN)'])
  test(`${id}: the same through two processes and a pipe`, async () => {
    const frame = vectors.find(one => one.id === id)
    assert.ok(frame)
    const { out } = await tillproof([...unionPay('--reveal'), '-'], Buffer.from(frame.hex, 'hex'))
    assert.deepEqual(await tillproof(['encode', '--dialect', 'unionpay-pos', '-'], out), {
      code: 0,
      out: `${frame.hex}\n`,
      err: '',
    })
  })

test('bytes of any kind are laid out as far as they go: exit code 0 or 3, and nothing on standard error', async () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
  const options = fc.record({
    dialect: fc.constantFrom('unionpay-pos', 'iso8583-1987', 'iso8583-1993'),
    from: fc.constantFrom('length', 'tpdu', 'header', 'mti'),
    json: fc.boolean(),
    reveal: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(bytes, options, async (frame, { dialect, from, json, reveal }) => {
      const flags = [...(json ? ['--json'] : []), ...(reveal ? ['--reveal'] : [])]
      const { code, out, err } = await tillproofHere(['decode', '--dialect', dialect, '--from', from, ...flags, toHex(frame)])
      assert.ok((code === 0 || code === 3) && err === '' && out !== '', `${code}: ${err}`)
      if (json) assert.equal(JSON.parse(out).ok, code === 0)
    }),
    { numRuns: 150, seed: 20260601 },
  )
})

/** What no output may hold: card number, track 2, PIN block and keys, as digits. */
function secretsOf({ decoded: { fields } }: Golden): string[] {
  const pan = fields['2'] ?? fields['35']?.split(/[D=]/)[0]
  return [pan, fields['35'], fields['52'], fields['62']].filter(value => value !== undefined && value.length > 12).map(String)
}

test('no beginning of a golden frame, and no golden frame with a wrong byte, shows a secret unless told to', async () => {
  const frames = vectors.filter(frame => frame.decoded.length !== undefined && secretsOf(frame).length > 0)
  assert.ok(frames.length > 5)
  const damage = fc.record({
    frame: fc.constantFrom(...frames),
    cut: fc.option(fc.nat(500)),
    at: fc.nat(500),
    flip: fc.integer({ min: 0, max: 255 }),
    json: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(damage, async ({ frame, cut, at, flip, json }) => {
      const bytes = Buffer.from(frame.hex, 'hex')
      const place = at % bytes.length
      bytes[place] = (bytes[place] ?? 0) ^ flip
      const hex = toHex(cut === null ? bytes : bytes.subarray(0, 1 + (cut % bytes.length)))
      const { out } = await tillproofHere(['decode', '--dialect', 'unionpay-pos', ...(json ? ['--json'] : []), hex])
      const dense = out.replace(/\s/g, '').toUpperCase()
      for (const secret of secretsOf(frame)) assert.ok(!dense.includes(secret), `${frame.id} shows ${secret.slice(0, 6)}…`)
    }),
    { numRuns: 300, seed: 20260601 },
  )
})
