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

const overTcp: Ground = { name: 'tcp', listen, reach: endpoint => tcp(endpoint), hangUp: closing }
const overTls: Ground = {
  name: 'tls, both sides with certificates',
  listen: (port, onConnection, options) =>
    listenTls(port, onConnection, { ...options, identity: identityOfTests({ clientCa: 'ca.pem' }) }),
  reach: endpoint => tls(endpoint, termsOfTests({ certificate: 'client.pem' })),
  hangUp: closing,
}
const inMemory: Ground = { name: 'memory', ...memoryNetwork(), hangUp: closing }
const inMemoryByteByByte: Ground = {
  name: 'memory, byte by byte',
  ...memoryNetwork({
    pieces: function* (written) {
      for (let at = 0; at < written.length; at += 1) yield written.subarray(at, at + 1)
    },
  }),
  hangUp: closing,
}

for (const ground of [overTcp, keeping(overTcp), overTls, keeping(overTls), inMemory, keeping(inMemory), inMemoryByteByByte])
  transportSuite(ground)
