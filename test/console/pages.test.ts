/** What holds of every page of the console, whoever looks at it and however. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Locator } from 'playwright-core'
import { findBarriers, overflowOf, visit, widths } from '#kit/console.ts'
import { addPastFloor, addRecording, readTenant } from '#kit/console-calls.ts'
import { type ConsoleServer, openConsole } from '#kit/console-server.ts'
import { requireTool } from '#kit/tools.ts'

const skip = requireTool('chromium')

describe('the console', { skip, timeout: 240_000 }, () => {
  let here: ConsoleServer
  before(async () => {
    here = await openConsole()
  })
  after(() => here?.close())
  const draft = (name: string): Promise<{ id: string }> =>
    here.ask('POST', '/campaigns', { name, mode: 'broadcast', purpose: 'information' })

  /** A file with rows that are refused, and the pages that show its people. */
  async function placesOfPeople(campaign: string): Promise<string[]> {
    const headers = { authorization: `Bearer ${here.key}`, 'content-type': 'text/csv' }
    const body = 'name,phone,note\nAda Abara,+12125550101,likes a note that is rather long\nBo,12,\nCy,,\n'
    const path = `/api/v1/imports?file_name=people.csv&campaign_id=${campaign}`
    const begun = (await (await fetch(`${here.url}${path}`, { method: 'POST', headers, body })).json()) as {
      id: string
    }
    while ((await here.ask('GET', `/imports/${begun.id}`)).status !== 'partial');
    const [lead] = (await here.ask('GET', `/campaigns/${campaign}/leads`)).data
    return [
      ...['/contacts', '/contacts?q=nobody', `/contacts/${lead.contact_id}`],
      ...['/imports', '/imports/new', `/imports/${begun.id}`],
      ...['leads', `leads&lead=${lead.id}`, 'settings'].map((tab) => `/campaigns/${campaign}?tab=${tab}`),
    ]
  }

  it('has no barrier for anybody and fits every window, in both themes and both directions', async () => {
    const { id } = await draft('A name that is rather long, as names of campaigns in call centres often are')
    const tenant = await readTenant(here.db)
    await here.ask('POST', '/voicemail-drops', { name: 'A message of the carrier', message: 'we-called' })
    const past = await addPastFloor(here.db, tenant, 60)
    const call = past.calls.at(-1) as string
    await addRecording(here.db, tenant, call, here.data_dir)
    const steps = ['audience', 'mode', 'script', 'schedule', 'rules', 'review']
    const places = [
      ...['/campaigns', '/campaigns?show=completed&q=nothing', `/campaigns/${id}`, '/nowhere'],
      ...['/desk', '/wallboard', '/agents', '/agents?show=teams'],
      ...['/do-not-call', '/do-not-call?tab=lists&number=%2B12125550143', '/compliance', '/compliance?tab=consents'],
      ...['/calls', '/calls?live=true', '/calls?q=nobody&counted_as=human&local_hour=9', `/calls/${call}`],
      ...['/recordings', '/analytics'],
      ...['calls', 'analytics'].map((tab) => `/campaigns/${past.campaign_id}?tab=${tab}`),
      ...['/trunks', '/users', '/api-keys', '/workspace', '/dispositions', '/scripts', '/voicemail-drops'],
      ...steps.map((step) => `/campaigns/${id}/set-up?step=${step}`),
      ...(await placesOfPeople(id)),
    ]
    // Each theme, direction and width is looked at for barriers once; how the page fits its window, at both widths each time.
    for (const [viewport, other, colorScheme, locale] of [
      [widths.desk, widths.phone, 'light', 'en-US'],
      [widths.phone, widths.desk, 'dark', 'ur-PK'],
    ] as const) {
      const { context, page, troubles } = await here.signIn({ viewport, colorScheme, locale })
      assert.equal(await page.locator('html').getAttribute('dir'), locale === 'ur-PK' ? 'rtl' : 'ltr')
      for (const place of places) {
        await visit(page, place)
        const where = `${place} ${viewport.width} ${colorScheme} ${locale}`
        assert.deepEqual(await findBarriers(page), [], where)
        assert.equal(await overflowOf(page), 0, where)
        await page.setViewportSize(other)
        assert.equal(await overflowOf(page), 0, `${where}, then ${other.width}`)
        await page.setViewportSize(viewport)
      }
      assert.deepEqual(troubles, [])
      await context.close()
    }
  })

  it('can be worked by the keyboard alone', async () => {
    const { id } = await draft('By the keyboard')
    const { context, page } = await here.signIn()
    await page.keyboard.press('Tab')
    assert.equal(await page.locator(':focus').textContent(), 'Skip to the page')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').waitFor()
    await page.keyboard.type('By the keyb')
    await page.getByRole('option', { name: 'By the keyboard' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'By the keyboard', level: 1 }).waitFor()
    const more = page.getByRole('button', { name: 'More for By the keyboard' })
    const focused = (of: Locator) => of.and(page.locator(':focus')).waitFor()
    await more.focus()
    await page.keyboard.press('Enter')
    await focused(page.getByRole('menuitem').first())
    await page.keyboard.press('Escape')
    await focused(more)
    const ask = async () => {
      await page.keyboard.press('ArrowDown')
      await page.keyboard.type('Ca')
      await focused(page.getByRole('menuitem', { name: 'Cancel' }))
      await page.keyboard.press('Enter')
      await focused(page.getByRole('alertdialog').getByRole('button', { name: 'Go back' }))
    }
    await ask()
    await page.keyboard.press('Escape')
    await focused(more)
    await ask()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('Cancelled', { exact: true }).waitFor()
    assert.equal((await here.ask('GET', `/campaigns/${id}`)).status, 'cancelled')
    await context.close()
  })

  it('keeps each field as it is left, and says what the server does not take', async () => {
    const { id } = await draft('Fields')
    const { context, page } = await here.signIn()
    await page.goto(`${here.url}/campaigns/${id}/set-up?step=rules`)
    const tries = page.getByLabel('Tries at most')
    await tries.fill('101')
    await tries.blur()
    await page.getByRole('alert').waitFor()
    const atOnce = page.getByLabel('Calls at once')
    await atOnce.fill('3')
    const other = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('max_concurrent_calls') === true,
    )
    await atOnce.blur()
    await other
    await page.getByText('Not kept yet').waitFor()
    await tries.fill('7')
    await tries.blur()
    await page.getByText('Everything is kept').waitFor()
    await page.reload()
    assert.equal(await tries.inputValue(), '7')
    await context.close()
  })

  it('sets up who talks, over which line, and what a machine hears', async () => {
    const { id } = await draft('Who and how')
    const agent = await here.ask('POST', '/agents', { name: 'Bela' })
    const team = await here.ask('POST', '/teams', { name: 'Evening', agent_ids: [agent.id] })
    const drop = await here.ask('POST', '/voicemail-drops', { name: 'We called', message: 'we-called' })
    const settings = { name: 'Second', provider: 'simulated', channels: 5 }
    const trunk = await here.ask('POST', '/trunks', settings)
    await here.ask('POST', `/trunks/${trunk.id}/caller-ids`, { number: '+12125550177' })
    const { context, page } = await here.signIn()
    await page.goto(`${here.url}/campaigns/${id}/set-up?step=mode`)
    await page.getByRole('radio', { name: /^Progressive/ }).click()
    await page.getByLabel('Evening').check()
    await page.getByLabel('Bela').check()
    await page.getByRole('link', { name: 'Rules' }).click()
    await page.getByLabel('Trunk').selectOption('Second')
    const shown = page.getByLabel('Number shown')
    await shown.locator('option', { hasText: '+12125550177' }).waitFor({ state: 'attached' })
    await shown.selectOption('+12125550177')
    await page.getByText('More rules').click()
    await page.getByLabel('Minutes between tries').fill('90')
    await page.keyboard.press('Tab')
    assert.equal(await page.getByLabel('Listen for answering machines').isChecked(), false, 'as is usual for people')
    await page.getByLabel('Listen for answering machines').check()
    const last = page.waitForResponse((answer) => answer.request().postData()?.includes('leave_message') === true)
    await page.getByLabel('When a machine answers').selectOption('Leave the message “We called”')
    await last
    await page.reload()
    await page.getByText('More rules').click()
    assert.equal(await page.getByLabel('Minutes between tries').inputValue(), '90')
    const kept = await here.ask('GET', `/campaigns/${id}`)
    assert.deepEqual(
      [kept.mode, kept.team_ids, kept.agent_ids, kept.trunk_id, kept.caller_id, kept.retry_interval_seconds],
      ['progressive', [team.id], [agent.id], trunk.id, '+12125550177', 5400],
    )
    assert.deepEqual([kept.detects_machines, kept.on_machine, kept.voicemail_drop_id], [true, 'leave_message', drop.id])
    await page.goto(`${here.url}/campaigns/${id}?tab=settings`)
    await page.getByText('Evening, Bela').waitFor()
    await page.getByText('Second', { exact: true }).waitFor()
    await context.close()
  })

  it('says why something can not be done, and shows nothing of others', async () => {
    const { id } = await draft('Alone')
    const { context, page } = await here.signIn()
    await page.goto(`${here.url}/campaigns/${id}/set-up?step=review`)
    const start = page.getByRole('button', { name: 'Start calling' })
    await page.getByText('Callable now').waitFor()
    await start.focus()
    await page.getByRole('tooltip').filter({ hasText: 'There is nobody to call yet' }).waitFor()
    await page.goto(`${here.url}/campaigns/${crypto.randomUUID()}`)
    await page.getByText('There is no such campaign', { exact: false }).waitFor()
    await context.close()
  })

  it('says that it is not live while the server is away, and then shows what it missed', async () => {
    const { id } = await draft('Through a restart')
    const { context, page } = await here.signIn()
    await page.goto(`${here.url}/campaigns/${id}`)
    await page.getByText('Draft', { exact: true }).waitFor()
    await here.stop()
    await page.getByText('Reconnecting', { exact: false }).waitFor()
    await here.startAgain()
    await here.ask('POST', `/campaigns/${id}/cancel`)
    await page.getByText('Live', { exact: true }).waitFor()
    await page.getByText('Cancelled', { exact: true }).waitFor()
    await context.close()
  })

  it('tells calls that ring nobody from those that ring people, and asks before these begin', async () => {
    const account = { account_sid: `AC${'0'.repeat(32)}` }
    const real = { name: 'Real', provider: 'twilio', channels: 1, settings: account, secret: 'x'.repeat(32) }
    const { id: trunk_id } = await here.ask('POST', '/trunks', real)
    const { id: simulated } = await draft('Rings nobody')
    const { id } = await draft('Rings people')
    assert.equal((await here.ask('PATCH', `/campaigns/${id}`, { trunk_id })).rehearses, false)
    await here.ask('POST', `/campaigns/${id}/leads`, { leads: [{ phone: '+12125550101' }] })
    const { context, page } = await here.signIn()
    const card = (name: string) => page.getByRole('article', { name, exact: true })
    await card('Rings nobody').getByText('Simulated', { exact: true }).waitFor()
    await card('Rings people').getByText('Live calls', { exact: true }).waitFor()
    await page.goto(`${here.url}/campaigns/${simulated}`)
    const ofCalls = page.getByRole('region', { name: 'Live now' })
    await ofCalls.getByText('Simulated', { exact: true }).waitFor()
    await page.goto(`${here.url}/campaigns/${id}`)
    await ofCalls.getByText('Live calls', { exact: true }).waitFor()
    // Nothing leaves the house: whether it was asked for is all that counts here.
    await page.route('**/start', (route) => route.abort())
    let asked = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/start')) asked += 1
    })
    const dialog = page.getByRole('alertdialog')
    const begin = async (button: string) => {
      await page.getByRole('button', { name: button, exact: true }).click()
      await dialog.getByText(/^Callable now: \d, later: \d\. The calls go over .Real.\.$/).waitFor()
      assert.deepEqual(await findBarriers(page), [])
    }
    await begin('Start')
    await dialog.getByRole('button', { name: 'Go back' }).click()
    await page.goto(`${here.url}/campaigns/${id}/set-up?step=review`)
    await begin('Start calling')
    assert.equal(asked, 0)
    const request = page.waitForRequest('**/start')
    await dialog.getByRole('button', { name: 'Start' }).click()
    await request
    await context.close()
  })
})
