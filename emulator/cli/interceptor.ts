import net from 'node:net'
import { Worker } from 'node:worker_threads'
import { UsageError } from './complaint.ts'

/** What everything that we send goes through. */
type Ways = Readonly<{ connect: string; fetch: string }>

const textsOf = (): Ways => ({ connect: String(net.Socket.prototype.connect), fetch: String(globalThis.fetch) })

/** As it was when this module was loaded, which `main.ts` does before anything else. */
const first = { connect: net.Socket.prototype.connect, fetch: globalThis.fetch }

const pristine = `
  const net = require('node:net')
  const { parentPort } = require('node:worker_threads')
  parentPort.postMessage({ connect: String(net.Socket.prototype.connect), fetch: String(globalThis.fetch) })
`

/**
 * Refuses to go on while something in this process stands between us and the network: nock and its like put functions of their own in the place of
 * Node's, and a certificate would then be about them.
 *
 * What was loaded after us is known by the functions that we saw first; what was there before us by comparison with a thread in which nothing was
 * loaded at all.
 *
 * @throws UsageError
 */
export async function refuseInterceptor(): Promise<void> {
  const own = await untouched()
  const here = textsOf()
  const replaced = [
    ...(here.connect === own.connect && net.Socket.prototype.connect === first.connect ? [] : ['net.Socket.prototype.connect']),
    ...(here.fetch === own.fetch && globalThis.fetch === first.fetch ? [] : ['fetch']),
  ]
  if (replaced.length === 0) return
  throw new UsageError(
    `${replaced.join(' and ')} of this process ${replaced.length > 1 ? 'are' : 'is'} not Node’s own: something intercepts what is sent`,
    'Run without nock, without the agent that NODE_OPTIONS or --import loads: what it answers must not be certified.',
  )
}

/** The same functions where nothing has been loaded. */
function untouched(): Promise<Ways> {
  return new Promise((seen, refuse) => {
    const worker = new Worker(pristine, { eval: true, execArgv: [], env: {} })
    worker.once('message', (ways: Ways) => seen(ways))
    worker.once('error', refuse)
  })
}
