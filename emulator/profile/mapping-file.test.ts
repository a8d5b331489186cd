import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadMapping } from './mapping-file.ts'
import { ProfileError } from './problem.ts'

const folder = await mkdtemp(join(tmpdir(), 'mapping-'))
after(() => rm(folder, { recursive: true }))

const good = `name: demo
parties:
  A: { merchant: M1, key: env:DEMO_KEY }
auth: { use: bearer, token: party.key }
operations:
  sale:
    request: { path: /sales, body: '{ "amount": $minor(amount) }' }
    classify:
      - { id: ok, then: APPROVED, when: 'status = 201 and body.state = "PAID"' }
      - { id: default, then: UNKNOWN }
  void:
    request: { path: /voids, body: '{ "id": original.hostRef }' }
    classify:
      - { id: ok, then: APPROVED, when: 'body.state = "VOIDED"' }
      - { id: default, then: UNKNOWN }
settle: { strategy: none }
`

async function complaints(
  yaml: string,
  environment: Readonly<Record<string, string>> = { DEMO_KEY: 'k' },
): Promise<readonly string[]> {
  const file = join(folder, 'demo.yaml')
  await writeFile(file, yaml)
  try {
    await loadMapping(file, { environment })
    return []
  } catch (thrown) {
    assert.ok(thrown instanceof ProfileError)
    return thrown.problems.map(({ line, says, hint }) => `${line}: ${says} — ${hint}`)
  }
}

test('a good mapping has its credential as a secret', async () => {
  const file = join(folder, 'good.yaml')
  await writeFile(file, good)
  const { parties } = await loadMapping(file, { environment: { DEMO_KEY: 'very-secret' } })
  assert.ok(!JSON.stringify(parties).includes('very-secret'))
})

const wrong: readonly (readonly [what: string, from: string, to: string, says: string])[] = [
  ['a key that there is not', 'settle:', 'setle:', '16: unknown key `setle`'],
  [
    'a class that there is not',
    "then: APPROVED, when: 'status",
    "then: FINE, when: 'status",
    '9: `operations.sale.classify[0].then` is "FINE"',
  ],
  [
    'JSONata that does not parse',
    '"id": original.hostRef',
    '"id": original.',
    '12: the expression cannot be used: it is no JSONata',
  ],
  [
    'a function that is not there',
    '$minor(amount)',
    '$millis()',
    '7: the expression cannot be used: it uses $millis, which is not there',
  ],
  [
    'an approval by status alone',
    '\'status = 201 and body.state = "PAID"\'',
    "'status = 201'",
    '9: rule ok takes a sale for approved by its status alone',
  ],
  [
    'an approval by default',
    '      - { id: default, then: UNKNOWN }\n  void',
    '      - { id: default, then: APPROVED }\n  void',
    '10: rule default takes a sale for approved by its status alone',
  ],
  ['no default', '      - { id: default, then: UNKNOWN }\n  void', '  void', '8: the rules have no default'],
  [
    'a rule after the default',
    '      - { id: default, then: UNKNOWN }\n  void',
    '      - { id: default, then: UNKNOWN }\n      - { id: late, then: FUNDS, when: status = 402 }\n  void',
    '11: rule late is never reached: default always holds',
  ],
  [
    'a rule twice',
    '      - { id: default, then: UNKNOWN }\n  void',
    '      - { id: again, then: FUNDS, when: \'status = 201  and body.state = "PAID"\' }\n      - { id: default, then: UNKNOWN }\n  void',
    '10: rule again is never reached: ok has the same condition',
  ],
  ['no void', /\n {2}void:[\s\S]*settle/.exec(good)?.[0] ?? '', '\nsettle', '5: there is no void'],
  [
    'an operation without a call',
    '    request: { path: /voids, body: \'{ "id": original.hostRef }\' }\n',
    '',
    '11: the operation makes no call',
  ],
  [
    'what is not final and is not followed up',
    '{ id: default, then: UNKNOWN }\n  void',
    '{ id: wait, then: IN-PROGRESS, when: status = 202 }\n      - { id: default, then: UNKNOWN }\n  void',
    '6: a rule of sale is not final, and nothing follows it up',
  ],
  ['a settlement without a call', 'strategy: none', 'strategy: call', '16: there is no operation `settle` to call'],
  [
    'a part of a signature that there is not',
    '{ use: bearer, token: party.key }',
    '{ use: hmac, key: party.key, parts: [body, moon] }',
    '4: "moon" is no part of a request',
  ],
  [
    'a key without a name',
    "    classify:\n      - { id: ok, then: APPROVED, when: 'body",
    "    idempotency: { carrier: header }\n    classify:\n      - { id: ok, then: APPROVED, when: 'body",
    '13: the key in the header has no name',
  ],
  ['a row that is none', 'settle:', 'cannot: { VOID: no }\nsettle:', '16: '],
]

for (const [what, from, to, says] of wrong)
  test(`${what}: file, line and what to do`, async () => {
    assert.ok(good.includes(from), 'the test changes something')
    const found = await complaints(good.replace(from, to))
    assert.ok(
      found.some(one => one.startsWith(says)),
      found.join('\n') || 'nothing was found',
    )
  })

test('a credential that the environment does not have is named, and so are all other problems with it', async () => {
  assert.deepEqual(await complaints(good.replace('strategy: none', 'strategy: call'), {}), [
    '3: the environment has no DEMO_KEY — Set DEMO_KEY to the credential before the run.',
    '16: there is no operation `settle` to call — Describe it under `operations`, or choose another strategy.',
  ])
})

test('an unknown key has the one that was meant, and hides no other problem', async () => {
  const wrong = good
    .replace('  void:', '  voidd:')
    .replace('$minor(amount)', '$millis()')
    .replace('settle:', 'not_es: []\nsettle:')
  const found = await complaints(wrong)
  for (const says of [
    /unknown key `operations\.voidd` — Did you mean "void"\?/,
    /unknown key `not_es` — Did you mean "notes"\?/,
    /it uses \$millis/,
  ])
    assert.ok(
      found.some(one => says.test(one)),
      `${says}\n${found.join('\n')}`,
    )
})
