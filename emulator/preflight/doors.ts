import type { OtherDoor } from './diagnose-framing.ts'
import type { Waits } from './waits.ts'
import type { Way } from './way.ts'

/** The doors that are confused with one another: with and without TLS. */
const others: Readonly<Record<string, string>> = {
  'tcp:': 'tls',
  'tls:': 'tcp',
  'ws:': 'wss',
  'wss:': 'ws',
  'http:': 'https',
}

/**
 * Looks whether the same port has another door: a handshake that succeeds where the profile speaks in clear, an answer in clear where it speaks TLS.
 *
 * @param answers  Says the profile's harmless message there.
 */
export async function tryDoors(way: Way, waits: Waits, answers: (way: Way) => Promise<boolean>): Promise<OtherDoor | undefined> {
  const scheme = others[way.endpoint.protocol]
  if (scheme === undefined) return undefined
  const other = way.through(scheme)
  if (scheme === 'tcp' || scheme === 'ws') {
    return (await answers(other)) ? { to: other.endpoint.href, says: 'the acquirer answers in clear, without TLS' } : undefined
  }
  const opened = await other.secure(2 * waits.alternative)
  if (opened.is === 'refused') {
    // Whoever talks TLS to us and finds fault with our handshake speaks TLS all the same.
    return /ALERT/.test(opened.code)
      ? { to: other.endpoint.href, says: `the acquirer speaks TLS there (${opened.code})` }
      : undefined
  }
  const { tls } = opened.line
  opened.line.close()
  return tls === undefined ? undefined : { to: other.endpoint.href, says: `the acquirer speaks ${tls.protocol} there` }
}
