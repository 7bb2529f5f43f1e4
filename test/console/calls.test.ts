/** Whoever looks for a call finds it, sees why it was let out and what happened, hears it, and ends those that are up. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { addLiveCalls, addPastFloor, addRecording, type PastFloor, readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import type { Tenant } from '#kit/tenant.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')
const people = new URL('../../examples/leads.csv', import.meta.url)

interface Over {
  id: string
  contact_name: string
}

describe('calls in the console', { skip, timeout: 120_000 }, () => {
  let house: ConsoleServer
  let tenant: Tenant
  let past: PastFloor
  before(async () => {
    house = await openConsole({ OUTDIAL_SIM_SPEED: '1' })
    tenant = await readTenant(house.db)
    past = await addPastFloor(house.db, tenant, 150)
  })
  after(() => house?.close())

  it('are found by what is known of them; the address keeps it, and the file has the same', async () => {
    const { context, page, troubles } = await house.signIn()
    await page.goto(`${house.url}/calls`)
    const rows = page.getByRole('region', { name: 'Calls' }).locator('tbody tr[data-index]')
    await page.getByRole('link', { name: 'Ann Lee' }).first().waitFor()
    await page.getByRole('searchbox').fill('lee')
    const { data } = await house.ask('GET', '/calls?search=lee')
    assert.equal(data.length, 2)
    await rows.nth(data.length).waitFor({ state: 'detached' })
    await rows.nth(data.length - 1).waitFor()
    assert.deepEqual(new Set(await rows.locator('a').allTextContents()), new Set(['Ann Lee']))
    await page.getByRole('combobox', { name: 'Outcome', exact: true }).selectOption('no_answer')
    await page.waitForURL(/q=lee.*outcome=no_answer/)
    await page.reload()
    assert.equal(await page.getByRole('searchbox').inputValue(), 'lee')
    const file = (await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href')) as string
    const lines = (await house.file(file.replace('/api/v1', ''))).trimEnd().split('\r\n')
    const found = await house.ask('GET', '/calls?search=lee&outcome=no_answer')
    assert.equal(lines.length - 1, found.data.length)
    await page.getByRole('searchbox').fill('nobody of that name')
    await page.getByText('No call fits').waitFor()
    assert.deepEqual(troubles, [])
    await context.close()
  })

  it('show the rule that let them out, and are heard by the keyboard until the audio is deleted', async () => {
    const call_id = past.calls.at(-1) as string
    const recording = await addRecording(house.db, tenant, call_id, house.data_dir)
    const { context, page, troubles } = await house.signIn()
    await page.goto(`${house.url}/calls/${call_id}`)
    await page.getByRole('heading', { name: 'Why it was let out' }).waitFor()
    await page.getByText('contactable 2026-11-21').waitFor()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await page.keyboard.press('l')
    await page.getByText('0:05 / 0:10').waitFor()
    await page.keyboard.press('k')
    await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await page.keyboard.press('k')
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await page.getByLabel('Speed').selectOption('3')
    assert.deepEqual(troubles, [])
    await fetch(`${house.url}/api/v1/recordings/${recording}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${house.key}` },
    })
    await page.reload()
    await page.getByText('That there was a recording stays known.').waitFor()
    await context.close()
  })

  it('that are up are listed, and end when somebody hangs up', async () => {
    const made = { name: 'Up now', mode: 'broadcast', purpose: 'information', hours_zone: 'person' }
    const { id } = await house.ask('POST', '/campaigns', made)
    const list = readFileSync(people, 'utf8')
    const job = JSON.parse(await house.file(`/imports?file_name=people.csv&campaign_id=${id}`, list))
    const { context, page } = await house.signIn()
    await page.goto(`${house.url}/campaigns/${id}`)
    while ((await house.ask('GET', `/imports/${job.id}`)).status === 'processing');
    await page.getByText('No call is up').waitFor()
    await house.ask('POST', `/campaigns/${id}/start`)
    const table = page.getByRole('region', { name: /call.* up/ })
    // A call may end by itself before anybody is as far as to end it: then another one is.
    for (let ended = 0; ended === 0; ) {
      await page.getByRole('button', { name: 'Hang up' }).first().click()
      const asked = (await page.getByRole('alertdialog').getByRole('heading').textContent()) as string
      const name = /with (.*)\?/.exec(asked)?.[1] as string
      await page.getByRole('alertdialog').getByRole('button', { name: 'Hang up' }).click()
      await table.getByRole('link', { name, exact: true }).waitFor({ state: 'detached' })
      const over: Over[] = (await house.ask('GET', `/calls?campaign_id=${id}&state=ended&limit=1000`)).data
      for (const call of over.filter(({ contact_name }) => contact_name === name)) {
        const acts: { act: string; result: string }[] = (await house.ask('GET', `/calls/${call.id}/acts`)).data
        ended += acts.filter(({ act, result }) => act === 'hang_up' && result === 'done').length
      }
    }
    await house.ask('POST', `/campaigns/${id}/cancel`)
    await context.close()
  })

  it('that are up by the thousand are all there, and only those in view are drawn', async () => {
    await addLiveCalls(house.db, tenant, 950)
    const { context, page } = await house.signIn()
    await page.goto(`${house.url}/calls?live=true`)
    const table = page.getByRole('region', { name: /calls are up/ })
    await table.locator('tr[data-index]').nth(5).waitFor()
    const rows = Number(await table.locator('table').getAttribute('aria-rowcount'))
    assert.ok(rows >= 950, `${rows} rows`)
    await page.evaluate(`document.querySelector('section[tabindex="0"]').scrollTop = 1e6`)
    await table.locator(`tr[data-index="${rows - 1}"]`).waitFor()
    const drawn = await table.locator('tr[data-index]').count()
    assert.ok(drawn < 60, `${drawn} rows are drawn`)
    await context.close()
  })
})
