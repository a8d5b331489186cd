import { readFileSync } from 'node:fs'
import { host, type Misconfiguration, type Written } from './misconfiguration.test-run.ts'
import { certificate, encrypted, listener, nobody, saying, strange } from './strange-acquirers.test-run.ts'

const asIs = (): void => undefined

const trusting =
  (more: Record<string, unknown> = {}) =>
  (written: Written): void => {
    written.tls = { ca: certificate('ca.pem'), ...more }
  }

/** The port is right, and what listens there is something else. */
const stranger = (is: string, text: string): Misconfiguration => ({
  is,
  acquirer: () => saying(text),
  profile: asIs,
  names: 'endpoint',
  cause: 'other protocol',
})

const through =
  (scheme: string) =>
  (endpoint: URL): string =>
    `${scheme}://${endpoint.host}`

const places: readonly Misconfiguration[] = [
  { is: 'nothing listens there', acquirer: nobody, profile: asIs, names: 'endpoint', cause: 'nothing listens' },
  {
    is: 'the name is not known',
    acquirer: nobody,
    profile: written => {
      written.endpoint = 'tcp://acquirer.invalid:8583'
    },
    names: 'endpoint',
    cause: 'name unknown',
  },
  stranger('a web server listens there', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'),
  {
    is: 'an SSH server listens there, which greets first',
    acquirer: () => listener(socket => socket.write('SSH-2.0-OpenSSH_9.6\r\n')),
    profile: asIs,
    names: 'endpoint',
    cause: 'other protocol',
  },
  {
    is: 'a mail server listens there, which greets first',
    acquirer: () => listener(socket => socket.write('220 mail.example.org ESMTP\r\n')),
    profile: asIs,
    names: 'endpoint',
    cause: 'other protocol',
  },
  {
    is: 'an echo service listens there',
    acquirer: () => listener(socket => socket.on('data', chunk => socket.write(chunk))),
    profile: asIs,
    names: 'endpoint',
    cause: 'echoes',
  },
  {
    is: 'somebody who closes at once, as where our address is not let in',
    acquirer: () => listener(socket => socket.end()),
    profile: asIs,
    names: 'endpoint',
    cause: 'hangs up at once',
  },
  {
    is: 'somebody who never says a word',
    acquirer: () => listener(socket => socket.resume()),
    profile: asIs,
    names: 'endpoint',
    cause: 'silent',
  },
  {
    is: 'an acquirer that greets first',
    acquirer: () => strange({ greeting: 'READY\r\n' }),
    profile: asIs,
    names: 'endpoint',
    cause: 'greeting',
  },
]

const manners: readonly Misconfiguration[] = [
  {
    is: 'an acquirer that answers later than a terminal of the profile waits',
    acquirer: () => strange({ afterMillis: 1300 }),
    profile: written => {
      written.knobs.respTimeout = { seconds: 1 }
    },
    names: 'knobs.respTimeout.seconds',
  },
  {
    is: 'an acquirer that closes after each answer, where the profile keeps the line',
    acquirer: () => strange({ closesAfterEach: true }),
    profile: written => {
      written.timing = { connection: 'kept' }
    },
    names: 'timing.connection',
    to: 'per operation',
  },
]

const withTls: readonly Misconfiguration[] = [
  {
    is: 'TLS spoken to a plain port',
    acquirer: () => host(),
    profile: written => {
      written.endpoint = written.endpoint.replace('tcp:', 'tls:')
    },
    names: 'endpoint',
    cause: 'no TLS there',
    to: through('tcp'),
  },
  {
    is: 'plain TCP spoken to a port with TLS',
    acquirer: () => encrypted('host.pem'),
    profile: written => {
      written.endpoint = written.endpoint.replace('tls:', 'tcp:')
    },
    names: 'endpoint',
    cause: 'wrong door',
    to: through('tls'),
  },
  {
    is: 'a certificate that has expired',
    acquirer: () => encrypted('host-expired.pem'),
    profile: trusting(),
    names: 'endpoint',
    cause: 'certificate expired',
  },
  {
    is: 'a certificate that is not yet valid',
    acquirer: () => encrypted('host-not-yet-valid.pem'),
    profile: trusting(),
    names: 'endpoint',
    cause: 'certificate not yet valid',
  },
  { is: 'an authority that is not known', acquirer: () => encrypted('host.pem'), profile: asIs, names: 'tls.ca' },
  { is: 'the authority of somebody else', acquirer: () => encrypted('host-other-ca.pem'), profile: trusting(), names: 'tls.ca' },
  {
    is: 'a certificate that signed itself',
    acquirer: () => encrypted('host-self-signed.pem'),
    profile: trusting(),
    names: 'tls.ca',
  },
  {
    is: 'a certificate for another name',
    acquirer: () => encrypted('host-other-name.pem'),
    profile: trusting(),
    names: 'tls.serverName',
    to: 'acquirer.tillproof.test',
  },
  {
    is: 'a server name that is not the one of the certificate',
    acquirer: () => encrypted('host.pem'),
    profile: trusting({ serverName: 'pos.acquirer.example' }),
    names: 'tls.serverName',
  },
  {
    is: 'a minimum version that the acquirer does not reach',
    acquirer: () => encrypted('host.pem', { maxVersion: 'TLSv1.2' }),
    profile: trusting({ minVersion: 'TLSv1.3' }),
    names: 'tls.minVersion',
    to: 'TLSv1.2',
  },
  {
    is: 'a certificate of ours is demanded, and the profile has none',
    acquirer: () => encrypted('host.pem', { requestCert: true, ca: readFileSync(certificate('ca.pem')) }),
    profile: trusting(),
    names: 'tls.certificate',
  },
  {
    is: 'a certificate of ours is demanded, and the profile has one that the acquirer does not trust',
    acquirer: () => encrypted('host.pem', { requestCert: true, ca: readFileSync(certificate('ca.pem')) }),
    profile: trusting({ certificate: certificate('client-other-ca.pem'), key: certificate('client.key') }),
    names: 'tls.certificate',
  },
  {
    is: 'a key that is not that of the certificate',
    acquirer: () => encrypted('host.pem'),
    profile: trusting({ certificate: certificate('client.pem'), key: certificate('host.key') }),
    names: 'tls.key',
  },
]

export const linkMisconfigurations: readonly Misconfiguration[] = [...places, ...manners, ...withTls]
