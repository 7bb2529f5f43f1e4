/** When the server refuses what a page asks for: each one says so, keeps what it has, and reads on when asked again. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { failuresOn, ownTroubles, visit } from '#kit/console.ts'
import { addPastFloor, readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'
import { urls } from '../../console/lib/urls.ts'

const skip = requireTool('chromium')

const request_id = 'a-request-to-ask-about'
const problem = {
  ...{ type: 'https://outdial.dev/problems/internal', title: 'Something broke', status: 500, request_id },
  detail: 'Try again in a moment.',
}
/** All but who is signed in, and the stream. */
const reads = /\/api\/v1\/(?!me$|me\/|live$)/

describe('the console that is refused', { skip, timeout: 120_000 }, () => {
  let here: ConsoleServer
  let ids: Record<string, string>
  before(async () => {
    here = await openConsole()
    const past = await addPastFloor(here.db, await readTenant(here.db), 150)
    const [contact] = (await here.ask('GET', '/contacts?limit=1')).data
    const file = JSON.parse(await here.file('/imports?file_name=one.csv', 'name,phone\nOne,+442079460101\n'))
    ids = {
      ...{ [urls.campaign]: past.campaign_id, [urls.setUp]: past.campaign_id, [urls.contact]: contact.id },
      ...{ [urls.import]: file.id, [urls.call]: past.calls.at(-1) as string },
    }
  })
  after(() => here?.close())

  const refuse = (page: Page, where: RegExp | string = reads) =>
    page.route(where, (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    )
  const open = async (place: string) => {
    const visitor = await here.signIn()
    visitor.page.setDefaultTimeout(20_000)
    await visit(visitor.page, place)
    return visitor
  }

  it('says on every page what was refused and by which request, and reads it when asked again', async () => {
    const visitor = await open('/nowhere')
    const { context, page } = visitor
    // The first page has read its list, and what the first steps are ticked by.
    await visit(page, urls.campaigns)
    await page.getByRole('button', { name: 'Put away' }).click()
    await visit(page, '/nowhere')
    await page.reload()
    /** Reads nothing but who is signed in. */
    const alone: string[] = [urls.newImport, urls.workspace]
    // Their lists are read by other pages, too, and would be there already.
    const before = [urls.dispositions, urls.scripts, urls.messages]
    for (const url of new Set([...before, ...Object.values(urls)])) {
      const place = url.replace('$id', ids[url] ?? '')
      await refuse(page)
      await visit(page, place)
      if (!alone.includes(url)) {
        const first = failuresOn(page).said.filter({ hasText: problem.title }).first()
        await first.getByText(problem.detail).waitFor()
        await first.getByRole('button', { name: `Copy request ${request_id}` }).waitFor()
      }
      await page.unroute(reads)
      // What is asked for again may bring what else could not be read.
      while ((await failuresOn(page).again.count()) > 0) {
        const failed = await failuresOn(page).said.count()
        await failuresOn(page).again.first().click()
        await failuresOn(page)
          .said.nth(failed - 1)
          .waitFor({ state: 'detached' })
        await page.locator('.animate-pulse').first().waitFor({ state: 'detached' })
      }
      assert.doesNotMatch(await page.getByRole('main').innerText(), new RegExp(problem.title), place)
    }
    assert.deepEqual(ownTroubles(visitor), [])
    await context.close()
  })

  it('keeps a list whose next rows do not come, asks once, and reads on when asked to', async () => {
    const visitor = await open('/nowhere')
    const { context, page } = visitor
    let asked = 0
    await page.route(/calls\?.*cursor=/, (route) => {
      asked += 1
      return route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await visit(page, '/calls')
    const table = page.getByRole('region', { name: 'Calls' })
    await table.evaluate((box) => box.scrollTo(0, 1e6))
    await failuresOn(page).said.getByText(problem.title).waitFor()
    await table.locator('tr[data-index="99"]').waitFor()
    await table.evaluate((box) => box.scrollTo(0, 0))
    await table.locator('tr[data-index="0"]').waitFor()
    await table.evaluate((box) => box.scrollTo(0, 1e6))
    await table.locator('tr[data-index="99"]').waitFor()
    assert.equal(asked, 1)
    await page.unroute(/calls\?.*cursor=/)
    await failuresOn(page).again.click()
    await table.locator('tr[data-index="100"]').waitFor()
    await failuresOn(page).said.waitFor({ state: 'detached' })
    assert.deepEqual(ownTroubles(visitor), [])
    await context.close()
  })

  it('says so where a dialog lacks what it needs, and offers nothing that was not read', async () => {
    const { context, page } = await open('/contacts')
    await refuse(page, /api\/v1\/(teams|trunk-providers)/)
    await page.getByRole('button', { name: /^Call \d+ people/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(problem.title).waitFor()
    assert.equal(await dialog.getByLabel('Name').count(), 0)
    await page.unroute(/api\/v1\/(teams|trunk-providers)/)
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await dialog.getByLabel('Name').waitFor()
    await context.close()
  })
})
