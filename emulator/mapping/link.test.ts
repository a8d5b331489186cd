import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpLine } from './http-line.ts'
import { MappedLink } from './link.ts'

test('a line whose mapping failed is closed, so that it keeps no process', async () => {
  const failed = new RangeError('the mapping failed')
  const link = new MappedLink(new HttpLine(new URL('http://127.0.0.1:1/')), () => Promise.reject(failed))
  await link.send(new Uint8Array(0))
  await assert.rejects(link.next({ withinMillis: 100 }), failed)
  await assert.rejects(link.send(new Uint8Array(0)), { code: 'LINK_LOST' })
})
