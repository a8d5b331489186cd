import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { where } from './where.ts'

/**
 * Who may import whom. A layer may always import itself. `where` knows the folders of the installation and nothing else.
 * The arrows are the design: bytes, rules, terminal and verdicts stay apart because none of them can reach the others.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  values: [],
  where: [],
  crypto: ['values'],
  dialects: ['values'],
  wire: ['dialects', 'values'],
  transport: ['values'],
  card: ['values'],
  terminal: ['card', 'values'],
  host: ['wire', 'dialects', 'transport', 'crypto', 'values'],
  journal: ['wire', 'values'],
  profile: ['dialects', 'mapping', 'values', 'where'],
  // A mapping turns business messages into HTTP calls and back: it is a line, as TCP is one.
  mapping: ['dialects', 'wire', 'transport', 'values'],
  'dialect-tools': ['dialects', 'wire', 'profile', 'values'],
  preflight: [
    'bench',
    'card',
    'crypto',
    'dialect-tools',
    'dialects',
    'host',
    'mapping',
    'profile',
    'terminal',
    'transport',
    'values',
    'wire',
  ],
  verdict: ['journal', 'dialects', 'profile', 'values'],
  report: ['verdict', 'journal', 'values'],
  // The report on one sheet: a page, which a browser prints.
  certificate: ['report', 'verdict', 'values'],
  bench: [
    'values',
    'where',
    'crypto',
    'dialects',
    'wire',
    'transport',
    'card',
    'terminal',
    'host',
    'journal',
    'mapping',
    'profile',
    'verdict',
  ],
  // A browser visits pages, our own or somebody else's: the terminal's page, a back office.
  browser: ['bench', 'profile', 'values', 'where'],
  // The page draws messages as the report does.
  web: ['bench', 'browser', 'journal', 'report', 'values', 'where'],
  cli: [
    'certificate',
    'values',
    'where',
    'crypto',
    'dialects',
    'wire',
    'transport',
    'host',
    'journal',
    'mapping',
    'preflight',
    'dialect-tools',
    'profile',
    'verdict',
    'report',
    'bench',
    'web',
    'browser',
  ],
  index: [
    'values',
    'dialects',
    'wire',
    'transport',
    'card',
    'terminal',
    'host',
    'journal',
    'profile',
    'verdict',
    'report',
    'bench',
  ],
  // `web` and `browser` for what is done through pages.
  steps: ['bench', 'browser', 'web', 'values', 'journal', 'profile', 'verdict', 'where'],
}

const because: Readonly<Record<string, string>> = {
  values: 'values are what every layer speaks in, so they depend on nothing',
  wire: 'the wire turns bytes into names and values and knows nothing else',
  terminal: 'a terminal never sees bytes, and never its host',
  host: 'the reference acquirer must be as foreign to the terminal as any other',
  journal: 'a journal records; what it means is for the judge',
  verdict: 'a verdict is a function of journal and profile; it drives nothing',
  report: 'a report shows a result and decides nothing',
  steps: 'a step is one line that calls the bench',
}

/** Folders whose tests, and what those run, may look at anything: they put the layers against each other. */
const whole = new Set(['bench', 'browser', 'cli', 'web', 'index', 'steps', 'layers', 'preflight'])

type Import = Readonly<{ from: string; to: string; typeOnly: boolean }>

const files = globSync(['emulator/**/*.ts', 'steps/**/*.ts'], { cwd: where.root }).sort()
const sources = new Map(files.map(file => [file, readFileSync(join(where.root, file), 'utf8')]))

/** Relative imports of a module, dynamic ones included, as paths from the root. */
function importsOf(file: string, text: string): readonly Import[] {
  const statement =
    /^\s*(?:import|export)\s+(type\s+)?[^'"`;]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]|^import\s+['"](\.[^'"]+)['"]/gm
  return [...text.matchAll(statement)].map(([, typeOnly, named, dynamic, bare]) => {
    const target = named ?? dynamic ?? bare ?? ''
    return { from: file, to: relative(where.root, resolve(where.root, dirname(file), target)), typeOnly: typeOnly !== undefined }
  })
}

/** `terminal` of `emulator/terminal/store.ts`, `where` of `emulator/where.ts`, `steps` of `steps/world.ts`. */
function layerOf(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return top === 'emulator' ? second.replace(/\.(test\.)?ts$/, '') : top
}

/** Why this import is not allowed, or nothing. */
function objection({ from, to, typeOnly }: Import): string | undefined {
  const [importer, imported] = [layerOf(from), layerOf(to)]
  if (importer === imported || (/\.test(-run)?\.ts$/.test(from) && whole.has(importer))) return undefined
  if (mayImport[importer]?.includes(imported)) {
    const runs = importer === 'journal' && imported === 'wire' && !typeOnly
    return runs ? `${from} may import types of the wire only: a journal holds no codec` : undefined
  }
  return `${from} imports ${to}, but ${importer} may import ${mayImport[importer]?.join(', ') || 'nothing'}: ${because[importer] ?? 'see the table'}`
}

test('every import follows an arrow of the design', () => {
  const objections = [...sources].flatMap(([file, text]) => importsOf(file, text).flatMap(each => objection(each) ?? []))
  assert.deepEqual(objections, [])
})

test('every folder of code has its row in the table', () => {
  const layers = [...new Set(files.map(layerOf))].filter(layer => layer !== 'layers')
  assert.deepEqual(
    layers.filter(layer => mayImport[layer] === undefined),
    [],
  )
})

test('the reader of imports sees every form of import, and the table refuses what it should', () => {
  const text = `
import { a } from '../host/host.ts'
import type { B } from '../wire/codec.ts'
export { c } from './here.ts'
import {
  d,
} from '../card/card.ts'
import '../bench/bench.ts'
const e = await import('../report/report.ts')`
  const found = importsOf('emulator/terminal/terminal.ts', text)
  const targets = ['host/host.ts', 'wire/codec.ts', 'terminal/here.ts', 'card/card.ts', 'bench/bench.ts', 'report/report.ts']
  assert.deepEqual(
    found.map(({ to }) => to),
    targets.map(to => `emulator/${to}`),
  )
  assert.deepEqual(
    found.map(each => objection(each) !== undefined),
    [true, true, false, false, true, true],
  )
  assert.match(
    objection({ from: 'emulator/journal/a.ts', to: 'emulator/wire/b.ts', typeOnly: false }) ?? '',
    /types of the wire only/,
  )
})

test('nothing prints but the command line and the formatter', () => {
  const prints = [...sources]
    .filter(([file, text]) => !file.endsWith('.test.ts') && /\bprocess\.std(out|err)\b|\bconsole\.\w+\(/.test(text))
    .map(([file]) => file)
    .filter(file => !file.startsWith('emulator/cli/') && file !== 'emulator/report/formatter.ts')
  assert.deepEqual(prints, [])
})

test('no file of code is longer than 400 lines', () => {
  const long = [...sources]
    .filter(([file]) => !/\.(test|suite)\.ts$/.test(file))
    .map(([file, text]) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > 400)
  assert.deepEqual(long, [])
})
