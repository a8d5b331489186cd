import { type KeptTransport, kept } from './kept.ts'
import { listen } from './listener.ts'
import { memoryNetwork } from './memory.ts'
import type { Ground } from './proving-ground.ts'
import { tcp } from './tcp.ts'
import { identityOfTests, termsOfTests } from './test-certificates.ts'
import { tls } from './tls.ts'
import { listenTls } from './tls-listener.ts'
import { transportSuite } from './transport.suite.ts'
import type { Link, Transport } from './transport.ts'
import { websocket } from './websocket.ts'
import { listenWebSocket } from './websocket-listener.ts'

const closing = (_: Transport, link: Link): Promise<void> => link.close()

/** The same ground with one connection for all operations. */
function keeping(ground: Ground): Ground {
  const keepers = new WeakMap<Transport, KeptTransport>()
  return {
    ...ground,
    name: `${ground.name}, kept open`,
    reach: endpoint => {
      const keeper = kept(ground.reach(endpoint))
      keepers.set(keeper, keeper)
      return keeper
    },
    hangUp: async transport => keepers.get(transport)?.hangUp(),
  }
}

const overTcp: Ground = { name: 'tcp', frames: 'cut', listen, reach: endpoint => tcp(endpoint), hangUp: closing }
const overTls: Ground = {
  name: 'tls, both sides with certificates',
  frames: 'cut',
  listen: (port, onConnection, options) =>
    listenTls(port, onConnection, { ...options, identity: identityOfTests({ clientCa: 'ca.pem' }) }),
  reach: endpoint => tls(endpoint, termsOfTests({ certificate: 'client.pem' })),
  hangUp: closing,
}
const inMemory: Ground = { name: 'memory', frames: 'cut', ...memoryNetwork(), hangUp: closing }
const inMemoryByteByByte: Ground = {
  name: 'memory, byte by byte',
  frames: 'cut',
  ...memoryNetwork({
    pieces: function* (written) {
      for (let at = 0; at < written.length; at += 1) yield written.subarray(at, at + 1)
    },
  }),
  hangUp: closing,
}

const overWebSocket: Ground = {
  name: 'websocket',
  frames: 'kept apart',
  listen: (port, onConnection) => listenWebSocket(port, onConnection),
  reach: endpoint => websocket(endpoint),
  hangUp: closing,
}
const overSecureWebSocket: Ground = {
  name: 'websocket under tls',
  frames: 'kept apart',
  listen: (port, onConnection) =>
    listenWebSocket(port, onConnection, { identity: identityOfTests({ clientCa: 'ca.pem' }), path: '/pos', protocol: 'iso8583' }),
  reach: endpoint => websocket(endpoint, { terms: termsOfTests({ certificate: 'client.pem' }) }),
  hangUp: closing,
}

for (const ground of [
  overWebSocket,
  keeping(overWebSocket),
  overSecureWebSocket,
  overTcp,
  keeping(overTcp),
  overTls,
  keeping(overTls),
  inMemory,
  keeping(inMemory),
  inMemoryByteByByte,
])
  transportSuite(ground)
