import type { Secret } from './secret.ts'

/** How an acquirer is reached: by the scheme of its endpoint, or, of the embedded host, by the profile's `door`. */
export type Door = 'tcp' | 'tls' | 'ws' | 'wss' | 'http' | 'https'

/** What a terminal brings and demands on a line with TLS. Files hold PEM text. */
export type TlsTerms = Readonly<{
  /** Whom it trusts, beside the system's own list when absent. */
  ca?: string
  certificate?: string
  /** Of the certificate, without a passphrase. */
  key?: Secret
  minVersion: 'TLSv1.2' | 'TLSv1.3'
  /** The name that the certificate has to carry, where it is not the host of the endpoint. */
  serverName?: string
  /** Off only by an explicit setting of the profile, and then told in the report. */
  checksName: boolean
}>

/** Where a profile says nothing of TLS: the authorities of the system, no certificate of our own, and the name of the endpoint. */
export const usualTerms: TlsTerms = { minVersion: 'TLSv1.2', checksName: true }
