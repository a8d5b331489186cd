import { distrusted, greeted, tlsAdvice, unconnected, unlet, unresolved, unsecured } from './diagnose-link.ts'
import { notUpgraded } from './diagnose-upgrade.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { LadderOptions, Told } from './ladder.ts'
import type { Heard, RawLine } from './raw-line.ts'
import { unasked } from './reading.ts'
import type { Rung, RungName, Shown } from './rung.ts'
import { rawHex } from './shown.ts'
import { spokenIn } from './variant.ts'
import type { Way } from './way.ts'

/** Notes rungs with how long each took. */
export class Steps {
  readonly #told: Told
  #began = performance.now()

  constructor(told: Told) {
    this.#told = told
  }

  held(rung: RungName, says: string, advice: readonly Diagnosis[] = []): void {
    this.#tell({ rung, is: 'held', says, advice, millis: this.#lap() })
  }

  passedOver(rung: RungName, says: string): void {
    this.#tell({ rung, is: 'passed over', says, millis: this.#lap() })
  }

  broken(rung: RungName, diagnosis: Diagnosis, shown: readonly Shown[] = []): undefined {
    this.#tell({ rung, is: 'broken', says: diagnosis.says, diagnosis, shown, millis: this.#lap() })
    return undefined
  }

  #tell(rung: Rung): void {
    this.#told(rung)
  }

  #lap(): number {
    const now = performance.now()
    const millis = Math.round(now - this.#began)
    this.#began = now
    return millis
  }
}

/** Name, connection, TLS and who speaks first. @returns whether a message can be sent on this way */
export async function climbLink(options: LadderOptions, way: Way, told: Told): Promise<boolean> {
  const { profile, endpoint, waits } = options
  const steps = new Steps(told)
  const named = await way.resolve(waits.connect)
  if ('code' in named) return steps.broken('name', unresolved(way.address.host, named.code)) ?? false
  const literal = named.addresses[0] === way.address.host
  steps.held('name', literal ? `${way.address.host} is an address` : `${way.address.host} is ${named.addresses.join(', ')}`)

  const connected = await way.connect(waits.connect)
  if (connected.is === 'refused') return steps.broken('connect', unconnected(endpoint, connected.code)) ?? false
  steps.held('connect', `port ${way.address.port} takes the connection`)
  const line = way.terms === undefined ? connected.line : await secured(options, way, connected.line, steps)
  if (line === undefined) return false
  if (way.terms === undefined) steps.passedOver('TLS', `none: the endpoint is ${endpoint.protocol}//`)

  if (way.carries === 'WebSocket' && !(await upgraded(options, way, steps))) return false
  if (way.carries === 'HTTP calls') {
    line.close()
    steps.passedOver('who speaks first', 'HTTP: the terminal does')
    return true
  }
  const heard = await line.hear(() => false, waits.greeting, Math.min(waits.settle, waits.greeting))
  line.close()
  const refusal = way.terms === undefined ? undefined : unlet(heard, way.terms)
  if (refusal !== undefined) return steps.broken('TLS', refusal) ?? false
  const message = heard.bytes.length === 0 ? undefined : unasked(spokenIn(profile.speaks), heard.bytes)
  if (message !== undefined) {
    steps.held('who speaks first', `the acquirer sends a ${message}, which nobody asked for; a terminal waits for its own answer`)
    return true
  }
  const first = greeted(heard)
  if (first !== undefined) return steps.broken('who speaks first', first, greeting(heard)) ?? false
  steps.held('who speaks first', 'the acquirer waits for the terminal')
  return true
}

async function secured(
  { waits, endpoint, now }: LadderOptions,
  way: Way,
  plain: RawLine,
  steps: Steps,
): Promise<RawLine | undefined> {
  plain.close()
  const opened = await way.secure(waits.connect)
  const terms = way.terms
  if (terms === undefined) return undefined
  if (opened.is === 'refused') {
    const shown: Shown[] =
      opened.came === undefined ? [] : [{ is: 'seen', says: 'in answer to our handshake', lines: rawHex(opened.came) }]
    return steps.broken('TLS', unsecured(opened.code, opened.says, opened.came, endpoint, terms), shown)
  }
  const facts = opened.line.tls
  if (facts === undefined) return opened.line
  const distrust = distrusted(facts, terms, now())
  if (distrust !== undefined) {
    opened.line.close()
    return steps.broken('TLS', distrust)
  }
  const until = new Date(facts.validTo).toISOString().slice(0, 10)
  steps.held('TLS', `${facts.protocol}, certificate for ${facts.names.join(', ')} until ${until}`, tlsAdvice(facts, terms, now()))
  return opened.line
}

async function upgraded({ profile, endpoint, waits }: LadderOptions, way: Way, steps: Steps): Promise<boolean> {
  const [merchant] = profile.merchants
  const who = { merchantId: merchant?.id ?? '', terminalId: merchant?.terminals[0]?.id ?? '' }
  const opened = await way.open(waits.connect, who)
  if (opened.is === 'refused') {
    steps.broken('upgrade', notUpgraded(opened.code, opened.says, endpoint))
    return false
  }
  opened.line.close()
  steps.held('upgrade', `a WebSocket at ${endpoint.pathname}`)
  return true
}

function greeting({ bytes }: Heard): readonly Shown[] {
  return bytes.length === 0 ? [] : [{ is: 'seen', says: 'before anything was sent', lines: rawHex(bytes) }]
}
