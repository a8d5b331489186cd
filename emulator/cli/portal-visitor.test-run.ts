import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import { type Host, startHost } from '../host/host.ts'
import type { Approval } from '../host/portal/office.ts'
import { testStaff } from '../host/portal/staff.ts'
import { book, dialect, Till } from '../host/test-till.ts'

export const shop = 'M00000000000001'
export const teaHouse = 'M00000000000002'
const seed = 'portal'
const staff = testStaff(book.merchants, seed)

/** A host with its portal, and a till of the shop. */
export type Premises = Readonly<{ host: Host; till: Till; url: string }>

export async function premises(approval: Approval = 'second person'): Promise<Premises> {
  const host = await startHost({ book, dialect, seed, clock: 'virtual', port: 'none' })
  const { url } = await host.openPortal({ port: 0, approval, staff })
  return { host, till: await Till.at(host), url: url.href }
}

export function passwordOf(name: string): string {
  const member = staff.find(one => one.name === name)
  if (!member) throw new RangeError(`nobody is called ${name}`)
  return member.password.reveal()
}

/** Somebody's browser, signed in. @param post  such as `clerk` or `approver2` */
export async function visitor(browser: Browser, { url }: Premises, post: string, merchantId = shop): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ locale: 'en-GB', baseURL: url })
  context.setDefaultTimeout(4000)
  const page = await context.newPage()
  const name = `${post}@${merchantId}`
  await page.goto('/sign-in')
  await page.getByLabel('User').fill(name)
  await page.getByLabel('Password').fill(passwordOf(name))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/transactions')
  return page
}

/** What can be read in a part of a page, once it is there. */
export async function told(part: Locator): Promise<string> {
  await part.first().waitFor()
  return (await part.allInnerTexts()).join('\n')
}
