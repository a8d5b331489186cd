import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { where } from '../where.ts'
import { loadPages } from './pages-file.ts'
import { pagesSchema } from './pages-form.ts'
import { ProfileError } from './problem.ts'
import { blanksIn, filled, wordsOf } from './words.ts'

const folder = await mkdtemp(join(tmpdir(), 'pages-'))
const good = await readFile(where.referencePages, 'utf8')
after(() => rm(folder, { recursive: true }))

async function problems(old: string, instead: string): Promise<string> {
  assert.ok(good.includes(old), `the good file holds ${old}`)
  const file = join(folder, 'pages.yaml')
  const text = good.replace(old, instead)
  await writeFile(file, text)
  try {
    await loadPages(file)
  } catch (thrown) {
    if (!(thrown instanceof ProfileError)) throw thrown
    return thrown.problems.map(({ line, says, hint }) => `${text.split('\n')[line - 1]?.trim()} | ${says} | ${hint}`).join('\n')
  }
  return ''
}

test('both pages files that come with tillproof are good', async () => {
  const ours = await loadPages(where.referencePages)
  assert.deepEqual(Object.keys(ours.ways), [
    'signIn',
    'find',
    'askForVoid',
    'askForRefund',
    'approve',
    'reject',
    'follow',
    'audit',
  ])
  assert.equal(ours.waitMillis, 10_000)
  const other = await loadPages(join(where.fixtures, 'back-offices', 'one-page.yaml'))
  assert.equal(other.ways.approve, undefined)
})

for (const [wrong, old, instead, says] of [
  ['an unknown key', 'askForVoid:', 'askForViod:', /unknown key `askForViod` \| Did you mean "askForVoid"\?/],
  ['a part that is needed', '\nfollow:', '\nreject2:', /`follow` is missing/],
  [
    'a role that there is not',
    'role: button, name: Submit',
    'role: buton, name: Submit',
    /role: buton.*\| .*"buton", which is not one of its values \| Did you mean "button"\?/,
  ],
  [
    'two ways to find one control',
    '{ label: Reason }',
    '{ label: Reason, css: "#reason" }',
    /\| .* It must have exactly one of role, label, text and css/,
  ],
  [
    'a name without a role',
    '{ label: Reason }',
    '{ label: Reason, name: Reason }',
    /It must have a `role` where it has a `name`/,
  ],
  [
    'two things in one step',
    'press: { role: button, name: Submit }',
    'press: { role: button, name: Submit }\n    open: /x',
    /exactly one of open, fill/,
  ],
  [
    'a field that is filled with nothing',
    '{ fill: { label: Note }, with: "{note}", otherwise: *notDeciding }',
    '{ fill: { label: Note } }',
    /It must say what it is filled `with`/,
  ],
  [
    'a blank that nothing is put into',
    '"{evidence}"',
    '"{evidenc}"',
    /nothing is put into \{evidenc\} \| Did you mean "evidence"\?/,
  ],
  [
    'a password out of its place',
    '{ label: Evidence }, with: "{evidence}"',
    '{ label: Evidence }, with: "{password}"',
    /\{password\} is written somewhere else/,
  ],
  [
    'words that are no regular expression',
    '[/awaits approval$/]',
    '[/awaits (approval$/]',
    /\(approval\$\/" is no regular expression/,
  ],
  [
    'a number without a group',
    "'/requests/(\\d+)'",
    "'/requests/\\d+'",
    /has no group \| Put the part that is the number in parentheses/,
  ],
  ['a status that there is not', 'voided: [Voided]', 'avoided: [Voided]', /avoided.*Did you mean "voided"\?/],
] as const)
  test(`${wrong}: said with its line and what to do`, async () => assert.match(await problems(old, instead), says))

test('plain words are all there is, in any white space; between slashes they are a regular expression', () => {
  assert.ok(wordsOf('Awaits approval', {}).test('\n  Awaits\n approval '))
  assert.ok(!wordsOf('Approved', {}).test('Not Approved'))
  assert.ok(wordsOf('/approved/i', {}).test('Not Approved'))
  assert.ok(wordsOf('/Sale {trace}$/', { trace: '000012' }).test('Sale\n000012'))
  assert.ok(wordsOf('{amount} (due)', { amount: '88.00' }).test('88.00 (due)'))
  assert.ok(!wordsOf('/{amount}/', { amount: '88.00' }).test('88700'), 'what is put in is text, and no pattern')
})

test('a blank is filled in, and a text with one that has nothing to put there is none', () => {
  assert.equal(filled('/requests/{request}', { request: '7' }), '/requests/7')
  assert.equal(filled('{reference}', {}), undefined)
  assert.deepEqual(blanksIn('/^\\p{Lu}\\d{2} {trace}$/'), ['trace'])
})

test('docs/pages.schema.json is the form', async () => {
  const published: unknown = JSON.parse(await readFile(join(where.docs, 'pages.schema.json'), 'utf8'))
  assert.deepEqual(published, JSON.parse(JSON.stringify(pagesSchema())), 'run: node emulator/profile/schema-file.ts')
})
