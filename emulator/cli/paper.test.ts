import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { AxeBuilder } from '@axe-core/playwright'
import { startChromium } from '../browser/chromium.ts'
import { skip } from '../browser/needed.test-run.ts'
import { openPress, type Press } from '../browser/press.ts'
import { certificateOf } from '../certificate/certificate.ts'
import { laidOut, printed } from '../certificate/print.ts'
import { resultOf, rowsOf, sampleDigests } from '../certificate/sample.ts'
import type { Language } from '../certificate/words.ts'
import { sampleResult } from '../report/sample.ts'
import type { DeviationResult, Result } from '../verdict/result.ts'
import { tillproof, tillproofHere } from './main.test-run.ts'
import { type PdfText, readPdf } from './pdf-text.test-run.ts'

let press: Press
let folder: string
/** Why nothing can be printed in Chinese, if it cannot. In continuous integration that is a failure. */
let noChinese: string | undefined

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paper-'))
  if (skip) return
  const opened = await openPress()
  if ('missing' in opened) throw new Error(opened.missing)
  press = opened
  if (!(await press.draws('认证')) && (process.env.CI ?? '') === '') noChinese = 'no font here has Chinese characters'
})

after(async () => {
  if (!skip) await press.close()
  await rm(folder, { recursive: true })
})

async function paperOf(result: Result, language: Language = 'en'): Promise<PdfText> {
  const print = async (page: string): Promise<Uint8Array> => {
    assert.ok(await press.fits(page), 'nothing runs out of the sheet')
    return press.print(page)
  }
  return readPdf(await printed(certificateOf(result, sampleDigests), language, { fits: press.fits, print }))
}

/** A run's folder as far as the certificate reads it. */
async function runWith(result: unknown): Promise<string> {
  const run = await mkdtemp(join(folder, 'run-'))
  await writeFile(join(run, 'result.json'), JSON.stringify(result))
  return run
}

const failure = {
  finding: 'the void of the neighbour (another merchant) was approved, and its money moved from one account to another',
  expected: 'a refusal: 25, 03, 12, 58, and the sale as it was',
  received: '00',
}
const green = resultOf([...rowsOf(60, 'passed'), ...rowsOf(40, 'passed', { id: 'LEDG-001' })])
const sixtyFailed = resultOf([...rowsOf(60, 'failed', failure), ...rowsOf(100, 'passed')])

test('one page, tagged, with a title and its verdict in words: certified', { skip }, async () => {
  const { pages, tagged, title, text } = await paperOf(green)
  assert.deepEqual([pages, tagged, title], [1, true, 'Certified · Example Acquiring, laboratory · tillproof'])
  assert.match(text, /^CERTIFIED$/m)
  assert.match(text, /^All 100 requirements that were judged of the acquirer hold\.$/m)
})

test('sixty failed rows are one page too: the gravest stand on it, and the others are counted', { skip }, async () => {
  const { pages, text } = await paperOf(sixtyFailed)
  assert.equal(pages, 1)
  assert.match(text, /^NOT CERTIFIED$/m)
  const more = Number(/and (\d+) more, in report\.html/.exec(text)?.[1])
  const shown = text.match(/^VOID-1\d\d$/gm)?.length ?? 0
  assert.equal(shown + more, 60)
  assert.match(text, new RegExp(`VOID-${101 + shown} [\\d\\s]* 160$`, 'm'), 'the others by their ids')
  assert.ok(shown >= 3 && shown < 30, `${shown} are shown`)
})

test('whatever is long or many, it stays one page', { skip }, async () => {
  const deviations = Array.from(
    { length: 12 },
    (_, at): DeviationResult => ({
      requirement: `VOID-${101 + at}`,
      reason: 'the old core, which is replaced in spring, '.repeat(6),
      approver: 'Head of acquiring and merchant services',
      expires: '2026-12-31',
      stands: 'in force',
    }),
  )
  const name = '示范收单机构，第三实验室，'.repeat(12)
  const long = {
    ...green.run,
    profile: { name, sha256: '0'.repeat(64) },
    endpoint: `https://${'very.'.repeat(30)}long.example/`,
    seed: 's'.repeat(200),
  }
  const results: readonly Result[] = [
    { ...sixtyFailed, run: long },
    { ...green, run: long, remarks: Array.from({ length: 9 }, () => 'a remark that does not end '.repeat(30)) },
    resultOf([...rowsOf(12, 'failed', failure), ...rowsOf(90, 'passed')], { deviations, run: long }),
    { ...green, limit: { only: Array.from({ length: 90 }, (_, at) => `SETL-${101 + at}`), tags: '@a or '.repeat(99) } },
    resultOf([...rowsOf(260, 'passed'), ...rowsOf(240, 'passed', { part: 'instrument' })]),
  ]
  for (const [at, result] of results.entries()) assert.equal((await paperOf(result, at % 2 === 0 ? 'en' : 'zh')).pages, 1)
})

test('in Chinese its text is Chinese, on one page', { skip }, async t => {
  if (noChinese) return t.skip(noChinese)
  const { pages, title, text } = await paperOf(sixtyFailed, 'zh')
  assert.deepEqual([pages, title], [1, '未通过认证 · Example Acquiring, laboratory · tillproof'])
  assert.match(text, /^未通过认证$/m)
  assert.match(text, /VOID\n撤销\n0\/60/)
  assert.doesNotMatch(text, /\uFFFD/)
})

test('everybody can read it: axe finds nothing serious, certified or not', { skip }, async () => {
  const browser = await startChromium()
  try {
    const page = await (await browser.newContext()).newPage()
    for (const result of [green, sixtyFailed]) {
      await page.setContent(await laidOut(certificateOf(result, sampleDigests), 'en', press.fits))
      const { violations } = await new AxeBuilder({ page }).analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      assert.deepEqual(
        grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        [],
      )
    }
  } finally {
    await browser.close()
  }
})

test('the same result gives the same text', { skip }, async () => {
  assert.equal((await paperOf(sampleResult)).text, (await paperOf(sampleResult)).text)
})

test('a font without Chinese is noticed, and one with it is not complained about', { skip }, async () => {
  assert.equal(await press.draws('认证'), noChinese === undefined)
  // Nobody has assigned these; they stand for characters that no font has.
  assert.equal(await press.draws('\u{E0FFE}\u{E0FFF}'), false)
})

test('`certificate` prints beside the result that stands there, and says where; exit code 0 though it failed', {
  skip,
}, async () => {
  const run = await runWith(sampleResult)
  const { code, out, err } = await tillproofHere(['certificate', run])
  assert.deepEqual([code, out, err], [0, `${join(run, 'certificate.pdf')}\n`, ''])
  const { pages, text } = readPdf(await readFile(join(run, 'certificate.pdf')))
  assert.equal(pages, 1)
  assert.match(text, /NOT CERTIFIED[\s\S]*not beside the result/)
})

test('a result that is not what the journal beside it says is not printed', async () => {
  const run = join(folder, 'doctored')
  const ran = await tillproof(['certify', '--only', 'VOID-001', '--seed', '7', '--out', run])
  assert.equal(ran.code, 0, ran.err)
  const journal = join(run, 'journal.ndjson')
  const whole = await readFile(journal, 'utf8')
  const without = whole.split('\n').filter(line => !(line.includes('"is":"received"') && line.includes('"name":"void"')))
  assert.ok(without.length < whole.split('\n').length, 'an answer to the void is taken out')
  await writeFile(journal, without.join('\n'))
  const { code, err } = await tillproofHere(['certificate', run])
  assert.equal(code, 5, err)
  assert.match(err, /result\.json is not what the journal beside it is judged to be/)
  assert.equal(existsSync(join(run, 'certificate.pdf')), false)
})

test('`certify --pdf zh` leaves it beside the report, with the digest of the journal', { skip }, async t => {
  if (noChinese) return t.skip(noChinese)
  const out = join(folder, 'certified')
  const { code, err } = await tillproofHere(['certify', '--only', 'SALE-001', '--pdf', 'zh', '--out', out])
  assert.equal(code, 0, err)
  assert.match(err, /printed .*certificate\.pdf/)
  const { text } = readPdf(await readFile(join(out, 'certificate.pdf')))
  assert.match(text, /认证通过[\s\S]*journal\.ndjson\n[0-9a-f]{64}/)
})

test('without a browser nothing is begun, and one command gets it', async () => {
  const out = join(folder, 'never')
  const env = process.env.TILLPROOF_CHROMIUM
  process.env.TILLPROOF_CHROMIUM = join(folder, 'no-such-browser')
  try {
    for (const argv of [
      ['certify', '--pdf', '--out', out],
      ['certificate', await runWith(sampleResult)],
    ]) {
      const { code, out: said, err } = await tillproofHere(argv)
      assert.deepEqual([code, said], [5, ''])
      assert.match(err, /^tillproof: a certificate is printed by a browser, which is missing\n {2}TILLPROOF_CHROMIUM names .*\n$/)
    }
    assert.equal(existsSync(out), false)
  } finally {
    if (env === undefined) delete process.env.TILLPROOF_CHROMIUM
    else process.env.TILLPROOF_CHROMIUM = env
  }
})

const latin = ['/usr/share/fonts/truetype/dejavu', '/usr/share/fonts/truetype/liberation'].filter(existsSync)

test('without a Chinese font it is said in words, and which package has one', { skip: skip || latin.length === 0 }, async () => {
  const configured = join(folder, 'fonts.conf')
  const folders = latin.map(each => `<dir>${each}</dir>`).join('')
  await mkdir(join(folder, 'font-cache'))
  await writeFile(
    configured,
    `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>`,
  )
  process.env.FONTCONFIG_FILE = configured
  try {
    const run = await runWith(sampleResult)
    const { code, err } = await tillproofHere(['certificate', run, '--language', 'zh'])
    assert.equal(code, 5)
    assert.match(
      err,
      /^tillproof: no font here has Chinese characters.*\n {2}Install one, on Debian with: apt-get install fonts-noto-cjk/,
    )
    assert.equal((await tillproofHere(['certificate', run])).code, 0, 'English needs none')
  } finally {
    delete process.env.FONTCONFIG_FILE
  }
})

test('what is no result, or one that somebody touched up, is not printed', async () => {
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{ ...sampleResult, verdict: 'certified', exitCode: 0 }, /contradicts itself: it is "certified", and VOID-013 failed/],
    [{ ...sampleResult, requirements: 'none' }, /result\.json: `requirements`: /],
    ['certified', /result\.json: /],
  ]
  for (const [result, says] of cases) {
    const { code, out, err } = await tillproofHere(['certificate', await runWith(result)])
    assert.deepEqual([code, out], [5, ''])
    assert.match(err, says)
    assert.doesNotMatch(err, /^\s+at /m)
  }
  const { code, err } = await tillproofHere(['certificate', folder])
  assert.equal(code, 5)
  assert.match(err, /is not the folder of a run: it has no result\.json/)
})
