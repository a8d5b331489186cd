import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../journal/entry.ts'
import type { Result } from '../verdict/result.ts'
import { htmlReport } from './html.ts'
import { href, html, json } from './markup.ts'
import { reportOf } from './report.ts'
import { sampleFields, sampleResult } from './sample.ts'
import { sampleEntries } from './sample-journal.ts'

const page = htmlReport(reportOf(sampleResult, sampleEntries, sampleFields))
const nasty = `</script><script>alert('1')</script><!-- "' 消费撤销 💳 <img src=x onerror=alert(1)>`

/** The page without what its author wrote: only places where a run's own text stands. */
const dataOf = (text: string): string =>
  /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text)?.[1] ?? assert.fail('no data')

test('values in a template are escaped, in text and in attributes', () => {
  assert.equal(html`<b title="${'"x"'}">${'<'}${undefined}${[1, html`<i>`]}</b>`.text, '<b title="&quot;x&quot;">&lt;1<i></b>')
  assert.equal(json({ name: '</script>' }).text, '{"name":"\\u003C/script>"}')
  assert.equal(href('03-void/correct-void:14#27'), '#03-void/correct-void:14%2327')
})

test('the page asks nothing of any network', () => {
  assert.match(page, /content="default-src &#39;none&#39;; style-src/)
  assert.ok(!/\b(?:src|href)="(?!#)/.test(page.replace(dataOf(page), '')))
  assert.ok(!/url\(|@import/.test(page))
})

test('the face of a limited run says what it was limited to', () => {
  const limit = { only: ['SALE-001', 'VOID-001'], tags: 'not @exclusive' }
  const limited = htmlReport(reportOf({ ...sampleResult, limit }, sampleEntries, sampleFields))
  const face = limited.slice(limited.indexOf('<header'), limited.indexOf('</header>'))
  for (const part of ['<dt>only rows</dt><dd>SALE-001, VOID-001</dd>', '<dt>only scenarios</dt><dd>not @exclusive</dd>'])
    assert.ok(face.includes(part), part)
})

test('the headline carries verdict, profile, suite, seed and the scope of the certificate', () => {
  const face = page.slice(page.indexOf('<header'), page.indexOf('</header>'))
  for (const part of [
    '<h1>not certified</h1>',
    'Example Acquiring, laboratory',
    'tillproof 0.1.0',
    '<dd>42</dd>',
    '2026-11-21 08:30:00 UTC',
    'No approval by any card scheme or by EMVCo',
  ])
    assert.ok(face.includes(part), part)
})

test('every requirement has a cell with a sign and a card, and the cell leads to the card', () => {
  for (const { id, verdict } of sampleResult.requirements) {
    assert.match(
      page,
      new RegExp(`<a class="cell [a-z]+" href="#${id}" [^>]*aria-label="${id} ${verdict}"><i>\\d+</i><b>\\S</b>`),
    )
    assert.ok(page.includes(`id="${id}" data-verdict="${verdict}"`), id)
  }
})

test('a failure says expected and received, whose it is, where its evidence stands, and how to run it again', () => {
  const card = page.slice(page.indexOf('id="VOID-013"'), page.indexOf('id="VOID-020"'))
  for (const part of [
    'This is the acquirer&#39;s.',
    'a refusal, one of 03 25 58',
    'approval 00; merchant',
    'href="#03-void/wrong-merchant-void:9%2310"',
    'certify --only VOID-013 --seed 42',
  ])
    assert.ok(card.includes(part), part)
})

test('what is not covered is shown apart, with its reason', () => {
  const apart = page.slice(page.indexOf('id="not-covered"'))
  assert.match(apart, /VOID-031<\/th><td>needs a second acquirer/)
  assert.ok(!page.includes('class="cell na" href="#VOID-031"'))
})

test('the data of the page is the data of the report', () => {
  const { scenarios, cited } = JSON.parse(dataOf(page))
  assert.deepEqual(Object.keys(scenarios), [
    '03-void/correct-void:14',
    '03-void/wrong-merchant-void:9',
    '05-reversal/lost-reply:22',
  ])
  assert.deepEqual(cited['03-void/wrong-merchant-void:9#10'], [['VOID-013', 'failed']])
})

test('hostile text, quotes, Chinese and emoji stay text, wherever they stand', () => {
  const soiled: Result = JSON.parse(JSON.stringify(sampleResult), (key, value) =>
    ['says', 'name', 'finding', 'expected', 'received', 'because', 'saw', 'endpoint'].includes(key) ? nasty : value,
  )
  const entries: Entry[] = JSON.parse(JSON.stringify(sampleEntries), (key, value) =>
    ['text', 'says', 'name', 'rule', 'reference', 'key'].includes(key) ? nasty : value,
  )
  const text = htmlReport(reportOf(soiled, entries, [...sampleFields, { path: '37', name: 'reference', is: nasty }]))
  assert.equal(text.split('<script').length - 1, 2)
  assert.equal(text.split('</script>').length - 1, 2)
  assert.ok(!text.includes('<img'))
  assert.ok(!text.includes('<!-- '))
  assert.ok(text.includes('消费撤销 💳'))
  assert.ok(JSON.stringify(JSON.parse(dataOf(text))).includes('</script><script>'))
})

test('150 scenarios of a dozen messages fit in five megabytes', () => {
  const entries = Array.from({ length: 150 }, (_, at) => {
    const bodies = sampleEntries.filter(entry => entry.is === 'sent' || entry.is === 'received').slice(0, 6)
    return [...bodies, ...bodies, ...sampleEntries.slice(0, 20)].map((entry, n) => ({
      ...entry,
      id: `03-void/correct-void:${at}#${n}`,
    }))
  }).flat()
  const size = Buffer.byteLength(htmlReport(reportOf(sampleResult, entries, sampleFields)))
  assert.ok(size < 5_000_000, `${size} bytes`)
})

test('what our own instrument failed at does not stand against the acquirer', () => {
  const requirements = sampleResult.requirements.map(row =>
    row.part === 'instrument' ? { ...row, verdict: 'failed' as const } : row,
  )
  const text = htmlReport(reportOf({ ...sampleResult, requirements }, sampleEntries, sampleFields))
  const against = text.slice(text.indexOf('What stands against it'), text.indexOf('Where our own instrument failed'))
  assert.ok(against.includes('VOID-013'))
  assert.ok(!against.includes('TERM-004'))
  assert.ok(!page.includes('Where our own instrument failed'))
})
