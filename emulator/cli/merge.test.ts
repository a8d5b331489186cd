import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Result } from '../verdict/result.ts'
import { where } from '../where.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

// One run of the whole suite, and the same in three shards, each in a process of its own as on machines of their own.

let folder: string
const at = (name: string): string => join(folder, name)
const shards = (): string[] => ['shard-1', 'shard-2', 'shard-3'].map(at)

const resultIn = async (run: string): Promise<Result> => JSON.parse(await readFile(join(at(run), 'result.json'), 'utf8'))
const journalIn = async (run: string): Promise<string> =>
  (await readFile(join(at(run), 'journal.ndjson'), 'utf8')).replace(/"atMicros":\d+/g, '"atMicros":0')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-'))
  const certify = ['certify', '--seed', 'shared', '--out']
  assert.equal((await tillproof([...certify, at('whole')])).code, 0)
  for (const index of [1, 2, 3]) {
    const ran = await tillproof([...certify, at(`shard-${index}`), '--shard', `${index}/3`])
    assert.equal(ran.code, 0, ran.out + ran.err)
  }
})

after(() => rm(folder, { recursive: true }))

describe('three shards of the whole suite', () => {
  test('make the certificate that one machine makes: the same result but for the run, and the same journal but for the time', async () => {
    const merged = await tillproof(['merge', ...shards().toReversed(), '--out', at('merged')])
    assert.equal(merged.code, 0, merged.err)
    const [{ run: joined, ...result }, { run, ...whole }] = await Promise.all([resultIn('merged'), resultIn('whole')])
    assert.deepEqual(result, whole)
    assert.deepEqual([joined.seed, joined.suite, joined.profile], [run.seed, run.suite, run.profile])
    assert.equal(await journalIn('merged'), await journalIn('whole'))
    const judged = await tillproof(['judge', at('merged'), '--json'])
    assert.deepEqual(JSON.parse(judged.out), await resultIn('merged'))
  })

  test('each say on their face that they are a part, plan their own rows only, and leave none untested', async () => {
    const parts = await Promise.all([1, 2, 3].map(index => resultIn(`shard-${index}`)))
    assert.deepEqual(
      parts.map(({ verdict }) => verdict),
      [1, 2, 3].map(index => `certified (shard ${index} of 3)`),
    )
    const whole = await resultIn('whole')
    for (const { requirements, notCovered } of parts) {
      assert.ok(requirements.length < whole.requirements.length)
      assert.ok(requirements.every(({ verdict }) => verdict !== 'untested'))
      assert.deepEqual(notCovered, whole.notCovered)
    }
    // What holds always and does not apply has nothing to be seen in any scenario, so no shard has it.
    const told = (results: readonly Result[]): string[] => {
      const applying = results.flatMap(({ requirements }) => requirements.filter(({ verdict }) => verdict !== 'not applicable'))
      return [...new Set(applying.map(({ id, part }) => `${id}/${part}`))].sort()
    }
    assert.deepEqual(told(parts), told([whole]))
  })
})

describe('folders that are not all the shards of one run are refused:', () => {
  const refused = async (folders: readonly string[], words: RegExp): Promise<void> => {
    const { code, out, err } = await tillproofHere(['merge', ...folders, '--out', at('refused')])
    assert.deepEqual([code, out], [5, ''])
    assert.match(err, words)
    assert.doesNotMatch(err, /^\s+at /m)
  }

  test('one is missing', () =>
    refused(shards().slice(1), /^tillproof: shard 1 of 3 is missing\n {2}Run what is missing with the same seed, shared,/))

  test('two are missing', () => refused([at('shard-2')], /shards 1, 3 of 3 are missing/))

  test('one is given twice', () => refused([...shards(), at('shard-2')], /shard-2 and \S+shard-2 are both shard 2 of 3/))

  test('one is a whole run', () => refused([...shards(), at('whole')], /whole is no shard: it is a whole run/))

  test('one is no run', () => refused([...shards(), folder], /is not the folder of a run: it has no (journal\.ndjson|run\.json)/))

  /** Shard 2, changed as if it came from elsewhere. */
  async function changed(file: string, from: string | RegExp, to: string): Promise<readonly string[]> {
    const other = await mkdtemp(at('other-'))
    await cp(at('shard-2'), other, { recursive: true })
    const text = await readFile(join(other, file), 'utf8')
    assert.notEqual(text.replace(from, to), text)
    await writeFile(join(other, file), text.replace(from, to))
    return [at('shard-1'), other, at('shard-3')]
  }

  const elsewhere: Readonly<Record<string, readonly [string, string | RegExp, string, RegExp]>> = {
    'another seed': [
      'journal.ndjson',
      '"seed":"shared"',
      '"seed":"other"',
      /its seed is other, and not shared\n {2}Give every shard the same --seed/,
    ],
    'another suite': [
      'journal.ndjson',
      `tillproof ${where.version}`,
      'tillproof 9.9.9',
      /its suite is tillproof 9\.9\.9, and not/,
    ],
    'another profile': ['run.json', /"profileSha256": "\w{8}/, '"profileSha256": "00000000', /its profile is .* sha256 00000000/],
    'another number of shards': ['journal.ndjson', '"of":3', '"of":4', /its number of shards is 4, and not 3/],
    'another limit': [
      'journal.ndjson',
      '"shard":{',
      '"only":["SALE-001"],"shard":{',
      /its limit is --only SALE-001, and not none/,
    ],
    'another fault': [
      'run.json',
      '"driver"',
      '"fault": "host:refuses everything", "driver"',
      /its fault is host:refuses everything/,
    ],
    'other features': ['journal.ndjson', /"plan":"\w{8}/, '"plan":"00000000', /its plan is \d+ scenarios, 00000000/],
    'a scenario that was left out': ['journal.ndjson', /"plan":\[\{.*?\},/, '"plan":[', /planned \d+ scenarios, and not the \d+/],
    'an interruption': [
      'run.json',
      '"begun"',
      '"stopped": "the run was interrupted", "begun"',
      /shard 2 of 3, was stopped early: the run was interrupted\n {2}Run that shard again: --shard 2\/3 --seed shared/,
    ],
  }
  for (const [what, [file, from, to, words]] of Object.entries(elsewhere))
    test(`one has ${what}`, async () => refused(await changed(file, from, to), words))
})

test('a shard without a seed is refused at once: it could not be merged', async () => {
  const { code, err } = await tillproof(['certify', '--shard', '1/3'])
  assert.deepEqual([code, err.split('\n')[0]], [5, 'tillproof: --shard needs --seed: the shards of a run have one'])
})

test('a shard that does not exist is refused before anything runs', async () => {
  for (const wrong of ['0/3', '4/3', 'a/b']) {
    const { code, out, err } = await tillproof(['certify', '--seed', '1', '--shard', wrong])
    assert.deepEqual([code, out], [5, ''])
    assert.match(err, /^tillproof: .*\n {2}\w.*1\/3/)
  }
})

test('a run that is split says so when it fails: a bad host fails in the shard that looks, and in the merged run', async () => {
  const limited = [
    'certify',
    '--seed',
    '1',
    '--only',
    'SALE-001,VOID-013',
    '--fault',
    'host:approves a void from another merchant',
  ]
  const codes: (number | null)[] = []
  for (const index of [1, 2])
    codes.push((await tillproof([...limited, '--shard', `${index}/2`, '--out', at(`bad-${index}`)])).code)
  assert.deepEqual(codes.toSorted(), [0, 1])
  const merged = await tillproof(['merge', at('bad-1'), at('bad-2'), '--out', at('bad'), '--json'])
  assert.equal(merged.code, 1)
  const result: Result = JSON.parse(merged.out)
  assert.match(result.verdict, /^not certified, for \d+ requirements? only \(/)
  assert.deepEqual(
    result.requirements.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id),
    ['VOID-013'],
  )
})
