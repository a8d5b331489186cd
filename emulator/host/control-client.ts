import { EmulatorError } from '../values/errors.ts'
import type { Control, LedgerView } from '../values/ledger-view.ts'

/** What a control port offers, and the switching of faults, which only our own host has. */
export interface RemoteControl extends Control {
  setFaults(names: readonly string[]): Promise<void>
}

/**
 * The control port of a host that runs elsewhere.
 *
 * @throws (its methods) EmulatorError `CONTROL_REFUSED` when the port cannot be reached or does not take what it is told
 */
export function httpControl(url: URL | string): RemoteControl {
  const base = new URL(url)
  const call = async (path: string, body?: object): Promise<unknown> => {
    const target = new URL(path, base)
    const init =
      body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    try {
      const response = await fetch(target, init)
      const answer: unknown = await response.json()
      if (response.ok) return answer
      throw new EmulatorError('CONTROL_REFUSED', {
        endpoint: target.href,
        because: errorIn(answer) ?? `status ${response.status}`,
      })
    } catch (cause) {
      if (cause instanceof EmulatorError) throw cause
      throw new EmulatorError('CONTROL_REFUSED', { endpoint: target.href, because: String(cause) }, { cause })
    }
  }
  const post = async (path: string, body: object): Promise<void> => {
    await call(path, body)
  }
  return {
    // The shape is the control port's own contract; what is wrong in it shows when it is compared.
    ledger: async () => (await call('/ledger')) as LedgerView,
    closeDay: () => post('/day/close', {}),
    advanceClock: by => post('/clock', by),
    setCard: (card, state) => post('/cards', { card, state }),
    setTerminal: (terminal, state) => post('/terminals', { terminal, state }),
    setFaults: names => post('/faults', { names }),
    fail: how => post('/fail', { how }),
  }
}

function errorIn(answer: unknown): string | undefined {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : undefined
}
