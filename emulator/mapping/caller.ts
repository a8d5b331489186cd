import type { Finished } from '../transport/transport.ts'
import type { HttpCall } from '../values/http-call.ts'
import type { Business, Overrides } from './business.ts'
import { classified } from './classify.ts'
import { readJson } from './encode.ts'
import type { Expression, Names } from './expression.ts'
import type { HttpLine } from './http-line.ts'
import type { Auth, CallPlan, Encoder, Mapping, Party, Rule } from './mapping.ts'
import { maskingOf, shownBody, shownHeaders } from './masking.ts'
import type { Intent } from './memory.ts'
import { type AnswerNames, clearOf, requestNames } from './names.ts'
import { prepare } from './prepare.ts'
import type { Came, Prepared } from './prepared.ts'
import { type Signed, signed } from './sign.ts'
import type { Tokens } from './tokens.ts'

/** Whoever acts, over which line, and who is told. The same for all calls of one operation. */
export type Acting = Readonly<{
  mapping: Mapping
  tokens: Tokens
  http: HttpLine
  /** What stands before every path: that of the endpoint. */
  base: string
  party: Party
  overrides: Overrides
  /** Milliseconds since 1970, of the bench's clock. */
  now: () => number
  saw: (call: HttpCall) => void
  /** Beside an embedded host: resolves when it is done with the next call. */
  finished?: () => Promise<Finished>
  signal: AbortSignal
}>

/** One call to be made. `rules` are those by which its answer is read. */
export type Asking = Readonly<{
  name: string
  plan: CallPlan
  rules: readonly Rule[]
  asked: Business
  intent: Intent
  original: Readonly<Record<string, string>> | undefined
  answers: Readonly<Record<string, AnswerNames>>
  unwrap?: Expression
}>

/** What a call came to. `names` are what an expression sees of the answer. */
export type Called = Readonly<{
  rule: Rule
  says: string
  names?: Names
  answer?: AnswerNames
  refs: Readonly<Record<string, string>>
}>

/**
 * Makes one call: serialised once, signed, sent, read, classified, and told. A call that was made before for the same intent and content leaves with
 * the same bytes; only what proves the sender is made anew.
 *
 * @throws EmulatorError `MAPPING_FAILED`
 */
export async function makeCall(acting: Acting, asking: Asking): Promise<Called> {
  const { mapping, party, overrides, now, tokens } = acting
  const { plan, intent, asked, original, answers } = asking
  const names = requestNames(asked, { intent, overrides, party, now: now(), original, answers, cards: mapping.cards })
  const prepared = await once(intent, asking, overrides, () => prepare(plan, mapping.encoder, names, acting.base))
  const skewed = now() + overrides.skewMillis
  const nonce = `${intent.id}-${plan.id}-${intent.attempts}-${tokens.count()}`
  const token = await tokens.of(acting, names)
  if (token === 'not given') return { rule: lost('no token'), says: 'there is no token to call with', refs: {} }
  const proof = await proofOf(mapping.auth, prepared, {
    names,
    party: clearOf(party),
    now: skewed,
    nonce,
    breaks: overrides.breaksSignature,
    ...token,
  })
  const came = await come(acting, { ...prepared, headers: { ...prepared.headers, ...proof.headers } })
  const made = { prepared, proof, came }
  try {
    const called = await read(asking, names, came)
    tell(acting, asking, { ...made, called })
    return called
  } catch (thrown) {
    // The journal keeps the answer at which the mapping failed.
    const says = thrown instanceof Error ? thrown.message : 'the mapping failed'
    tell(acting, asking, { ...made, called: { rule: lost('mapping failed'), says, refs: {} } })
    throw thrown
  }
}

/** The bytes of a call, made once for an intent and what it says. */
async function once(
  intent: Intent,
  { plan, asked }: Asking,
  { key }: Overrides,
  make: () => Promise<Prepared>,
): Promise<Prepared> {
  const content = JSON.stringify([plan.id, key, asked.operation, Object.entries(asked.fields).sort()])
  const known = intent.made.get(content)
  if (known !== undefined) return known
  const made = await make()
  intent.made.set(content, made)
  return made
}

async function proofOf(plugins: readonly Auth[], prepared: Prepared, signing: Parameters<typeof signed>[2]): Promise<Signed> {
  const headers: Record<string, string> = {}
  const secrets: string[] = []
  for (const plugin of plugins) {
    const one = await signed(plugin, { ...prepared, headers: { ...prepared.headers, ...headers } }, signing)
    Object.assign(headers, one.headers)
    secrets.push(...one.secrets)
  }
  return { headers, secrets }
}

/** An embedded host that says in process that it will not answer is believed at once. */
async function come({ http, signal, finished }: Acting, prepared: Prepared): Promise<Came> {
  const done = finished?.()
  if (done === undefined) return http.call(prepared, signal)
  const given = new AbortController()
  const stop = (): void => given.abort()
  signal.addEventListener('abort', stop)
  try {
    const unanswered = done.then(({ answered }) => (answered ? new Promise<never>(() => undefined) : silence))
    return await Promise.race([http.call(prepared, given.signal), unanswered])
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

const silence: Came = { is: 'nothing', says: 'no answer came' }

async function read({ rules, plan, unwrap }: Asking, request: Names, came: Came): Promise<Called> {
  if (came.is === 'nothing') return { rule: lost('no answer'), says: came.says, refs: {} }
  const { status, headers, text } = came
  const body = text === '' ? undefined : readJson(text)
  if (text !== '' && body === undefined && (status < 400 || status > 499))
    return { rule: lost('unreadable'), says: `status ${status}, and what came with it is no JSON`, refs: {} }
  const whole: AnswerNames = { status, headers, ...(body === undefined ? {} : { body }) }
  const seen = { ...whole, request }
  const inner = unwrap === undefined ? undefined : await unwrap.evaluate(seen)
  const answer: AnswerNames = inner === undefined ? whole : { status, headers, body: inner }
  const names: Names = { ...answer, request }
  const rule = await classified(rules, names)
  return { rule, says: `status ${status}: ${meaning(rule)}`, names, answer, refs: await captured(plan.capture, names) }
}

const lost = (id: string): Rule => ({ id, means: 'UNKNOWN', also: [], final: true, unmapped: false })

function meaning({ id, means, also, kind, final }: Rule): string {
  const what = kind === undefined ? means : `${means} as a ${kind}`
  const less = also.length === 0 ? '' : `, which this interface does not tell from ${also.join(', ')}`
  return `${what} by rule ${id}${less}${final ? '' : ', not the last word'}`
}

/** Texts that an answer names. What a path does not find is not captured, and what was captured before stays. */
export async function captured(
  capture: Readonly<Record<string, Expression>>,
  names: Names,
): Promise<Readonly<Record<string, string>>> {
  const refs: Record<string, string> = {}
  for (const [name, expression] of Object.entries(capture)) {
    const value = await expression.evaluate(names)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') refs[name] = String(value)
  }
  return refs
}

type Made = Readonly<{ prepared: Prepared; proof: Signed; came: Came; called: Called }>

function tell({ party, saw }: Acting, { name, intent, asked }: Asking, { prepared, proof, came, called }: Made): void {
  const masking = maskingOf(party, asked, proof.secrets)
  const set = new Set(Object.keys(proof.headers).map(header => header.toLowerCase()))
  const { rule, says } = called
  saw({
    call: name,
    intent: intent.id,
    attempt: intent.attempts,
    party: party.name,
    method: prepared.method,
    path: masking(prepared.path),
    headers: shownHeaders({ ...prepared.headers, ...proof.headers }, set, masking),
    ...(prepared.key === undefined ? {} : { key: masking(prepared.key) }),
    ...(prepared.body === undefined ? {} : { body: shownBody(prepared.body, masking) }),
    ...(came.is === 'nothing'
      ? {}
      : {
          answer: {
            status: came.status,
            headers: shownHeaders(came.headers, new Set(), masking),
            ...(came.text === '' ? {} : { body: shownBody(came.text, masking) }),
          },
        }),
    rule: rule.id,
    outcome: rule.means,
    ...(rule.also.length === 0 ? {} : { also: rule.also }),
    ...(rule.kind === undefined ? {} : { kind: rule.kind }),
    final: rule.final,
    ...(rule.unmapped ? { unmapped: true } : {}),
    ...(rule.contradicts ? { contradicts: true } : {}),
    says: masking(says),
  })
}

/** The encoder of a mapping, for whoever prepares a call of its own. */
export const encoderOf = (kind: 'json' | 'form'): Encoder => ({ kind, headerName: '', header: {} })
