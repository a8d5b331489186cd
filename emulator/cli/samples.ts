import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fromHex } from '../values/hex.ts'
import { UsageError } from './complaint.ts'
import { characters, frameFrom } from './frame-input.ts'

/** A sample as it was given, and its bytes. */
export type Sample = Readonly<{ name: string; frame: Uint8Array }>

/**
 * The samples of a command line: hex digits, or files with the bytes of one frame, its hex, or the hex of one frame on each line.
 *
 * @throws UsageError when there is no such file, a line of hex digits is odd, or there are no bytes
 */
export async function samplesFrom(
  given: readonly string[],
  stdin: AsyncIterable<Uint8Array>,
  asText: boolean,
): Promise<readonly Sample[]> {
  const lists = await Promise.all(given.map(one => (asText ? textSample(one, stdin) : bytesOf(one, stdin))))
  const samples = lists.flat()
  const empty = samples.find(({ frame }) => frame.length === 0)
  if (empty !== undefined) throw new UsageError(`${empty.name} has no bytes`, 'Give the bytes of one frame.')
  return samples
}

async function textSample(one: string, stdin: AsyncIterable<Uint8Array>): Promise<readonly Sample[]> {
  return [{ name: shownName(one), frame: await characters(one, stdin) }]
}

async function bytesOf(one: string, stdin: AsyncIterable<Uint8Array>): Promise<readonly Sample[]> {
  if (looksLikeText(one)) return textSample(one, stdin)
  const lines = existsSync(one) ? hexLines(await readFile(one, 'latin1')) : []
  if (lines.length < 2) return [{ name: shownName(one), frame: await frameFrom(one, stdin) }]
  return lines.map(({ no, text }) => ({ name: `${one}:${no}`, frame: frameOnLine(one, no, text) }))
}

/** A frame that is text was pasted: no file has such a name, and hex has no such letters. */
function looksLikeText(one: string): boolean {
  return /^\S{0,24}\d{4}[ -~]{16,}$/.test(one) && /[^0-9a-fA-F\s]/.test(one) && !existsSync(one) && !one.includes('/')
}

/** Lines of a file of which every one is hex, or a comment after `#`; none otherwise. */
function hexLines(text: string): readonly Readonly<{ no: number; text: string }>[] {
  const lines = text.split(/\r?\n/).map((line, at) => ({ no: at + 1, text: line.replace(/#.*$/, '').trim() }))
  const filled = lines.filter(line => line.text !== '')
  return filled.every(line => /^[0-9a-fA-F\s]+$/.test(line.text)) ? filled : []
}

function frameOnLine(file: string, no: number, text: string): Uint8Array {
  try {
    return fromHex(text)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UsageError(`${file}:${no}: ${cause.message}`, 'Give whole bytes, two hex digits each.', { cause })
  }
}

/** What was typed is not said again: it may hold a card number. */
function shownName(one: string): string {
  if (one === '-') return 'standard input'
  return existsSync(one) ? one : 'the argument'
}
