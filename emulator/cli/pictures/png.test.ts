import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { paletteOf } from './palette.ts'
import { readPng, smallPng, writePng } from './png.ts'

/** A PNG of those lines, each with its filter before it. */
function pngOf(width: number, lines: readonly (readonly number[])[]): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, lines.length, 8, 2, 0, 0, 0])
  return Buffer.concat([
    Buffer.from('89504E470D0A1A0A', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.from(lines.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const red = 0xff_00_00
const dark = 0x10_20_30

test('every way in which a line can be written as differences is read', () => {
  const lines = [
    [0, 0xff, 0, 0, 0x10, 0x20, 0x30],
    [1, 0xff, 0, 0, 0x11, 0x20, 0x30],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 0x80, 0, 0, 0x89, 0x10, 0x18],
    [4, 0, 0, 0, 0, 0, 0],
  ]
  const { width, height, colours } = readPng(pngOf(2, lines))
  assert.deepEqual([width, height], [2, 5])
  assert.deepEqual([...colours], Array.from({ length: 5 }, () => [red, dark]).flat())
})

test('few colours are kept as they are, to the last dot', () => {
  const colours = Uint32Array.from({ length: 600 }, (_, at) => (at % 200) * 0x01_01_01)
  const { palette, places } = paletteOf(colours)
  assert.deepEqual(
    [...places].map(place => palette[place]),
    [...colours],
  )
})

test('many colours become 256, and none of them is far from what it was', () => {
  const channels = (colour: number): number[] => [16, 8, 0].map(shift => (colour >> shift) & 0xff)
  const colours = Uint32Array.from({ length: 4096 }, (_, at) => ((at >> 8) << 20) | (((at >> 4) & 15) << 12) | ((at & 15) << 4))
  const { palette, places } = paletteOf(colours)
  assert.equal(palette.length, 256)
  const off = [...colours].flatMap((colour, at) => {
    const shown = channels(palette[places[at] ?? 0] ?? 0)
    return channels(colour).map((value, no) => Math.abs(value - (shown[no] ?? 0)))
  })
  assert.ok(Math.max(...off) <= 32, `${Math.max(...off)} of 255`)
})

test('a picture in a palette says how large it is, and that it is in a palette', () => {
  const small = Buffer.from(smallPng(pngOf(2, [[0, 0xff, 0, 0, 0x10, 0x20, 0x30]])))
  assert.deepEqual([small.readUInt32BE(16), small.readUInt32BE(20), small[24], small[25]], [2, 1, 8, 3])
  assert.ok(small.includes(Buffer.from([0x10, 0x20, 0x30])))
})

test('what no browser writes is refused', () => {
  const inPalette = writePng({ width: 1, height: 1, colours: Uint32Array.of(red) })
  assert.throws(() => readPng(inPalette), /only 8-bit pictures/)
})
