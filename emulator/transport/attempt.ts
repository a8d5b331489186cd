import { EmulatorError } from '../values/errors.ts'
import type { LinkReason } from '../values/link-reason.ts'

/** `endpoint`: as it is printed. */
export type AttemptTerms = Readonly<{ endpoint: string; withinMillis: number; signal?: AbortSignal }>

/** What an attempt has come to: either is called once, what comes after is not heard. */
export type Outcome<T> = Readonly<{ opened: (value: T) => void; failed: (error: EmulatorError) => void }>

/** How an attempt is given up. `overdue`: why nothing came of it in time, as far as it got. */
export type Begun = Readonly<{ drop: () => void; overdue?: () => Readonly<{ because: string; reason: LinkReason }> }>

/** An address as it is printed: without user, password and query, which may hold secrets. */
export function printed({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}

/**
 * Tries to open something, within a time and until a signal. What fails, or is too late, is dropped.
 *
 * @throws EmulatorError `LINK_REFUSED`, `LINK_FAILED`
 */
export function attempt<T>({ endpoint, withinMillis, signal }: AttemptTerms, begin: (outcome: Outcome<T>) => Begun): Promise<T> {
  return new Promise((resolve, refuse) => {
    if (signal?.aborted) return refuse(givenUp(endpoint, signal))
    let over = false
    let begun: Begun | undefined
    const settled = (): boolean => {
      if (over) return false
      over = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', aborted)
      return true
    }
    const failed = (error: EmulatorError): void => {
      if (!settled()) return
      begun?.drop()
      refuse(error)
    }
    const aborted = (): void => failed(givenUp(endpoint, signal))
    const timer = setTimeout(() => {
      const { because, reason } = begun?.overdue?.() ?? { because: 'no answer', reason: 'no answer' }
      failed(new EmulatorError('LINK_FAILED', { endpoint, because: `${because} within ${withinMillis} ms`, reason }))
    }, withinMillis)
    signal?.addEventListener('abort', aborted)
    begun = begin({
      failed,
      opened: value => {
        if (settled()) resolve(value)
      },
    })
    // What failed while it was begun could not be dropped yet.
    if (over) begun.drop()
  })
}

function givenUp(endpoint: string, signal: AbortSignal | undefined): EmulatorError {
  return new EmulatorError(
    'LINK_FAILED',
    { endpoint, because: 'opening was given up', reason: 'given up' },
    { cause: signal?.reason },
  )
}
