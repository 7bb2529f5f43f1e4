/** A browser that works in the console as a person does: by what is written on it, and by the keyboard. */
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { findTool } from './tools.ts'

/** Wide, and the narrowest that the console has to fit. */
export const widths = { desk: { width: 1366, height: 768 }, phone: { width: 360, height: 740 } } as const

export async function openBrowser(): Promise<Browser> {
  // Under root Chromium has no sandbox.
  return chromium.launch({ executablePath: findTool('chromium') as string, args: ['--no-sandbox'] })
}

export interface Visitor {
  context: BrowserContext
  page: Page
  /** What went wrong in the page since it was opened: errors, refusals of its policy. */
  troubles: string[]
}

/** Somebody who has signed in by a link of their own. */
export async function signIn(
  browser: Browser,
  server: { url: string; key: string },
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const headers = { authorization: `Bearer ${server.key}` }
  const made = await fetch(`${server.url}/api/v1/sign-in-links`, { method: 'POST', headers })
  const { url } = (await made.json()) as { url: string }
  return openVisitor(browser, url, options)
}

/** Somebody who comes by a link that lets them in. */
export async function openVisitor(
  browser: Browser,
  link: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: widths.desk, locale: 'en-US', ...options })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  await page.goto(link)
  await page.locator('[data-live=connected]').waitFor()
  return { context, page, troubles }
}

/** What the browser itself says of an answer that is a refusal, or that did not come. */
const ofTheBrowser = /^Failed to load resource|net::ERR_/

/** The page's own troubles: without those of the network, which were meant. */
export const ownTroubles = ({ troubles }: Visitor): string[] =>
  troubles.filter((trouble) => !ofTheBrowser.test(trouble))

/** What the page says could not be read, and the way to ask again. */
export function failuresOn(page: Page) {
  const main = page.getByRole('main')
  return { said: main.getByRole('alert'), again: main.getByRole('button', { name: 'Try again' }) }
}

/** What axe finds against the page as it stands, one line each; rules of WCAG 2.2 A and AA, and of good practice. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Without copies of styles, which the page's policy would forbid it.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'], preload: false }).setLegacyMode()
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  )
}

/** By how many pixels the page is wider than its window. */
export async function overflowOf(page: Page): Promise<number> {
  return page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
}

/** Goes to an address as a link does, without loading the console anew, and waits until all of the page is there. */
export async function visit(page: Page, path: string): Promise<void> {
  // As text: the kit itself runs where there is no document. The page before stays until the next one is loaded; its heading
  // is marked, but for another part of the same page, which may keep it.
  await page.evaluate(`{
    const to = new URL(${JSON.stringify(path)}, location.origin)
    if (to.pathname !== location.pathname) document.querySelector('h1')?.setAttribute('data-before', '')
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }`)
  await page.locator('h1:not([data-before])').waitFor()
  await page.locator('.animate-pulse').first().waitFor({ state: 'detached' })
}
