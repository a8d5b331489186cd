import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { posts } from '../values/back-office.ts'
import { where } from '../where.ts'
import { loadForJudging } from './load.ts'
import { loadPages } from './pages-file.ts'
import { blanks, worded } from './pages-form.ts'

const page = await readFile(join(where.docs, 'back-office.md'), 'utf8')
const [, office = '', pages = ''] = page.split('```yaml\n').map(part => part.split('```')[0] ?? '')
const folder = await mkdtemp(join(tmpdir(), 'pages-page-'))
after(() => rm(folder, { recursive: true }))

test('the pages file on the page is a whole one', async () => {
  const file = join(folder, 'acme.pages.yaml')
  await writeFile(file, pages)
  const { ways, records } = await loadPages(file)
  assert.deepEqual(Object.keys(ways), ['signIn', 'find', 'askForVoid', 'approve', 'follow', 'audit'])
  assert.equal(records?.newest, 'first')
  const wrong = page.match(/the page \S+ lacks the button “Cancel payment” \(acme\.pages\.yaml:(\d+)\)/)
  assert.match(pages.split('\n')[Number(wrong?.[1]) - 1] ?? '', /Cancel payment/)
})

test('the profile on the page is read as it stands there', async () => {
  const file = join(folder, 'profile.yaml')
  await writeFile(file, `${await readFile(where.referenceProfile, 'utf8')}\n${office}`)
  const { backOffice } = await loadForJudging(file)
  assert.deepEqual(Object.keys(backOffice?.staff.get('M00000000000001') ?? {}), posts)
})

test('the page names every blank, and every status in the order in which they are tried', () => {
  for (const blank of Object.keys(blanks)) assert.ok(page.includes(`{${blank}}`), blank)
  const table = page.slice(page.indexOf('| status |'))
  const places = worded.map(status => table.indexOf(`\`${status}\``))
  assert.ok(places.every(place => place > 0))
  assert.deepEqual(
    places.toSorted((one, other) => one - other),
    places,
  )
})
