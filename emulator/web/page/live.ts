import type { Asked, Told } from '../protocol.ts'

/** How the page is connected to its terminal. `stopped`: the command has ended, or another has taken its place. */
export type LinkState = 'connecting' | 'live' | 'away'

export type Live = Readonly<{ ask(asked: Asked): void }>

const firstWait = 200
const longestWait = 4000

/** The one WebSocket of the page; it comes back by itself, at longer and longer intervals. What is asked while it is away is not asked later. */
export function connect(told: (told: Told) => void, stands: (state: LinkState) => void): Live {
  let socket: WebSocket | undefined
  let wait = firstWait

  const open = (): void => {
    const link = new WebSocket(`ws://${location.host}/live`)
    socket = link
    link.addEventListener('message', ({ data }) => {
      wait = firstWait
      // Our own server writes nothing else.
      const message = JSON.parse(String(data)) as Told
      if (message.is === 'hello') stands('live')
      told(message)
    })
    link.addEventListener('close', () => {
      stands('away')
      setTimeout(open, wait)
      wait = Math.min(wait * 2, longestWait)
    })
  }
  stands('connecting')
  open()
  return {
    ask: asked => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(asked))
    },
  }
}
