import assert from 'node:assert/strict'
import net from 'node:net'
import { describe, test } from 'node:test'
import type { TlsTerms } from '../values/door.ts'
import { EmulatorError, isEmulatorError } from '../values/errors.ts'
import type { LinkReason } from '../values/link-reason.ts'
import { frameOf, plainServer } from './proving-ground.ts'
import { tcp } from './tcp.ts'
import { identityOfTests, termsOfTests } from './test-certificates.ts'
import { type TlsOptions, tls } from './tls.ts'
import { listenTls, type TlsIdentity, type TlsListener } from './tls-listener.ts'
import type { Link, LinkEvent } from './transport.ts'

const soon = { withinMillis: 2_000 }
const mutual = { clientCa: 'ca.pem' }

/** Why a line to this endpoint cannot be had, by name and in words. */
async function refusal(
  endpoint: URL,
  terms: TlsTerms,
  options: TlsOptions = {},
): Promise<readonly [LinkReason | undefined, string]> {
  const opening = tls(endpoint, terms, options).open()
  const thrown: unknown = await opening.then(link => link.close().then(() => 'it opened')).catch((error: unknown) => error)
  assert.ok(isEmulatorError(thrown, 'LINK_FAILED'), String(thrown))
  return [reasonOf(thrown), thrown.message]
}

function reasonOf({ facts }: EmulatorError): LinkReason | undefined {
  return 'reason' in facts ? facts.reason : undefined
}

/** Plays against a host that echoes and shows this. */
async function against(identity: TlsIdentity, play: (listener: TlsListener) => Promise<void>): Promise<void> {
  const listener = await listenTls(0, link => ({ frame: frame => void link.send(frame) }), { identity })
  try {
    await play(listener)
  } finally {
    await listener.close()
  }
}

async function echoes(link: Link): Promise<void> {
  await link.send(frameOf(9))
  assert.deepEqual(await link.next(soon), { saw: 'frame', frame: frameOf(9) })
  await link.close()
}

describe('what is wrong with an acquirer’s certificate', () => {
  for (const [certificate, reason, says] of [
    ['host-expired.pem', 'certificate expired', 'its certificate has expired'],
    ['host-not-yet-valid.pem', 'certificate not yet valid', 'its certificate is not yet valid'],
    ['host-other-name.pem', 'certificate for another name', '127.0.0.1'],
    ['host-other-ca.pem', 'certificate untrusted', 'signed by nobody whom we trust'],
    ['host-self-signed.pem', 'certificate self-signed', 'signed by itself'],
  ] as const)
    test(`${certificate}: ${reason}`, () =>
      against(identityOfTests({ certificate }), async ({ endpoint }) => {
        const [named, message] = await refusal(endpoint, termsOfTests())
        assert.equal(named, reason)
        assert.ok(message.includes(says), message)
      }))

  test('an authority of the system is not ours: without a CA of its own the test host is untrusted', () =>
    against(identityOfTests(), async ({ endpoint }) => {
      const { ca: _, ...terms } = termsOfTests()
      assert.equal((await refusal(endpoint, terms))[0], 'certificate untrusted')
    }))

  test('another name is asked for, and accepted, when the terms say so', () =>
    against(identityOfTests({ certificate: 'host-other-name.pem' }), async ({ endpoint }) => {
      await echoes(await tls(endpoint, termsOfTests({ serverName: 'acquirer.tillproof.test' })).open())
    }))

  test('with the check of the name off, any name is accepted, but no other signature', () =>
    against(identityOfTests({ certificate: 'host-other-name.pem' }), async listener => {
      await echoes(await tls(listener.endpoint, termsOfTests({ checksName: false })).open())
      listener.show(identityOfTests({ certificate: 'host-other-ca.pem' }))
      assert.equal((await refusal(listener.endpoint, termsOfTests({ checksName: false })))[0], 'certificate untrusted')
    }))

  test('a certificate that comes to its end while a terminal works shuts the next connection, not the open one', () =>
    against(identityOfTests(), async listener => {
      const transport = tls(listener.endpoint, termsOfTests())
      const open = await transport.open()
      listener.show(identityOfTests({ certificate: 'host-expired.pem' }))
      await assert.rejects(transport.open(), /its certificate has expired/)
      await echoes(open)
      listener.show(identityOfTests())
      await echoes(await transport.open())
    }))
})

describe('what an acquirer thinks of the terminal’s certificate', () => {
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
    test(`${maxVersion}: a good one is let in`, () =>
      against(identityOfTests({ ...mutual, maxVersion }), async ({ endpoint }) =>
        echoes(await tls(endpoint, termsOfTests({ certificate: 'client.pem' })).open()),
      ))

    test(`${maxVersion}: none, where one is demanded`, () =>
      against(identityOfTests({ ...mutual, maxVersion }), async ({ endpoint }) =>
        assert.equal((await refusal(endpoint, termsOfTests()))[0], 'client certificate demanded'),
      ))

    for (const certificate of ['client-other-ca.pem', 'client-expired.pem'])
      test(`${maxVersion}: ${certificate} is refused`, () =>
        against(identityOfTests({ ...mutual, maxVersion }), async ({ endpoint }) =>
          assert.equal((await refusal(endpoint, termsOfTests({ certificate })))[0], 'client certificate refused'),
        ))
  }
})

describe('what else keeps TLS from beginning', () => {
  test('no version in common', () =>
    against(identityOfTests({ maxVersion: 'TLSv1.2' }), async ({ endpoint }) =>
      assert.equal((await refusal(endpoint, termsOfTests({ minVersion: 'TLSv1.3' })))[0], 'TLS version'),
    ))

  test('a key of ours that is none', async () => {
    const terms = { ...termsOfTests({ certificate: 'client.pem' }), certificate: 'nothing' }
    const [reason, message] = await refusal(new URL('tls://127.0.0.1:9'), terms)
    assert.equal(reason, 'own certificate')
    assert.ok(!message.includes('PRIVATE KEY'), message)
  })

  test('an address of another form', async () =>
    assert.equal((await refusal(new URL('tcp://127.0.0.1:9'), termsOfTests()))[0], 'no address'))

  for (const [what, answer] of [
    ['closes', (socket: net.Socket) => void socket.end()],
    ['resets', (socket: net.Socket) => void socket.resetAndDestroy()],
    ['answers in HTTP', (socket: net.Socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['answers with a frame', (socket: net.Socket) => void socket.write(frameOf(20))],
  ] as const)
    test(`a plain port that ${what}`, () =>
      plainServer(answer, async port =>
        assert.equal((await refusal(new URL(`tls://127.0.0.1:${port}`), termsOfTests()))[0], 'speaks no TLS'),
      ))

  test('a plain port that waits for more', () =>
    plainServer(
      () => undefined,
      async port => {
        const [reason, message] = await refusal(new URL(`tls://127.0.0.1:${port}`), termsOfTests(), { connectWithinMillis: 60 })
        assert.equal(reason, 'speaks no TLS')
        assert.match(message, /nothing that looks like TLS came within 60 ms/)
      },
    ))
})

describe('lines that change their mind', () => {
  /** What a terminal sees that has sent a request and gets this. */
  async function seen(answer: (socket: net.Socket) => void): Promise<LinkEvent> {
    let event: LinkEvent | undefined
    await plainServer(answer, async port => {
      const link = await tcp(new URL(`tcp://127.0.0.1:${port}`)).open()
      await link.send(frameOf(20))
      event = await link.next(soon)
      await link.close()
    })
    return event ?? { saw: 'silence' }
  }

  test('plain bytes to a port that speaks TLS: its alert is told by name', async () => {
    const alert = Buffer.from('15030300020246', 'hex')
    const event = await seen(socket => void socket.end(alert))
    assert.deepEqual(event, { saw: 'close', by: 'acquirer', reason: 'speaks TLS', partial: new Uint8Array(alert) })
  })

  test('plain bytes to a port that speaks HTTP', async () => {
    const event = await seen(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    assert.ok(event.saw === 'close' && event.reason === 'speaks HTTP', JSON.stringify(event))
  })

  test('an acquirer that falls out of TLS half-way breaks the line, with the reason', () =>
    against(identityOfTests(), async ({ port }) => {
      let inject: () => void = () => undefined
      const through = net.createServer(near => {
        const far = net.connect(port, '127.0.0.1')
        near.on('error', () => undefined).pipe(far)
        far.on('error', () => undefined).pipe(near)
        inject = () => void near.write('HTTP/1.1 503 Service Unavailable\r\n\r\n')
      })
      await new Promise<void>(listening => through.listen(0, '127.0.0.1', listening))
      const address = through.address()
      assert.ok(address !== null && typeof address === 'object')
      const link = await tls(new URL(`tls://127.0.0.1:${address.port}`), termsOfTests()).open()
      await link.send(frameOf(9))
      assert.equal((await link.next(soon)).saw, 'frame')
      inject()
      const event = await link.next(soon)
      assert.ok(event.saw === 'failure' && event.reason === 'speaks no TLS', JSON.stringify(event))
      await assert.rejects(link.send(frameOf(9)), thrown => isEmulatorError(thrown, 'LINK_LOST'))
      await link.close()
      await new Promise(closed => through.close(closed))
    }))
})

test('a connection of TLS that cannot be had has a hint for its reason', () => {
  const facts = { endpoint: 'tls://h:1', because: 'its certificate has expired', reason: 'certificate expired' } as const
  assert.equal(new EmulatorError('LINK_FAILED', facts).hint, 'The acquirer has to renew its certificate.')
})
