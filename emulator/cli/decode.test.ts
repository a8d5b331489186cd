import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { where } from '../where.ts'
import { tillproof } from './main.test-run.ts'

const vectors = JSON.parse(readFileSync(join(where.fixtures, 'vectors', 'unionpay-frames.json'), 'utf8'))

/** A golden frame by its id. */
function golden(id: string): string {
  const found = Object(vectors).vectors.find((vector: Readonly<{ id: string }>) => vector.id === id)
  assert.ok(found, id)
  return found.hex
}

const decode = ['decode', '--dialect', 'unionpay-pos']
const encode = ['encode', '--dialect', 'unionpay-pos', '-']
const signIn = golden('signin-resp-40')

test('a frame is laid out field by field, with offsets and names, its keys masked', async () => {
  const { code, out } = await tillproof([...decode, signIn])
  assert.equal(code, 0)
  assert.match(out, /^ +45 .* 41 +terminalId +00001142$/m)
  assert.ok(!out.includes('279BE86AAEB174B8') && !out.includes('27 9B E8 6A'), 'the keys of field 62 are masked')
})

test('the secrets of a sale are masked unless --reveal is given, in text and in JSON', async () => {
  const sale = golden('conversation-signin-sale-void: sale request (magnetic stripe, PIN)')
  const { fields } = JSON.parse((await tillproof([...decode, '--json', '--reveal', '-'], Buffer.from(sale, 'hex'))).out)
  const [pan, pinBlock] = [fields['35'].split('D')[0], fields['52']]
  for (const options of [[], ['--json']]) {
    const { out } = await tillproof([...decode, ...options, sale])
    const dense = out.replace(/\s/g, '')
    for (const secret of [pan, pinBlock]) assert.ok(!dense.includes(secret), `${options.join()} shows a secret`)
  }
})

test('what decode --json --reveal prints, encode turns into the same bytes', async () => {
  const { out } = await tillproof([...decode, '--json', '--reveal', '-'], signIn)
  assert.deepEqual(await tillproof(encode, out), { code: 0, out: `${signIn}\n`, err: '' })
})

test('a frame that stops in the middle is laid out as far as it goes, with exit code 3', async () => {
  const { code, out } = await tillproof([...decode, signIn.slice(0, 80)])
  assert.equal(code, 3)
  assert.match(out, /000441/)
  assert.match(out, /stopped at byte \d+ of 40/)
  const json = await tillproof([...decode, '--json', signIn.slice(0, 80)])
  assert.deepEqual([json.code, JSON.parse(json.out).ok], [3, false])
})

test('bad input is exit code 5, and what was read is not quoted', async () => {
  assert.equal((await tillproof([...decode, '026'])).code, 5)
  assert.equal((await tillproof([...decode, '-'])).code, 5)
  assert.equal((await tillproof(['decode', '--dialect', 'iso99', '00'])).code, 5)
  const { code, err } = await tillproof(encode, '{"2": 6250930000000002x}')
  assert.equal(code, 5)
  assert.match(err, /^tillproof: this is not JSON/)
  assert.ok(!err.includes('6250930000000002'))
})
