import { exit } from './exit.ts'

type Source = Readonly<{
  on(signal: NodeJS.Signals, heard: () => void): unknown
  off(signal: NodeJS.Signals, heard: () => void): unknown
  exit(code: number): unknown
}>

const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM']

/**
 * Calls `stop` at the first SIGINT or SIGTERM, so that a command can close what is open and write what it has; a second one ends the
 * process at once. Returns how to stop listening.
 */
export function onInterrupt(stop: (signal: NodeJS.Signals) => void, source: Source = process): () => void {
  let heard = false
  const listeners = signals.map(signal => {
    const listener = (): void => {
      if (heard) {
        source.exit(exit.inconclusive)
        return
      }
      heard = true
      stop(signal)
    }
    source.on(signal, listener)
    return { signal, listener }
  })
  return () => {
    for (const { signal, listener } of listeners) source.off(signal, listener)
  }
}

/** Resolves at the first SIGINT or SIGTERM. */
export function interrupted(source: Source = process): Promise<NodeJS.Signals> {
  return new Promise(resolve => onInterrupt(resolve, source))
}
