import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateRawSync } from 'node:zlib'
import { unzipped } from './unzip.test-run.ts'
import { onlyEntries } from './zip.ts'

const text = (no: number): string => `entry ${no} `.repeat(no * 20)

/** An archive as Playwright's is: sizes behind the data, in a descriptor of their own. */
function archiveOf(count: number): Buffer {
  const parts: Buffer[] = []
  const lines: Buffer[] = []
  for (let no = 1; no <= count; no += 1) {
    const name = Buffer.from(`resources/${no}.css`)
    const packed = deflateRawSync(text(no))
    const sums = Buffer.alloc(12)
    sums.writeUInt32LE(crc32(text(no)), 0)
    sums.writeUInt32LE(packed.length, 4)
    sums.writeUInt32LE(text(no).length, 8)
    const local = Buffer.concat([Buffer.from('504b0304140008000800', 'hex'), Buffer.alloc(20), name])
    local.writeUInt16LE(name.length, 26)
    const line = Buffer.concat([Buffer.from('504b01021400140008000800', 'hex'), Buffer.alloc(4), sums, Buffer.alloc(18), name])
    line.writeUInt16LE(name.length, 28)
    line.writeUInt32LE(Buffer.concat(parts).length, 42)
    parts.push(local, packed, Buffer.from('504b0708', 'hex'), sums)
    lines.push(line)
  }
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(Buffer.concat(parts).length, 16)
  return Buffer.concat([...parts, ...lines, end])
}

test('entries that are wanted come through whole, and the others are gone', () => {
  const kept = unzipped(onlyEntries(archiveOf(4), name => !name.includes('2') && !name.includes('4')))
  assert.deepEqual(
    [...kept].map(([name, data]) => [name, data.toString()]),
    [
      ['resources/1.css', text(1)],
      ['resources/3.css', text(3)],
    ],
  )
})

test('an archive of which nothing is wanted is an empty one', () => {
  const none = onlyEntries(archiveOf(2), () => false)
  assert.equal(unzipped(none).size, 0)
  assert.equal(none.length, 22)
})

test('what is no archive, or is cut short, is refused', () => {
  assert.throws(() => onlyEntries(Buffer.from('not an archive'), () => true), /no ZIP archive/)
  const archive = archiveOf(2)
  assert.throws(() => onlyEntries(archive.subarray(40), () => true), RangeError)
})
