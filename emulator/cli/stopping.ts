import { stopChannel } from '../bench/laboratory.ts'
import { notify } from './output.ts'

/** How workers are told to stop: at once, and each that was not there yet as soon as it is ready to hear. */
export function stopping(): Readonly<{ stop: () => void; stopped: () => boolean; close: () => void }> {
  const channel = new BroadcastChannel(stopChannel)
  channel.unref()
  let asked = false
  const stop = (): void => {
    asked = true
    notify('\ntillproof: stopping; press Ctrl-C again to end at once')
    channel.postMessage('stop')
  }
  channel.onmessage = () => {
    if (asked) channel.postMessage('stop')
  }
  return { stop, stopped: () => asked, close: () => channel.close() }
}
