import assert from 'node:assert/strict'
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { after, before, suite, test } from 'node:test'
import { host } from '../preflight/misconfiguration.test-run.ts'
import { knobNames } from '../profile/knobs.ts'
import { loadProfile } from '../profile/load.ts'
import { neededKnobs } from '../verdict/applicability.ts'
import { rows } from '../verdict/requirements/index.ts'
import { where } from '../where.ts'
import { complaintOf } from './complaint.ts'
import { written } from './init.ts'
import { profileText } from './init-profile.ts'
import { asker, completed } from './init-questions.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'

const key = '0123456789ABCDEFFEDCBA9876543210'
const environment = { TILL_T0000001: key, TILL_T0000002: key, TILL_T0000003: key }
const flags = [
  ...['--name', 'Acme: "test" system', '--endpoint', 'tls://pos.acme.example:8583', '--dialect', 'iso8583-1987'],
  ...['--set', 'length=ascii 4', '--merchant', 'M00000000000001', '--terminal', 'T0000001', 'T0000002'],
  ...['--neighbour', 'M00000000000002', '--neighbour-terminal', 'T0000003', '--key', 'env:TILL_{terminal}'],
]

suite('tillproof init', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillproof-init-'))
  })
  after(() => rm(folder, { recursive: true }))

  test('writes from flags what loads, and what every applicable requirement finds its knobs in', async () => {
    const file = join(folder, 'flags.yaml')
    const { code, out, err } = await tillproof(['init', file, ...flags])
    assert.equal(code, 0, err)
    assert.match(out, /set TILL_T0000001, TILL_T0000002, TILL_T0000003 to the master keys/)
    assert.match(out, /tillproof preflight --profile/)
    const profile = await loadProfile(file, { environment, neededKnobs: loaded => neededKnobs(rows, loaded) })
    assert.equal(profile.name, 'Acme: "test" system')
    assert.equal(profile.endpoint?.href, 'tls://pos.acme.example:8583')
    assert.deepEqual(profile.dialect, { id: 'iso8583-1987', settings: { length: 'ascii 4' } })
    assert.deepEqual(
      profile.merchants.map(({ id, terminals }) => [id, ...terminals.map(terminal => terminal.id)]),
      [
        ['M00000000000001', 'T0000001', 'T0000002'],
        ['M00000000000002', 'T0000003'],
      ],
    )
  })

  test('never writes over a file without --force', async () => {
    const file = join(folder, 'mine.yaml')
    await writeFile(file, 'mine')
    const refused = await tillproof(['init', file, ...flags])
    assert.equal(refused.code, 5)
    assert.match(refused.err, /there is a file .* already\n {2}Choose another name, or write over it with --force/)
    assert.equal(await readFile(file, 'utf8'), 'mine')
    const forced = await tillproof(['init', file, '--force', ...flags])
    assert.equal(forced.code, 0, forced.err)
    assert.match(await readFile(file, 'utf8'), /^name: /m)
  })

  test('names every flag that is missing when nobody can be asked', async () => {
    const file = join(folder, 'missing.yaml')
    const { code, err } = await tillproof(['init', file, '--name', 'Acme'])
    assert.equal(code, 5)
    assert.match(err, /--endpoint, --merchant, --terminal, --neighbour, --neighbour-terminal are missing/)
    await assert.rejects(access(file))
  })

  test('leaves nothing behind when the profile would not load', async () => {
    const empty = await mkdtemp(join(folder, 'empty-'))
    const answers = { ...(await answersBy([])), merchant: 'M00000000000002' }
    await assert.rejects(written(join(empty, 'profile.yaml'), answers), /merchant M00000000000002 is listed twice/)
    assert.deepEqual(await readdir(empty), [])
  })

  test('asks on a terminal for what no flag says, again where an answer cannot be, and takes what is usual', async () => {
    const asked: string[] = []
    const typed = [
      'Acme',
      'nowhere',
      'tcp://127.0.0.1',
      'tcp://127.0.0.1:8583',
      '',
      'M00000000000001',
      'T0000001',
      'T0000001 T0000002',
    ]
    const answers = await answersBy([...typed, 'M00000000000002', 'T0000003', ''], asked)
    assert.equal(answers.dialect, 'unionpay-pos')
    assert.equal(answers.key, 'env:TILL_{terminal}')
    assert.deepEqual(answers.terminals, ['T0000001', 'T0000002'])
    assert.ok(asked.some(question => question.includes('an address such as tcp://pos.example:8583 is needed')))
    assert.ok(asked.some(question => question.includes('two ids are needed')))
    const file = join(folder, 'asked.yaml')
    await written(file, answers)
    const profile = await loadProfile(file, { environment, neededKnobs: loaded => neededKnobs(rows, loaded) })
    assert.equal(profile.endpoint?.href, 'tcp://127.0.0.1:8583')
  })

  test('lines that are pasted at once answer one question each', async () => {
    const input = Object.assign(new PassThrough(), { isTTY: true })
    const lines = ['Acme', 'tcp://127.0.0.1:8583', 'json', 'M00000000000001', 'T0000001 T0000002', 'M00000000000002', 'T0000003']
    const answers = completed({ set: {} }, asker(input, new PassThrough()))
    input.write(`${[...lines, 'env:A B', ''].join('\n')}\n`)
    const { name, dialect, terminals, neighbour, key } = await answers
    assert.deepEqual([name, dialect, neighbour, key], ['Acme', 'json', 'M00000000000002', 'env:TILL_{terminal}'])
    assert.deepEqual(terminals, ['T0000001', 'T0000002'])
  })

  test('a question that is broken off ends it quietly, and nothing is written', async () => {
    for (const keyPressed of ['\u0003', '\u0004']) {
      const input = Object.assign(new PassThrough(), { isTTY: true })
      const output = Object.assign(new PassThrough(), { isTTY: true })
      const asked = completed({ set: {} }, asker(input, output))
      input.write(keyPressed)
      const thrown = await asked.catch((reason: unknown) => reason)
      assert.deepEqual(complaintOf(thrown), { text: 'tillproof: stopped; nothing was written\n', code: 3 })
    }
  })

  test('claims by itself what our own host wants to see: the profile climbs to the top', async () => {
    const acquirer = await host()
    const file = join(folder, 'usual.yaml')
    const key = join(where.fixtures, 'keys', 'reference.yaml')
    try {
      await written(file, { ...all, settings: {}, terminals: all.terminal, neighbourTerminals: all.neighbourTerminal, key })
      const { code, out } = await tillproofHere(['preflight', '--profile', file, '--endpoint', acquirer.endpoint.href])
      assert.equal(code, 0, out)
    } finally {
      await acquirer.close()
    }
  })

  test('claims of the usual only what the dialect can say', async () => {
    const file = join(folder, 'json.yaml')
    await written(file, { ...(await answersBy([])), dialect: 'json', endpoint: 'ws://127.0.0.1:8583' })
    const { supports } = await loadProfile(file, { environment })
    assert.deepEqual([supports.has('void-pin'), supports.has('signon'), supports.has('mac')], [true, true, false])
  })

  test('every knob stands in the file, with a word on what it is', async () => {
    const lines = profileText({ ...(await answersBy([])), supports: ['core'] }).split('\n')
    for (const knob of knobNames) {
      const at = lines.findIndex(line => new RegExp(`^ {2}(# )?${knob}: \\S`).test(line))
      assert.ok(at > 0, `${knob} is missing`)
      assert.match(lines[at - 1] ?? '', /^ {2}# \S.{10}/, knob)
    }
  })
})

/** The answers of somebody who types these lines; of somebody who was asked nothing when there are none. */
async function answersBy(typed: readonly string[], asked: string[] = []) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = new PassThrough()
  const lines = [...typed]
  output.on('data', (chunk: Buffer) => {
    asked.push(chunk.toString())
    // The question ends its line with a colon, and nobody types before it is there.
    if (/: $/.test(chunk.toString())) input.write(`${lines.shift() ?? ''}\n`)
  })
  const given = typed.length > 0 ? { set: {} } : all
  return completed(given, asker(input, output))
}

const all = {
  set: {},
  name: 'Acme',
  endpoint: 'tcp://127.0.0.1:8583',
  dialect: 'unionpay-pos',
  merchant: 'M00000000000001',
  terminal: ['T0000001', 'T0000002'],
  neighbour: 'M00000000000002',
  neighbourTerminal: ['T0000003'],
  key: 'env:TILL_{terminal}',
}
