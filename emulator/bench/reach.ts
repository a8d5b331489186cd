import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dialectById } from '../dialects/index.ts'
import { tcpDoor, tlsDoor, webSocketDoor } from '../host/doors.ts'
import type { HostOptions } from '../host/host.ts'
import { httpDoor } from '../host/http-door.ts'
import type { Profile } from '../profile/profile.ts'
import { dialledIn } from '../transport/dialled-in.ts'
import { cutterFor } from '../transport/frame-cutter.ts'
import { tcp } from '../transport/tcp.ts'
import { tls } from '../transport/tls.ts'
import type { TlsIdentity } from '../transport/tls-listener.ts'
import type { Transport } from '../transport/transport.ts'
import { websocket } from '../transport/websocket.ts'
import { usualTerms } from '../values/door.ts'
import { Secret } from '../values/secret.ts'
import { where } from '../where.ts'

/** The way from the terminals of a profile to an acquirer, by the scheme of its endpoint. */
export function transportTo({ speaks, tls: terms = usualTerms }: Profile, endpoint: URL): Transport {
  const cutter = cutterFor(speaks.framing.form)
  switch (endpoint.protocol) {
    case 'tls:':
      return tls(endpoint, terms, { cutter })
    case 'ws:':
    case 'wss:':
      return websocket(endpoint, { text: speaks.syntax === 'json', terms })
    default:
      return tcp(endpoint, { cutter })
  }
}

/** The way to a foreign acquirer, who may dial in himself, and how it is given up when the run is over. */
export function wayTo(profile: Profile, endpoint: URL): Readonly<{ transport: Transport; close: () => Promise<void> }> {
  const { speaks, timing, knobs, tls: terms } = profile
  if (timing.role === 'client') return { transport: transportTo(profile, endpoint), close: async () => undefined }
  const receiver = dialledIn(endpoint, {
    cutter: cutterFor(speaks.framing.form),
    // An acquirer that is waited for so long for an answer is waited for as long to come back.
    connectWithinMillis: (knobs.respTimeout?.seconds ?? 60) * 1000,
    ...(terms === undefined ? {} : { terms }),
  })
  return { transport: receiver, close: () => receiver.close() }
}

/** How the reference host has to stand there for the terminals of a profile: what it speaks, and through which door. */
export function hostFor(profile: Profile): Required<Pick<HostOptions, 'dialect' | 'door'>> {
  const { door, speaks, mapping } = profile
  // Behind a mapping the host speaks its own names and codes.
  const dialect = mapping === undefined ? speaks : dialectById('json')
  switch (door) {
    case 'tls':
      return { dialect, door: tlsDoor(identityFor(profile)) }
    case 'ws':
      return { dialect, door: webSocketDoor() }
    case 'wss':
      return { dialect, door: webSocketDoor(identityFor(profile)) }
    case 'http':
    case 'https':
      return { dialect, door: httpDoor }
    case 'tcp':
      return { dialect, door: tcpDoor }
  }
}

/**
 * What the reference host shows on a door with TLS: the certificate of `fixtures/tls`. It demands certificates of the terminals where the profile
 * has one, signed by whom they trust themselves.
 */
function identityFor({ tls: terms }: Profile): TlsIdentity {
  const file = (name: string): string => readFileSync(join(where.fixtures, 'tls', name), 'utf8')
  const demands = terms?.certificate !== undefined && terms.ca !== undefined
  return {
    certificate: file('host.pem'),
    key: new Secret(file('host.key')),
    ...(demands ? { clientCa: terms.ca } : {}),
  }
}
