/** A shift at the desk: an agent signs on in the browser, is given calls, and what they do arrives in the API. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findBarriers, overflowOf, type Visitor, widths } from '#kit/console.ts'
import { type DeskFloor, openDeskFloor } from '#kit/desk-floor.ts'
import { requireTool } from '#kit/tools.ts'
import { zoneAtNoon } from '../chaos/list.ts'

const skip = requireTool('chromium')
const time_zone = zoneAtNoon(Date.now())

describe('the desk', { skip, timeout: 180_000 }, () => {
  let floor: DeskFloor
  let visitor: Visitor
  let page: Page
  let agent: { id: string }
  let campaign: string
  before(async () => {
    floor = await openDeskFloor()
    const ada = await floor.join('Ada', 'agent')
    agent = await floor.ask('POST', '/agents', { name: 'Ada', user_id: ada.user_id })
    const steps = [
      {
        key: 'open',
        text: 'Good day, {{ first_name }}. About your {{ plan }}.',
        branches: [{ label: 'Yes', goes_to: 'offer' }],
      },
      { key: 'offer', text: 'You pay a third less.' },
    ]
    const script = await floor.ask('POST', '/scripts', { name: 'Renewal', steps })
    await floor.ask('POST', '/voicemail-drops', { name: 'We called', message: 'we-called' })
    const people = ['Grace Hopper', 'Alan Turing', 'Joan Clarke', 'Mary Jackson'].map((full_name, place) => ({
      ...{ full_name, phone: `+121220055${place + 10}`, company: 'Navy', time_zone },
    }))
    const settings = { script_id: script.id, wrap_up_seconds: 120 }
    campaign = await floor.startCampaign([agent.id], people, settings)
    visitor = ada
    page = visitor.page
    page.setDefaultTimeout(20_000)
    await page.goto(`${floor.url}/desk`)
  })
  after(() => floor.close())

  const state = (name: string) => page.locator(`[data-state=${name}]`).waitFor()
  const callInHand = async () => (await floor.ask('GET', `/agent-sessions?agent_id=${agent.id}`)).data[0]
  const done = (call: string, act: string) =>
    floor.until(`/calls/${call}/acts`, ({ data }) =>
      data.some((row: { act: string; result: string }) => row.act === act && row.result === 'done'),
    )

  const isTone = ({ act, result }: { act: string; result: string }) => act === 'dtmf' && result === 'done'

  it('shows whom a call is with and what to say, and acts by its keys', async () => {
    await page.getByText('Renewals').waitFor()
    await page.getByRole('button', { name: 'Sign on, ready for calls' }).click()
    await state('on_call')
    await page.getByText('Good day,', { exact: false }).waitFor()
    const { call_id } = await callInHand()
    const call = await floor.ask('GET', `/calls/${call_id}`)
    const { full_name } = await floor.ask('GET', `/contacts/${call.contact_id}`)
    await page.getByRole('heading', { name: full_name }).waitFor()
    await page.getByText('Try 1 of 3').waitFor()
    await page.getByText('[plan]').waitFor()
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.getByText('You pay a third less.').waitFor()
    await page.getByRole('button', { name: 'Hold' }).waitFor()
    for (const [key, act, shows] of [
      ['h', 'hold', 'On hold'],
      ['m', 'mute', 'Muted'],
      ['r', 'record_start', 'Recording'],
      ['r', 'record_pause', 'Recording paused'],
    ] as const) {
      await page.keyboard.press(key)
      await done(call_id, act)
      await page.getByText(shows, { exact: true }).waitFor()
    }
    await page.keyboard.press('k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('42#')
    await page.getByText('3 tones sent').waitFor()
    await page.keyboard.press('Escape')
    await floor.until(`/calls/${call_id}/acts`, ({ data }) => data.filter(isTone).length === 3)
  })

  it('has no barrier, no scrolling at the desk and none sideways on a phone', async () => {
    assert.deepEqual(await findBarriers(page), [])
    assert.equal(await page.locator('html').evaluate((html) => html.scrollHeight > html.clientHeight), false)
    await page.setViewportSize(widths.phone)
    assert.equal(await overflowOf(page), 0)
    await page.setViewportSize(widths.desk)
  })

  it('finds everything again after a reload: what was done, and the note that was being written', async () => {
    const { call_id } = await callInHand()
    await page.keyboard.press('x')
    await state('wrap_up')
    await page.keyboard.press('n')
    await page.keyboard.type('Wants the blue one')
    await page.locator('[data-note=saved]').waitFor()
    await page.keyboard.type(', soon')
    // As a crash does: nothing is told any more.
    await page.reload()
    await state('wrap_up')
    const note = page.getByRole('textbox', { name: 'Note' })
    await note.waitFor()
    assert.equal(await note.inputValue(), 'Wants the blue one, soon')
    await floor.until(`/calls/${call_id}/notes`, ({ data }) => data[0]?.content === 'Wants the blue one, soon')
    assert.equal((await floor.ask('GET', `/calls/${call_id}/notes`)).data.length, 1)
  })

  it('keeps an outcome by one key, and corrects it', async () => {
    const { call_id } = await callInHand()
    await page.keyboard.press('4')
    await page.getByRole('status').filter({ hasText: 'Not Interested' }).waitFor()
    await page.getByRole('button', { name: 'Sale' }).click()
    await page.getByRole('status').filter({ hasText: 'Sale' }).waitFor()
    const said = await floor.ask('GET', `/calls/${call_id}/disposition`)
    assert.deepEqual([said.disposition, said.note, said.changes.length], ['sale', 'Wants the blue one, soon', 2])
  })

  it('promises a call, refuses a minute that the law forbids, and offers the next one', async () => {
    await page.keyboard.press('g')
    await state('on_call')
    const { call_id } = await callInHand()
    await page.keyboard.press('c')
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    await page.getByLabel('Another time on their clock').fill(`${tomorrow}T03:00`)
    await page.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('button', { name: 'Take the next lawful time' }).click()
    await page.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('status').filter({ hasText: 'Call promised' }).waitFor()
    const { data } = await floor.ask('GET', '/callbacks?status=open')
    assert.deepEqual([data.length, data[0].call_id, data[0].agent_id], [1, call_id, agent.id])
    assert.ok(data[0].local_time.slice(11, 16) > '07:00')
  })

  it('says what it blocks before it blocks a number', async () => {
    const { call_id } = await callInHand()
    const { to_number } = await floor.ask('GET', `/calls/${call_id}`)
    await page.keyboard.press('9')
    await page.getByText('is not called again by anybody', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Block the number' }).click()
    await page.getByRole('status').filter({ hasText: 'Do Not Call' }).waitFor()
    const { data } = await floor.ask('GET', `/suppressions?number=${encodeURIComponent(to_number)}`)
    assert.equal(data.length, 1)
  })

  it('is one tab’s at a time; another says so, and can take it', async () => {
    const second = await visitor.context.newPage()
    await second.goto(`${floor.url}/desk`)
    await second.getByText('The desk is open in another tab').waitFor()
    assert.deepEqual(await findBarriers(second), [])
    await second.getByRole('button', { name: 'Work here' }).click()
    await second.locator('[data-state=on_call]').waitFor()
    await page.getByText('The desk is open in another tab').waitFor()
    await second.close()
    await state('on_call')
  })

  it('leaves a recorded message by a key, and is signed off after the call', async () => {
    const { call_id, id } = await callInHand()
    await page.getByRole('button', { name: 'We called' }).waitFor()
    await page.keyboard.press('v')
    await state('wrap_up')
    await done(call_id, 'voicemail_drop')
    await page.getByRole('button', { name: 'Sign off after this call' }).click()
    await page.getByText('Then you are signed off.').waitFor()
    await page.keyboard.press('g')
    await page.getByRole('button', { name: 'Sign on, ready for calls' }).waitFor()
    assert.notEqual((await floor.ask('GET', `/agent-sessions/${id}`)).ended_at, null)
  })

  it('shows a lead before it is dialed in preview mode, and dials or passes over by a key', async () => {
    await floor.ask('POST', `/campaigns/${campaign}/pause`)
    const people = [0, 1].map((place) => ({ full_name: `Lead ${place}`, phone: `+121220056${place + 10}`, time_zone }))
    const preview = await floor.startCampaign([agent.id], people, { mode: 'preview' })
    await page.getByRole('button', { name: 'Sign on, ready for calls' }).click()
    await page.getByRole('button', { name: 'Pass over' }).waitFor()
    const first = (await callInHand()).call_id
    await page.keyboard.press('s')
    await page.locator(`[data-offer]:not([data-offer="${first}"])`).waitFor()
    await page.getByRole('button', { name: 'Pass over' }).waitFor()
    await page.keyboard.press('a')
    await state('on_call')
    await page.keyboard.press('x')
    await state('wrap_up')
    const { data } = await floor.ask('GET', `/campaigns/${preview}/calls`)
    assert.equal(data.length, 1)
  })
})
