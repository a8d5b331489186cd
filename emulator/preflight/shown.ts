import { cutterFor } from '../transport/frame-cutter.ts'
import { toHex } from '../values/hex.ts'
import type { HttpCall } from '../values/http-call.ts'
import { layoutOf } from '../wire/layout.ts'
import type { Attempt } from './attempt.ts'
import { blotted, type Spoken } from './reading.ts'
import type { Shown } from './rung.ts'

/** The same where messages are HTTP calls: the last one, as the mapping made and redacted it. */
export function shownCall({ method, path, headers, body, answer, says }: HttpCall): readonly Shown[] {
  const said = (named: Readonly<Record<string, string>>, text: string | undefined): readonly string[] => [
    ...Object.entries(named).map(([name, value]) => `${name}: ${value}`),
    ...(text === undefined || text === '' ? [] : ['', ...text.split('\n').slice(0, linesOfBody)]),
  ]
  return [
    { is: 'sent', says: `${method} ${path}`, lines: said(headers, body) },
    answer === undefined
      ? { is: 'seen', says, lines: [] }
      : { is: 'seen', says: `HTTP ${answer.status}`, lines: said(answer.headers, answer.body) },
  ]
}

const linesOfBody = 20

/** Bytes that are shown of what could not be read, and on one line. Further in there might be something secret. */
const atMost = 32
const inLine = 16

/** What was sent and what was seen, for a person: laid out by field where it reads, as bytes where it does not. Secrets are masked. */
export function shownOf(attempt: Attempt): readonly Shown[] {
  const { operation, spoken, sent, heard } = attempt
  const seen = heard.bytes
  const end = {
    enough: '',
    quiet: ', then nothing more',
    silence: '',
    closed: ', then it closed the line',
    broken: ', then it broke the line',
  }
  return [
    { is: 'sent', says: `${operation}, ${count(sent)}`, lines: laidOut(spoken, sent) },
    seen.length === 0
      ? { is: 'seen', says: `nothing in ${heard.afterMillis} ms${end[heard.ended]}`, lines: [] }
      : { is: 'seen', says: `${count(seen)} after ${heard.afterMillis} ms${end[heard.ended]}`, lines: laidOut(spoken, seen) },
  ]
}

const count = ({ length }: Uint8Array): string => (length === 1 ? '1 byte' : `${length} bytes`)

function laidOut({ dialect, codec }: Spoken, bytes: Uint8Array): readonly string[] {
  const [frame] = cutterFor(dialect.framing.form)().push(bytes)
  const decoded = frame === undefined ? undefined : codec.decode(frame)
  return frame === undefined || decoded === undefined || !decoded.ok
    ? rawHex(bytes)
    : layoutOf(dialect, frame, decoded).split('\n')
}

/** The beginning, 16 bytes a line, with what of it is text. */
export function rawHex(bytes: Uint8Array): readonly string[] {
  const shown = bytes.subarray(0, atMost)
  const lines: string[] = []
  for (let at = 0; at < shown.length; at += inLine) {
    const line = shown.subarray(at, at + inLine)
    const text = blotted(Buffer.from(line).toString('latin1'))
    lines.push(`${String(at).padStart(4)}  ${spaced(line).padEnd(inLine * 3)} ${text}`)
  }
  return bytes.length > atMost ? [...lines, `      … ${bytes.length - atMost} more bytes, not shown`] : lines
}

const spaced = (bytes: Uint8Array): string => toHex(bytes).replace(/(..)(?=.)/g, '$1 ')
