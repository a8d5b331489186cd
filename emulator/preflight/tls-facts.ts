import tls from 'node:tls'

/** What a TLS handshake showed. Times are milliseconds since 1970. `name`: what the certificate was asked for; `names`: what it carries. */
export type TlsFacts = Readonly<{
  protocol: string
  cipher: string
  name: string
  names: readonly string[]
  issuer: string
  validFrom: number
  validTo: number
  /** Why the chain is not trusted: a code of OpenSSL such as `CERT_HAS_EXPIRED`, `SELF_SIGNED_CERT_IN_CHAIN`. */
  untrusted?: string
  /** Why the certificate is not one of that name. */
  otherName?: string
}>

/** Reads them off a socket whose handshake is done. */
export function factsOf(socket: tls.TLSSocket, name: string): TlsFacts {
  const certificate = socket.getPeerCertificate()
  const alternative = (certificate.subjectaltname ?? '').split(', ').flatMap(text => text.split(':').slice(1).join(':') || [])
  const common = certificate.subject?.CN
  const unnamed = tls.checkServerIdentity(name, certificate)
  const untrusted = codeOf(socket.authorizationError)
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    cipher: socket.getCipher().name,
    name,
    names: alternative.length > 0 ? alternative : typeof common === 'string' ? [common] : [],
    issuer: String(certificate.issuer?.CN ?? certificate.issuer?.O ?? 'nobody named'),
    validFrom: Date.parse(certificate.valid_from),
    validTo: Date.parse(certificate.valid_to),
    ...(untrusted === undefined ? {} : { untrusted }),
    ...(unnamed === undefined ? {} : { otherName: unnamed.message }),
  }
}

/** Node types it as an error and gives a text. */
function codeOf(error: unknown): string | undefined {
  if (error === undefined || error === null) return undefined
  if (typeof error === 'string') return error
  if (error instanceof Error) return 'code' in error ? String(error.code) : error.message
  return String(error)
}
