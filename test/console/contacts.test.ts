/** Who is known: found, changed and called together. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Visitor, visit } from '#kit/console.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

describe('contacts in the console', { skip, timeout: 240_000 }, () => {
  let here: ConsoleServer
  let visitor: Visitor
  const get = (path: string) => here.ask('GET', path)
  const post = (path: string, body: object) => here.ask('POST', path, body)

  before(async () => {
    here = await openConsole()
    visitor = await here.signIn()
  })
  after(async () => {
    // A refusal is shown, and the browser says so besides.
    const troubles = visitor?.troubles.filter((trouble) => !trouble.includes('status of 422'))
    await here?.close()
    assert.deepEqual(troubles, [])
  })

  it('are added by hand, told of why they may not be called, changed and deleted', async () => {
    const { page } = visitor
    await visit(page, '/contacts')
    await page.getByText('Nobody is here yet').waitFor()
    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Ada Abara')
    await page.getByLabel('Number 1').fill('12')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('alert').filter({ hasText: 'expected' }).waitFor()
    await page.getByLabel('Number 1').fill('(212) 555-0101')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: '+1 212 555 0101' }).waitFor()
    await page.getByText('(America/New_York)').first().waitFor()
    await page.getByText('They stand in no campaign.').waitFor()

    await post('/suppressions', { number: '+12125550101', reason: 'said so' })
    await page.reload()
    await page.getByText('May not be called', { exact: true }).waitFor()
    await page.getByText('do_not_call', { exact: true }).waitFor()
    await page.getByText('Added by hand · said so').waitFor()

    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByLabel('City').fill('New York')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('New York', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Delete' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('Calls and notes stay, as evidence.').waitFor()
    assert.equal(await dialog.getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled'), 'true')
    await dialog.getByLabel('Type “Ada Abara” to go on').fill('Ada Abara')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Nobody is here yet').waitFor()
    assert.equal((await get('/contacts/count')).count, 0)
  })

  it('are called together, those who are chosen or all who fit, by a campaign that dials them', async () => {
    const { page } = visitor
    await visit(page, '/imports/new')
    await page.getByRole('button', { name: 'Take 400 made-up people' }).click()
    await page.getByText('Done', { exact: false }).waitFor()
    const { count } = await get('/contacts/count')
    await visit(page, '/contacts')
    await page.getByText(`${count} people`, { exact: true }).waitFor()
    await page.getByLabel('Name, company, e-mail or number').fill('bj')
    const fitting = (await get('/contacts/count?search=bj')).count
    await page.getByRole('button', { name: new RegExp(`^Call ${fitting} pe`) }).waitFor()
    await page.getByLabel('Name, company, e-mail or number').fill('')
    await page.getByRole('button', { name: `Call ${count} people` }).waitFor()

    await page.locator('tbody input').first().click()
    await page.locator('tbody input').nth(1).click()
    await page.getByText('2 chosen').waitFor()
    await page.getByRole('button', { name: 'Call 2 people' }).waitFor()
    await page.getByRole('button', { name: 'Choose none' }).click()

    await page.getByRole('button', { name: `Call ${count} people` }).click()
    const form = page.getByRole('dialog')
    for (const label of ['Name', 'Next action', 'First call', 'Last call', 'First day']) {
      assert.notEqual(await form.getByLabel(label).inputValue(), '', `${label} is filled in`)
    }
    await form.getByLabel('Name').fill('Everybody')
    await form.getByLabel('Last call').fill('')
    await form.getByRole('button', { name: `Call ${count} people` }).click()
    await form.getByRole('alert').waitFor()
    // Somewhere it is lawful to call now.
    await form.getByLabel('First call').fill('')
    await form.getByLabel('Last call').fill('')
    await form.getByRole('button', { name: `Call ${count} people` }).click()
    await page.getByRole('heading', { name: 'Campaigns', exact: true }).waitFor()
    await page.getByRole('link', { name: 'Everybody' }).click()
    await page.getByRole('heading', { name: 'Everybody', level: 1 }).waitFor()
    const dialed = page.getByRole('definition').nth(1)
    await dialed.waitFor()
    await page.waitForFunction((tile) => Number(tile?.textContent) > 0, await dialed.elementHandle())
    const { data } = await get('/campaigns')
    assert.deepEqual(
      data.map(({ name, status }: { name: string; status: string }) => [name, status]),
      [['Everybody', 'active']],
    )
    assert.equal((await get(`/campaigns/${data[0].id}/progress`)).leads.total, count)
    assert.ok((await get('/calls')).data.length > 0)
  })

  it('stand in a campaign as leads, which say why they are callable or not and are set aside by hand', async () => {
    const { page } = visitor
    const { id } = await post('/campaigns', { name: 'By hand', mode: 'manual' })
    await post(`/campaigns/${id}/leads`, { leads: [{ phone: '+442079460101', full_name: 'Ida Lowe' }] })
    await visit(page, `/campaigns/${id}?tab=leads`)
    await page.getByRole('link', { name: 'Ida Lowe' }).click()
    const panel = page.getByRole('dialog')
    await panel.getByText('Source', { exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Exclude' }).click()
    await panel.getByText('Skipped', { exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Put back into the list' }).click()
    await panel.getByText('Pending', { exact: true }).waitFor()
    await panel.getByRole('button', { name: 'Mark as called' }).click()
    await panel.getByText('Called', { exact: true }).waitFor()
    assert.equal((await get(`/campaigns/${id}/leads`)).data[0].status, 'called')
    await page.keyboard.press('Escape')
    await page.getByLabel('Why not this number?').fill('020 7946 0199')
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByText('expected', { exact: false }).waitFor()
    await page.getByLabel('Why not this number?').fill('+44 20 7946 0199')
    await page.keyboard.press('Enter')
    await page.getByText('The number is not on the list of this campaign', { exact: false }).waitFor()
    await page.keyboard.press('Escape')

    const elsewhere = await post('/campaigns', { name: 'Elsewhere', mode: 'manual' })
    await visit(page, `/campaigns/${elsewhere.id}?tab=leads`)
    await page.getByLabel('Why not this number?').fill('asked of Elsewhere')
    await visit(page, `/campaigns/${id}?tab=leads`)
    assert.equal(await page.getByLabel('Why not this number?').inputValue(), '')

    await page.getByRole('button', { name: 'More for By hand' }).click()
    await page.getByRole('menuitem', { name: 'Clone' }).click()
    await page.getByRole('heading', { name: 'Set up By hand (copy)' }).waitFor()
    const { data } = await get('/campaigns?search=copy')
    assert.deepEqual([data[0].mode, (await get(`/campaigns/${data[0].id}/leads`)).data.length], ['manual', 0])
  })
})
