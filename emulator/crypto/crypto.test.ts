import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isEmulatorError } from '../values/errors.ts'
import { fromHex, toHex } from '../values/hex.ts'
import { Pan, passesLuhn } from '../values/pan.ts'
import { Secret } from '../values/secret.ts'
import { decrypt, encrypt } from './des.ts'
import { checkValue, unwrapWorkingKeys, withOddParity, wrapWorkingKeys } from './keys.ts'
import { macAgrees, macOf, unionPayMac, x99Mac, x919Mac } from './mac.ts'
import { openPin, pinBlock0, pinBlockWithoutPan, sealPin, translatePin } from './pin-block.ts'
import { decryptTrack, encryptTrack } from './track.ts'

/** A vector of fixtures/vectors: flat texts, or texts under `inputs` and `expected`. */
type Vector = Readonly<Record<string, unknown>> & Readonly<{ id: string }>

function vectors(file: string): Vector[] {
  return JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${file}`, import.meta.url), 'utf8')).vectors
}

const general = vectors('card-and-crypto.json')
const unionPay = vectors('unionpay-crypto.json')

/** A text inside a vector; fails the test when it is not there. */
function text(of: unknown, ...path: string[]): string {
  let at = of
  for (const name of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined
  assert.equal(typeof at, 'string', `the vector has no ${path.join('.')}`)
  return String(at)
}

function eachOf(
  algorithm: string,
  check: (vector: Vector, input: (name: string) => string, expected: (name: string) => string) => void,
): void {
  const chosen = general.filter(vector => vector.algorithm === algorithm)
  test(`${algorithm}: there are vectors`, () => assert.notEqual(chosen.length, 0))
  for (const vector of chosen)
    test(`${vector.id} reproduces`, () => {
      check(
        vector,
        name => text(vector, 'inputs', name),
        name => text(vector, 'expected', name),
      )
    })
}

const secret = (hex: string) => new Secret(hex)

eachOf('luhn', (vector, input) => assert.equal(passesLuhn(input('pan')), Reflect.get(Object(vector.expected), 'valid')))
eachOf('pinblock-iso0', (_, input, expected) =>
  assert.equal(toHex(pinBlock0(secret(input('pin')), new Pan(input('pan')))), expected('block')),
)
eachOf('pinblock-unionpay-nopan', (_, input, expected) =>
  assert.equal(toHex(pinBlockWithoutPan(secret(input('pin')))), expected('block')),
)
eachOf('pinblock-encrypt', (_, input, expected) => {
  const pan = new Pan(input('pan'))
  assert.equal(toHex(pinBlock0(secret(input('pin')), pan)), expected('clear'))
  assert.equal(sealPin(secret(input('key')), secret(input('pin')), pan), expected('cipher'))
  const opened = openPin(secret(input('key')), expected('cipher'), pan)
  assert.equal(opened.is === 'pin' && opened.pin.reveal(), input('pin'))
})
eachOf('pin-translate', (vector, input, expected) => {
  const from = secret(input('sourceKey'))
  const pan = new Pan(input('pan'))
  if (Reflect.get(Object(vector.inputs), 'targetFormat') === 0)
    assert.deepEqual(translatePin(from, secret(input('targetKey')), input('sourceBlock'), pan), {
      is: 'block',
      block: expected('targetBlock'),
    })
  else assert.equal(openPin(from, input('sourceBlock'), pan).is, 'pin')
})
eachOf('mac-unionpay-ecb', (_, input, expected) => {
  assert.equal(toHex(unionPayMac(secret(input('mak')), fromHex(input('mab')))), expected('mac'))
  assert.ok(macAgrees('unionpay-ecb', secret(input('mak')), fromHex(input('mab')), expected('mac')))
})
const padding = (vector: Vector) => (Reflect.get(Object(vector.inputs), 'padding') === 2 ? 'one bit' : 'zeros')
eachOf('mac-x9.9', (vector, input, expected) =>
  assert.equal(toHex(x99Mac(secret(input('key')), fromHex(input('dataHex')), padding(vector))), expected('mac')),
)
eachOf('mac-x9.19', (vector, input, expected) =>
  assert.equal(toHex(x919Mac(secret(input('key')), fromHex(input('dataHex')), padding(vector))), expected('mac')),
)
eachOf('kcv-tdes', (vector, input, expected) =>
  assert.equal(checkValue(secret(input('key')), Number(Reflect.get(Object(vector.inputs), 'lengthBytes'))), expected('kcv')),
)
eachOf('des-parity', (_, input, expected) => assert.equal(withOddParity(secret(input('key'))).reveal(), expected('adjusted')))
eachOf('unionpay-workkey-unwrap', (vector, input, expected) => {
  const code = input('de62').length === 120 ? '004' : '003'
  const keys = unwrapWorkingKeys(secret(input('tmk')), input('de62'), code)
  assert.ok(typeof keys === 'object', String(keys))
  assert.equal(keys.pin.reveal(), expected('pik'))
  assert.equal(keys.mac.reveal(), expected('mak'))
  assert.equal(keys.track?.reveal(), Reflect.get(Object(vector.expected), 'tdk'))
  assert.equal(wrapWorkingKeys(secret(input('tmk')), keys, code), input('de62'))
})
eachOf('unionpay-track-encrypt', (_, input, expected) => {
  const clear = input('track2').replace('=', 'D')
  assert.equal(encryptTrack(secret(input('tdk')), clear), expected('track2EncryptedDigits'))
  assert.equal(decryptTrack(secret(input('tdk')), expected('track2EncryptedDigits')), clear)
})
eachOf('e2e-unionpay-sale', (_, input, expected) => {
  const pan = new Pan(input('pan'))
  assert.equal(toHex(pinBlock0(secret(input('pin')), pan)), expected('pinBlockClear'))
  assert.equal(sealPin(secret(input('pik')), secret(input('pin')), pan), expected('de52'))
})

for (const vector of unionPay) {
  const of = (...path: string[]) => text(vector, ...path)
  if (vector.kind === 'mac-ecb')
    test(`${vector.id}: ${vector.verified ? 'reproduces' : 'does not reproduce what its source claims'}`, () => {
      const mac = macOf('unionpay-ecb', secret(of('mak')), fromHex(of('mab')))
      assert.equal(mac, of('field64'))
      if (!vector.verified) assert.notEqual(mac, of('source_claims'))
    })
  if (vector.kind === 'pin-block')
    test(`${vector.id}: with and without the card number`, () => {
      const [key, pin, pan] = [secret(of('pik')), secret(of('pin')), new Pan(of('pan'))]
      assert.equal(toHex(pinBlock0(pin, pan)), of('block_with_pan'))
      assert.equal(sealPin(key, pin, pan), of('field52_with_pan'))
      assert.equal(sealPin(key, pin, pan, 'without PAN'), of('field52_without_pan'))
      const opened = openPin(key, of('field52_without_pan'), pan, 'without PAN')
      assert.equal(opened.is === 'pin' && opened.pin.reveal(), of('pin'))
    })
  if (vector.kind === 'track-encryption')
    test(`${vector.id}: eight bytes before the last one`, () =>
      assert.equal(encryptTrack(secret(of('tdk')), of('clear')), of('encrypted')))
  if (vector.kind === 'mac-alternatives')
    test(`${vector.id}: the same data under every scheme`, () => {
      const [data, key16, key8] = [fromHex(of('data')), secret(of('key16')), secret(of('x99_key8'))]
      assert.equal(macOf('x9.9', key8, data), of('x99'))
      assert.equal(macOf('x9.19', key16, data), of('x919'))
      assert.equal(macOf('unionpay-ecb', key8, data), of('cup_ecb_key8'))
      assert.equal(macOf('unionpay-ecb', key16, data), of('cup_ecb_key16'))
    })
  if (vector.kind === 'key-download')
    test(`${vector.id}: opens, and wraps to the same bytes`, () => {
      const code = of('field62').length === 48 ? '001' : '003'
      const keys = unwrapWorkingKeys(secret(of('tmk')), of('field62'), code)
      assert.ok(typeof keys === 'object', String(keys))
      assert.deepEqual([keys.pin.reveal(), keys.mac.reveal()], [text(vector.keys, '0', 'clear'), text(vector.keys, '1', 'clear')])
      assert.equal(wrapWorkingKeys(secret(of('tmk')), keys, code), of('field62'))
    })
}

test('the frames that came with a MAC key carry the MAC of their bytes', () => {
  const sealed = vectors('unionpay-frames.json').filter(vector => typeof vector.mab === 'string')
  assert.equal(sealed.length, 7)
  for (const frame of sealed)
    assert.equal(macOf('unionpay-ecb', secret(text(frame, 'mak')), fromHex(text(frame, 'mab'))), frame.field64)
})

test('the MAC is made of upper-case hex characters', () => {
  const covered = fromHex('00000000000000AB')
  const lower = Buffer.from('00000000000000ab', 'latin1')
  const key = secret('1A2B3C4D5E6F7081')
  const once = encrypt(key, lower.subarray(0, 8)).map((byte, at) => byte ^ (lower[8 + at] ?? 0))
  assert.notEqual(toHex(Buffer.from(toHex(encrypt(key, once).subarray(0, 4)), 'latin1')), macOf('unionpay-ecb', key, covered))
})

test('a MAC of another length, or of no hex, agrees with nothing', () => {
  const key = secret('1A2B3C4D5E6F7081')
  for (const received of ['', '41', 'not hexadecimal!', 'FFFFFFFFFFFFFFFF'])
    assert.equal(macAgrees('unionpay-ecb', key, fromHex('0200'), received), false)
})

test('an 8-byte MAC key is found by the zeros after it, and is not a double-length key', () => {
  const keys = { pin: secret('11223344556677887766554433221100'), mac: secret('1A2B3C4D5E6F70811A2B3C4D5E6F7080') }
  const master = secret('0123456789ABCDEFFEDCBA9876543210')
  const double = unwrapWorkingKeys(master, wrapWorkingKeys(master, keys, '003'), '003')
  assert.equal(typeof double === 'object' && double.mac.reveal(), keys.mac.reveal())
  const single = unwrapWorkingKeys(master, wrapWorkingKeys(master, { ...keys, mac: secret('1A2B3C4D5E6F7081') }, '003'), '003')
  assert.equal(typeof single === 'object' && single.mac.reveal(), '1A2B3C4D5E6F7081')
})

test('a wrong master key is told by the check values, a strange length by the layout', () => {
  const field62 = '6701EAD6A9AD51E51AA406E2C27FCFA98D0A74B8B651F9E9BACE9AE10000000000000000AB7153CA'
  const master = secret('CA5D92598DCA48CE8A4C76361A9269E9')
  assert.equal(unwrapWorkingKeys(secret('0123456789ABCDEFFEDCBA9876543210'), field62, '003'), 'check value wrong')
  assert.equal(unwrapWorkingKeys(master, field62.slice(2), '003'), 'layout unknown')
  assert.equal(unwrapWorkingKeys(master, field62, '001'), 'layout unknown')
  assert.equal(unwrapWorkingKeys(master, 'XY', '003'), 'layout unknown')
  assert.equal(unwrapWorkingKeys(master, field62, 'constructor'), 'layout unknown')
  assert.equal(unwrapWorkingKeys(master, `${field62.slice(0, -8)}00000000`, '003'), 'check value wrong')
})

test('a PIN of twelve digits has the length nibble C', () => {
  assert.equal(toHex(pinBlockWithoutPan(secret('123456789012'))), '0C123456789012FF')
})

test('the example of the PIN block stands', () => {
  assert.equal(toHex(pinBlock0(secret('1234'), new Pan('43219876543210987'))), '0412AC89ABCDEF67')
})

test('a PIN that is too short, too long or no number is our mistake', () => {
  assert.throws(
    () => pinBlockWithoutPan(secret('123')),
    thrown => isEmulatorError(thrown, 'PIN_LENGTH'),
  )
  assert.throws(
    () => pinBlockWithoutPan(secret('1234567890123')),
    thrown => isEmulatorError(thrown, 'PIN_LENGTH'),
  )
  assert.throws(() => pinBlockWithoutPan(secret('12a4')), RangeError)
})

test('a PIN block that cannot be opened says why and throws nothing', () => {
  const key = secret('0123456789ABCDEFFEDCBA9876543210')
  const pan = new Pan('6212142000000000012')
  const because = (clear: string) => openPin(key, toHex(encrypt(key, fromHex(clear))), pan, 'without PAN')
  assert.deepEqual(because('16123456FFFFFFFF'), { is: 'unreadable', because: 'the format nibble is 1, not 0' })
  assert.deepEqual(because('03123FFFFFFFFFFF'), {
    is: 'unreadable',
    because: 'the length nibble says 3 digits; a PIN has 4 to 12',
  })
  assert.deepEqual(because('0612345AFFFFFFFF'), { is: 'unreadable', because: 'a nibble of the PIN is no decimal digit' })
  assert.deepEqual(because('06123456FFFFFFF0'), { is: 'unreadable', because: 'the filler is not F throughout' })
  assert.equal(openPin(key, 'short', pan).is, 'unreadable')
})

test('keys and PINs of the wrong size are named by their size, never by their digits', () => {
  const key = secret('0123456789')
  assert.throws(
    () => encrypt(key, new Uint8Array(8)),
    thrown => isEmulatorError(thrown, 'KEY_LENGTH') && !thrown.message.includes(key.reveal()),
  )
  assert.throws(
    () => x919Mac(secret('0123456789ABCDEF'), new Uint8Array(8)),
    thrown => isEmulatorError(thrown, 'KEY_LENGTH'),
  )
  assert.throws(() => encrypt(secret('0123456789ABCDEF'), new Uint8Array(7)), RangeError)
})

test('single DES is triple DES under three equal keys', () => {
  const block = fromHex('0011223344556677')
  const [one, three] = [secret('0123456789ABCDEF'), secret('0123456789ABCDEF'.repeat(3))]
  assert.equal(toHex(encrypt(one, block)), toHex(encrypt(three, block)))
  assert.equal(toHex(decrypt(one, encrypt(three, block))), toHex(block))
})

test('a track shorter than a block and its last byte is not encrypted', () => {
  assert.throws(() => encryptTrack(secret('44444444444444444444444444444444'), '62250000'), RangeError)
})
