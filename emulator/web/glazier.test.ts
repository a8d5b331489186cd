import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { BrowserContext } from 'playwright'
import { Bench } from '../bench/bench.ts'
import { type Laboratory, openLaboratory } from '../bench/laboratory.ts'
import { readParameters } from '../bench/parameters.ts'
import { findChromium } from '../browser/chromium.ts'
import { yuan } from '../values/amount.ts'
import { where } from '../where.ts'
import { Glazier } from './glazier.ts'
import { unzipped } from './unzip.test-run.ts'

const found = findChromium()
const skip = 'missing' in found && (process.env.CI ?? '') === '' ? found.missing : false

/** A line of the page's own script that is not as it should be. */
type Flaw = Readonly<{ file: string; instead: string; of: string }>

/** A laboratory whose pages have that flaw, and a folder for what it keeps. */
async function behindGlass(
  flaw: Flaw | undefined,
  does: (laboratory: Laboratory, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tillproof-glass-'))
  const parameters = readParameters({
    profile: where.referenceProfile,
    seed: 'glass',
    driver: 'page',
    pages: join(folder, 'pages'),
  })
  const laboratory = await openLaboratory(parameters)
  laboratory.glass = await Glazier.open(laboratory, context => (flaw === undefined ? Promise.resolve() : flawed(context, flaw)))
  try {
    await does(laboratory, folder)
  } finally {
    await laboratory.glass.close()
    await laboratory.close()
    await rm(folder, { recursive: true })
  }
}

async function flawed(context: BrowserContext, { file, instead, of }: Flaw): Promise<void> {
  await context.route(`**/web/page/${file}.js`, async route => {
    const response = await route.fetch()
    const script = await response.text()
    assert.ok(script.includes(of), `${file} says ${of}`)
    await route.fulfill({ response, body: script.replace(of, instead) })
  })
}

/** A scenario in which Alice pays; what it wrote. */
async function scenario(laboratory: Laboratory, does: (bench: Bench) => Promise<unknown>, status = 'PASSED') {
  const bench = new Bench({ attach: () => undefined })
  const place = { uri: 'features/by-hand.feature', line: 1, rule: 'A rule', name: 'A sale', tags: ['SALE-001'] }
  await bench.open(laboratory, place)
  bench.step('Alice pays 88.00 yuan at the shop', 'Action')
  try {
    return await does(bench)
  } finally {
    await bench.close(status, undefined)
  }
}

const alicePays = (bench: Bench): Promise<unknown> =>
  bench.cashier.sell(bench.tills.at('the shop'), { card: bench.cast.card('Alice'), amount: yuan(88_00n) })

test('a page serves one scenario after the other, and till beside till', { skip }, () =>
  behindGlass(undefined, async laboratory => {
    for (let times = 0; times < 2; times += 1)
      await scenario(laboratory, async bench => {
        await alicePays(bench)
        await bench.cashier.sell(bench.tills.at('the neighbour'), { card: bench.cast.card('Bob'), amount: yuan(1_00n) })
        await bench.cashier.void(bench.tills.at('the shop'), bench.memory.last('sale', 'Alice'))
        assert.deepEqual(bench.tills.at('the shop').hands.shows().slice(0, 1), ['交易成功 APPROVED'])
      })
  }),
)

for (const [name, flaw, says] of [
  [
    'leaves out a line of the display',
    { file: 'device', of: '...lines.map(', instead: '...lines.slice(1).map(' },
    /it shows .* where the terminal shows “操作员号 operator number”/,
  ],
  [
    'leaves out a display',
    { file: 'app', of: "if (entry.is === 'display')", instead: "if (entry.is === 'display' && entry.lines.length < 4)" },
    /it shows “.*” where the terminal shows “.*请输入密码 PIN/,
  ],
  [
    'prints no slip for the customer',
    { file: 'paper', of: 'roll.append(drawn(slip))', instead: "if (slip.copy === 'merchant') roll.append(drawn(slip))" },
    /its paper is nothing where the terminal prints “.*CARDHOLDER COPY/s,
  ],
  [
    'has a dead key',
    { file: 'device', of: 'click: () => at.press(name)', instead: "click: () => name === 'enter' || at.press(name)" },
    /key enter was pressed, and the page asked the terminal for nothing/,
  ],
  [
    'has a key that presses another',
    { file: 'device', of: 'click: () => at.press(name)', instead: "click: () => at.press(name === '1' ? '2' : name)" },
    /pressed was 0, 1, and the page asked for 0, 2/,
  ],
  [
    'names a state that the terminal is not in',
    { file: 'app', of: 'document.body.dataset.at = at', instead: "document.body.dataset.at = at === 'keying PIN' ? 'idle' : at" },
    /it says that the terminal is “idle”, and the terminal is “keying PIN”/,
  ],
  [
    'has a script that fails',
    { file: 'paper', of: 'empty.remove()', instead: "throw new Error('out of paper')" },
    /its script failed: out of paper/,
  ],
] as const satisfies readonly (readonly [string, Flaw, RegExp])[])
  test(`a page that ${name} fails the step, and is kept`, { skip }, () =>
    behindGlass(flaw, async (laboratory, folder) => {
      await assert.rejects(() => scenario(laboratory, alicePays, 'FAILED'), says)
      assert.deepEqual((await readdir(join(folder, 'pages'))).sort(), ['by-hand@1.png', 'by-hand@1.zip'])
    }),
  )

test('a browser that dies fails the step, and nothing stays open that would keep the run from ending', { skip }, async () => {
  const laboratory = await openLaboratory(readParameters({ profile: where.referenceProfile, seed: 'glass', driver: 'page' }))
  const doors = (): number => process.getActiveResourcesInfo().filter(kind => kind === 'TCPServerWrap').length
  const open = doors()
  let die = (): Promise<void> => Promise.resolve()
  laboratory.glass = await Glazier.open(laboratory, async context => {
    die = async () => context.browser()?.close()
  })
  await die()
  await assert.rejects(() => scenario(laboratory, alicePays, 'PASSED'), /closed/)
  await laboratory.glass.close()
  assert.equal(doors(), open)
  await laboratory.close()
})

test('a trace has the steps and what the page showed, and nothing of what was pressed', { skip }, () =>
  behindGlass(undefined, async (laboratory, folder) => {
    await scenario(
      laboratory,
      async bench => {
        await bench.cashier.sell(bench.tills.at('the shop'), {
          card: bench.cast.card('Alice'),
          amount: yuan(88_00n),
          how: 'keyed',
        })
        bench.step('the shop voids that sale', 'Action')
        await bench.cashier.void(bench.tills.at('the shop'), bench.memory.last('sale'))
      },
      'FAILED',
    )
    const entries = unzipped(await readFile(join(folder, 'pages', 'by-hand@1.zip')))
    const trace = entries.get('trace.trace')?.toString() ?? ''
    assert.match(trace, /Alice pays 88\.00 yuan at the shop/)
    assert.match(trace, /交易成功 APPROVED/)
    const all = [...entries].map(([name, data]) => name + data.toString('latin1')).join('\n')
    assert.doesNotMatch(all, /"do\\?":\\?"press/, 'no key that was pressed')
    for (const { holder, pan, pin } of laboratory.profile.cards) {
      assert.ok(!all.includes(pan.reveal()), `the card number of ${holder}`)
      // One of noughts only stands in many an amount.
      const isTelling = pin !== undefined && new Set(pin.reveal()).size > 2
      assert.ok(!isTelling || !all.includes(pin.reveal()), `the PIN of ${holder}`)
    }
    assert.doesNotMatch(all, /\b0000\b|123456/, 'no password')
    assert.doesNotMatch(all, new RegExp(where.root), 'no path of this machine')
  }),
)
