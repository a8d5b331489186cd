import { readFileSync } from 'node:fs'
import type { TlsTerms } from '../values/door.ts'
import { Secret } from '../values/secret.ts'
import type { TlsIdentity } from './tls-listener.ts'

/** A file of `fixtures/tls`, as text. */
export function certificateOfTests(name: string): string {
  return readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8')
}

type Named = Readonly<{ certificate?: string; clientCa?: string }> & Pick<TlsIdentity, 'minVersion' | 'maxVersion'>

/** What a host of the tests shows: `host.pem` unless another file is named. */
export function identityOfTests({ certificate = 'host.pem', clientCa, ...more }: Named = {}): TlsIdentity {
  return {
    certificate: certificateOfTests(certificate),
    key: new Secret(certificateOfTests('host.key')),
    ...(clientCa === undefined ? {} : { clientCa: certificateOfTests(clientCa) }),
    ...more,
  }
}

type Terms = Readonly<{ ca?: string; certificate?: string }> & Partial<Pick<TlsTerms, 'minVersion' | 'serverName' | 'checksName'>>

/** What a terminal of the tests brings and demands: it trusts `ca.pem`, and has no certificate unless one is named. */
export function termsOfTests({ ca = 'ca.pem', certificate, ...more }: Terms = {}): TlsTerms {
  return {
    ca: certificateOfTests(ca),
    minVersion: 'TLSv1.2',
    checksName: true,
    ...(certificate === undefined
      ? {}
      : { certificate: certificateOfTests(certificate), key: new Secret(certificateOfTests('client.key')) }),
    ...more,
  }
}
