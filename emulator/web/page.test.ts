import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright'
import { type Counter, openCounter } from '../bench/counter.ts'
import { startChromium } from '../browser/chromium.ts'
import { skip } from '../browser/needed.test-run.ts'
import { loadProfile } from '../profile/load.ts'
import { where } from '../where.ts'
import { serveTerminal, type TerminalPage } from './server.ts'
import { sell, settle, signIn, stands, type Visitor, voidVoucher, withKeyboard, withMouse } from './visitor.test-run.ts'

const desktop = { viewport: { width: 1440, height: 900 }, locale: 'en' }
const phone = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true, isMobile: true }

let browser: Browser

before(async () => {
  if (skip) return
  browser = await startChromium()
})

after(async () => {
  if (!skip) await browser.close()
})

/** A till of its own, and a browser that looks at it; whatever goes wrong in the page fails the test. */
async function atTheTill(
  options: BrowserContextOptions,
  does: (page: Page, served: TerminalPage, counter: Counter) => Promise<void>,
) {
  const counter = await openCounter(await loadProfile(where.referenceProfile), 'page')
  const served = await serveTerminal(counter, 0)
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('pageerror', error => wrong.push(error.message))
  page.on('console', message => message.type() === 'error' && wrong.push(message.text()))
  try {
    await page.goto(served.url)
    await stands(page, 'idle')
    await does(page, served, counter)
    assert.deepEqual(wrong, [])
  } finally {
    await context.close()
    await served.close()
    await counter.close()
  }
}

/** Its lines. */
const display = async (page: Page): Promise<string> => (await page.locator('.glass p').allTextContents()).join('\n')

const textOf = async (page: Page, selector: string): Promise<string> => (await page.locator(selector).textContent()) ?? ''

for (const [how, hands] of [
  ['by mouse', withMouse],
  ['by keyboard alone', withKeyboard],
] as const)
  test(`a sale, its void with the supervisor's password, and a settlement, ${how}`, { skip }, () =>
    atTheTill(desktop, async page => {
      const visitor: Visitor = hands(page)
      await signIn(page, visitor)
      await sell(page, visitor, '8800', 0, '123456')
      assert.match(await display(page), /APPROVED\n¥88\.00/)
      await voidVoucher(page, visitor, '2', 0, '123456')
      assert.match(await display(page), /APPROVED/)
      assert.deepEqual(await page.locator('#batch .state').allTextContents(), ['voided', 'approved'])
      await settle(page, visitor)
      assert.match(await display(page), /SETTLED|balanced/i)
      assert.deepEqual(await page.locator('#batch td small').allTextContents(), ['in the batch before', 'in the batch before'])
      assert.equal(await page.locator('.slip-paper').count(), 5)
      assert.match(await textOf(page, '#ladder'), /0200 sale.*0210 sale → 00.*0200 void.*0500 settle/)
    }),
  )

test('a lost reply leaves a reversal to be sent, and the page shows whose money is where', { skip }, () =>
  atTheTill(desktop, async page => {
    const visitor = withMouse(page)
    await signIn(page, visitor)
    await page.locator('[data-trouble="loses the reply"]').click()
    await page.locator('[data-trouble="loses the reply"][aria-checked="true"]').waitFor()
    await sell(page, visitor, '1200', 1, '234567')
    await page.locator('[data-trouble="loses the reply"][aria-checked="false"]').waitFor()
    assert.match(await textOf(page, '.due'), /sale 000002 of ¥12\.00/)
    assert.match(await textOf(page, '#money'), /Bob.*-¥12\.00/)
    await visitor.key('reverse')
    await page.getByText('Nothing is to be undone.').waitFor()
    assert.doesNotMatch(await textOf(page, '#money'), /Bob/)
  }),
)

test('what was done by hand is saved as a scenario, and passes through certify', { skip }, () =>
  atTheTill(desktop, async page => {
    const visitor = withKeyboard(page)
    await signIn(page, visitor)
    await sell(page, visitor, '8800', 0, '123456')
    await sell(page, visitor, '1200', 1, '234567')
    await voidVoucher(page, visitor, '2', 0, '123456')
    await page.locator('.gherkin').waitFor()
    const download = page.waitForEvent('download')
    await page.locator('.save').click()
    const folder = await mkdtemp(join(tmpdir(), 'tillproof-page-'))
    const file = join(folder, 'done.feature')
    await (await download).saveAs(file)
    const saved = await readFile(file, 'utf8')
    assert.match(
      saved,
      /Given Alice paid 88\.00 yuan at the shop\n +And Bob paid 12\.00 yuan at the shop\n +When the shop voids Alice's sale/,
    )
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(where.root, 'bin', 'tillproof.js'),
      ...['certify', '--only-file', file, '--seed', '1', '--out', join(folder, 'run'), '--json'],
    ])
    const result: { exitCode: number; requirements: readonly { id: string; verdict: string }[] } = JSON.parse(stdout)
    assert.equal(result.exitCode, 0)
    assert.deepEqual(
      [...new Set(result.requirements.map(({ id, verdict }) => `${id} ${verdict}`))],
      ['VOID-001 passed', 'VOID-002 passed'],
    )
    await rm(folder, { recursive: true })
  }),
)

test('a pulled plug turns the display dark, and what was going on comes to its end when it is back', { skip }, () =>
  atTheTill(desktop, async page => {
    const visitor = withMouse(page)
    await signIn(page, visitor)
    await page.locator('[data-trouble="power fails before the answer is read"]').click()
    await visitor.key('sale')
    await visitor.digits('500')
    await visitor.key('enter')
    await visitor.key('enter')
    await visitor.swipe(0)
    await stands(page, 'keying PIN')
    await visitor.digits('123456')
    await visitor.key('enter')
    await stands(page, 'off')
    assert.equal((await display(page)).trim(), '')
    await page.locator('[data-trouble="plug"]').click()
    await page.locator('[data-trouble="plug"][aria-checked="true"]').waitFor()
    assert.match(await textOf(page, '.due'), /sale 000002 of ¥5\.00/)
  }),
)

for (const [name, options] of [
  ['on a desk, in English', desktop],
  ['on a phone, in Chinese, in the dark', { ...phone, colorScheme: 'dark' as const }],
] as const)
  test(`axe finds nothing serious ${name}`, { skip }, () =>
    atTheTill(options, async page => {
      const visitor = withKeyboard(page)
      await signIn(page, visitor)
      await sell(page, visitor, '8800', 0, '123456')
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      assert.deepEqual(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
        [],
      )
      const sticksOut: number = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
      assert.equal(sticksOut, 0, 'nothing sticks out at the side')
    }),
  )

test('each of twenty key presses shows on the display', { skip }, t =>
  atTheTill(desktop, async page => {
    const visitor = withKeyboard(page)
    await signIn(page, visitor)
    await visitor.key('sale')
    await stands(page, 'keying amount')
    const millis: number[] = await page.evaluate(`(async () => {
      const glass = document.querySelector('.glass'), till = document.querySelector('.casing'), times = []
      for (let no = 0; no < 20; no += 1) {
        const key = no % 2 ? 'Backspace' : '7'
        await new Promise(shown => {
          const began = performance.now()
          const watcher = new MutationObserver(() => { watcher.disconnect(); times.push(performance.now() - began); shown() })
          watcher.observe(glass, { childList: true, subtree: true, characterData: true })
          till.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
        })
      }
      return times
    })()`)
    assert.equal(millis.length, 20)
    const median = millis.toSorted((one, other) => one - other)[millis.length / 2] ?? Number.NaN
    t.diagnostic(`from a key press to the display: ${median.toFixed(1)} ms at the median`)
  }),
)

test('a line to the page that breaks comes back by itself, and nothing is shown twice', { skip }, () =>
  atTheTill(desktop, async (page, served) => {
    let hangUp = (): void => undefined
    await page.routeWebSocket('**/live', link => {
      const server = link.connectToServer()
      hangUp = () => void link.close().then(() => server.close())
    })
    await page.goto(served.url)
    await stands(page, 'idle')
    const visitor = withKeyboard(page)
    await signIn(page, visitor)
    hangUp()
    await page.locator('#link.away').waitFor()
    await page.locator('#link.live').waitFor()
    assert.match(await display(page), /SIGNED IN/)
    assert.equal(await page.locator('#ladder .arrow').count(), 2)
  }),
)

test('labels change their language, and the display keeps both of its own', { skip }, () =>
  atTheTill(desktop, async page => {
    await page.locator('#language').click()
    assert.equal(await textOf(page, '[data-key="sale"] .word'), '消费')
    assert.equal(await page.locator('html').getAttribute('lang'), 'zh')
    assert.match(await display(page), /欢迎使用 READY/)
  }),
)

test('a used or wrong token, a foreign origin and a foreign name of the host are turned away', { skip }, () =>
  atTheTill(desktop, async (_page, served) => {
    const { origin, port } = new URL(served.url)
    assert.equal(await statusOf(served.url, {}), 401, 'the browser has used it')
    assert.equal(await statusOf(`${origin}/?token=wrong`, {}), 401)
    assert.equal(await statusOf(`${origin}/web/page/app.js`, {}), 401)
    assert.equal(await statusOf(`${origin}/`, { origin: 'http://evil.example' }), 403)
    assert.equal(await statusOf(`${origin}/`, { host: `evil.example:${port}` }), 403)
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    assert.equal(await statusOf(`${origin}/live`, { ...upgrade, origin: 'http://evil.example' }), 403)
    assert.equal(await statusOf(`${origin}/live`, { ...upgrade, origin }), 401)
  }),
)

function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, response => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })
}
