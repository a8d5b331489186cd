import type { Page } from 'playwright'

/** Somebody at the page, with a mouse or with nothing but a keyboard. */
export interface Visitor {
  key(name: string): Promise<void>
  digits(text: string): Promise<void>
  /** Takes a card from the wallet, by its place in it, and swipes it. */
  swipe(no: number): Promise<void>
}

/** Resolves when the terminal is in that state, as the page knows it. */
export async function stands(page: Page, at: string): Promise<void> {
  await page.locator(`body[data-at="${at}"]`).waitFor({ timeout: 20_000 })
}

export function withMouse(page: Page): Visitor {
  const press = (name: string): Promise<void> => page.locator(`[data-key="${name}"]`).click()
  return {
    key: press,
    digits: async text => {
      for (const digit of text) await press(digit)
    },
    swipe: async no => {
      const to = await middle(page, '[data-reader="stripe"]')
      const from = await middle(page, `[data-card="${no}"]`)
      await page.mouse.move(from.x, from.y)
      await page.mouse.down()
      await page.mouse.move(to.x, to.y, { steps: 6 })
      await page.mouse.up()
    },
  }
}

async function middle(page: Page, selector: string): Promise<Readonly<{ x: number; y: number }>> {
  await page.locator(selector).scrollIntoViewIfNeeded()
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not on the page`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const letters: Readonly<Record<string, string>> = {
  'sign in': 'i',
  sale: 's',
  void: 'v',
  settle: 't',
  enter: 'Enter',
  cancel: 'Escape',
  clear: 'Backspace',
}

export function withKeyboard(page: Page): Visitor {
  const { keyboard } = page
  return {
    key: name => keyboard.press(letters[name] ?? name),
    digits: text => keyboard.type(text),
    swipe: async no => {
      for (let tabs = 0; tabs < 40; tabs += 1) {
        await keyboard.press('Tab')
        if (await page.locator(`[data-card="${no}"]:focus`).count()) break
      }
      await keyboard.press('Enter')
      await keyboard.press('Enter')
    },
  }
}

export async function signIn(page: Page, visitor: Visitor): Promise<void> {
  await visitor.key('sign in')
  await visitor.digits('01')
  await visitor.key('enter')
  await visitor.digits('0000')
  await visitor.key('enter')
  await page.getByText('SIGNED IN').first().waitFor()
}

/** A sale on that card, to the end; `fen` as keyed. */
export async function sell(page: Page, visitor: Visitor, fen: string, card: number, pin: string): Promise<void> {
  await visitor.key('sale')
  await visitor.digits(fen)
  await visitor.key('enter')
  await visitor.key('enter')
  await stands(page, 'awaiting card')
  await visitor.swipe(card)
  await stands(page, 'keying PIN')
  await visitor.digits(pin)
  await visitor.key('enter')
  await stands(page, 'told')
}

export async function voidVoucher(page: Page, visitor: Visitor, voucher: string, card: number, pin: string): Promise<void> {
  await visitor.key('void')
  await visitor.digits('123456')
  await visitor.key('enter')
  await visitor.digits(voucher)
  await visitor.key('enter')
  await stands(page, 'confirming original')
  await visitor.key('enter')
  await visitor.swipe(card)
  await stands(page, 'keying PIN')
  await visitor.digits(pin)
  await visitor.key('enter')
  await stands(page, 'told')
}

export async function settle(page: Page, visitor: Visitor): Promise<void> {
  await visitor.key('settle')
  await stands(page, 'confirming settlement')
  await visitor.key('enter')
  await stands(page, 'told')
}
