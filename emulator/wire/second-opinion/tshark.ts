/** Wireshark's ISO 8583 dissector as a third reader: written by strangers, for other acquirers, long before this project. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from './comparison.ts'

/** `ascii`: digits as text, bitmap and bytes as hex text. `packed`: packed digits, bitmap and bytes as they are. */
export type WireForm = 'ascii' | 'packed'

/** What tshark made of one frame; `malformed` names what it could not read: fields, the `end` of the frame, or the `whole` of it. */
export interface Dissection extends Readable {
  readonly malformed: readonly string[]
}

const preferences: Readonly<Record<WireForm, readonly string[]>> = {
  ascii: ['charset:Digits represented as ASCII Characters', 'binencode:Bin data represented as Hex Ascii characters'],
  packed: ['charset:Digits represented in nibbles', 'binencode:Bin data not encoded'],
}
const port = 8583

/** tshark's own name for its version, or `absent`. Debian's package is `tshark`; it brings text2pcap with it. */
export function tsharkVersion(): string | 'absent' {
  const asked = spawnSync('tshark', ['--version'], { encoding: 'utf8' })
  return asked.status === 0 ? (/^TShark[^\d]*[\d.]+\d/.exec(asked.stdout)?.[0] ?? 'TShark') : 'absent'
}

/**
 * What tshark reads in each frame, in one run.
 *
 * @param frames  Each a 2-byte big-endian length (which does not count itself) and the message: no TPDU, no header.
 * @returns       One dissection for each frame, in their order.
 * @throws        Where a tool fails.
 * @source        tshark 4.0.17, measured: the length is taken as little endian unless told; no port is registered
 */
export function dissect(frames: readonly Uint8Array[], form: WireForm): readonly Dissection[] {
  const capture = run('text2pcap', ['-q', '-T', `40000,${port}`, '-', '-'], frames.map(hexdump).join('\n'))
  const captured: unknown = JSON.parse(readCapture(capture, form))
  if (!Array.isArray(captured) || captured.length !== frames.length)
    throw new Error(`tshark did not give ${frames.length} packets back`)
  return captured.map(dissection)
}

/** The capture goes through a file: tshark takes no capture from the kind of pipe that Node opens. */
function readCapture(capture: Buffer, form: WireForm): string {
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-'))
  try {
    const file = join(folder, 'frames.pcap')
    writeFileSync(file, capture)
    const options = ['len_endian:Big endian', ...preferences[form]].flatMap(option => ['-o', `iso8583.${option}`])
    return run('tshark', ['-r', file, '-d', `tcp.port==${port},iso8583`, ...options, '-T', 'json'], '').toString('utf8')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(tool: string, args: readonly string[], input: string | Buffer): Buffer {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { input, maxBuffer: 64 * 1024 * 1024 })
  if (error !== undefined) throw new Error(`${tool} could not be started`, { cause: error })
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stderr.toString('utf8').trim()}`)
  return stdout
}

/** The form that text2pcap takes: an offset, then bytes; offset 0 begins a new packet. */
function hexdump(frame: Uint8Array): string {
  return `000000 ${Array.from(frame, byte => byte.toString(16).padStart(2, '0')).join(' ')}\n`
}

function dissection(packet: unknown): Dissection {
  const layers = property(property(packet, '_source'), 'layers')
  const layer = property(layers, 'iso8583')
  const mti = property(layer, 'iso8583.mti')
  if (typeof layer !== 'object' || layer === null || typeof mti !== 'string') return { mti: '', fields: {}, malformed: ['whole'] }
  const fields: Record<string, string> = {}
  const malformed: string[] = []
  for (const [key, value] of Object.entries(layer)) {
    const [, number, tree] = /^iso8583\.bit(\d+)(_tree)?$/.exec(key) ?? []
    if (number === undefined) continue
    if (tree !== undefined) malformed.push(number)
    else fields[number] = asWeWrite(number, String(value))
  }
  if (property(layers, '_ws.malformed') !== undefined) malformed.push('end')
  return { mti, fields, malformed }
}

/** Binary fields come with a stray character behind their 16 hex digits (tshark 4.0.17). */
function asWeWrite(number: string, value: string): string {
  return number === '52' || number === '64' || number === '128' ? value.slice(0, 16).toUpperCase() : value
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined
}
