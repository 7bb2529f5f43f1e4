/** The floor as a supervisor sees it, and what they do about it, as it arrives at the agent's desk. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { findBarriers, overflowOf, widths } from '#kit/console.ts'
import { type DeskFloor, openDeskFloor } from '#kit/desk-floor.ts'
import { requireTool } from '#kit/tools.ts'
import { zoneAtNoon } from '../chaos/list.ts'

const skip = requireTool('chromium')

describe('the wallboard', { skip, timeout: 180_000 }, () => {
  let floor: DeskFloor
  let board: Page
  let desk: Page
  let people: Page
  let agent: { id: string }
  before(async () => {
    floor = await openDeskFloor()
    const [ada, boss] = [await floor.join('Ada', 'agent'), await floor.join('Boss', 'supervisor')]
    agent = await floor.ask('POST', '/agents', { name: 'Ada', user_id: ada.user_id })
    board = boss.page
    desk = ada.page
    people = (await floor.signIn()).page
    for (const page of [board, desk, people]) page.setDefaultTimeout(20_000)
    await Promise.all([board.goto(`${floor.url}/wallboard`), desk.goto(`${floor.url}/desk`)])
  })
  after(() => floor.close())

  const session = async () => (await floor.ask('GET', `/agent-sessions?agent_id=${agent.id}`)).data[0]
  const shows = (state: string) => board.locator(`[data-agent-state=${state}]`).waitFor()

  it('says what to do while nobody is there, and shows whoever signs on', async () => {
    await board.getByText('Nobody is at the phone').waitFor()
    await desk.getByRole('button', { name: 'Sign on, ready for calls' }).click()
    await shows('available')
    await board.getByRole('button', { name: 'Listen' }).focus()
    await board.getByRole('tooltip').filter({ hasText: 'Choose an agent below.' }).waitFor()
  })

  it('tells everybody, and sends on a break, both at the desk at once', async () => {
    await board.getByRole('button', { name: 'Message to everybody' }).click()
    await board.getByLabel('What they read').fill('Lunch is at one')
    await board.getByRole('button', { name: 'Send', exact: true }).click()
    await board.getByText('1 agent was told').waitFor()
    await desk.getByText('Lunch is at one').waitFor()
    await board.getByRole('button', { name: 'Ada', exact: true }).click()
    await board.getByRole('button', { name: 'Break', exact: true }).click()
    const asked = performance.now()
    await board.getByRole('menuitem', { name: 'Training' }).click()
    await desk.getByText('Break: Training').waitFor()
    await board.getByText('Break: Training').waitFor()
    assert.ok(performance.now() - asked < 3_000)
    assert.deepEqual([(await session()).state, (await session()).reason], ['break', 'training'])
    await board.getByRole('button', { name: 'Make ready' }).click()
    await desk.locator('[data-state=available]').waitFor()
  })

  it('has no barrier and fits a phone', async () => {
    assert.deepEqual(await findBarriers(board), [])
    await board.setViewportSize(widths.phone)
    assert.equal(await overflowOf(board), 0)
    await board.setViewportSize(widths.desk)
  })

  it('listens, whispers and leaves by a key each, and always says how', async () => {
    const time_zone = zoneAtNoon(Date.now())
    await floor.startCampaign([agent.id], [{ full_name: 'Grace Hopper', phone: '+12122005510', time_zone }])
    await shows('on_call')
    await board.getByRole('cell', { name: 'Renewals' }).waitFor()
    const { call_id } = await session()
    await board.keyboard.press('l')
    await board.locator('[data-join=listen]').getByText('You listen to Ada', { exact: false }).waitFor()
    await board.reload()
    await board.locator('[data-join=listen]').waitFor()
    await board.getByRole('button', { name: 'Ada', exact: true }).click()
    await board.getByRole('button', { name: 'Whisper' }).waitFor()
    await board.keyboard.press('w')
    await board.locator('[data-join=whisper]').waitFor()
    await board.keyboard.press('x')
    await board.locator('[data-join]').waitFor({ state: 'detached' })
    const { data } = await floor.ask('GET', `/calls/${call_id}/acts`)
    const done = data
      .filter(({ result }: { result: string }) => result === 'done')
      .map(({ act }: { act: string }) => act)
    assert.deepEqual(done, ['listen', 'whisper', 'leave'])
  })

  it('pauses a campaign, and lets it go on', async () => {
    const [campaign] = (await floor.ask('GET', '/campaigns?status=active')).data
    await board.getByRole('button', { name: 'Pause Renewals' }).click()
    await floor.until(`/campaigns/${campaign.id}`, ({ status }) => status === 'paused')
    await board.getByRole('button', { name: 'Go on' }).click()
    await floor.until(`/campaigns/${campaign.id}`, ({ status }) => status === 'active')
  })

  it('signs an agent off when the call is over, and says why', async () => {
    await board.getByRole('button', { name: 'Sign off' }).click()
    await board.getByLabel('Why').fill('end of the shift')
    await board.getByRole('dialog').getByRole('button', { name: 'Sign off' }).click()
    await desk.getByRole('button', { name: 'Sign-off after this call', exact: false }).waitFor()
    const { id } = await session()
    await desk.keyboard.press('x')
    await desk.locator('[data-state=wrap_up]').waitFor()
    await desk.keyboard.press('g')
    await floor.until(
      `/agent-sessions/${id}`,
      ({ state, reason }) => state === 'offline' && reason === 'end of the shift',
    )
    await board.getByText('Nobody is at the phone').waitFor()
  })

  it('goes with a page on which agents are made and changed; it says what the server does not take', async () => {
    await people.goto(`${floor.url}/agents`)
    await people.getByRole('button', { name: 'Ada', exact: true }).waitFor()
    await people.getByRole('button', { name: 'New agent' }).click()
    await people.getByLabel('Name').fill('Ben')
    await people.getByLabel('Reached at').selectOption('extension')
    await people.getByLabel('Extension').fill('seven')
    await people.getByRole('button', { name: 'Save' }).click()
    await people.getByRole('alert').waitFor()
    await people.getByLabel('Extension').fill('701')
    await people.getByLabel('Skills').fill('sales, Urdu')
    await people.getByRole('button', { name: 'Save' }).click()
    await people.getByRole('cell', { name: 'Extension 701' }).waitFor()
    await people.getByRole('button', { name: 'Ben', exact: true }).click()
    await people.getByLabel('Reached at').selectOption('browser')
    await people.getByLabel('Signs in as').selectOption({ index: 1 })
    await people.getByRole('button', { name: 'Save' }).click()
    await people.getByRole('row', { name: 'Ben' }).getByText('Browser').waitFor()
    const [ben] = (await floor.ask('GET', '/agents?search=Ben')).data
    const me = await floor.ask('GET', '/me')
    assert.deepEqual([ben.user_id, ben.skills, ben.extension], [me.user.id, ['sales', 'urdu'], null])
  })

  it('goes with teams, which are made and removed there', async () => {
    await people
      .getByRole('button', { name: 'Teams' })
      .or(people.getByRole('radio', { name: 'Teams' }))
      .click()
    await people.getByRole('button', { name: 'New team' }).click()
    await people.getByLabel('Name').fill('East')
    await people.getByRole('checkbox', { name: 'Ben' }).check()
    await people.getByRole('button', { name: 'Save' }).click()
    await people.getByText('1 agent', { exact: true }).waitFor()
    const [team] = (await floor.ask('GET', '/teams')).data
    assert.deepEqual([team.name, team.agent_ids.length], ['East', 1])
    await people.getByRole('button', { name: 'Remove East' }).click()
    await people.getByRole('button', { name: 'Remove', exact: true }).click()
    await people.getByText('No team yet').waitFor()
    assert.deepEqual((await floor.ask('GET', '/teams')).data, [])
  })

  it('has agents, too: a page without barriers that fits a phone', async () => {
    await people.goto(`${floor.url}/agents`)
    await people.getByRole('cell', { name: 'Browser' }).first().waitFor()
    assert.deepEqual(await findBarriers(people), [])
    await people.setViewportSize(widths.phone)
    assert.equal(await overflowOf(people), 0)
  })
})
