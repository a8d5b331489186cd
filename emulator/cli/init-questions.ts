import { createInterface } from 'node:readline'
import { dialectIds } from '../dialects/index.ts'
import { Stopped, UsageError } from './complaint.ts'
import type { Answers } from './init-profile.ts'

/** What flags have said already. */
export type Given = Readonly<{
  name?: string
  endpoint?: string
  dialect?: string
  set: Readonly<Record<string, string>>
  mapping?: string
  merchant?: string
  terminal?: readonly string[]
  neighbour?: string
  neighbourTerminal?: readonly string[]
  key?: string
  supports?: readonly string[]
}>

/** Answers, without flags where nobody said any: what is usual depends on the dialect. */
export type Answered = Omit<Answers, 'supports'> & Partial<Pick<Answers, 'supports'>>

/** Asks a person, one question after the other. */
export interface Asker {
  /** @throws Stopped when the question is broken off, by Ctrl-C or Ctrl-D */
  ask(question: string, usual?: string): Promise<string>
  close(): void
}

type Input = NodeJS.ReadableStream & Readonly<{ isTTY?: boolean }>

/** Asks on a terminal; nobody where the input is none. Lines that come before their question, as pasted ones do, answer the next ones. */
export function asker(input: Input, output: NodeJS.WritableStream): Asker | undefined {
  if (input.isTTY !== true) return undefined
  const lines = createInterface({ input, output })
  const early: string[] = []
  let waiting: PromiseWithResolvers<string> | undefined
  let broken = false
  const stopped = () => new Stopped('nothing was written')
  lines.on('line', line => {
    const asked = waiting
    waiting = undefined
    if (asked === undefined) early.push(line)
    else asked.resolve(line)
  })
  lines.on('close', () => {
    broken = true
    // The cursor still stands behind the question.
    if (waiting !== undefined) output.write('\n')
    waiting?.reject(stopped())
  })
  const next = (): Promise<string> => {
    waiting = Promise.withResolvers()
    return waiting.promise
  }
  return {
    async ask(question, usual) {
      lines.setPrompt(usual === undefined ? `${question}: ` : `${question} [${usual}]: `)
      if (!broken) lines.prompt()
      else if (early.length === 0) throw stopped()
      const answer = (early.shift() ?? (await next())).trim()
      return answer === '' ? (usual ?? '') : answer
    },
    close: () => lines.close(),
  }
}

/** One thing to know: the flag that says it, the question that asks for it, what is usual, what it has to look like. */
type Question = Readonly<{ flag: string; asks: string; usual?: string; must: RegExp; or: string }>

/** An id as profiles have it. */
const id = { must: /^[\x21-\x7e]{1,64}$/, or: 'an id without spaces is needed' } as const

const something = { must: /\S/, or: 'something has to be said here' } as const

/**
 * Answers from flags and, for what they leave open, from a person.
 *
 * @throws Stopped; UsageError naming every flag that is missing, when nobody can be asked
 */
export async function completed(given: Given, asker: Asker | undefined): Promise<Answered> {
  try {
    return await answersTo(given, asker)
  } finally {
    asker?.close()
  }
}

async function answersTo(given: Given, asker: Asker | undefined): Promise<Answered> {
  const missing: string[] = []
  const answer = async (known: string | undefined, question: Question): Promise<string> => {
    const { flag, asks, usual, must, or } = question
    if (known !== undefined) return known
    if (asker === undefined) {
      if (usual === undefined) missing.push(flag)
      return usual ?? ''
    }
    let said = await asker.ask(asks, usual)
    while (!must.test(said)) said = await asker.ask(`  ${or}. ${asks}`, usual)
    return said
  }
  const name = await answer(given.name, { flag: '--name', asks: 'What is the acquirer called', ...something })
  const endpoint = await answer(given.endpoint, {
    flag: '--endpoint',
    asks: 'Where does it listen (tcp://, tls://, ws://, wss://, http:// or https://, with host and port)',
    must: /^((tcp|tls):\/\/[^\s/]+:\d+|(wss?|https?):\/\/[^\s/]+)/,
    or: 'an address such as tcp://pos.example:8583 is needed',
  })
  const http = /^https?:/.test(endpoint)
  const dialect = await answer(given.dialect, {
    flag: '--dialect',
    asks: `How do its messages look (${dialectIds.join(', ')}, or a file)`,
    usual: http ? 'http' : 'unionpay-pos',
    must: new RegExp(`^(${dialectIds.join('|')}|.+\\.ya?ml)$`),
    or: `${dialectIds.join(', ')}, or a file that ends in .yaml is needed`,
  })
  const mapping =
    dialect === 'http'
      ? await answer(given.mapping, { flag: '--mapping', asks: 'Which file maps messages to HTTP calls', ...something })
      : given.mapping
  const merchant = await answer(given.merchant, { flag: '--merchant', asks: 'The id of a merchant', ...id })
  const terminals = await answer(given.terminal?.join(' '), {
    flag: '--terminal',
    asks: 'The ids of two of its terminals',
    must: /\S[\s,]+\S/,
    or: 'two ids are needed, with a space between',
  })
  const neighbour = await answer(given.neighbour, { flag: '--neighbour', asks: 'The id of another merchant', ...id })
  const neighbourTerminals = await answer(given.neighbourTerminal?.join(' '), {
    flag: '--neighbour-terminal',
    asks: 'The id of one of its terminals',
    ...id,
  })
  const key = await answer(given.key, {
    flag: '--key',
    asks: 'Where are the master keys (env:NAME, {terminal} stands for the id; or a file of keys)',
    usual: 'env:TILL_{terminal}',
    must: /^(env:[A-Za-z_][\w{}]*|(?!env:).+)$/,
    or: 'env: and the name of a variable, or a file, is needed',
  })
  if (missing.length > 0)
    throw new UsageError(
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing, and nobody can be asked: the input is no terminal`,
      'Give them as flags, or run it on a terminal.',
    )
  return {
    name,
    endpoint,
    dialect,
    settings: given.set,
    ...(mapping === undefined ? {} : { mapping }),
    merchant,
    terminals: listed(terminals),
    neighbour,
    neighbourTerminals: listed(neighbourTerminals),
    key,
    ...(given.supports === undefined ? {} : { supports: given.supports }),
  }
}

const listed = (text: string): readonly string[] => text.split(/[\s,]+/).filter(id => id !== '')
