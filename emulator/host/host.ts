import { wrapWorkingKeys } from '../crypto/keys.ts'
import { hasMessageFor, signsOn } from '../dialects/offers.ts'
import { EmulatorError } from '../values/errors.ts'
import { codecFor } from '../wire/codec-of.ts'
import { Acquirer } from './acquirer.ts'
import type { Book } from './book.ts'
import { realClock, virtualClock } from './clock.ts'
import { controlPort } from './control.ts'
import { type Behind, type Served, tcpDoor } from './doors.ts'
import { faultsNamed } from './faults.ts'
import { HostControl } from './host-control.ts'
import { type Policy, reference } from './knobs.ts'
import { numbersFrom } from './numbers.ts'
import type { HostOptions } from './options.ts'
import { openPortal, type Portal, type PortalOptions } from './portal/portal.ts'
import { rulebook } from './rulebook.ts'
import { Store } from './store.ts'

export type { HostOptions } from './options.ts'

/** A running reference acquirer. */
export interface Host {
  /** On 127.0.0.1; 0 without a port. */
  readonly port: number
  /** Where a terminal reaches it; absent without a port. */
  readonly endpoint?: URL
  readonly controlPort?: number
  /** Its clock, milliseconds since 1970. */
  now(): number
  /** What the control port offers, in process. */
  readonly control: HostControl
  /** What it answers to a frame, prefix included; nothing when it stays silent or would close the line. */
  answer(frame: Uint8Array): Promise<Uint8Array | undefined>
  /**
   * Opens the merchants' back office, which ends with the host. There is one at most.
   *
   * @throws EmulatorError `LINK_FAILED` when the port cannot be had
   */
  openPortal(options: PortalOptions): Promise<Pick<Portal, 'port' | 'url'>>
  close(): Promise<void>
}

/**
 * Starts the reference acquirer.
 *
 * @throws EmulatorError `FAULT_UNKNOWN` for a fault that there is not, `BOOK_AMBIGUOUS` for cards that look alike when masked,
 *         `LINK_FAILED` when a port cannot be had
 */
export async function startHost(options: HostOptions): Promise<Host> {
  checkBook(options.book)
  const store = new Store(options.db)
  const note = options.onNote ?? (() => undefined)
  const clock = options.clock === 'virtual' ? virtualClock() : realClock()
  const acquirer = new Acquirer({
    book: options.book,
    dialect: options.dialect,
    codec: codecFor(options.dialect),
    policy: policyOf(options),
    clock,
    store,
    means: {
      numbers: numbersFrom(options.seed, options.clock === 'virtual'),
      keying: { wrap: wrapWorkingKeys, macBytes: options.dialect.settings.macKey === '16' ? 16 : 8 },
    },
    rules: rulebook,
    faults: faultsNamed(options.faults ?? []),
    note,
  })
  const control = new HostControl(acquirer, options.book, clock)
  const receive = (frame: Uint8Array, line: number): Served => {
    const outcome = acquirer.receive(frame, line)
    return control.takeCrash(outcome.is === 'answer') ? { is: 'dropped' } : outcome
  }
  let portal: Portal | undefined
  const finished = (answered: boolean) => {
    portal?.changed()
    options.onFinished?.({ answered })
  }
  const { book, dialect, seed } = options
  const behind: Behind = {
    book,
    clock,
    dialect,
    seed,
    faults: () => acquirer.faults,
    books: () => acquirer.books,
    slow: () => control.takeSlowness(),
    offers: flag => acquirer.policy.supports.has(flag),
    receive,
    finished,
    note,
  }
  const door = options.port === 'none' ? undefined : await (options.door ?? tcpDoor)(options.port ?? 0, behind)
  control.whenRestarting(() => door?.reset())
  const http =
    options.controlPort === undefined || options.controlPort === 'none'
      ? undefined
      : await controlPort(control, options.controlPort)
  return {
    port: door?.port ?? 0,
    ...(door && { endpoint: door.endpoint }),
    ...(http && { controlPort: http.port }),
    now: () => clock.millis(),
    control,
    answer: async frame => {
      const served = receive(frame, 0)
      const answer = served.is === 'answer' ? served.frame : undefined
      finished(answer !== undefined)
      return answer
    },
    openPortal: async wanted => {
      if (portal !== undefined) throw new RangeError('the back office is open already')
      portal = await openPortal(acquirer, wanted)
      return portal
    },
    close: async () => {
      await Promise.all([door?.close(), http?.close(), portal?.close()])
      store.close()
    },
  }
}

function policyOf({ knobs = {}, supports, dialect }: HostOptions): Policy {
  return {
    ...reference,
    ...knobs,
    ...(supports && { supports }),
    approvalCode: dialect.settings.approvalCode === 'sometimes' ? 'sometimes' : 'always',
    signsOn: supports === undefined || signsOn(dialect, supports),
    uploads: hasMessageFor(dialect, 'upload'),
    batchMismatch: (['12', 'accept'] as const).find(one => one === dialect.settings.batchMismatch) ?? '77',
    endNotice: {
      balanced: String(dialect.settings.endNoticeBalanced ?? reference.endNotice.balanced),
      unbalanced: String(dialect.settings.endNoticeUnbalanced ?? reference.endNotice.unbalanced),
    },
  }
}

/** Accounts are named by masked number, so two cards must not look the same. */
function checkBook(book: Book): void {
  const masks = new Set<string>()
  for (const { pan } of book.cards) {
    if (masks.has(pan.masked)) throw new EmulatorError('BOOK_AMBIGUOUS', { card: pan.masked })
    masks.add(pan.masked)
  }
}
