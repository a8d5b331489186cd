import type { Dialect } from '../dialects/dialect.ts'
import { identify } from '../dialects/identify.ts'
import { placed } from '../dialects/paths.ts'
import { masked, secretPaths } from '../dialects/secrets.ts'
import { toHex } from '../values/hex.ts'
import type { Decoded } from './codec.ts'

/** Bytes on one line. */
const bytesInLine = 16

/** A line of the layout before it is set in columns. */
type Line = Readonly<{ offset: number; bytes: string; path: string; name: string; value: string }>

/**
 * A frame laid out by field: offset, bytes, number, name and value, then remarks and what could not be read.
 *
 * Unless `reveal`, secrets are masked, and so is what could not be read, for it may hold some.
 */
export function layoutOf(
  dialect: Dialect,
  frame: Uint8Array,
  decoded: Decoded,
  options: Readonly<{ reveal?: boolean }> = {},
): string {
  const message = decoded.ok ? decoded.message : decoded.partial
  const reveal = options.reveal === true
  const shown = hideBytes(dialect, frame, decoded, reveal)
  const values = new Map((reveal ? placed(dialect, message) : masked(dialect, message)).map(one => [one.path, one]))
  const head: Readonly<Record<string, readonly [name: string, value: string]>> = {
    length: ['length', String(decoded.length ?? '')],
    stx: ['STX', ''],
    etx: ['ETX', ''],
    lrc: ['LRC', decoded.lrc ?? ''],
    tpdu: ['TPDU', decoded.envelope.tpdu ?? ''],
    header: ['header', decoded.envelope.header ?? ''],
    mti: ['message type', `${message.mti} ${titleOf(dialect, decoded)}`.trim()],
    bitmap: ['fields present', ''],
  }
  const lines = decoded.spans.flatMap(({ path, offset, length }): Line[] => {
    const one = values.get(path)
    const [name, value] = one ? [one.name, one.value] : (head[path] ?? ['', ''])
    const part = one?.within !== undefined
    return wrapped({ offset, bytes: part ? '' : shown(offset, length), path: part ? `  ${path}` : path, name, value })
  })
  return [...columns(lines), ...findings(decoded, frame.length)].join('\n')
}

function titleOf(dialect: Dialect, decoded: Decoded): string {
  const what = identify(dialect, decoded.ok ? decoded.message : decoded.partial)
  return what === 'unknown' ? '' : `${what.row.is}, ${what.kind}`
}

/** Bytes as hex, `··` for each one that a secret has a share in. */
function hideBytes(
  dialect: Dialect,
  frame: Uint8Array,
  decoded: Decoded,
  reveal: boolean,
): (offset: number, length: number) => string {
  const hidden = new Set<number>()
  if (!reveal) {
    const secret = new Set(secretPaths(dialect, decoded.ok ? decoded.message : decoded.partial).map(({ path }) => path))
    for (const { path, offset, length } of decoded.spans)
      if (secret.has(path)) for (let at = offset; at < offset + length; at += 1) hidden.add(at)
  }
  return (offset, length) =>
    [...frame.subarray(offset, offset + length)]
      .map((byte, no) => (hidden.has(offset + no) ? '··' : toHex(Uint8Array.of(byte))))
      .join(' ')
}

function wrapped(line: Line): Line[] {
  const width = bytesInLine * 3
  const first = { ...line, bytes: line.bytes.slice(0, width).trimEnd() }
  const more: Line[] = []
  for (let at = width; at < line.bytes.length; at += width)
    more.push({ offset: line.offset + at / 3, bytes: line.bytes.slice(at, at + width).trimEnd(), path: '', name: '', value: '' })
  return [first, ...more]
}

function columns(lines: readonly Line[]): string[] {
  const widest = (of: (line: Line) => string) => Math.max(0, ...lines.map(line => of(line).length))
  const [bytes, path, name] = [widest(line => line.bytes), widest(line => line.path), widest(line => line.name)]
  return lines.map(line =>
    [String(line.offset).padStart(4), line.bytes.padEnd(bytes), line.path.padEnd(path), line.name.padEnd(name), line.value]
      .join('  ')
      .trimEnd(),
  )
}

function findings(decoded: Decoded, length: number): string[] {
  const remarks = decoded.remarks.map(({ path, says }) => `remark  ${path}: ${says}`)
  if (decoded.ok) return remarks
  const { path, says } = decoded.problem
  return [...remarks, `stopped at byte ${decoded.atByte} of ${length}  ${path}: ${says}`]
}
