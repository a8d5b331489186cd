import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dialectById } from '../dialects/index.ts'
import { secretPaths } from '../dialects/secrets.ts'
import { redact, Tokens } from '../journal/redact.ts'
import { codecFor } from '../wire/codec-of.ts'

const dialect = dialectById('json')

test('a secret of a JSON message is hidden with its name, and so is whatever the dialect has no name for', () => {
  const frame = Buffer.from('{"type":"sale","pan":"6212142000000000012","extra":"6212142000000000012","amount":"1"}')
  const decoded = codecFor(dialect).decode(frame)
  assert.ok(decoded.ok)
  const shown = redact(decoded.message, frame, decoded.spans, secretPaths(dialect, decoded.message), new Tokens(), new Set())
  assert.match(shown.fields.pan ?? '', /^pan:621214…0012#1$/)
  const visible = Buffer.from(shown.hex.replaceAll('··', '2E'), 'hex').toString()
  assert.match(visible, /^\{"type":"sale"\.+,"amount":"1"\}$/)
})
