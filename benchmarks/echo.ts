import net from 'node:net'
import type { Load } from './measurement.ts'

/** Bytes of a sale and of its answer, length prefix included. @source fixtures/vectors/unionpay-frames.json, conversation-signin-sale-void */
const requestBytes = 118
const replyBytes = 152

/** How connections are used: kept from one exchange to the next, or one for each. */
export type Connections = 'kept' | 'per operation'

/** An echo of frames behind a two-byte length, and clients that have one frame each on the way: the least that a sale over TCP can cost. */
export type Echo = Readonly<{ load: Load; close: () => Promise<void> }>

export async function openEcho(clients: number, connections: Connections): Promise<Echo> {
  const sockets = new Set<net.Socket>()
  const reply = framed(replyBytes)
  const server = net.createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    onFrames(socket, requestBytes, () => socket.write(reply))
  })
  await new Promise<void>(listening => server.listen({ port: 0, host: '127.0.0.1' }, listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the echo has no port')
  const { port } = address
  const drive = connections === 'kept' ? keeping(port, clients) : redialling(port, clients)
  return {
    load: drive.load,
    close: async () => {
      drive.close()
      for (const socket of sockets) socket.destroy()
      await new Promise(closed => server.close(closed))
    },
  }
}

type Drive = Readonly<{ load: Load; close: () => void }>

function keeping(port: number, clients: number): Drive {
  const request = framed(requestBytes)
  const open = Array.from({ length: clients }, () => {
    const client: { socket: net.Socket; answered: () => void } = {
      socket: net.connect({ port, host: '127.0.0.1', noDelay: true }),
      answered: () => undefined,
    }
    onFrames(client.socket, replyBytes, () => client.answered())
    return client
  })
  return {
    load: millis =>
      during(millis, open, (client, again) => {
        client.answered = again
        client.socket.write(request)
      }),
    close: () => {
      for (const { socket } of open) socket.destroy()
    },
  }
}

function redialling(port: number, clients: number): Drive {
  const request = framed(requestBytes)
  const places = Array.from({ length: clients }, (_, no) => no)
  return {
    load: millis =>
      during(millis, places, (_, again) => {
        const socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request))
        onFrames(socket, replyBytes, () => socket.end())
        socket.once('close', again)
      }),
    close: () => undefined,
  }
}

/** Every client again and again until the time is over and the last has its answer. Per second. */
function during<C>(millis: number, clients: readonly C[], exchange: (client: C, again: () => void) => void): Promise<number> {
  const began = performance.now()
  let times = 0
  let busy = clients.length
  return new Promise(over => {
    for (const client of clients) {
      const again = (): void => {
        times += 1
        const took = performance.now() - began
        if (took < millis) exchange(client, again)
        else if (--busy === 0) over((times / took) * 1000)
      }
      exchange(client, again)
    }
  })
}

function framed(bytes: number): Buffer {
  const frame = Buffer.alloc(bytes, 0x31)
  frame.writeUInt16BE(bytes - 2)
  return frame
}

/** Frames of one size only, so that counting bytes is all there is to cut; the length is read all the same. */
function onFrames(socket: net.Socket, bytes: number, frame: () => void): void {
  let held: Buffer = Buffer.alloc(0)
  socket.on('data', chunk => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE()) {
      if (held.readUInt16BE() + 2 !== bytes) throw new Error('a frame of another size')
      held = held.subarray(bytes)
      frame()
    }
  })
}
