import type { Problem } from './problem.ts'
import type { Profile } from './profile.ts'
import type { WrittenProfile } from './schema.ts'
import type { YamlFile } from './yaml-file.ts'

const encrypted: ReadonlySet<string> = new Set(['tls', 'wss', 'https'])

/** Whether a line by this door is under TLS. */
export const isEncrypted = (door: string): boolean => encrypted.has(door)

type Objection = Readonly<{ path: readonly string[]; says: string; hint: string }>

/** What the door, the endpoint, the section on TLS, the timing, the dialect and the mapping say of the line, and cannot all be true. */
export function lineContradictions(file: YamlFile, written: WrittenProfile, profile: Profile): readonly Problem[] {
  return [
    ...objectionsToDoor(written, profile),
    ...objectionsToTiming(written, profile),
    ...objectionsToHttp(written, profile),
  ].map(({ path, says, hint }) => file.problem(path, 'CONTRADICTION', says, hint))
}

function* objectionsToDoor(written: WrittenProfile, { door, endpoint }: Profile): Generator<Objection> {
  if (written.door !== undefined && written.endpoint !== undefined)
    yield {
      path: ['door'],
      says: 'there is a door, and an endpoint too',
      hint: 'Leave `door` out: it is for the embedded host. The scheme of the endpoint says how an acquirer is reached.',
    }
  if (written.tls !== undefined && !isEncrypted(door)) {
    const by = endpoint === undefined ? `\`door\` is ${door}` : `the endpoint begins with ${endpoint.protocol}//`
    const hint =
      endpoint === undefined
        ? 'Write `door: tls` or `door: wss`, or leave `tls` out.'
        : 'Write tls://, wss:// or https://, or leave `tls` out.'
    yield { path: ['tls'], says: `there is a section \`tls\`, but ${by}`, hint }
  }
  if (endpoint === undefined && isEncrypted(door) && written.tls?.ca === undefined)
    yield {
      path: written.tls === undefined ? ['door'] : ['tls'],
      says: `\`door\` is ${door}, but nothing says whom the terminals trust`,
      hint: 'Add `tls: { ca: … }`: the certificate of the embedded host is signed by a CA of our own, fixtures/tls/ca.pem.',
    }
}

function* objectionsToTiming(written: WrittenProfile, { timing, endpoint, door }: Profile): Generator<Objection> {
  if (timing.role === 'server' && (endpoint === undefined || (door !== 'tcp' && door !== 'tls')))
    yield {
      path: ['timing', 'role'],
      says: '`timing.role` is server, but there is no address at which an acquirer could dial in',
      hint: 'Give the address at which the terminals listen as `endpoint`, such as tcp://0.0.0.0:8583.',
    }
  if (timing.connection === 'kept' && written.mapping !== undefined)
    yield {
      path: ['timing', 'connection'],
      says: '`timing.connection` is kept, but a mapping makes a call for each message',
      hint: 'Leave `connection` out.',
    }
}

function* objectionsToHttp(written: WrittenProfile, { speaks, door, endpoint, dialect }: Profile): Generator<Objection> {
  const path = endpoint === undefined ? ['door'] : ['endpoint']
  const overHttp = door === 'http' || door === 'https'
  const mapped = dialect.id === 'http'
  if (mapped && written.mapping === undefined)
    yield { path: ['dialect'], says: 'the dialect is http, but there is no mapping', hint: 'Name the file as `mapping:`.' }
  if (!mapped && written.mapping !== undefined)
    yield {
      path: ['mapping'],
      says: `there is a mapping, but the dialect is ${dialect.id}`,
      hint: 'Write `dialect: http`, or leave `mapping` out.',
    }
  if (mapped && !overHttp)
    yield {
      path,
      says: `a mapping makes HTTP calls, but the acquirer is reached by ${door}`,
      hint: endpoint === undefined ? 'Write `door: http`.' : 'Give an endpoint that begins with http:// or https://.',
    }
  if (!mapped && overHttp && dialect.id !== 'json')
    yield {
      path,
      says: `messages of ${speaks.id} are no HTTP calls`,
      hint: 'Write `dialect: http` with a `mapping`, or `dialect: json`; or an endpoint that begins with tcp://, tls://, ws:// or wss://.',
    }
  if (dialect.id === 'json' && (door === 'tcp' || door === 'tls'))
    yield {
      path: endpoint === undefined && written.door === undefined ? ['dialect'] : path,
      says: `JSON messages have no length before them, and a line by ${door} does not keep them apart`,
      hint:
        endpoint === undefined
          ? 'Write `door: ws`, `door: wss` or `door: http`.'
          : 'Give an endpoint that begins with ws://, wss://, http:// or https://.',
    }
}
