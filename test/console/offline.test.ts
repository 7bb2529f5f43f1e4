/** When the server can not be reached, or knows nobody any more: the console says so, loses nothing, and goes on. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { failuresOn, openVisitor, ownTroubles, visit } from '#kit/console.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { openSilentLine } from '#kit/silent-line.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

describe('the console without its server', { skip, timeout: 120_000 }, () => {
  let here: ConsoleServer
  let campaign: string
  before(async () => {
    here = await openConsole()
    campaign = (await here.ask('POST', '/campaigns', { name: 'Spring offer', mode: 'manual' })).id
  })
  after(() => here?.close())

  const open = async (place: string) => {
    const visitor = await here.signIn()
    visitor.page.setDefaultTimeout(20_000)
    await visit(visitor.page, place)
    return visitor
  }

  it('says so where the code of a page does not come, and has it when asked again', async () => {
    const visitor = await open('/campaigns')
    const { context, page } = visitor
    await page.route(/assets\/contacts-page/, (route) => route.abort())
    await page.getByRole('link', { name: 'Contacts', exact: true }).click()
    await page.getByRole('heading', { name: 'The page could not be loaded' }).waitFor()
    await failuresOn(page).said.getByText('The server did not answer.').waitFor()
    // The rest of the console is still there.
    await visit(page, '/calls')
    await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor()
    await page.getByRole('link', { name: 'Contacts', exact: true }).click()
    await page.getByRole('heading', { name: 'The page could not be loaded' }).waitFor()
    await context.setOffline(true)
    await failuresOn(page).again.click()
    await page.getByRole('status').or(page.locator('[data-sonner-toast]')).getByText('did not answer').first().waitFor()
    await context.setOffline(false)
    await page.unroute(/assets\/contacts-page/)
    await failuresOn(page).again.click()
    await page.getByRole('heading', { name: 'Contacts', exact: true }).waitFor()
    // React tells of what `Broken` was shown for.
    assert.deepEqual(
      ownTroubles(visitor).filter((trouble) => !trouble.includes('no answer')),
      [],
    )
    await context.close()
  })

  it('notices a stream that has gone silent though nothing broke', async () => {
    const { id } = await here.ask('POST', '/campaigns', { name: 'In silence', mode: 'manual' })
    const line = await openSilentLine(here.url)
    const headers = { authorization: `Bearer ${here.key}` }
    const made = await fetch(`${here.url}/api/v1/sign-in-links`, { method: 'POST', headers })
    const link = ((await made.json()) as { url: string }).url
    const { context, page } = await openVisitor(here.browser, link.replace(new URL(link).origin, line.url))
    await page.clock.install()
    await visit(page, `/campaigns/${id}`)
    await page.getByText('Draft', { exact: true }).waitFor()
    line.silence()
    await here.ask('POST', `/campaigns/${id}/cancel`)
    await page.getByText('Draft', { exact: true }).waitFor()
    await page.clock.fastForward(11_000)
    await page.getByText('Cancelled', { exact: true }).waitFor()
    await page.locator('[data-live=connected]').waitFor()
    await context.close()
    line.close()
  })

  it('goes offline with all that was read and typed, says so, and catches up without a reload', async () => {
    const visitor = await open('/contacts')
    const { context, page } = visitor
    await page.clock.install()
    await page.evaluate('window.before = true')
    await page.getByRole('button', { name: 'Add a person' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Name', { exact: true }).fill('Half Typed')
    await form.getByLabel('Number 1').fill('+442079460199')
    await context.setOffline(true)
    await page.getByText('Reconnecting, ', { exact: false }).waitFor()
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByRole('alert').getByText('The server did not answer.').waitFor()
    await page.clock.runFor(40_000)
    await page.getByText(/^Not live for \d+ seconds$/).waitFor()
    assert.equal(await form.getByLabel('Name', { exact: true }).inputValue(), 'Half Typed')
    await here.ask('POST', '/contacts', { full_name: 'Meanwhile', phones: ['+442079460198'] })
    await context.setOffline(false)
    await page.clock.runFor(5_000)
    await page.locator('[data-live=connected]').waitFor()
    await page.getByRole('link', { name: 'Meanwhile', includeHidden: true }).waitFor({ state: 'attached' })
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Half Typed' }).waitFor()

    await visit(page, `/campaigns/${campaign}`)
    await page.getByText('Draft', { exact: true }).waitFor()
    await context.setOffline(true)
    await page.getByRole('button', { name: 'More for Spring offer' }).click()
    await page.getByRole('menuitem', { name: 'Clone' }).click()
    await page.locator('[data-sonner-toast]').getByText('The server did not answer.').waitFor()
    await context.setOffline(false)
    await page.clock.runFor(5_000)
    await page.locator('[data-live=connected]').waitFor()
    // What was said not to be done is not done afterwards.
    assert.equal((await here.ask('GET', '/campaigns?search=copy')).data.length, 0)
    assert.equal(await page.evaluate('window.before'), true)
    assert.deepEqual(ownTroubles(visitor), [])
    await context.close()
  })

  it('leads whoever is signed out to where they can sign in', async () => {
    const [one, two] = [await open('/contacts'), await open('/campaigns')]
    await one.context.clearCookies()
    await one.page.getByRole('link', { name: 'Calls', exact: true }).click()
    await one.page.waitForURL(/sign-in/)
    // Ended from elsewhere, while nobody does anything.
    await here.db.owner.query('delete from sessions')
    await two.page.waitForURL(/sign-in/)
    await one.context.close()
    await two.context.close()
  })
})
