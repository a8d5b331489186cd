import { EmulatorError } from '../values/errors.ts'
import type { LinkReason } from '../values/link-reason.ts'

/** What became of a line, in words, and by name where it has one. */
export type Trouble = Readonly<{ says: string; reason?: LinkReason }>

const untrusted: Trouble = { says: 'its certificate is signed by nobody whom we trust', reason: 'certificate untrusted' }
const noTls: Trouble = { says: 'what came back is not TLS', reason: 'speaks no TLS' }
const version: Trouble = { says: 'there is no version of TLS that both sides speak', reason: 'TLS version' }
const demanded: Trouble = { says: 'it demands a certificate of the terminal', reason: 'client certificate demanded' }
const refused = (why: string): Trouble => ({
  says: `it refused the terminal’s certificate: ${why}`,
  reason: 'client certificate refused',
})

/** By the code of a system call, of OpenSSL's verification or of a TLS alert, as Node names them. */
const troubles: Readonly<Record<string, Trouble>> = {
  ECONNRESET: { says: 'the acquirer broke the connection' },
  EPIPE: { says: 'the acquirer had closed the connection' },
  ENOTFOUND: { says: 'its name is not known', reason: 'name unknown' },
  EAI_AGAIN: { says: 'its name could not be looked up', reason: 'name unknown' },
  EHOSTUNREACH: { says: 'there is no way to it', reason: 'not reachable' },
  ENETUNREACH: { says: 'there is no way to its network', reason: 'not reachable' },
  ETIMEDOUT: { says: 'no answer', reason: 'no answer' },
  CERT_HAS_EXPIRED: { says: 'its certificate has expired', reason: 'certificate expired' },
  CERT_NOT_YET_VALID: { says: 'its certificate is not yet valid', reason: 'certificate not yet valid' },
  CERT_REVOKED: { says: 'its certificate is revoked', reason: 'certificate revoked' },
  DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'its certificate is signed by itself', reason: 'certificate self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  INVALID_PURPOSE: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: { says: 'its certificate is for another name', reason: 'certificate for another name' },
  ERR_SSL_EE_KEY_TOO_SMALL: { says: 'the key of its certificate is too short', reason: 'certificate too weak' },
  ERR_SSL_CA_MD_TOO_WEAK: { says: 'the signature of its certificate is too weak', reason: 'certificate too weak' },
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  ERR_SSL_HTTP_REQUEST: noTls,
  ERR_SSL_UNEXPECTED_MESSAGE: noTls,
  ERR_SSL_RECORD_LAYER_FAILURE: noTls,
  ERR_SSL_BAD_RECORD_TYPE: noTls,
  ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC: { says: 'what came is not sealed as TLS demands', reason: 'broke the protocol' },
  ERR_SSL_UNSUPPORTED_PROTOCOL: version,
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: version,
  ERR_SSL_VERSION_TOO_LOW: version,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: version,
  ERR_SSL_NO_SHARED_CIPHER: { says: 'there is no cipher that both sides speak', reason: 'no cipher in common' },
  ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY: { says: 'it wants stronger ciphers', reason: 'no cipher in common' },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: demanded,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: refused('it does not know who signed it'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: refused('it has expired'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: refused('it is revoked'),
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: refused('it does not accept it'),
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: refused('it cannot read it'),
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: refused('it does not take its kind'),
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: refused('it is not let in'),
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: { says: 'it knows no such name', reason: 'certificate for another name' },
}

/** What an error on an open line means. */
export function troubleOf(error: NodeJS.ErrnoException): Trouble {
  const { code = '' } = error
  return troubles[code] ?? { says: code === '' ? error.message : code }
}

/** The error of a line that never opened. */
export function unopened(endpoint: string, cause: NodeJS.ErrnoException): EmulatorError {
  if (cause.code === 'ECONNREFUSED') return new EmulatorError('LINK_REFUSED', { endpoint }, { cause })
  const { says, reason } = troubleOf(cause)
  return failedFor(
    endpoint,
    { says: cause.code === 'ECONNRESET' ? 'it broke the connection' : says, ...(reason && { reason }) },
    cause,
  )
}

/** A line that never opened, for this reason. */
export function failedFor(endpoint: string, { says, reason }: Trouble, cause?: unknown): EmulatorError {
  const facts = { endpoint, because: says, ...(reason === undefined ? {} : { reason }) }
  return new EmulatorError('LINK_FAILED', facts, cause === undefined ? undefined : { cause })
}

/** What bytes that are no frame of ours betray about who sent them. */
export function betrayed(bytes: Uint8Array): Trouble | undefined {
  const [type = 0, major = 0, minor = 0] = bytes
  if ((type === 0x15 || type === 0x16) && major === 3 && minor <= 4)
    return { says: type === 0x15 ? 'a TLS alert came back' : 'a TLS handshake came back', reason: 'speaks TLS' }
  const text = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  if (/^HTTP\/1\.[01] /.test(text)) return { says: `${text.slice(0, 12)} came back`, reason: 'speaks HTTP' }
  return undefined
}
