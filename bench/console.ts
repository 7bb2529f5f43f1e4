/**
 * The console in a real browser: what is loaded before the first page is there, how long it takes to change the page and to see
 * what one did, a thousand live calls scrolled, and a call found among a million. Over the server, with everything between.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { openBrowser, openVisitor } from '#kit/console.ts'
import { addLiveCalls, readTenant } from '#kit/console-calls.ts'
import { startServer } from '#kit/server-process.ts'
import { fillCalls } from './call-history.ts'
import { flag, openBenchDatabase, percentile, report } from './kit.ts'

const calls = flag('calls', 1_000_000)
const live = flag('live', 1000)
const rounds = flag('rounds', 5)
const pages = [
  'Campaigns',
  'Contacts',
  'Calls',
  'Do not call',
  'Compliance',
  'Trunks',
  'Users',
  'Dispositions',
  'Workspace',
]

const db = await openBenchDatabase(4)
const data_dir = join(db.folder, 'data')
const server = await startServer({ DATABASE_URL: db.owner_url, OUTDIAL_DATA_DIR: data_dir, OUTDIAL_DEMO: '0' })
const browser = await openBrowser()
try {
  const tenant = await readTenant(db)
  await fillCalls(db.owner, tenant, { persons: Math.ceil(calls * 0.4), count: calls, days: 60, now: Date.now() })
  await addLiveCalls(db, tenant, live)
  await db.owner.query('analyze')
  const first = await loadFirst()
  const page = await open()
  const changes = await changePages(page)
  const acts = await actOn(page)
  const scroll = await scrollLive(page)
  const search = await searchCalls(page)
  const lower = { better: 'lower' } as const
  report(
    'console',
    [
      { name: 'script before the first page, gzip', value: first.kb, unit: 'kB', floor: 180, goal: 90, ...lower },
      { name: 'first load on a processor four times slower', value: first.ms, unit: 'ms', floor: 2000, ...lower },
      { name: 'change of page, p95', value: percentile(changes, 0.95), unit: 'ms', floor: 300, goal: 150, ...lower },
      { name: 'what was done is seen, p95', value: percentile(acts, 0.95), unit: 'ms', floor: 100, goal: 50, ...lower },
      { name: `longest task, ${live} live calls scrolled`, value: scroll, unit: 'ms', floor: 50, goal: 25, ...lower },
      {
        name: `found and shown, ${calls} calls, p95`,
        value: percentile(search, 0.95),
        unit: 'ms',
        floor: 500,
        goal: 250,
        ...lower,
      },
    ],
    { calls, live, rounds },
  )
} finally {
  await browser.close()
  await server.kill()
  await db.close()
}

async function open(): Promise<Page> {
  const key = readFileSync(join(data_dir, 'owner-api-key'), 'utf8').trim()
  const headers = { authorization: `Bearer ${key}` }
  const made = await fetch(`${server.url}/api/v1/sign-in-links`, { method: 'POST', headers })
  return (await openVisitor(browser, ((await made.json()) as { url: string }).url)).page
}

/** Until the campaigns are there, with nothing in the browser's cache. */
async function loadFirst(): Promise<{ kb: number; ms: number }> {
  const page = await open()
  // What that page still loads after it is shown is none of the next one's.
  await page.goto('about:blank')
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const sizes = new Map<string, Promise<number>>()
  page.on('response', (answer) => {
    if (answer.request().resourceType() === 'script')
      sizes.set(
        answer.url(),
        answer.body().then((body) => gzipSync(body).length),
      )
  })
  await page.addInitScript(`new MutationObserver((_, watch) => {
    if (!document.body?.textContent.includes('No campaign yet')) return
    performance.mark('shown')
    watch.disconnect()
  }).observe(document, { childList: true, subtree: true })`)
  await page.goto(`${server.url}/campaigns`)
  await page.getByText('No campaign yet').waitFor()
  const { ms, before } = (await page.evaluate(`(() => {
    const ms = performance.getEntriesByName('shown')[0].startTime
    const asked = performance.getEntriesByType('resource').filter(({ startTime }) => startTime <= ms)
    return { ms, before: asked.map(({ name }) => name) }
  })()`)) as { ms: number; before: string[] }
  const loaded = await Promise.all(before.map((url) => sizes.get(url) ?? 0))
  await page.context().close()
  return { kb: loaded.reduce((sum, size) => sum + size, 0) / 1000, ms }
}

/** From the click on a link to the next frame in which the page has its heading and nothing is still being read. */
async function changePages(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const name of pages) {
      const ms = await page.evaluate(`new Promise((resolve) => {
        const link = [...document.querySelectorAll('nav a')].find((each) => each.textContent === ${JSON.stringify(name)})
        const began = performance.now()
        const look = () => {
          const there = document.querySelector('h1')?.textContent === ${JSON.stringify(name)}
          if (there && !document.querySelector('main .animate-pulse')) resolve(performance.now() - began)
          else requestAnimationFrame(look)
        }
        link.click()
        requestAnimationFrame(look)
      })`)
      took.push(ms as number)
    }
  }
  return took
}

/** From the event to the next frame: tabs, menus, boxes, letters. */
async function actOn(page: Page): Promise<number[]> {
  await goTo(page, 'Campaigns')
  await page.evaluate(`globalThis.seen = []; new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.interactionId) globalThis.seen.push(each.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: false })`)
  let done = 0
  for (let round = 0; round < rounds; round += 1) {
    for (const tab of ['Active', 'Scheduled', 'Completed', 'All']) {
      await page.getByRole('radio', { name: tab, exact: true }).click()
      done += 1
    }
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').pressSequentially('abc')
    await page.getByRole('searchbox').fill('')
    done += 5
  }
  const seen = (await page.evaluate('globalThis.seen')) as number[]
  // What took less than the browser tells of counts as that.
  return [...seen, ...Array.from({ length: Math.max(0, done - seen.length) }, () => 16)]
}

/** The longest task of the page's main thread, in ms of its own processor time, while the wheel turns a hundred times. */
async function scrollLive(page: Page): Promise<number> {
  await page.goto(`${server.url}/calls?live=true`)
  const table = page.getByRole('region', { name: /calls are up/ })
  await table.locator('tr[data-index]').nth(5).waitFor()
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] })
  for (let step = 1; step <= 100; step += 1) {
    await page.evaluate(`new Promise((resolve) => {
      document.querySelector('section[tabindex="0"]').scrollTop = ${step} * 240
      requestAnimationFrame(() => requestAnimationFrame(resolve))
    })`)
  }
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const main = traceEvents.find(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name.endsWith('RunTask') && pid === main?.pid && tid === main.tid,
  )
  return Math.max(...tasks.map(({ tdur, dur }) => (tdur ?? dur ?? Number.NaN) / 1000))
}

/** What Chromium writes down of its threads; durations in microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

/** From the last letter to the rows, by last digits and by names. */
async function searchCalls(page: Page): Promise<number[]> {
  await page.goto(`${server.url}/calls`)
  const box = page.getByRole('searchbox').first()
  await page.locator('tr[data-index]').first().waitFor()
  const took: number[] = []
  for (let round = 0; round < rounds * 4; round += 1) {
    const words = round % 2 === 0 ? String(1000 + round * 37) : `Fam${(round * 7919) % 997}`
    const answered = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('search') === words)
    const began = performance.now()
    await box.fill(words)
    await answered
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
    took.push(performance.now() - began)
  }
  return took
}

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
}
