import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { characters, frameFrom, textFrom } from './frame-input.ts'

const bytes = Uint8Array.of(0x00, 0x02, 0x60, 0x00)
const stdin = (...chunks: readonly (Uint8Array | string)[]) => Readable.from(chunks.map(chunk => Buffer.from(chunk)))

test('hex digits are the frame, with or without spaces', async () => {
  assert.deepEqual(await frameFrom('00026000', stdin()), bytes)
  assert.deepEqual(await frameFrom('00 02 60 00', stdin()), bytes)
})

test('standard input holds the bytes, in any pieces, or hex text', async () => {
  assert.deepEqual(new Uint8Array(await frameFrom('-', stdin(bytes.subarray(0, 1), bytes.subarray(1)))), bytes)
  assert.deepEqual(await frameFrom('-', stdin('0002\n6000\n')), bytes)
})

test('a file holds the bytes or hex text', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frame-'))
  await writeFile(join(folder, 'frame.bin'), bytes)
  await writeFile(join(folder, 'frame.txt'), '0002 6000\n')
  assert.deepEqual(new Uint8Array(await frameFrom(join(folder, 'frame.bin'), stdin())), bytes)
  assert.deepEqual(await frameFrom(join(folder, 'frame.txt'), stdin()), bytes)
  await rm(folder, { recursive: true })
})

test('half a byte and a file that is not there are mistakes of the user', async () => {
  await assert.rejects(frameFrom('00026', stdin()), {
    name: 'UsageError',
    message: 'the argument: the hex text has an odd number of digits: 5',
  })
  await assert.rejects(frameFrom('no-such-frame.bin', stdin()), {
    name: 'UsageError',
    message: 'no-such-frame.bin is neither hex nor a file',
  })
})

test('JSON is taken from the argument or from standard input', async () => {
  assert.equal(await textFrom('{"mti":"0800"}', stdin()), '{"mti":"0800"}')
  assert.equal(await textFrom('-', stdin('{"mti":', '"0800"}')), '{"mti":"0800"}')
})

test('text is a byte for each character, from an argument, a file or standard input, without the line break at its end', async () => {
  const text = new Uint8Array(Buffer.from('0800', 'latin1'))
  assert.deepEqual(new Uint8Array(await characters('0800', stdin())), text)
  assert.deepEqual(new Uint8Array(await characters('-', stdin('08', '00\r\n'))), text)
  const folder = await mkdtemp(join(tmpdir(), 'frame-'))
  await writeFile(join(folder, 'frame.txt'), '0800\n')
  assert.deepEqual(new Uint8Array(await characters(join(folder, 'frame.txt'), stdin())), text)
  await rm(folder, { recursive: true })
})
