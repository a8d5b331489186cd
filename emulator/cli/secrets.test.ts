import assert from 'node:assert/strict'
import { existsSync, globSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../browser/chromium.ts'
import type { Entry } from '../journal/entry.ts'
import { parseNdjson } from '../journal/journal.ts'
import type { Result } from '../verdict/result.ts'
import { unzipped } from '../web/unzip.test-run.ts'
import { keyed, secretsOf, workingKeys } from './known-secrets.test-run.ts'
import { formsOf, type Leak, LeakSearch, type Sought } from './leaks.test-run.ts'
import { tillproof } from './main.test-run.ts'
import { checkedProfile } from './profile.ts'
import { withoutCredentials, withoutSecrets } from './run-folder.ts'

const profile = await checkedProfile()
const found = findChromium()
const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false
const overHttp = new URL('../../fixtures/profiles/json-http.yaml', import.meta.url)

/** A run as a user starts it, whatever its verdict. */
type Ran = Readonly<{ folder: string; code: number | null; out: string; err: string; journal: readonly Entry[] }>

async function certify(...options: readonly string[]): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-secrets-'))
  const { code, out, err } = await tillproof(['certify', '--seed', 'secrets', '--out', folder, ...options])
  assert.ok(existsSync(join(folder, 'journal.ndjson')), `there was no run\n${out}${err}`)
  return { folder, code, out, err, journal: parseNdjson(await readFile(join(folder, 'journal.ndjson'), 'utf8')) }
}

/** Everything that a run left: its files, however deep, their names, and both streams. */
async function left({ folder, out, err }: Ran): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = globSync('**/*', { cwd: folder }).filter(file => statSync(join(folder, file)).isFile())
  const read = files.map(async file => withWhatIsIn(file, await readFile(join(folder, file))))
  const contents = (await Promise.all(read)).flat()
  const names = ['the names of the files', Buffer.from(files.join('\n'))] as const
  return new Map<string, Uint8Array>([...contents, names, ['stdout', Buffer.from(out)], ['stderr', Buffer.from(err)]])
}

/** A file, and, where it is an archive such as a trace of a page, what is packed into it. */
function withWhatIsIn(file: string, content: Buffer): readonly (readonly [string, Uint8Array])[] {
  const packed = file.endsWith('.zip') ? [...unzipped(content)] : []
  return [[file, content], ...packed.map(([name, inside]) => [`${file}: ${name}`, inside] as const)]
}

/** The first leak of each kind in each file: enough to mend it. */
function firsts(leaks: readonly Leak[]): readonly string[] {
  return [...new Set(leaks.map(({ file, what, form }) => `${file}: ${what}, ${form}`))].slice(0, 40)
}

/** Of every kind of message and slip one, so that a bad run need not be a whole one. */
const aFewRows = ['--only', 'SALE-001,VOID-001,VOID-007,DUP-001,REV-001,REF-001,SETL-004,RCPT-001,RCPT-004,TERM-009']

/** `fails`: the row that shows that the fault was there to be hidden. */
const runs: Readonly<Record<string, Readonly<{ options: readonly string[]; fails?: string; profile?: string }>>> = {
  'a good run on two workers': { options: ['--parallel', '2'] },
  'a run behind HTTP': {
    options: ['--profile', fileURLToPath(overHttp), '--only', 'SALE-001,VOID-001,REV-001'],
    profile: fileURLToPath(overHttp),
  },
  'a run that the acquirer fails': { options: ['--fault', 'host:approves a second void', ...aFewRows], fails: 'VOID-007' },
  ...(skip === false && {
    'a run through the page of a terminal that prints card numbers in full': {
      options: ['--driver', 'page', '--fault', 'terminal:prints the number in full', '--only', 'SALE-001,RCPT-004'],
      fails: 'RCPT-004',
    },
  }),
  'a run of a terminal that prints card numbers in full': {
    options: ['--fault', 'terminal:prints the number in full', ...aFewRows],
    fails: 'RCPT-004',
  },
}

for (const [name, { options, fails, profile: file }] of Object.entries(runs)) {
  describe(name, () => {
    let ran: Ran
    before(async () => {
      ran = await certify(...options)
    })
    after(() => rm(ran.folder, { recursive: true }))

    test('leaves no card number, track, PIN or key in clear, in any file or stream', async () => {
      const search = new LeakSearch([...secretsOf(await checkedProfile(file)), ...workingKeys(ran.journal)])
      const contents = await left(ran)
      for (const file of ['journal.ndjson', 'messages.ndjson', 'report.html', 'junit.xml', 'result.json'])
        assert.ok((contents.get(file)?.length ?? 0) > 1000, `${file} is there to be looked at`)
      const leaks = [...contents].flatMap(([file, content]) => search.in(file, content))
      assert.deepEqual(firsts(leaks), [])
      if (options.includes('page'))
        assert.ok(
          [...contents.keys()].some(file => file.includes('.zip: ')),
          'a trace was looked into',
        )
    })

    test('leaves no PIN key by key', () => {
      const strokes = keyed(ran.journal)
      assert.ok(strokes.has('••••••'), 'PINs were keyed, and stand as dots')
      const pins = profile.cards.flatMap(({ pin }) => pin?.reveal() ?? [])
      assert.ok(!pins.some(pin => strokes.has(pin)), 'a PIN can be read from the keys')
    })

    test(fails === undefined ? 'fails no row' : `fails ${fails}`, async () => {
      const { requirements }: Result = JSON.parse(await readFile(join(ran.folder, 'result.json'), 'utf8'))
      const failed = requirements.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id)
      assert.ok(fails === undefined ? failed.length === 0 : failed.includes(fails), failed.join())
    })

    test('is judged the same from its redacted files', async () => {
      const { run: _, ...live } = JSON.parse(await readFile(join(ran.folder, 'result.json'), 'utf8'))
      const judged = await tillproof(['judge', ran.folder, '--json'])
      assert.equal(judged.code, ran.code, judged.err)
      const { run: __, ...again } = JSON.parse(judged.out)
      assert.deepEqual(again, live)
    })
  })
}

test('a profile is kept without the cards and keys that are written in it', () => {
  const kept = withoutSecrets(`# ours
name: Example
merchants:
  - { id: M, terminals: [{ id: A, masterKey: '13131313131313132525252525252525' }, { id: B, masterKey: env:KEY_OF_B }] }
cards:
  - { holder: Alice, pan: 6250930000000002, expiry: 3312, serviceCode: 120, pin: 123456 }
knobs: { revRetries: 3 } # as agreed
`)
  assert.deepEqual(new LeakSearch(secretsOf(profile)).in('profile.yaml', Buffer.from(kept)), [])
  assert.match(kept, /^# ours\nname: Example\n/)
  assert.match(kept, /masterKey: env:KEY_OF_B/)
  assert.match(kept, /cards:\n {2}file: not kept with a run\nknobs: \{ revRetries: 3 \} # as agreed\n$/)
  const nothingSecret = 'name:   Example\ncards: { file: people.yaml }\n'
  assert.equal(withoutSecrets(nothingSecret), nothingSecret)
})

test('a mapping is kept without the credentials that are written in it, and else as it was', () => {
  const text = (one: string, other: string): string =>
    `id: x\nparties:\n  A: { id: T1,  key: ${one} } # ours\n  B:\n    key: ${other}\n    secret: env:B\nnote: test:x\n`
  assert.equal(withoutCredentials(text(`"test:s3cret"`, 'test:another')), text('"test:•••"', '"test:•••"'))
  assert.equal(withoutCredentials('id: test:x\n'), 'id: test:x\n')
})

describe('the search', () => {
  const sought: readonly Sought[] = secretsOf(profile)
  const search = new LeakSearch(sought)
  const noise = Buffer.from('before 16 ·· 62 5… ')

  test('finds every planted secret in every form, wherever it stands', () => {
    for (const form of sought.flatMap(formsOf)) {
      const leaks = search.in('planted', Buffer.concat([noise, form.needle, noise]))
      const found = leaks.some(({ what, atByte }) => what === form.what && atByte === noise.length)
      assert.ok(found, `${form.what}, ${form.form}`)
    }
  })

  test('finds a card number as others would write it', () => {
    const number = profile.cards[0]?.pan.reveal() ?? ''
    const written = {
      plain: number,
      grouped: '6250 9300 0000 0002',
      'hex of the text': Buffer.from(number).toString('hex'),
      'spaced hex of the text': Buffer.from(number).toString('hex').replace(/../g, '$& '),
      packed: Buffer.from(number, 'hex'),
      'packed from the second half of a byte': Buffer.from(`1${number}0`, 'hex'),
      'base64 in a longer text': Buffer.from(`{"pan":"${number}"}`).toString('base64'),
      'packed in base64': Buffer.concat([Buffer.from([2]), Buffer.from(number, 'hex')]).toString('base64'),
      'UTF-16': Buffer.from(number, 'utf16le'),
      'JSON-escaped': [...number].map(digit => `\\u003${digit}`).join(''),
    }
    const missed = Object.entries(written).filter(([, text]) => search.in('planted', Buffer.from(text)).length === 0)
    assert.deepEqual(
      missed.map(([form]) => form),
      [],
    )
  })

  test('finds a key, a PIN block and a track as others would write them', () => {
    const spaced = '13 13 13 13 13 13 13 13 25 25 25 25 25 25 25 25'
    for (const text of ['1313131313131313', spaced, '06123456ffffffff', '6250930000000002=33121200000000000', '"pin":"123456"'])
      assert.ok(search.in('planted', Buffer.from(text)).length > 0, text)
  })

  test('finds nothing in what is masked', () => {
    const masked = Buffer.from('pan:625093…0002#1 track#1 pinblock#2 06··············  6250930000000003')
    assert.deepEqual(search.in('masked', masked), [])
  })
})
