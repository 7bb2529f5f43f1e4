import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

const hour = 3_600_000

describe('holidays', () => {
  let floor: Floor
  let app: App
  before(async () => {
    // The morning of Independence Day, 10:00 in New York.
    floor = await openFloor({ start: '2026-07-03T14:00:00Z' })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const list = async (query: string) => app.ask('GET', `/api/v1/holidays?${query}`)
  const make = async (name: string, settings: object, phone: string) => {
    const body = { name, mode: 'broadcast', time_zone: 'America/New_York', ...settings }
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body })).body
    await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads: [{ phone }] } })
    await app.ask('POST', `/api/v1/campaigns/${id}/start`, { body: {} })
    return id as string
  }
  const dialsTo = (number: string) => floor.dials().filter((dial) => dial.number === number).length

  it('are those of the country, and of the state', async () => {
    const { data } = (await list('country=us&year=2026')).body
    assert.ok(data.some(({ date }: { date: string }) => date === '2026-12-25'))
    assert.deepEqual(
      data,
      data.toSorted((a: { date: string }, b: { date: string }) => a.date.localeCompare(b.date)),
    )
    const ofState = (await list('country=US&region=ca&year=2026')).body.data
    assert.ok(ofState.length > 0 && JSON.stringify(ofState) !== JSON.stringify(data))
    const odd = await list('country=US&region=XX&year=2026')
    assert.deepEqual([odd.status, odd.body.allowed.includes('CA')], [422, true])
    assert.equal((await list('country=QQ&year=2026')).status, 422)
    assert.equal((await list('country=US&year=1')).status, 400)
  })

  it('close a campaign for the day, and it calls the next', async () => {
    const [shut, open] = ['+12125550101', '+12125550102']
    const closed_dates = ['2026-07-03', '2026-07-03', '2026-01-01']
    const id = await make('shut', { closed_dates }, shut)
    await make('open', {}, open)
    assert.deepEqual((await app.ask('GET', `/api/v1/campaigns/${id}`)).body.closed_dates, ['2026-01-01', '2026-07-03'])
    await floor.run(2 * 60_000)
    assert.deepEqual([dialsTo(shut), dialsTo(open)], [0, 1])
    const [lead] = (await app.ask('GET', `/api/v1/leads?campaign_id=${id}`)).body.data
    assert.deepEqual([lead.due_at, lead.held_by], ['2026-07-04T12:00:00.000Z', 'us/hours'])
    await floor.runThroughDueTimes(20 * hour)
    assert.equal(dialsTo(shut), 1)
  })

  it('close a workspace where the person called is', async () => {
    const { workspace } = (await app.ask('GET', '/api/v1/me')).body
    const today = new Date(app.now()).toISOString().slice(0, 10)
    const path = `/api/v1/workspaces/${workspace.id}`
    assert.deepEqual((await app.ask('PATCH', path, { body: { closed_dates: [today] } })).body.closed_dates, [today])
    const verdict = (await app.ask('GET', '/api/v1/contactability?number=%2B12125550103')).body
    // The law opens the next morning after the closed day.
    assert.deepEqual([verdict.answer, verdict.at > `${today}T23:59`], ['later', true])
    assert.equal((await app.ask('PATCH', path, { body: { closed_dates: ['yesterday'] } })).status, 400)
    assert.deepEqual((await app.ask('PATCH', path, { body: { closed_dates: [] } })).body.closed_dates, [])
    assert.equal((await app.ask('GET', '/api/v1/contactability?number=%2B12125550103')).body.answer, 'now')
  })
})
