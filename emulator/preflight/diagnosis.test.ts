import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import type { SettingValue } from '../dialects/settings.ts'
import type { TlsTerms } from '../values/door.ts'
import type { HttpCall } from '../values/http-call.ts'
import { refused, type Standing } from './diagnose-answer.ts'
import { formal } from './diagnose-http.ts'
import { distrusted, greeted, tlsAdvice, unconnected, unsecured } from './diagnose-link.ts'
import { slow } from './diagnose-time.ts'
import { type Diagnosis, written } from './diagnosis.ts'
import { blotted, otherProtocol } from './reading.ts'
import type { TlsFacts } from './tls-facts.ts'
import { dialectVariants, framingVariants } from './variant.ts'

const endpoint = new URL('tls://pos.example:8583')
const terms: TlsTerms = { minVersion: 'TLSv1.2', checksName: true }
const now = Date.parse('2026-06-01T00:00:00Z')
const day = 86_400_000
const sound: TlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_128_GCM_SHA256',
  name: 'pos.example',
  names: ['pos.example'],
  issuer: 'Example CA',
  validFrom: now - 100 * day,
  validTo: now + 100 * day,
}
const first = (diagnosis: Diagnosis | undefined): string => {
  const [change] = diagnosis?.changes ?? []
  return change === undefined ? 'nothing' : written(change)
}

suite('diagnoses are functions of what was seen', () => {
  test('a sound certificate is trusted, and one that ends soon is worth a word', () => {
    assert.equal(distrusted(sound, terms, now), undefined)
    assert.deepEqual(tlsAdvice(sound, terms, now), [])
    const [advice] = tlsAdvice({ ...sound, validTo: now + 3 * day }, terms, now)
    assert.equal(advice?.says, 'the certificate of the acquirer expires in 3 days')
  })

  test('an expired certificate is named before its unknown authority and its other name', () => {
    const facts = { ...sound, validTo: now - day, untrusted: 'SELF_SIGNED_CERT_IN_CHAIN', otherName: 'no' }
    assert.equal(distrusted(facts, terms, now)?.cause, 'certificate expired')
  })

  test('a name that is not checked is told, and does not break', () => {
    const lax = { ...terms, checksName: false }
    const facts = { ...sound, names: ['other.example'], otherName: 'not pos.example' }
    assert.equal(distrusted(facts, lax, now), undefined)
    assert.equal(first(tlsAdvice(facts, lax, now)[0]), 'tls.checkName: true')
    assert.equal(first(distrusted(facts, terms, now)), 'tls.serverName: other.example')
  })

  test('a failed handshake says whether it was the version, our certificate, or no TLS at all', () => {
    const why = (code: string, came?: string) =>
      unsecured(code, code, came === undefined ? undefined : Buffer.from(came), endpoint, terms)
    assert.equal(first(why('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')), 'tls.certificate')
    assert.equal(first(why('ERR_SSL_WRONG_VERSION_NUMBER')), 'endpoint: tcp://pos.example:8583')
    assert.match(why('ECONNRESET', 'HTTP/1.1 400 Bad Request\r\n').says, /answers with HTTP in clear/)
    assert.equal(why('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION').cause, 'version too low')
  })

  test('a refused connection blames the profile, one that is dropped the network', () => {
    assert.deepEqual(
      ['ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH'].map(code => unconnected(endpoint, code).whose),
      ['profile', 'network', 'network'],
    )
  })

  test('protocols are known by how they begin, and what a stranger says is blotted', () => {
    const known = ['HTTP/1.1 200 OK', 'SSH-2.0-x', '220 mail ESMTP', '\x15\x03\x03\x00\x02\x02\x28']
    assert.deepEqual(
      known.map(text => otherProtocol(Buffer.from(text, 'latin1'))?.protocol),
      ['HTTP', 'SSH', 'SMTP or FTP', 'TLS'],
    )
    assert.equal(otherProtocol(Buffer.from('0034600006', 'hex')), undefined)
    assert.equal(blotted('card 6250930000000002\x07'), 'card ••••••••••••••••·')
    const greeting = { bytes: Buffer.from('6250930000000002'), ended: 'quiet', afterMillis: 1 } as const
    assert.ok(!greeted(greeting)?.says.includes('6250930000000002'))
  })

  test('an answer is late only beyond what a terminal waits', () => {
    assert.equal(slow(59_999, 60), undefined)
    assert.equal(first(slow(61_200, 60)), 'knobs.respTimeout.seconds: 124')
  })

  test('every refusal names somebody, and where it is the profile a setting of it', () => {
    const at: Standing = {
      merchant: 'merchants[0]',
      terminal: 'merchants[0].terminals[0]',
      merchantId: 'M',
      terminalId: 'T',
      settings: {},
      signsOn: true,
    }
    for (const code of ['03', '05', '12', '14', '30', '51', '55', '58', '77', '91', '94', '96', '97', '99', 'A0', 'ZZ']) {
      const { says, whose, changes } = refused('sale', code, at)
      assert.match(says, new RegExp(`^the sale is answered ${code}: \\S`))
      assert.ok(whose !== 'profile' || changes.length > 0, code)
    }
    assert.equal(first(refused('signIn', '03', at)), 'merchants[0].id')
    assert.equal(first(refused('signIn', '97', at)), 'merchants[0].terminals[0].id')
  })

  test('a call is refused formally by status: path, method, credential, redirect', () => {
    const call = (status: number, headers: Record<string, string> = {}): HttpCall => ({
      ...{ call: 'sale', intent: '1', attempt: 1, party: 'T0000001', method: 'POST', path: '/v1/sale', headers: {} },
      ...{ answer: { status, headers }, rule: 'default', outcome: 'UNKNOWN', final: true, says: '' },
    })
    const named = (status: number, at = 'https://api.example/') => first(formal(call(status), new URL(at)))
    assert.equal(named(404), 'mapping.operations.sale.request.path')
    assert.equal(named(404, 'https://api.example/v2'), 'endpoint')
    assert.equal(named(405), 'mapping.operations.sale.request.method')
    assert.equal(named(401), 'mapping.parties.T0000001')
    assert.equal(named(200), 'nothing')
    assert.equal(first(formal(call(301, { location: 'https://new.example/' }), endpoint)), 'endpoint: https://new.example/')
  })
})

suite('other ways of saying a message', () => {
  for (const [id, settings] of [
    ['unionpay-pos', {}],
    ['iso8583-1987', { length: 'ascii 4', tpdu: '6000060000' }],
    ['iso8583-1993', { length: 'STX ETX LRC' }],
  ] as const) {
    test(`${id}: every way is one that the dialect takes as settings, and none is the profile’s own`, () => {
      const own = dialectById(id, settings)
      const variants = framingVariants(own)
      assert.ok(variants.length > 20)
      for (const { changes, spoken } of variants) {
        const changed = changes.map(({ setting, to }): [string, SettingValue] => [
          setting.replace('dialect.settings.', ''),
          to ?? '',
        ])
        const made = dialectById(id, { ...settings, ...Object.fromEntries(changed) })
        assert.deepEqual(spoken.dialect.framing, made.framing)
        assert.notDeepEqual(spoken.dialect.framing, own.framing, JSON.stringify(changes))
      }
    })
  }

  test('one change comes before two, and two before three', () => {
    const counts = framingVariants(dialectById('unionpay-pos')).map(({ changes }) => changes.length)
    assert.equal(counts[0], 1)
    assert.ok(counts.lastIndexOf(1) < counts.indexOf(3))
  })

  test('messages that the line keeps apart have no other framing', () => {
    const json = dialectById('json')
    assert.deepEqual([framingVariants(json), dialectVariants({ id: 'json', settings: {} }, json)], [[], []])
  })
})
