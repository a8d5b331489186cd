import { httpControl } from '../host/control-client.ts'
import { type Host, startHost } from '../host/host.ts'
import type { Role } from '../host/portal/staff.ts'
import { type MappingFault, mappingFaultNamed } from '../mapping/faults.ts'
import { type MappedAcquirer, mappedHttp } from '../mapping/mapped-http.ts'
import type { Profile } from '../profile/profile.ts'
import type { Finished, Transport } from '../transport/transport.ts'
import { type Post, posts } from '../values/back-office.ts'
import type { Control } from '../values/ledger-view.ts'
import type { Fault } from './laboratory.ts'
import { hostFor, transportTo, wayTo } from './reach.ts'

/** The acquirer as the bench reaches it. */
export type UnderTest = Readonly<{
  transport: Transport
  /** Instead of `transport`, where a mapping stands between: each till has its own credentials. */
  mapped?: MappedAcquirer
  control?: Control
  /** Only of an embedded host: resolves when it is done with the next frame. */
  finished?: () => Promise<Finished>
  /** Where the merchants' back office begins, which opens when it is first asked for. Absent: the profile knows of none. */
  portal?: () => Promise<URL>
  /** Notes of an embedded host since the last call. */
  notes: () => readonly string[]
  close: () => Promise<void>
}>

/**
 * Our own reference host, fresh: in this process, on a port of its own, with its own ledger and a clock that starts at a fixed moment.
 *
 * @param fault  what is wrong with the host, or with the mapping before it
 * @param clock  `real`: for a person at the till, who looks at the wall
 */
export async function embedded(
  profile: Profile,
  seed: string,
  fault?: Fault,
  clock: 'virtual' | 'real' = 'virtual',
): Promise<UnderTest> {
  const { mapping } = profile
  const notes: string[] = []
  let waiting: (finished: Finished) => void = () => undefined
  const host = await startHost({
    book: bookOf(profile),
    ...hostFor(profile),
    knobs: profile.knobs,
    supports: profile.supports,
    controlPort: 'none',
    faults: fault?.kind === 'host' ? [fault.id] : [],
    seed,
    clock,
    onFinished: finished => waiting(finished),
    onNote: says => notes.push(says),
  })
  const { endpoint } = host
  if (endpoint === undefined) throw new Error('a host with a door has an endpoint')
  const finished = (): Promise<Finished> => new Promise(resolve => (waiting = resolve))
  const mapped =
    mapping === undefined
      ? undefined
      : mappedHttp(mapping, endpoint, { clock: host.now, wait: () => Promise.resolve(), finished, ...mappingFault(fault) })
  return {
    transport: transportTo(profile, endpoint),
    ...(mapped === undefined ? { finished } : { mapped }),
    control: host.control,
    ...portalOf(profile, host),
    notes: () => notes.splice(0),
    close: async () => {
      await mapped?.close()
      await host.close()
    },
  }
}

/** The back office of an embedded host, with the staff that the profile sends there. */
function portalOf({ backOffice }: Profile, host: Host): Pick<UnderTest, 'portal'> {
  if (backOffice === undefined) return {}
  const { approval } = backOffice
  const staff = [...backOffice.staff].flatMap(([merchantId, people]) =>
    posts.flatMap(post => {
      const person = people[post]
      return person ? [{ name: person.user, password: person.password, role: roles[post], merchantId }] : []
    }),
  )
  let url: Promise<URL> | undefined
  const open = async (): Promise<URL> => (await host.openPortal({ port: 0, approval, staff, hashing: 'light' })).url
  return { portal: () => (url ??= open()) }
}

const roles: Readonly<Record<Post, Role>> = {
  clerk: 'clerk',
  approver: 'approver',
  'second approver': 'approver',
  auditor: 'auditor',
}

function mappingFault(fault: Fault | undefined): Readonly<{ fault?: MappingFault }> {
  const found = fault?.kind === 'terminal' ? mappingFaultNamed(fault.id) : undefined
  return found === undefined ? {} : { fault: found }
}

/** Somebody's acquirer, at an address. It is waited for in real time. */
export function foreign(profile: Profile, endpoint: URL, control: URL | undefined): UnderTest {
  const { mapping, backOffice } = profile
  const url = backOffice?.url
  const mapped =
    mapping &&
    mappedHttp(mapping, endpoint, { run: Date.now().toString(36), ...(profile.tls === undefined ? {} : { tls: profile.tls }) })
  const way = wayTo(profile, endpoint)
  return {
    transport: way.transport,
    ...(mapped === undefined ? {} : { mapped }),
    ...(control === undefined ? {} : { control: httpControl(control) }),
    ...(url && { portal: () => Promise.resolve(url) }),
    notes: () => [],
    close: async () => {
      await mapped?.close()
      await way.close()
    },
  }
}

/** What the host has to know: merchants with terminals and their keys, and the cards that somebody issued. */
export function bookOf(profile: Profile) {
  return {
    merchants: profile.merchants.map(merchant => ({
      id: merchant.id,
      name: merchant.name,
      terminals: merchant.terminals.map(({ id, masterKey }) => ({ id, masterKey })),
    })),
    cards: profile.cards.flatMap(card => (card.funds === undefined ? [] : [{ ...card, funds: card.funds }])),
  }
}
