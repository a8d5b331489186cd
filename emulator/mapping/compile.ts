import { Secret } from '../values/secret.ts'
import { compileAuth, type Reading } from './compile-auth.ts'
import { type Expression, expression, isUsable } from './expression.ts'
import type {
  MappedOperation,
  WrittenIdempotency,
  WrittenMapping,
  WrittenOperation,
  WrittenRequest,
  WrittenRule,
} from './form.ts'
import { lint } from './lint.ts'
import type {
  CallPlan,
  Encoder,
  FollowUp,
  Idempotency,
  Mapping,
  Notifications,
  OperationPlan,
  Party,
  Rule,
  Template,
  Templates,
} from './mapping.ts'
import { unverifiedIn } from './unverified.ts'
import { entriesOf } from './written-operations.ts'

export type Path = readonly PropertyKey[]

/** What is wrong with a mapping, and where in its file. */
export type MappingProblem = Readonly<{ path: Path; says: string; hint: string }>

export type CompileOptions = Readonly<{
  /** Where `env:NAME` looks. */
  environment: Readonly<Record<string, string | undefined>>
  /** `file:line` of what stands at a path: an expression that fails in the middle of a run names it. */
  place: (path: Path) => string
}>

/**
 * Makes a mapping out of what was written: every expression read, every credential found, the rules looked through.
 *
 * @returns the mapping, or everything that is wrong with it at once
 */
export function compile(
  written: WrittenMapping,
  options: CompileOptions,
): Readonly<{ mapping: Mapping; problems: readonly [] }> | Readonly<{ mapping?: never; problems: readonly MappingProblem[] }> {
  const compiler = new Compiler(options)
  const mapping = compiler.mapping(written)
  const problems = [...compiler.problems, ...lint(written)]
  return problems.length === 0 ? { mapping, problems: [] } : { problems }
}

class Compiler implements Reading {
  readonly problems: MappingProblem[] = []
  readonly #options: CompileOptions

  constructor(options: CompileOptions) {
    this.#options = options
  }

  mapping(written: WrittenMapping): Mapping {
    const auth = Array.isArray(written.auth) ? written.auth : [written.auth]
    return {
      name: written.name,
      ...(written.source === undefined ? {} : { source: written.source }),
      parties: Object.entries(written.parties).map(([name, values]) => this.#party(name, values)),
      auth: auth.map((one, at) => compileAuth(one, Array.isArray(written.auth) ? ['auth', at] : ['auth'], this)),
      encoder: this.#encoder(written.encoder),
      cards: new Map(Object.entries(written.cards)),
      operations: this.#operations(written),
      settle: settleOf(written.settle),
      ...(written.notifications === undefined ? {} : { notifications: this.#notifications(written.notifications) }),
      ...(written.original === undefined
        ? {}
        : { unknownOriginal: this.expression(written.original.unknown, ['original', 'unknown']) }),
      cannot: written.cannot,
      unverified: unverifiedIn(written),
      notes: written.notes,
    }
  }

  expression(text: string, path: Path): Expression {
    const read = expression(text, this.#options.place(path))
    if (isUsable(read)) return read
    this.problem(path, `the expression cannot be used: ${read.says}`, read.hint)
    return { text, place: '', evaluate: () => Promise.resolve(undefined) }
  }

  template(text: string, path: Path): Template {
    if (!text.startsWith('=')) return { is: 'text', text }
    return { is: 'expression', expression: this.expression(text.slice(1).trim(), path) }
  }

  templates(written: Readonly<Record<string, string>>, path: Path): Templates {
    return Object.fromEntries(Object.entries(written).map(([name, text]) => [name, this.template(text, [...path, name])]))
  }

  problem(path: Path, says: string, hint: string): void {
    this.problems.push({ path, says, hint })
  }

  #party(name: string, written: Readonly<Record<string, string>>): Party {
    const values = Object.fromEntries(
      Object.entries(written).map(([key, text]) => [key, this.#credential(text, ['parties', name, key])]),
    )
    const { merchant, terminal } = written
    return { name, values, ...(merchant === undefined ? {} : { merchant }), ...(terminal === undefined ? {} : { terminal }) }
  }

  /** `env:NAME` is a secret of the environment, `test:…` one that is known to everybody; anything else is public. */
  #credential(text: string, path: Path): string | Secret {
    const [, kind, rest = ''] = /^(env|test):(.*)$/s.exec(text) ?? []
    if (kind === undefined) return text
    if (kind === 'test') return new Secret(rest)
    const value = this.#options.environment[rest]
    if (value !== undefined && value !== '') return new Secret(value)
    this.problem(path, `the environment has no ${rest}`, `Set ${rest} to the credential before the run.`)
    return new Secret('')
  }

  #encoder(written: WrittenMapping['encoder']): Encoder {
    if (typeof written === 'string') return { kind: written, headerName: '', header: {} }
    const { kind, wrap, headerName, header } = written
    return { kind, headerName, header: this.templates(header, ['encoder', 'header']), ...(wrap === undefined ? {} : { wrap }) }
  }

  #operations(written: WrittenMapping): ReadonlyMap<MappedOperation, OperationPlan> {
    const plans = new Map<MappedOperation, OperationPlan>()
    for (const [name, operation] of entriesOf(written.operations))
      if (operation !== undefined) plans.set(name, this.#operation(name, operation, written))
    return plans
  }

  #operation(name: MappedOperation, written: WrittenOperation, all: WrittenMapping): OperationPlan {
    const at: Path = ['operations', name]
    const { reply, unwrap, followUp } = written
    const calls = (written.calls ?? []).map((call, no) => {
      const path = [...at, 'calls', no]
      const idempotency = call.idempotency ?? written.idempotency
      return this.#call(call.id, { ...call, ...(idempotency === undefined ? {} : { idempotency }) }, path, all)
    })
    const [first, ...rest] =
      written.request === undefined
        ? calls
        : [this.#call(name, { ...written, request: written.request, classify: this.#rulesFor(name, written, all) }, at, all)]
    if (first === undefined)
      this.problem(at, `the operation makes no call`, 'Describe one call under `request`, or several under `calls`.')
    const plan: CallPlan = first ?? nothing
    return {
      name,
      calls: [plan, ...rest],
      ...(reply === undefined ? {} : { reply: this.expression(reply, [...at, 'reply']) }),
      ...(unwrap === undefined ? {} : { unwrap: this.expression(unwrap, [...at, 'unwrap']) }),
      ...(followUp === undefined ? {} : { followUp: this.#followUp(followUp, [...at, 'followUp']) }),
    }
  }

  /** Rules may be those of another operation. */
  #rulesFor(name: MappedOperation, { classify, unwrap }: WrittenOperation, all: WrittenMapping): readonly WrittenRule[] {
    if (Array.isArray(classify)) return classify
    const borrowed = classify === undefined ? undefined : all.operations[classify]?.classify
    if (Array.isArray(borrowed)) return borrowed
    // What a status call returns may be classified by whatever operation it was asked about.
    if (name === 'status' || unwrap !== undefined) return [otherwise]
    const says = classify === undefined ? 'the operation has no rules' : `${classify} has no rules of its own`
    this.problem(['operations', name, 'classify'], says, 'List the rules under `classify`, the default last.')
    return []
  }

  #call(
    id: string,
    written: Readonly<{
      request: WrittenRequest
      idempotency?: WrittenIdempotency
      capture: Readonly<Record<string, string>>
      classify: readonly WrittenRule[]
      when?: string
    }>,
    at: Path,
    { defaults }: WrittenMapping,
  ): CallPlan {
    const { request, when } = written
    const path = request.path ?? defaults.path
    if (path === undefined) this.problem([...at, 'request'], 'the call has no path', 'Add `path`, here or under `defaults`.')
    return {
      id,
      method: request.method ?? defaults.method ?? 'POST',
      path: this.template(path ?? '/', request.path === undefined ? ['defaults', 'path'] : [...at, 'request', 'path']),
      headers: {
        ...this.templates(defaults.headers, ['defaults', 'headers']),
        ...this.templates(request.headers, [...at, 'request', 'headers']),
      },
      messageHeader: this.templates(request.header, [...at, 'request', 'header']),
      ...(request.body === undefined ? {} : { body: this.expression(request.body, [...at, 'request', 'body']) }),
      idempotency: this.#idempotency(written.idempotency, [...at, 'idempotency']),
      capture: this.#expressions(written.capture, [...at, 'capture']),
      classify: this.rules(written.classify, [...at, 'classify']),
      ...(when === undefined ? {} : { when: this.expression(when, [...at, 'when']) }),
    }
  }

  #idempotency(written: WrittenIdempotency | undefined, path: Path): Idempotency {
    if (written === undefined || written.carrier === 'none') return { carrier: 'none' }
    const { carrier, name, value } = written
    if (name === undefined && carrier !== 'path')
      this.problem(path, `the key in the ${carrier} has no name`, 'Add `name`: the header or field that carries the key.')
    return { carrier, name: name ?? '', value: this.template(value, [...path, 'value']) }
  }

  #followUp(written: NonNullable<WrittenOperation['followUp']>, path: Path): FollowUp {
    const { by, classify, every, factor, limit } = written
    return {
      by,
      ...(classify === undefined ? {} : { classify: this.rules(classify, [...path, 'classify']) }),
      everyMillis: every.seconds * 1000,
      factor,
      limitMillis: limit.seconds * 1000,
    }
  }

  rules(written: readonly WrittenRule[], path: Path): readonly Rule[] {
    return written.map(({ id, when, then: means, also, kind, final, mark }, at) => ({
      id,
      means,
      also,
      final: final ?? means !== 'IN-PROGRESS',
      unmapped: mark === 'unmapped',
      ...(mark === 'contradiction' ? { contradicts: true as const } : {}),
      ...(kind === undefined ? {} : { kind }),
      ...(when === undefined ? {} : { when: this.expression(when, [...path, at, 'when']) }),
    }))
  }

  #notifications(written: NonNullable<WrittenMapping['notifications']>): Notifications {
    const { path, port, authentic, intent, id, capture, classify } = written
    const at: Path = ['notifications', 'classify']
    const common = Array.isArray(classify) ? this.rules(classify, at) : []
    const each = new Map(
      Array.isArray(classify) ? [] : Object.entries(classify).map(([name, rules]) => [name, this.rules(rules, [...at, name])]),
    )
    return {
      path,
      port,
      authentic: this.expression(authentic, ['notifications', 'authentic']),
      intent: this.expression(intent, ['notifications', 'intent']),
      id: this.expression(id, ['notifications', 'id']),
      capture: this.#expressions(capture, ['notifications', 'capture']),
      classify: of => each.get(of) ?? common,
    }
  }

  #expressions(written: Readonly<Record<string, string>>, path: Path): Readonly<Record<string, Expression>> {
    return Object.fromEntries(Object.entries(written).map(([name, text]) => [name, this.expression(text, [...path, name])]))
  }
}

/** What a rule is written as, where none was written. */
// biome-ignore lint/suspicious/noThenProperty: as it stands in the file
const otherwise: WrittenRule = { id: 'default', then: 'UNKNOWN', also: [] }

const nothing: CallPlan = {
  id: '',
  method: 'GET',
  path: { is: 'text', text: '/' },
  headers: {},
  messageHeader: {},
  idempotency: { carrier: 'none' },
  capture: {},
  classify: [],
}

function settleOf(written: WrittenMapping['settle']): Mapping['settle'] {
  switch (written.strategy) {
    case 'call':
      return { strategy: 'call' }
    case 'clock':
      return { strategy: 'clock', at: written.at }
    case 'seeded':
      return { strategy: 'seeded', references: written.references }
    default:
      return { strategy: written.strategy, ...(written.note === undefined ? {} : { note: written.note }) }
  }
}
