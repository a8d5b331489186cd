import assert from 'node:assert/strict'
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import type { Auth } from './mapping.ts'
import { signed } from './sign.ts'
import { mappingOf } from './test-mapping.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const party = {
  name: 'A',
  keyId: 'T0000001',
  apiKey: 'key-id',
  secret: 'shared-secret',
  user: 'user',
  password: 'pass word',
  pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
}
const prepared = { method: 'POST', path: '/v1/sale', headers: { 'Client-Request-Id': 'request-1' }, body: '{"amount":"1250"}' }
const at = { party, names: { party }, now: 1_780_000_000_000, nonce: 'nonce1', breaks: false }

/** A plug-in as a mapping file writes it. */
function plugIn(yaml: string): Auth {
  const rest = '\nparties: { A: {} }\nname: x\nsettle: { strategy: none }\noperations:\n'
  const op = "{ request: { path: /x }, classify: [{ id: ok, then: APPROVED, when: 'body.ok' }, { id: default, then: UNKNOWN }] }"
  const [auth] = mappingOf(`auth: ${yaml}${rest}  sale: ${op}\n  void: ${op}\n`).auth
  assert.ok(auth)
  return auth
}

// Values that are no constants were made with `openssl dgst` and `base64`, over the text that each line shows.
const golden: readonly (readonly [what: string, plugIn: string, headers: Readonly<Record<string, string>>])[] = [
  ['a bearer token', '{ use: bearer, token: party.secret }', { Authorization: 'Bearer shared-secret' }],
  ['basic', '{ use: basic, user: party.user, password: party.password }', { Authorization: 'Basic dXNlcjpwYXNzIHdvcmQ=' }],
  ['a key in a header', '{ use: header-key, header: X-Api-Key, key: party.secret }', { 'X-Api-Key': 'shared-secret' }],
  [
    'HMAC over key id, time and body', // key-id1780000000000{"amount":"1250"}
    '{ use: hmac, key: party.secret, parts: [party.apiKey, time, body], time: { header: Timestamp, form: milliseconds } }',
    { Timestamp: '1780000000000', Authorization: '0GNTWH0bo3WZYIf6KNjzbBKHZMmisI5lqlHtgGeLjPM=' },
  ],
  [
    'HMAC over lines, in a form of its own', // T0000001, 1780000000000, POST, /v1/sale and the body, joined by line feeds
    `{ use: hmac, encode: hex, key: party.secret, parts: [party.keyId, time, method, path, body], join: "\\n",
       time: { header: X-Timestamp, form: milliseconds }, format: '= "HMAC-SHA256 " & party.keyId & ":" & signature' }`,
    {
      'X-Timestamp': '1780000000000',
      Authorization: 'HMAC-SHA256 T0000001:a682ea98a824ff94d06b4aced828f55e3c5f06e7cb18350ae212252ce8b9c6c0',
    },
  ],
  [
    'a digest of body and key', // {"amount":"1250"}shared-secret
    `{ use: body-key-digest, hash: md5, key: party.secret, format: '= party.keyId & " " & digest' }`,
    { Authorization: 'T0000001 00cee49865a659640639c8077dff1397' },
  ],
  ['mutual TLS, which adds nothing', '{ use: mtls }', {}],
]

for (const [what, yaml, headers] of golden)
  test(`${what}: the header for a fixed time, key and body`, async () => {
    assert.deepEqual((await signed(plugIn(yaml), prepared, at)).headers, headers)
  })

test('RSA: the header names its parts, and the signature holds over them, each ended by a line feed', async () => {
  const auth = plugIn(`{ use: rsa-header, scheme: LKLAPI-SHA256withRSA, key: party.pem, parts: [party.keyId, time, nonce, body],
    names: { appid: = party.keyId, timestamp: = time, nonce_str: = nonce, signature: = signature } }`)
  const { Authorization = '' } = (await signed(auth, prepared, at)).headers
  const found = /^LKLAPI-SHA256withRSA appid="T0000001",timestamp="1780000000",nonce_str="nonce1",signature="([^"]+)"$/.exec(
    Authorization,
  )
  const covered = 'T0000001\n1780000000\nnonce1\n{"amount":"1250"}\n'
  assert.ok(
    createVerify('RSA-SHA256')
      .update(covered)
      .verify(publicKey, found?.[1] ?? '', 'base64'),
    Authorization,
  )
})

for (const [what, yaml] of golden.slice(0, 6))
  test(`${what}: a signature that is to be broken is another of the same length`, async () => {
    const right = (await signed(plugIn(yaml), prepared, at)).headers
    const wrong = (await signed(plugIn(yaml), prepared, { ...at, breaks: true })).headers
    assert.notDeepEqual(wrong, right)
    assert.equal(JSON.stringify(wrong).length, JSON.stringify(right).length)
  })

test('a clock that is skewed shows in what is stamped', async () => {
  const auth = plugIn('{ use: hmac, key: party.secret, parts: [time], time: { header: Timestamp, form: iso } }')
  const { headers } = await signed(auth, prepared, { ...at, now: at.now - 3_600_000 })
  assert.equal(headers.Timestamp, '2026-05-28T19:26:40.000Z')
})

test('a credential that is not there is an error of the mapping, and is not sent as "undefined"', async () => {
  await assert.rejects(signed(plugIn('{ use: bearer, token: party.nothing }'), prepared, at), { code: 'MAPPING_FAILED' })
})
