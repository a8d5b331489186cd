import assert from 'node:assert/strict'
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Host, startHost } from '../host/host.ts'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import type { Compared } from './doors-comparison.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'
import { checkedProfile } from './profile.ts'

// Two hosts that pretend to be one: behind the second door is one that credits a second void.

let folder: string
let hosts: readonly Host[] = []
const at = (name: string): string => join(folder, name)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doors-'))
  const { merchants, cards, speaks, knobs } = await checkedProfile()
  const settings = { book: { merchants, cards }, dialect: speaks, knobs, controlPort: 0, seed: 'doors', clock: 'real' } as const
  hosts = [await startHost(settings), await startHost({ ...settings, faults: ['approves a second void'] })]
  const reference = (await readFile(where.referenceProfile, 'utf8')).replaceAll('../', `${where.fixtures}/`)
  for (const [name, host] of [
    ['front', hosts[0]],
    ['back', hosts[1]],
  ] as const)
    await writeFile(
      at(`${name}.yaml`),
      reference.replace(
        'dialect:',
        `endpoint: tcp://127.0.0.1:${host?.port}\ncontrol: http://127.0.0.1:${host?.controlPort}\ndialect:`,
      ),
    )
})

after(async () => {
  await Promise.all(hosts.map(host => host.close()))
  await rm(folder, { recursive: true })
})

const rows = ['--only', 'SALE-001,VOID-001,VOID-007', '--seed', '7']

test('one command certifies a host through both doors, tells the row that differs, and ends as the worst door', async () => {
  const doors = `${at('front.yaml')}, ${at('back.yaml')}`
  const ran = await tillproof(['certify', '--doors', doors, ...rows, '--out', at('out')])
  assert.equal(ran.code, 1, ran.err)
  assert.match(ran.out, /✗ ONE HOST, 2 DOORS/)
  assert.match(ran.out, /≠ VOID-\d+ acquirer [\s\S]*✓ passed {2}front\n\s+✗ failed {2}back: /)
  const told: Compared = JSON.parse(await readFile(at('out/doors.json'), 'utf8'))
  assert.deepEqual(
    told.doors.map(({ door, exitCode, way }) => [door, exitCode, way]),
    [
      ['front', 0, `tcp://127.0.0.1:${hosts[0]?.port}`],
      ['back', 1, `tcp://127.0.0.1:${hosts[1]?.port}`],
    ],
  )
  assert.ok(told.differences.length > 0)
  assert.ok(told.differences.every(({ verdicts }) => verdicts.map(({ verdict }) => verdict).join() === 'passed,failed'))
  for (const { report, result, verdict } of told.doors) {
    await access(join(at('out'), report))
    const own: Result = JSON.parse(await readFile(join(at('out'), result), 'utf8'))
    assert.equal(own.verdict, verdict)
  }
  await access(at('out/doors.html'))
})

test('without a list our own host is certified through every door that it has: ISO 8583 in four forms, TLS, WebSocket, HTTP', async () => {
  const ran = await tillproof(['certify', '--doors', '--only', 'SALE-001,VOID-001', '--seed', '7', '--out', at('own'), '--json'])
  assert.equal(ran.code, 0, ran.out + ran.err)
  const { doors, differences }: Compared = JSON.parse(ran.out)
  assert.deepEqual(
    doors.map(({ door }) => door),
    [
      ...['reference', 'iso8583-1987-ascii', 'iso8583-1987-bcd', 'iso8583-1993'],
      ...['json-http', 'json-websocket', 'tls', 'websocket'],
    ],
  )
  assert.deepEqual(differences, [])
  assert.ok(doors.every(({ verdict }) => verdict === 'certified, for 2 requirements only (--only SALE-001,VOID-001)'))
})

test('a door behind which nobody listens is found before the first is certified', async () => {
  const front = await readFile(at('front.yaml'), 'utf8')
  await writeFile(at('walled-up.yaml'), front.replace(/^endpoint: .*$/m, 'endpoint: tcp://127.0.0.1:1'))
  const ran = await tillproof(['certify', '--doors', `${at('front.yaml')},${at('walled-up.yaml')}`, ...rows, '--out', at('none')])
  assert.equal(ran.code, 5, ran.err)
  assert.match(ran.err, /preflight stops at “connect”/)
  await assert.rejects(access(at('none')))
})

describe('what cannot be compared is refused before anything is sent:', () => {
  const wrong: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
    'one door': [['--doors', 'front.yaml'], /one door has nothing to be compared with/],
    'two doors of one name': [['--doors', 'a/front.yaml,b/front.yaml'], /two doors are called front/],
    'an endpoint beside the doors': [
      ['--doors', 'a.yaml,b.yaml', '--endpoint', 'tcp://127.0.0.1:1'],
      /--endpoint has no meaning beside --doors/,
    ],
    'a shard of doors': [['--doors', 'a.yaml,b.yaml', '--shard', '1/2', '--seed', '1'], /--shard has no meaning beside --doors/],
    'a door that is no file': [['--doors', 'nowhere.yaml,b.yaml'], /nowhere\.yaml/],
  }
  for (const [what, [argv, words]] of Object.entries(wrong))
    test(what, async () => {
      const { code, out, err } = await tillproofHere(['certify', ...argv])
      assert.deepEqual([code, out], [5, ''])
      assert.match(err, words)
    })
})
