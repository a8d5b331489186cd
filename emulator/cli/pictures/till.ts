import { join } from 'node:path'
import type { Page } from 'playwright'
import { settle, signIn, stands, type Visitor, withKeyboard } from '../../web/visitor.test-run.ts'
import type { Picture } from './picture.ts'
import { atTheTill } from './terminal.ts'

/** A till in a narrow window, so that its words are large beside its keys. */
const narrow = { viewport: { width: 310, height: 900 }, deviceScaleFactor: 1, hasTouch: false }

type Step = Readonly<{ name: string; does: (page: Page, visitor: Visitor) => Promise<void>; language?: 'zh' }>

/** A morning at a till, as the README tells it. */
const steps: readonly Step[] = [
  { name: 'till-amount', does: keyAmount },
  { name: 'till-pin', does: swipeAndKeyPin },
  { name: 'till-approved', does: finish },
  { name: 'till-void', does: keySupervisorPassword },
  { name: 'till-voided', does: voidTheSale },
  { name: 'till-settled', does: settle, language: 'zh' },
]

const fileOf = (step: string): string => `pictures/${step}.png`

/** Paper, display and function keys, step by step. */
export const tillPictures: Picture = {
  files: steps.map(({ name }) => fileOf(name)),
  take: (browser, folder) =>
    atTheTill(browser, { ...narrow, locale: 'en' }, async page => {
      const visitor = withKeyboard(page)
      const { height } = await upperPart(page)
      await signIn(page, visitor)
      for (const { name, does, language } of steps) {
        if (language === 'zh') await page.locator('#language').click()
        await page.locator('.casing').focus()
        await does(page, visitor)
        await page.locator(':focus').blur()
        await page.evaluate('scrollTo(0, 0)')
        await page.screenshot({ path: join(folder, fileOf(name)), clip: { ...(await upperPart(page)), height } })
      }
    }),
}

async function keyAmount(_: Page, visitor: Visitor): Promise<void> {
  await visitor.key('sale')
  await visitor.digits('8800')
}

async function swipeAndKeyPin(page: Page, visitor: Visitor): Promise<void> {
  await visitor.key('enter')
  await visitor.key('enter')
  await stands(page, 'awaiting card')
  await visitor.swipe(0)
  await stands(page, 'keying PIN')
  await visitor.digits('123456')
}

async function finish(page: Page, visitor: Visitor): Promise<void> {
  await visitor.key('enter')
  await stands(page, 'told')
}

async function keySupervisorPassword(_: Page, visitor: Visitor): Promise<void> {
  await visitor.key('void')
  await visitor.digits('123456')
}

async function voidTheSale(page: Page, visitor: Visitor): Promise<void> {
  await visitor.key('enter')
  await visitor.digits('2')
  await visitor.key('enter')
  await stands(page, 'confirming original')
  await visitor.key('enter')
  await visitor.swipe(0)
  await stands(page, 'keying PIN')
  await visitor.digits('123456')
  await finish(page, visitor)
}

/** From the paper that came out last to the first row of keys; what is below is the same in every picture. */
async function upperPart(page: Page): Promise<Readonly<{ x: number; y: number; width: number; height: number }>> {
  const casing = await page.locator('.casing').boundingBox()
  const key = await page.locator('.functions .key').first().boundingBox()
  if (casing === null || key === null) throw new Error('the till is not on the page')
  const [paper, margin] = [128, 7]
  const y = Math.round(casing.y) - paper
  const height = Math.round(key.y + key.height + margin - y)
  return { x: casing.x - margin, y, width: casing.width + 2 * margin, height }
}
