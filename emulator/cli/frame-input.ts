import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fromHex } from '../values/hex.ts'
import { UsageError } from './complaint.ts'

/**
 * The bytes of one frame, from an argument: `-` is standard input, hex digits are themselves (spaces allowed), anything else names a file. Standard
 * input and files hold either the bytes or hex text.
 *
 * @throws UsageError when there is no such file, or the hex text has an odd number of digits
 */
export async function frameFrom(argument: string, stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (isHexText(argument)) return hexBytes(argument, 'the argument')
  const bytes = argument === '-' ? await all(stdin) : await contents(argument)
  const text = Buffer.from(bytes).toString('latin1')
  return isHexText(text) ? hexBytes(text, argument === '-' ? 'standard input' : argument) : bytes
}

/**
 * Text from an argument: `-` is standard input, text that begins like JSON is itself, anything else names a file.
 *
 * @throws UsageError when there is no such file
 */
export async function textFrom(argument: string, stdin: AsyncIterable<Uint8Array>): Promise<string> {
  if (/^\s*[{[]/.test(argument)) return argument
  return Buffer.from(argument === '-' ? await all(stdin) : await contents(argument)).toString('utf8')
}

/**
 * The bytes of one frame that is text: `-` is standard input, the name of a file its contents, anything else itself, a byte for each character.
 * A line break at the end of a text is none of its bytes.
 *
 * @throws UsageError when there is such a file, and it cannot be read
 */
export async function characters(argument: string, stdin: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const bytes =
    argument === '-' ? await all(stdin) : existsSync(argument) ? await contents(argument) : Buffer.from(argument, 'latin1')
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.length
  return bytes.subarray(0, end)
}

const isHexText = (text: string): boolean => /^[0-9a-fA-F\s]*[0-9a-fA-F][0-9a-fA-F\s]*$/.test(text)

function hexBytes(text: string, where: string): Uint8Array {
  try {
    return fromHex(text)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UsageError(`${where}: ${cause.message}`, 'Give whole bytes, two hex digits each.', { cause })
  }
}

async function contents(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    // What is no file may be a frame, with a card number in it.
    const named = /\d{12}/.test(file) ? 'the argument' : file
    const says = missing
      ? `${named} is neither hex nor a file`
      : `${named} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`
    throw new UsageError(says, 'Give hex digits, the name of a file, or - for standard input.', { cause })
  }
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
