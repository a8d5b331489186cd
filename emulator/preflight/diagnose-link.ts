import type { TlsTerms } from '../values/door.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Heard } from './raw-line.ts'
import { blotted, otherProtocol } from './reading.ts'
import type { TlsFacts } from './tls-facts.ts'

/** Why the name of an endpoint gives no address. `code`: of the resolver, such as ENOTFOUND. */
export function unresolved(host: string, code: string): Diagnosis {
  const temporary = code === 'EAI_AGAIN' || code === 'ETIMEOUT'
  return {
    cause: temporary ? 'resolver silent' : 'name unknown',
    says: temporary
      ? `nobody answers when asked for the address of ${host} (${code})`
      : `there is no address for the name ${host}`,
    certainty: temporary ? 'possible' : 'sure',
    whose: temporary ? 'network' : 'profile',
    changes: [{ setting: 'endpoint', note: 'the host in it, or the resolver of this machine' }],
  }
}

const refusals: Readonly<Record<string, Pick<Diagnosis, 'cause' | 'says' | 'whose'>>> = {
  ECONNREFUSED: { cause: 'nothing listens', says: 'nothing listens on that port', whose: 'profile' },
  ETIMEDOUT: {
    cause: 'connect overdue',
    says: 'the connection was neither taken nor refused in time, as behind a firewall that drops',
    whose: 'network',
  },
  EHOSTUNREACH: { cause: 'host unreachable', says: 'there is no way to that host', whose: 'network' },
  ENETUNREACH: { cause: 'network unreachable', says: 'there is no way to that network', whose: 'network' },
  ECONNRESET: { cause: 'reset at once', says: 'the connection was broken off while it was being made', whose: 'network' },
}

/** Why no connection came about. */
export function unconnected(endpoint: URL, code: string): Diagnosis {
  const { cause, says, whose } = refusals[code] ?? { cause: 'not connected', says: `the system says ${code}`, whose: 'network' }
  return {
    cause,
    says: `${says}: ${endpoint.host}`,
    certainty: code === 'ECONNREFUSED' ? 'sure' : 'likely',
    whose,
    changes: [{ setting: 'endpoint', note: 'the port, then the host; then whether this machine may reach it' }],
  }
}

/** Reasons of OpenSSL for which a chain is not trusted, in words. */
const distrust: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the chain ends in an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'whoever issued the certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'whoever issued the certificate is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'whoever issued the certificate is not known here, and the acquirer sends no chain',
}

/** What is wrong with what a handshake showed, if anything. `now`: milliseconds since 1970. */
export function distrusted(facts: TlsFacts, terms: TlsTerms, now: number): Diagnosis | undefined {
  const { validFrom, validTo, untrusted, otherName, names, name, issuer } = facts
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
  const profile = { certainty: 'sure', whose: 'profile' } as const
  if (now > validTo || untrusted === 'CERT_HAS_EXPIRED')
    return {
      cause: 'certificate expired',
      says: `the certificate of the acquirer expired on ${day(validTo)}`,
      certainty: 'sure',
      whose: 'acquirer',
      changes: [{ setting: 'endpoint', note: 'nothing in the profile mends this: the acquirer has to renew its certificate' }],
    }
  if (now < validFrom || untrusted === 'CERT_NOT_YET_VALID')
    return {
      cause: 'certificate not yet valid',
      says: `the certificate of the acquirer is valid from ${day(validFrom)}`,
      certainty: 'sure',
      whose: 'acquirer',
      changes: [{ setting: 'endpoint', note: 'the acquirer’s certificate, or the clock of this machine' }],
    }
  if (untrusted !== undefined && untrusted !== 'ERR_TLS_CERT_ALTNAME_INVALID')
    return {
      cause: 'authority unknown',
      says: `${distrust[untrusted] ?? untrusted}; it was issued by ${JSON.stringify(blotted(issuer))}`,
      ...profile,
      changes: [{ setting: 'tls.ca', note: `the file with the certificate of the authority ${blotted(issuer)}` }],
    }
  if (otherName !== undefined && terms.checksName)
    return {
      cause: 'wrong name',
      says: `the certificate is for ${names.map(blotted).join(', ') || 'nobody'}, not for ${name}`,
      ...profile,
      changes: [{ setting: 'tls.serverName', ...(names[0] === undefined ? {} : { to: names[0] }) }],
    }
  return undefined
}

/** Days before its end at which a certificate is worth a word. */
const soon = 30

/** A certificate that ends soon, a name that is not looked at. */
export function tlsAdvice({ validTo, otherName, names }: TlsFacts, terms: TlsTerms, now: number): readonly Diagnosis[] {
  const days = Math.floor((validTo - now) / 86_400_000)
  const advice: Diagnosis[] = []
  if (days <= soon)
    advice.push({
      cause: 'certificate ends soon',
      says: `the certificate of the acquirer expires in ${days} ${days === 1 ? 'day' : 'days'}`,
      certainty: 'sure',
      whose: 'acquirer',
      changes: [],
    })
  if (!terms.checksName)
    advice.push({
      cause: 'name not checked',
      says: `the name in the certificate is not checked${otherName === undefined ? '' : `; it is for ${names.map(blotted).join(', ')}`}`,
      certainty: 'sure',
      whose: 'profile',
      changes: [{ setting: 'tls.checkName', to: true }],
    })
  return advice
}

/**
 * Why a handshake failed.
 *
 * @param came  the first bytes that the other side sent, if any
 */
export function unsecured(code: string, says: string, came: Uint8Array | undefined, endpoint: URL, terms: TlsTerms): Diagnosis {
  const scheme = (to: string): string => `${to}://${endpoint.host}${endpoint.pathname === '/' ? '' : endpoint.pathname}`
  if (/ALERT_(?:CERTIFICATE|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|UNSUPPORTED_CERTIFICATE)/.test(code))
    return ownCertificate(code, terms)
  if (/PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/.test(code))
    return {
      cause: 'version too low',
      says: `the acquirer speaks no TLS as new as ${terms.minVersion}`,
      certainty: 'likely',
      whose: terms.minVersion === 'TLSv1.3' ? 'profile' : 'acquirer',
      changes:
        terms.minVersion === 'TLSv1.3'
          ? [{ setting: 'tls.minVersion', to: 'TLSv1.2' }]
          : [{ setting: 'tls.minVersion', note: 'older than TLSv1.2 is not spoken: the acquirer has to offer more' }],
    }
  if (code === 'TERMS')
    return {
      cause: 'terms unreadable',
      says: `our own certificate or key cannot be used: ${says}`,
      certainty: 'sure',
      whose: 'profile',
      changes: [{ setting: 'tls.certificate' }, { setting: 'tls.key' }],
    }
  const other = came === undefined ? undefined : otherProtocol(came)
  const what = other === undefined ? 'something other than TLS' : `${other.protocol} in clear`
  const wrong = /WRONG_VERSION_NUMBER|PACKET_LENGTH|UNEXPECTED_MESSAGE|RECORD/.test(code)
  return {
    cause: 'no TLS there',
    says: wrong || other !== undefined ? `what listens there answers with ${what}` : `no handshake came about: ${says}`,
    certainty: wrong || other !== undefined ? 'likely' : 'possible',
    whose: 'profile',
    changes: [
      { setting: 'endpoint', to: scheme(endpoint.protocol === 'wss:' ? 'ws' : endpoint.protocol === 'https:' ? 'http' : 'tcp') },
    ],
  }
}

/**
 * Why an acquirer hangs up as soon as the handshake is done. With TLS 1.3 that is the moment at which it looks at our certificate; not every host
 * says so before it closes.
 */
export function unlet({ bytes, ended, code }: Heard, terms: TlsTerms): Diagnosis | undefined {
  if (bytes.length > 0 || (ended !== 'closed' && ended !== 'broken')) return undefined
  return ownCertificate(code?.includes('ALERT') ? code : 'it hangs up after the handshake', terms)
}

function ownCertificate(because: string, { certificate }: TlsTerms): Diagnosis {
  const has = certificate !== undefined
  return {
    cause: has ? 'client certificate refused' : 'client certificate missing',
    says: has
      ? `the acquirer does not let our certificate in (${because})`
      : `the acquirer asks for a certificate of ours (${because})`,
    certainty: 'likely',
    whose: 'profile',
    changes: [
      { setting: 'tls.certificate', note: 'a certificate that the acquirer has issued or registered' },
      { setting: 'tls.key' },
    ],
  }
}

/** Why a line is of no use on which the acquirer spoke, or hung up, before we did. */
export function greeted({ bytes, ended, code }: Heard): Diagnosis | undefined {
  if (bytes.length > 0) {
    const other = otherProtocol(bytes)
    const text = blotted(Buffer.from(bytes.subarray(0, 32)).toString('latin1'))
    return {
      cause: other === undefined ? 'greeting' : 'other protocol',
      says:
        other === undefined
          ? `the acquirer speaks first, ${bytes.length} bytes: ${JSON.stringify(text)}`
          : `what listens there speaks ${other.protocol}: ${other.says}`,
      certainty: other === undefined ? 'possible' : 'sure',
      whose: 'profile',
      changes: [{ setting: 'endpoint', note: 'the port of the terminals, where the terminal speaks first' }],
    }
  }
  if (ended !== 'closed' && ended !== 'broken') return undefined
  return {
    cause: 'hangs up at once',
    says: `the acquirer takes the connection and ${ended === 'closed' ? 'closes' : `breaks (${code ?? 'reset'})`} it before a byte is sent`,
    certainty: 'likely',
    whose: 'network',
    changes: [{ setting: 'endpoint', note: 'the port; then whether the acquirer admits the address of this machine' }],
  }
}
