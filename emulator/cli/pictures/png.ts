import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { paletteOf } from './palette.ts'

/** A picture: `colours` has a 24-bit colour for each dot, line by line. */
export type Picture = Readonly<{ width: number; height: number; colours: Uint32Array }>

/**
 * The same picture with at most 256 colours: a quarter of the bytes, and on a screenshot nobody sees it.
 *
 * @param png  As a browser takes it: 8 bits a channel, not interlaced, opaque.
 */
export function smallPng(png: Uint8Array): Uint8Array {
  return writePng(readPng(png))
}

/** @throws RangeError on a form that no browser writes */
export function readPng(png: Uint8Array): Picture {
  const bytes = Buffer.from(png)
  const parts = [...chunks(bytes)]
  const head = parts.find(({ type }) => type === 'IHDR')?.data
  if (head === undefined || head[8] !== 8 || (head[9] !== 2 && head[9] !== 6) || head[12] !== 0)
    throw new RangeError('only 8-bit pictures in red, green and blue, not interlaced, can be read')
  const [width, height, size] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 2 ? 3 : 4]
  const data = inflateSync(Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map(part => part.data)))
  const lines = unfiltered(data, width * size, height, size)
  const colours = new Uint32Array(width * height)
  for (let dot = 0; dot < colours.length; dot += 1) colours[dot] = lines.readUIntBE(dot * size, 3)
  return { width, height, colours }
}

/** In a palette. */
export function writePng({ width, height, colours }: Picture): Uint8Array {
  const { palette, places } = paletteOf(colours)
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) lines.set(places.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const table = Buffer.alloc(palette.length * 3)
  for (const [at, colour] of palette.entries()) table.writeUIntBE(colour, at * 3, 3)
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', table),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const signature = Buffer.from('89504E470D0A1A0A', 'hex')

function* chunks(png: Buffer): Generator<Readonly<{ type: string; data: Buffer }>> {
  for (let at = signature.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/**
 * Each line was written as differences from what is left of it, above it, or both; its first byte says how.
 *
 * @param size  Bytes of a dot.
 * @source      PNG (ISO/IEC 15948), 9.2 Filter types
 */
function unfiltered(data: Buffer, width: number, height: number, size: number): Buffer {
  const lines = Buffer.alloc(width * height)
  for (let y = 0; y < height; y += 1) {
    const [from, to] = [y * (width + 1) + 1, y * width]
    const filter = data[from - 1]
    for (let x = 0; x < width; x += 1) {
      const left = x < size ? 0 : (lines[to + x - size] ?? 0)
      const above = y === 0 ? 0 : (lines[to + x - width] ?? 0)
      const corner = x < size || y === 0 ? 0 : (lines[to + x - width - size] ?? 0)
      lines[to + x] = (data[from + x] ?? 0) + expected(filter, left, above, corner)
    }
  }
  return lines
}

function expected(filter: number | undefined, left: number, above: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return above
  if (filter === 3) return Math.floor((left + above) / 2)
  if (filter !== 4) return 0
  const guess = left + above - corner
  const [byLeft, byAbove, byCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  if (byLeft <= byAbove && byLeft <= byCorner) return left
  return byAbove <= byCorner ? above : corner
}
