import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { startChromium } from '../browser/chromium.ts'
import { skip } from '../browser/needed.test-run.ts'
import { where } from '../where.ts'
import { tillproof } from './main.test-run.ts'

// The report as a reader has it: one file, opened in a browser.

const desktop = { viewport: { width: 1280, height: 900 } }
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const failing = '03-void/wrong-merchant-void:6'

let browser: Browser
let folder: string
const reports = new Map<string, string>()

before(async () => {
  if (skip) return
  folder = await mkdtemp(join(tmpdir(), 'tillproof-report-page-'))
  const runs: readonly (readonly [name: string, code: number, ...argv: string[]])[] = [
    ['green', 0, '--only', 'VOID-001,TERM-004'],
    ['failing', 1, '--only', 'VOID-013', '--fault', 'host:approves a void from another merchant'],
    ['http', 0, '--only', 'VOID-001', '--profile', join(where.root, 'fixtures/profiles/json-http.yaml')],
    ['moneyless', 1, '--only', 'VOID-001', '--fault', 'host:acknowledges a void without moving money'],
  ]
  for (const [name, code, ...argv] of runs) {
    const out = join(folder, name)
    const ran = await tillproof(['certify', ...argv, '--seed', '1', '--out', out])
    assert.equal(ran.code, code, `${name}: ${ran.err}${ran.out}`)
    reports.set(name, pathToFileURL(join(out, 'report.html')).href)
  }
  browser = await startChromium()
})

after(async () => {
  if (skip) return
  await browser.close()
  await rm(folder, { recursive: true })
})

/** Opens the report of a run; whatever goes wrong in the page, or leaves it for a network, fails the test. */
async function reading(name: string, options: BrowserContextOptions, does: (page: Page) => Promise<void>, place = '') {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const trouble: string[] = []
  page.on('pageerror', error => trouble.push(error.message))
  page.on('console', message => trouble.push(message.text()))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) trouble.push(request.url())
  })
  try {
    await page.goto(`${reports.get(name)}${place}`)
    await does(page)
    assert.deepEqual(trouble, [])
  } finally {
    await context.close()
  }
}

/** Opens the scenario, and in it the first message or call. */
async function openFirst(page: Page, selector: string): Promise<void> {
  const scenario = page.locator(selector).first()
  if ((await scenario.getAttribute('open')) === null) await scenario.locator('summary').click()
  const button = scenario.locator('button[aria-expanded=false]').first()
  if ((await button.count()) > 0) await button.click()
}

const inTheLight = ['desktop in the light', { ...desktop, colorScheme: 'light' }] as const
const inTheDark = ['phone in the dark', { ...phone, colorScheme: 'dark' }] as const

for (const [run, [name, options]] of [
  ['green', inTheLight],
  ['green', inTheDark],
  ['failing', inTheLight],
  ['failing', inTheDark],
  ['http', inTheLight],
  ['moneyless', inTheDark],
] as const)
  test(`the report of a ${run} run has no fault that matters for anybody who cannot see or point, ${name}`, { skip }, () =>
    reading(run, options, async page => {
      await openFirst(page, 'details.scenario')
      await page.locator('.in-words summary').click()
      const { violations } = await new AxeBuilder({ page }).analyze()
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      assert.deepEqual(
        grave.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).slice(0, 3)}`),
        [],
      )
    }),
  )

test('a mark tells what it stands for, and leads to the ladder of its scenario', { skip }, () =>
  reading('failing', desktop, async page => {
    const mark = page.locator('.spot.failed').first()
    await mark.hover()
    assert.match(
      (await page.locator('#readout').textContent()) ?? '',
      /^VOID-013 · The neighbour knows every detail of the slip: failed\. A void/,
    )
    await mark.click()
    const scenario = page.locator(`[id="${failing}"]`)
    await scenario.locator('.ladder').waitFor()
    assert.equal(await scenario.getAttribute('open'), '')
  }),
)

test('the marks are one stop of the Tab key; arrow keys move between them, and Enter opens one', { skip }, () =>
  reading('failing', desktop, async page => {
    const drawing = page.locator('svg.drawing[data-part=acquirer]')
    const stops = drawing.locator('.spot[tabindex="0"]')
    assert.equal(await stops.count(), 1)
    await stops.focus()
    await page.keyboard.press('End')
    const told = (await page.locator('#readout').textContent()) ?? ''
    assert.match(told, /^VOID-013/)
    assert.equal(await stops.count(), 1)
    await page.keyboard.press('Enter')
    await page.locator(`[id="${failing}"] .ladder`).waitFor()
  }),
)

test('a scenario shows the glass, the keys, both slips and the money', { skip }, () =>
  reading(
    'failing',
    desktop,
    async page => {
      const scenario = page.locator(`[id="${failing}"]`)
      await scenario.locator('.lcd', { hasText: '请输入金额 amount' }).first().waitFor()
      const enter = scenario.locator('kbd.enter').first()
      assert.match((await enter.textContent()) ?? '', /enter/)
      const slips = await scenario.locator('.paper figcaption').allTextContents()
      assert.deepEqual(slips.slice(0, 2), ['sale · merchant copy', 'sale · customer copy'])
      assert.ok((await scenario.locator('.move').count()) >= 2)
    },
    `#${encodeURI(failing)}`,
  ),
)

test('on paper of any font a Chinese character is as wide as two others', { skip }, () =>
  reading(
    'failing',
    desktop,
    async page => {
      const widths = `(() => {
        const slip = document.querySelector('.slip')
        slip.append('\\n')
        const ruler = slip.appendChild(document.createElement('span'))
        ruler.textContent = '0'.repeat(20)
        const column = ruler.getBoundingClientRect().width / 20
        return [...slip.querySelectorAll('i')].map(cell => cell.getBoundingClientRect().width / column)
      })()`
      const cells = await page.evaluate<number[]>(widths)
      assert.ok(cells.length > 20)
      assert.deepEqual(
        cells.filter(width => Math.abs(width - 2) > 0.05),
        [],
      )
    },
    `#${encodeURI(failing)}`,
  ),
)

test('a card that does not hold what it should is told by words and signs, not by colour alone', { skip }, () =>
  reading('moneyless', desktop, async page => {
    await openFirst(page, 'details.scenario[data-verdict=failed]')
    const cell = page.locator('.mismatch').first()
    assert.match((await cell.textContent()) ?? '', /^✗ ¥999,912\.00should be ¥1,000,000\.00$/)
    assert.match((await page.locator('.agrees').first().textContent()) ?? '', /^✗ A card does not hold/)
  }),
)

test('an HTTP call opens with its headers and bodies, and its credentials are dots', { skip }, () =>
  reading('http', desktop, async page => {
    await page.locator('details.scenario summary').first().click()
    const call = page.locator('button.call').first()
    await call.click()
    const detail = page.locator('.detail.http').first()
    assert.match((await detail.locator('.start').first().textContent()) ?? '', /^POST \/v1\//)
    assert.equal(await detail.getByRole('row', { name: 'Authorization' }).locator('td').textContent(), '•••')
    assert.match((await detail.locator('.body').last().textContent()) ?? '', /"resultCode": "00"/)
  }),
)

for (const run of ['failing', 'http'])
  test(`no part of the report of a ${run} run is wider than a phone`, { skip }, () =>
    reading(run, phone, async page => {
      await openFirst(page, 'details.scenario')
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      assert.equal(width, 390)
    }),
  )

test('printed, the drawing of requirements and scenarios stands on the page in its whole width', { skip }, () =>
  reading('failing', { viewport: { width: 760, height: 1000 } }, async page => {
    await page.emulateMedia({ media: 'print' })
    const box = await page.locator('svg.drawing').first().boundingBox()
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 760, JSON.stringify(box))
    assert.equal(await page.locator('#readout').isVisible(), false)
  }),
)
