import { createInterface } from 'node:readline'
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

/** Asks a person. `undefined`: nobody is there to be asked. */
export type Ask = ((question: string, usual?: string) => Promise<string>) | undefined

type Input = NodeJS.ReadableStream & Readonly<{ isTTY?: boolean }>

/** Asks on a terminal; nobody where the input is none. A question that is broken off, by Ctrl-C or Ctrl-D, throws Stopped. */
export function asker(input: Input, output: NodeJS.WritableStream): Ask {
  if (input.isTTY !== true) return undefined
  return async (question, usual) => {
    const answer = await answered(usual === undefined ? `${question}: ` : `${question} [${usual}]: `, input, output)
    return answer === '' ? (usual ?? '') : answer
  }
}

function answered(question: string, input: Input, output: NodeJS.WritableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input, output })
    lines.once('close', () => {
      // The cursor still stands behind the question.
      output.write('\n')
      reject(new Stopped('nothing was written'))
    })
    lines.question(question, answer => {
      lines.removeAllListeners('close')
      lines.close()
      resolve(answer.trim())
    })
  })
}

/** One thing to know: the flag that says it, the question that asks for it, what is usual, what it has to look like. */
type Question = Readonly<{ flag: string; asks: string; usual?: string; must: RegExp; or: string }>

const something = { must: /\S/, or: 'something has to be said here' } as const

/**
 * Answers from flags and, for what they leave open, from a person.
 *
 * @throws Stopped; UsageError naming every flag that is missing, when nobody can be asked
 */
export async function completed(given: Given, ask: Ask): Promise<Answered> {
  const missing: string[] = []
  const answer = async (known: string | undefined, question: Question): Promise<string> => {
    const { flag, asks, usual, must, or } = question
    if (known !== undefined) return known
    if (ask === undefined) {
      if (usual === undefined) missing.push(flag)
      return usual ?? ''
    }
    let said = await ask(asks, usual)
    while (!must.test(said)) said = await ask(`  ${or}. ${asks}`, usual)
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
    asks: 'How do its messages look (unionpay-pos, iso8583-1987, iso8583-1993, json, http, or a file)',
    usual: http ? 'http' : 'unionpay-pos',
    ...something,
  })
  const mapping =
    dialect === 'http'
      ? await answer(given.mapping, { flag: '--mapping', asks: 'Which file maps messages to HTTP calls', ...something })
      : given.mapping
  const merchant = await answer(given.merchant, { flag: '--merchant', asks: 'The id of a merchant', ...something })
  const terminals = await answer(given.terminal?.join(' '), {
    flag: '--terminal',
    asks: 'The ids of two of its terminals',
    must: /\S[\s,]+\S/,
    or: 'two ids are needed, with a space between',
  })
  const neighbour = await answer(given.neighbour, { flag: '--neighbour', asks: 'The id of another merchant', ...something })
  const neighbourTerminals = await answer(given.neighbourTerminal?.join(' '), {
    flag: '--neighbour-terminal',
    asks: 'The id of one of its terminals',
    ...something,
  })
  const key = await answer(given.key, {
    flag: '--key',
    asks: 'Where are the master keys (env:NAME, {terminal} stands for the id; or a file of keys)',
    usual: 'env:TILL_{terminal}',
    ...something,
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
