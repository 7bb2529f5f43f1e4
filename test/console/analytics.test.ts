/** A figure says what it counts, and leads to rows that are as many as it says; a campaign's page shows its own alone. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { widths } from '#kit/console.ts'
import { addPastFloor, type PastFloor, readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { addPastCalls } from '#kit/past-calls.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')
const people = new URL('../../examples/leads.csv', import.meta.url)

describe('analytics in the console', { skip, timeout: 120_000 }, () => {
  let house: ConsoleServer
  let past: PastFloor
  before(async () => {
    house = await openConsole()
    past = await addPastFloor(house.db, await readTenant(house.db), 240)
  })
  after(() => house?.close())

  it('lead from a figure to its rows, and to a file of them', async () => {
    const report = await house.ask('GET', `/reports/calls?campaign_id=${past.campaign_id}`)
    const { context, page, troubles } = await house.signIn()
    const figures = [
      ['Successes', report.totals.success],
      ['Contacts', report.totals.contact],
      ['Abandoned', report.totals.abandoned],
    ] as const
    for (const [name, figure] of figures) {
      await page.goto(`${house.url}/analytics?campaign_id=${past.campaign_id}`)
      await page
        .getByRole('link', { name: new RegExp(`^${name} ?${figure} `) })
        .first()
        .click()
      await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor()
      await page.getByRole('table').waitFor()
      const file = (await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')) as string
      const lines = (await house.file(file.replace('/api/v1', ''))).trimEnd().split('\r\n')
      assert.equal(lines.length - 1, figure, name)
      if (figure <= 100) assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(figure), name)
    }
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('say what each figure counts, and lead from an hour to its calls', async () => {
    const { context, page } = await house.signIn()
    const report = await house.ask('GET', '/reports/calls')
    await page.goto(`${house.url}/analytics`)
    await page
      .getByRole('link', { name: /^Abandoned/ })
      .first()
      .hover()
    await page.getByRole('tooltip').filter({ hasText: report.definitions.abandoned }).waitFor()
    const more = page.getByRole('button', { name: 'What By weekday and hour, where the phone rang counts' })
    // A hint goes when the page is scrolled under it.
    await more.scrollIntoViewIfNeeded()
    await page.mouse.move(0, 0)
    await more.hover()
    await page.getByRole('tooltip').filter({ hasText: report.definitions.by_local_hour }).waitFor()
    const [cell] = report.by_local_hour
    const map = page.getByRole('region', { name: 'Table: By weekday and hour, where the phone rang' })
    await map.getByRole('link').first().click()
    await page.waitForURL(new RegExp(`local_weekday=${cell.weekday}&local_hour=${cell.hour}&counted_as=answered`))
    await page.getByText(`From ${cell.hour} o'clock, where the phone rang`).waitFor()
    if (cell.answered > 0) {
      assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(cell.answered))
    }
    await context.close()
  })

  it("show a campaign's calls on its page, found by its address as among all calls", async () => {
    const { campaign_id } = past
    await addPastCalls(house.db.owner, await readTenant(house.db), [{ at: Date.now() - 60_000, outcome: 'busy' }])
    const all = (await house.ask('GET', '/calls?limit=1000')).data.length
    const own = `/calls?campaign_id=${campaign_id}&limit=1000`
    const busy = (await house.ask('GET', `${own}&outcome=busy`)).data.length
    const { context, page, troubles } = await house.signIn()
    await page.goto(`${house.url}/campaigns/${campaign_id}?tab=calls`)
    const file = page.getByRole('link', { name: 'Export CSV' })
    const rows = async () => {
      const href = (await file.getAttribute('href')) as string
      return (await house.file(href.replace('/api/v1', ''))).trimEnd().split('\r\n').length - 1
    }
    await page.getByRole('region', { name: 'Calls' }).waitFor()
    assert.equal(await rows(), past.calls.length)
    assert.ok(all > past.calls.length)
    assert.equal(await page.getByRole('combobox', { name: 'Campaign', exact: true }).count(), 0)
    await page.getByRole('combobox', { name: 'Outcome', exact: true }).selectOption('busy')
    await page.waitForURL(/tab=calls.*outcome=busy/)
    await page.reload()
    const table = page.getByRole('table')
    await table.waitFor()
    assert.equal(await table.getAttribute('aria-rowcount'), String(busy))
    assert.equal(await rows(), busy)
    // Another campaign in the address is none of this page's.
    await page.goto(`${house.url}/campaigns/${campaign_id}?tab=calls&outcome=busy&campaign_id=${crypto.randomUUID()}`)
    await table.waitFor()
    assert.equal(await table.getAttribute('aria-rowcount'), String(busy))
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it("show what became of a campaign's calls on its page, and lead to them there", async () => {
    const { totals } = await house.ask('GET', `/reports/calls?campaign_id=${past.campaign_id}`)
    const { context, page, troubles } = await house.signIn()
    await page.goto(`${house.url}/campaigns/${past.campaign_id}?tab=analytics`)
    await page.getByRole('link', { name: new RegExp(`^Calls ?${totals.calls}$`) }).waitFor()
    assert.equal(await page.getByRole('combobox', { name: 'Campaign', exact: true }).count(), 0)
    await page
      .getByRole('link', { name: new RegExp(`^Successes ?${totals.success} `) })
      .first()
      .click()
    await page.waitForURL(/campaigns\/.*tab=calls.*counted_as=success/)
    await page.getByRole('radio', { name: 'Calls', exact: true, checked: true }).waitFor()
    await page.getByRole('table').waitFor()
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), String(totals.success))
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('draw how a campaign calls now, say it in words, and draw it anew as calls leave', async () => {
    const made = { name: 'Now', mode: 'broadcast', purpose: 'information', hours_zone: 'person' }
    const { id } = await house.ask('POST', '/campaigns', made)
    const job = JSON.parse(await house.file(`/imports?file_name=a.csv&campaign_id=${id}`, readFileSync(people, 'utf8')))
    while ((await house.ask('GET', `/imports/${job.id}`)).status === 'processing');
    const { context, page, troubles } = await house.signIn({ reducedMotion: 'reduce' })
    await page.goto(`${house.url}/campaigns/${id}`)
    await page.getByRole('img', { name: /In the last 60 minutes: 0 dialed, 0 answered by a person/ }).waitFor()
    // What is drawn two frames later: by then all that was known is.
    const drawn = () =>
      page.evaluate(`new Promise((seen) => {
        const look = () => seen(document.querySelector('canvas').toDataURL())
        requestAnimationFrame(() => requestAnimationFrame(look))
      })`)
    const quiet = await drawn()
    await house.ask('POST', `/campaigns/${id}/start`)
    const curve = page.getByRole('img', { name: /In the last 60 minutes: [1-9]\d* dialed/ })
    await curve.waitFor()
    assert.notEqual(await drawn(), quiet)
    await house.ask('POST', `/campaigns/${id}/cancel`)
    // Calls that are up end after it: then the words are what the server counts.
    while ((await house.ask('GET', `/calls?campaign_id=${id}&state=initiated,ringing,answered`)).data.length > 0);
    const { minutes }: { minutes: { calls: number; human: number }[] } = await house.ask(
      'GET',
      `/campaigns/${id}/minutes`,
    )
    const sum = (name: 'calls' | 'human') => minutes.reduce((total, minute) => total + minute[name], 0)
    await page
      .getByRole('img', { name: `In the last 60 minutes: ${sum('calls')} dialed, ${sum('human')} answered` })
      .waitFor()
    await page.getByText('As a table').click()
    const cells = page.getByRole('table', { name: 'The last hour, by minute' }).getByRole('cell')
    assert.equal(await cells.count(), 60 * 3)
    // Its colours are the theme's.
    const light = await drawn()
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html.dark').waitFor()
    assert.notEqual(await drawn(), light)
    const width = () => page.locator('canvas').evaluate((canvas) => canvas.clientWidth)
    const wide = await width()
    await page.setViewportSize(widths.phone)
    while ((await width()) >= wide);
    assert.deepEqual(troubles, [])
    await context.close()
  })
})
