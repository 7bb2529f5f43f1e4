/** A hundred thousand of everything: what is in view is there at once, and what is not costs nothing. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { CDPSession, Page } from 'playwright-core'
import { type Visitor, visit } from '#kit/console.ts'
import { readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { addManyRows } from '#kit/many-rows.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

const many = 100_000
const all = '100,000'
/** So far down somebody scrolls. */
const far = 5_000
const mostDrawn = 60
const mostHeapMb = 60

describe('a hundred thousand rows', { skip, timeout: 120_000 }, () => {
  let here: ConsoleServer
  let campaign: string
  let visitor: Visitor
  let page: Page
  let devtools: CDPSession
  before(async () => {
    here = await openConsole()
    campaign = await addManyRows(here.db, await readTenant(here.db), many)
    visitor = await here.signIn()
    page = visitor.page
    page.setDefaultTimeout(20_000)
    devtools = await visitor.context.newCDPSession(page)
  })
  after(async () => {
    await here?.close()
    assert.deepEqual(visitor.troubles, [])
  })

  const table = (name: string) => page.getByRole('region', { name, exact: true })
  const row = (at: number) => page.locator(`tr[data-index="${at}"]`)

  /** Scrolls to the end of what is there until so many rows were in view. */
  async function scrollFar(name: string): Promise<void> {
    await row(0).waitFor()
    const scroll = () =>
      table(name).evaluate((box) => {
        box.scrollTo(0, box.scrollHeight)
        return Number([...box.querySelectorAll('tr[data-index]')].at(-1)?.getAttribute('data-index'))
      })
    while ((await scroll()) < far);
  }
  const rowsDrawn = async () =>
    (await page
      .locator('tr[data-index]')
      .evaluateAll((rows) => rows.map((each) => Number(each.dataset.index)))) as number[]
  /** What the page holds after everything that nobody needs is gone. */
  async function heapMb(): Promise<number> {
    await devtools.send('HeapProfiler.collectGarbage')
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6
  }
  async function assertBounded(): Promise<void> {
    assert.ok((await rowsDrawn()).length <= mostDrawn, `${(await rowsDrawn()).length} rows are drawn`)
    const heap = await heapMb()
    assert.ok(heap < mostHeapMb, `${Math.round(heap)} MB are held`)
  }
  const countOf = async (sql: string) =>
    Number((await here.db.owner.query(`select count(*) from ${sql}`)).rows[0].count)

  it('of people are walked through by mouse and keyboard, and only those in view are drawn', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await visit(page, '/contacts')
    await page.getByText(`${all} people`, { exact: true }).waitFor()
    await scrollFar('Contacts')
    await assertBounded()
    const box = table('Contacts')
    await box.focus()
    await page.keyboard.press('Home')
    await row(0).waitFor()
    await page.keyboard.press('PageDown')
    await row(25).waitFor()
    await row(20).locator('a').focus()
    for (let step = 0; step < 30; step += 1) await page.keyboard.press('ArrowDown')
    await row(50).locator(':focus').waitFor()
    await page.keyboard.press('End')
    while (Math.max(...(await rowsDrawn())) < far);

    // Somebody new is seen without a reload, and few requests read all of it anew.
    asked.length = 0
    await here.ask('POST', '/contacts', { full_name: 'New Comer', phones: ['+442079460101'] })
    await here.file('/imports?file_name=one.csv', 'name,phone\nOne More,+442079460102\n')
    await page.getByText('100,002 people', { exact: true }).waitFor()
    await page.keyboard.press('Home')
    await page.getByRole('link', { name: 'New Comer' }).waitFor()
    const reads = asked.filter((url) => /contacts\?/.test(url)).length
    assert.ok(reads <= 30, `${reads} requests`)
  })

  it('of people are found, and called to the last of them: the count is said first', async () => {
    await scrollFar('Contacts')
    await page.getByRole('searchbox').fill('fam1234')
    const found = await countOf("contacts where full_name ilike '%fam1234%'")
    await page.getByText(`${found} people`, { exact: true }).waitFor()
    await row(0).getByRole('link', { name: 'Fam1234', exact: false }).waitFor()
    await page.getByRole('button', { name: `Call ${found} people` }).waitFor()
    await page.getByLabel('Choose all that are loaded').check()
    const chosen = await page.getByText(/\d+ chosen/).textContent()
    await page.getByRole('button', { name: `Call ${/(\d+) chosen/.exec(chosen ?? '')?.[1]} people` }).waitFor()
    await page.getByRole('button', { name: 'Choose none' }).click()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Call 100,002 people' }).click()
    await page.getByRole('dialog').getByRole('heading', { name: '100,002', exact: false }).waitFor()
    await page.keyboard.press('Escape')
  })

  it('of leads are scrolled, sorted and filtered', async () => {
    await visit(page, `/campaigns/${campaign}?tab=leads`)
    await scrollFar('Leads')
    await assertBounded()
    await page.getByLabel('Which leads').selectOption('called')
    await page.getByRole('link', { name: 'Name50 Fam50', exact: true }).waitFor()
    await row(0).getByText('Called', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'No.' }).click()
    await page.getByRole('link', { name: 'Name300 Fam100000', exact: true }).waitFor()
  })

  it('of calls are scrolled, filtered and found by whom they were with', async () => {
    await visit(page, '/calls')
    await scrollFar('Calls')
    await assertBounded()
    await page.getByRole('combobox', { name: 'Outcome', exact: true }).selectOption('busy')
    await row(0).getByText('Busy').waitFor()
    await page.getByRole('searchbox').fill('fam77777')
    await page.getByRole('link', { name: 'Name11 Fam77777', exact: true }).waitFor()
    assert.equal((await rowsDrawn()).length, 1)
  })
})
