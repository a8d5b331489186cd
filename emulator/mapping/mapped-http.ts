import { setTimeout as delay } from 'node:timers/promises'
import type { Finished, Link, Transport } from '../transport/transport.ts'
import type { TlsTerms } from '../values/door.ts'
import { EmulatorError } from '../values/errors.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { Message } from '../values/message.ts'
import { businessOf, overridesOf } from './business.ts'
import { converse } from './conversation.ts'
import type { MappingFault } from './faults.ts'
import { HttpLine } from './http-line.ts'
import { intentOf } from './intent.ts'
import { MappedLink } from './link.ts'
import type { Mapping, Party } from './mapping.ts'
import { Memory } from './memory.ts'
import { Desk } from './notifications.ts'
import { Tokens } from './tokens.ts'

export type MappedOptions = Readonly<{
  /** Keeps the intents of two runs against one acquirer apart. Empty beside a host that remembers nothing. */
  run?: string
  /** The clock of whatever is stamped or signed, milliseconds since 1970; that on the wall unless given. */
  clock?: () => number
  /** How time passes between two questions; on the wall unless given. */
  wait?: (millis: number, signal: AbortSignal) => Promise<void>
  /** Beside an embedded host: resolves when it is done with the next call. */
  finished?: () => Promise<Finished>
  tls?: TlsTerms
  /** What is done wrong on purpose. */
  fault?: MappingFault
}>

/** A till as the mapping knows it: whose credentials it has, and who is told of its calls. */
export type MappedTill = Readonly<{ merchantId: string; terminalId: string; saw: (call: HttpCall) => void }>

/** An acquirer behind HTTP. What its answers named is remembered for all tills. */
export interface MappedAcquirer {
  /** A till's line: JSON frames in business names go in, and come back. */
  line(till: MappedTill): Transport
  /** The intent of a message that a till has sent: what its idempotency key is made of. */
  intentOf(sent: Message): string
  /** The name of a till's credential set. */
  partyOf(till: Omit<MappedTill, 'saw'>): string
  /** Where notifications are awaited, if the mapping has any. */
  notifications(): Promise<URL | undefined>
  close(): Promise<void>
}

/**
 * Speaks to an acquirer behind HTTP as a mapping says.
 *
 * @example const line = mappedHttp(mapping, new URL('https://api.example.com')).line({ merchantId, terminalId, saw: call => journal.push(call) })
 */
export function mappedHttp(written: Mapping, endpoint: URL, options: MappedOptions = {}): MappedAcquirer {
  const mapping = options.fault?.bends?.(written) ?? written
  const memory = new Memory()
  const tokens = new Tokens()
  const desk = mapping.notifications === undefined ? undefined : new Desk(mapping)
  let listening: Promise<number> | undefined
  const started = async (): Promise<void> => {
    listening ??= desk?.listen()
    await listening
  }
  const open = async (till: MappedTill, signal?: AbortSignal): Promise<Link> => {
    await started()
    const http = new HttpLine(endpoint, options.tls)
    await http.open(signal)
    return new MappedLink(http, (frame, ended) => {
      const asked = businessOf(frame)
      const overrides = overridesOf(asked)
      return converse(
        {
          mapping,
          memory,
          tokens,
          http,
          base: endpoint.pathname.replace(/\/$/, ''),
          overrides,
          party: partyFor(mapping, till, overrides.party),
          run: options.run ?? '',
          now: options.clock ?? Date.now,
          wait: options.wait ?? waited,
          saw: till.saw,
          newKeys: options.fault?.newKeys === true,
          signal: ended,
          ...(options.finished === undefined ? {} : { finished: options.finished }),
          ...(desk === undefined ? {} : { desk }),
        },
        asked,
      )
    })
  }
  return {
    line: till => ({ open: signal => open(till, signal) }),
    intentOf: ({ mti, fields }) => intentOf(options.run ?? '', { operation: mti, fields }),
    partyOf: till => partyFor(mapping, till, undefined).name,
    notifications: async () => {
      await started()
      return listening === undefined
        ? undefined
        : new URL(mapping.notifications?.path ?? '/', `http://127.0.0.1:${await listening}`)
    },
    close: async () => desk?.close(),
  }
}

/** The credential set of a till: the one that names its merchant and terminal, or its merchant, or nobody in particular. */
function partyFor({ parties }: Mapping, { merchantId, terminalId }: Omit<MappedTill, 'saw'>, name: string | undefined): Party {
  const found =
    name !== undefined
      ? parties.find(party => party.name === name)
      : (parties.find(party => party.merchant === merchantId && party.terminal === terminalId) ??
        parties.find(party => party.merchant === merchantId && party.terminal === undefined) ??
        parties.find(party => party.merchant === undefined))
  if (found !== undefined) return found
  const because =
    name === undefined
      ? `it has no credentials for merchant ${merchantId}, terminal ${terminalId}`
      : `it has no credentials ${name}`
  throw new EmulatorError('MAPPING_FAILED', { place: 'parties', expression: name ?? merchantId, because })
}

async function waited(millis: number, signal: AbortSignal): Promise<void> {
  await delay(millis, undefined, { signal }).catch(() => undefined) // Whoever hangs up ends the wait; the loop looks at the signal.
}
