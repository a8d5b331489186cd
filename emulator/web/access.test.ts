import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Access } from './access.ts'

const host = '127.0.0.1:8600'
const opened = () => {
  const access = new Access(8600)
  const token = new URL(access.url).searchParams.get('token') ?? ''
  const cookie = (access.spend(token) ?? '').split(';')[0] ?? ''
  return { access, token, cookie }
}

test('the token opens once; the cookie that it gives is for this port, this site and no script', () => {
  const access = new Access(8600)
  const token = new URL(access.url).searchParams.get('token') ?? ''
  assert.match(access.spend(token) ?? '', /^tillproof-8600=[\w-]{32}; HttpOnly; SameSite=Strict; Path=\/$/)
  assert.equal(access.spend(token), undefined)
})

test('a wrong token opens nothing, and leaves the right one good', () => {
  const access = new Access(8600)
  const token = new URL(access.url).searchParams.get('token') ?? ''
  assert.equal(access.spend(`${token}x`), undefined)
  assert.equal(access.spend(''), undefined)
  assert.notEqual(access.spend(token), undefined)
})

test('without the cookie, or with a made-up one, everything is refused', () => {
  const { access, cookie } = opened()
  assert.equal(access.refuses({ host, cookie }, 'request'), undefined)
  assert.equal(access.refuses({ host }, 'request')?.status, 401)
  assert.equal(access.refuses({ host, cookie: 'tillproof-8600=x' }, 'request')?.status, 401)
  assert.equal(access.refuses({ host, cookie: cookie.replace('8600', '8601') }, 'request')?.status, 401)
})

test('another origin is refused whatever it brings; a WebSocket has to name its own', () => {
  const { access, cookie } = opened()
  const origin = `http://${host}`
  assert.equal(access.refuses({ host, cookie, origin }, 'upgrade'), undefined)
  for (const foreign of ['http://evil.example', 'https://127.0.0.1:8600', 'http://127.0.0.1:8601', 'null'])
    assert.equal(access.refuses({ host, cookie, origin: foreign }, 'upgrade')?.status, 403, foreign)
  assert.equal(access.refuses({ host, cookie }, 'upgrade')?.status, 403)
  assert.equal(access.refuses({ host, cookie, origin: 'http://evil.example' }, 'request')?.status, 403)
})

test('another name for this machine is refused: it may be anybody’s who answers for it', () => {
  const { access, cookie } = opened()
  assert.equal(access.refuses({ host: 'evil.example:8600', cookie }, 'request')?.status, 403)
  assert.equal(access.refuses({ cookie }, 'request')?.status, 403)
})
