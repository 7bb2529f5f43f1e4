/**
 * `npm run screenshots [folder]`: every page of the console, in both themes, as pictures. In: nothing; it starts servers of
 * its own, one with the demo. Out: PNG files, named for page and theme.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser, signIn, visit, widths } from '#kit/console.ts'
import { startServer } from '#kit/server-process.ts'
import { pictureFloor, pictureRecording } from './floor.ts'

const out = resolve(process.argv[2] ?? 'screenshots')
mkdirSync(out, { recursive: true })
const data = join(mkdtempSync(join(tmpdir(), 'outdial-screenshots-')), 'data')
const server = await startServer({ OUTDIAL_DATA_DIR: data, OUTDIAL_SIM_SEED: '7' })
await server.saying('a month of calls')
const browser = await openBrowser()
const key = readFileSync(join(data, 'owner-api-key'), 'utf8').trim()
try {
  const { page } = await signIn(browser, { url: server.url, key })
  await goToDemo(page)
  for (const [name, path] of Object.entries(await findPlaces(page))) {
    await visit(page, path)
    await take(page, name)
  }
} finally {
  await browser.close()
  await server.kill()
  rmSync(join(data, '..'), { recursive: true, force: true })
}
await pictureFloor(take)
await pictureRecording(take)
console.log(`The pages are in ${out}`)

/** The page as it stands, in both themes, at the desk and on a phone. */
async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, viewport] of Object.entries(widths)) {
      await page.setViewportSize(viewport)
      await page.screenshot({ path: join(out, `${name}-${colorScheme}-${width}.png`) })
    }
  }
}

/** As the page itself asks; it is signed in. */
async function ask(page: Page, method: 'get' | 'put', path: string, data?: object) {
  const answer = await page.context().request[method](`${server.url}/api/v1${path}`, {
    headers: { 'sec-fetch-site': 'same-origin' },
    ...(data && { data }),
  })
  // biome-ignore lint/suspicious/noExplicitAny: lists of every noun.
  return (await answer.json()) as { data: any[] }
}

async function goToDemo(page: Page): Promise<void> {
  const { data } = await ask(page, 'get', '/me/workspaces')
  await ask(page, 'put', '/me/workspace', { workspace: data.find(({ is_demo }) => is_demo).id })
  await page.goto(`${server.url}/campaigns`)
  await page.locator('[data-live=connected]').waitFor()
}

/** Each page by a name for its file. */
async function findPlaces(page: Page): Promise<Record<string, string>> {
  const campaigns = (await ask(page, 'get', '/campaigns')).data
  const calls = (await ask(page, 'get', '/calls?disposition=sale')).data
  const running = campaigns.find(({ name }) => name.includes('autumn')).id
  const [lead] = (await ask(page, 'get', `/campaigns/${running}/leads?limit=1`)).data
  const imports = (await ask(page, 'get', '/imports')).data
  return {
    campaigns: '/campaigns',
    campaign: `/campaigns/${running}`,
    ...Object.fromEntries(
      ['audience', 'mode', 'script', 'schedule', 'rules', 'review'].map((step) => [
        `set-up-${step}`,
        `/campaigns/${running}/set-up?step=${step}`,
      ]),
    ),
    leads: `/campaigns/${running}?tab=leads`,
    lead: `/campaigns/${running}?tab=leads&lead=${lead.id}`,
    'campaign-calls': `/campaigns/${running}?tab=calls`,
    'campaign-analytics': `/campaigns/${running}?tab=analytics`,
    'campaign-settings': `/campaigns/${running}?tab=settings`,
    contacts: '/contacts',
    contact: `/contacts/${lead.contact_id}`,
    imports: '/imports',
    'new-import': '/imports/new',
    ...(imports[0] && { import: `/imports/${imports[0].id}` }),
    scripts: '/scripts',
    messages: '/voicemail-drops',
    desk: '/desk',
    wallboard: '/wallboard',
    agents: '/agents',
    teams: '/agents?show=teams',
    calls: '/calls',
    'calls-live': '/calls?live=true',
    call: `/calls/${calls[0].id}`,
    recordings: '/recordings',
    analytics: '/analytics',
    'do-not-call': '/do-not-call?number=%2B12125550199',
    'do-not-call-lists': '/do-not-call?tab=lists',
    compliance: '/compliance',
    consents: '/compliance?tab=consents',
    trunks: '/trunks',
    users: '/users',
    'api-keys': '/api-keys',
    dispositions: '/dispositions',
    workspace: '/workspace',
  }
}
