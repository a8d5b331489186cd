import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, before, test } from 'node:test'
import { wrapWorkingKeys } from '../../crypto/keys.ts'
import { codecFor } from '../../wire/codec-of.ts'
import { Acquirer } from '../acquirer.ts'
import { virtualClock } from '../clock.ts'
import { reference } from '../knobs.ts'
import { numbersFrom } from '../numbers.ts'
import { rulebook } from '../rulebook.ts'
import { Store } from '../store.ts'
import { book, dialect } from '../test-till.ts'
import { inLanguage } from './address.ts'
import { openPortal, type Portal } from './portal.ts'
import { testStaff } from './staff.ts'

const staff = testStaff(book.merchants, 'gate')
const clerk = 'clerk@M00000000000001'
const auditor = 'auditor@M00000000000001'

const acquirer = new Acquirer({
  book,
  dialect,
  codec: codecFor(dialect),
  policy: reference,
  clock: virtualClock(),
  store: new Store(),
  means: { numbers: numbersFrom('gate', true), keying: { wrap: wrapWorkingKeys, macBytes: 8 } },
  rules: rulebook,
  faults: [],
  note: () => undefined,
})

let portal: Portal
let url: URL

before(async () => {
  portal = await openPortal(acquirer, { port: 0, approval: 'second person', staff, hashing: 'light' })
  url = portal.url
})

after(() => portal.close())

type Answer = Readonly<{ status: number; text: string; cookies: readonly string[] }>

/** One request as somebody writes it by hand. */
function asked(path: string, headers: Readonly<Record<string, string>> = {}, form?: Readonly<Record<string, string>>) {
  const method = form === undefined ? 'GET' : 'POST'
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin }
  return new Promise<Answer>((resolve, reject) => {
    const sending = request(url, { path, method, headers: { ...type, ...headers }, agent: false }, async answer => {
      const text = (await answer.setEncoding('utf8').toArray()).join('')
      resolve({ status: answer.statusCode ?? 0, text, cookies: answer.headers['set-cookie'] ?? [] })
    })
    sending.on('error', reject).end(form && new URLSearchParams(form).toString())
  })
}

const cookieIn = ({ cookies }: Answer): string => cookies[0]?.split(';')[0] ?? ''
const tokenIn = ({ text }: Answer, action: string): string =>
  new RegExp(`action="${action}".*?name="token" value="([\\w-]+)"`, 's').exec(text)?.[1] ?? ''

/** The cookie of somebody who has signed in. */
async function signedIn(user: string): Promise<string> {
  const password = staff.find(({ name }) => name === user)?.password.reveal() ?? ''
  const page = await asked('/sign-in')
  const form = { token: tokenIn(page, '/sign-in'), user, password }
  return cookieIn(await asked('/sign-in', { cookie: cookieIn(page) }, form))
}

/** What an auditor reads. */
async function auditLog(): Promise<string> {
  return (await asked('/audit', { cookie: await signedIn(auditor) })).text
}

test('guests, however many, end nobody’s session', async () => {
  const cookie = await signedIn(clerk)
  for (let no = 0; no < 510; no += 1) await asked('/sign-in')
  assert.equal((await asked('/transactions', { cookie })).status, 200)
})

test('another site that has the portal asked for something begins no session, and a link from there is followed from here', async () => {
  const link = await asked('/transactions', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' })
  assert.deepEqual([link.status, link.cookies], [200, []])
  assert.match(link.text, /http-equiv="refresh" content="0"/)
  const picture = await asked('/transactions', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' })
  assert.deepEqual([picture.status, picture.cookies], [403, []])
})

test('an address that is none is answered with a page or a line, and never with our own words', async () => {
  for (const path of [
    '//',
    '//[',
    '//:x',
    '/%',
    '/transactions/%zz',
    '/%00',
    '/transactions/0x1',
    '/transactions/1e0',
    '/http://[',
  ]) {
    const { status, text } = await asked(path)
    assert.ok(status >= 300 && status < 500, `${path}: ${status}`)
    assert.doesNotMatch(text, /ERR_|statusCode|Invalid URL/, path)
  }
})

test('the link to the other language stays in the portal, whatever the address was', async () => {
  for (const path of [
    '//evil.example/x',
    '/.//evil.example/x',
    '/\\evil.example',
    '///\\/evil.example',
    'http://evil.example/',
    '/a?b=//c',
  ])
    assert.equal(new URL(inLanguage(path, 'zh'), url).origin, url.origin, path)
  const { text } = await asked('/.//evil.example/x')
  for (const [, to = ''] of text.matchAll(/href="([^"]+)"/g))
    if (!to.startsWith('data:')) assert.equal(new URL(to, new URL('/.//evil.example/x', url)).origin, url.origin, to)
})

test('whoever asks for what is not his to see stands in the audit log, with no card number that he put into the address', async () => {
  const cookie = await signedIn(clerk)
  assert.equal((await asked('/transactions/4711', { cookie })).status, 404)
  assert.equal((await asked('/requests/4712/live', { cookie })).status, 404)
  await asked('/transactions/4713/void?card=6212142000000000012', { cookie }, { token: 'x' })
  const log = await auditLog()
  for (const tried of ['/transactions/4711', '/requests/4712/live', '/transactions/4713/void?card=621214…0012'])
    assert.ok(log.includes(tried), tried)
})

test('a sign-in with a used form and a form of nobody are turned away, and that is written down', async () => {
  const page = await asked('/sign-in')
  const [cookie, form] = [cookieIn(page), { token: tokenIn(page, '/sign-in'), user: 'hunter2', password: 'x' }]
  assert.equal((await asked('/sign-in', { cookie }, form)).status, 403)
  assert.equal((await asked('/sign-in', { cookie }, form)).status, 409)
  assert.equal((await asked('/transactions/1/void', {}, form)).status, 303)
  const log = acquirer.books.desk.audit.filter(({ act }) => act === 'was turned away')
  assert.deepEqual(
    log.map(({ who, why }) => `${who}: ${why}`),
    [
      '?: a wrong name or password',
      '?: a sign-in with a used form',
      '?: a form of nobody who is signed in, to /transactions/1/void',
    ],
  )
})
