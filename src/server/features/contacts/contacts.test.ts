import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { importOver } from '#kit/http-imports.ts'
import { makeTenant } from '#kit/tenant.ts'

const minute = 60_000
const people = 'name,phone,country\nAnn Lee,+12125550101,US\nBo Ray,+12125550102,US\nCy Lamb,+442079460103,GB\n'

describe('contacts', () => {
  let floor: Floor
  let app: App
  let list: string
  let stranger: string
  before(async () => {
    floor = await openFloor()
    app = await openApp({ floor })
    list = (await importOver(app, people)).id
    stranger = await app.makeKey(await makeTenant(app.db.app, app.now()))
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const find = async (query: string) => {
    const { body } = await app.ask('GET', `/api/v1/contacts?${query}`)
    const { count } = (await app.ask('GET', `/api/v1/contacts/count?${query}`)).body
    const names: string[] = body.data.map((row: { full_name: string }) => row.full_name).sort()
    assert.equal(count, names.length, 'the count is of what is listed')
    return names
  }
  const call = (body: object, sent: object = {}) => app.ask('POST', '/api/v1/contacts/bulk-call', { body, ...sent })
  const leadsOf = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}/leads`)).body.data

  it('are found by part of a name or of a number, by country, list and campaign, and counted', async () => {
    assert.deepEqual(await find('search=lee'), ['Ann Lee'])
    assert.deepEqual(await find('search=555-01'), ['Ann Lee', 'Bo Ray'])
    assert.deepEqual(await find('search=%2B44%2020'), ['Cy Lamb'])
    assert.deepEqual(await find('country=us'), ['Ann Lee', 'Bo Ray'])
    assert.deepEqual(await find(`import_id=${list}`), ['Ann Lee', 'Bo Ray', 'Cy Lamb'])
    assert.equal((await app.ask('GET', '/api/v1/contacts/count', { key: stranger })).body.count, 0)
  })

  it('are paged through newest first, each of them once', async () => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { body } = await app.ask('GET', `/api/v1/contacts?limit=1${cursor}`)
      seen.push(...body.data.map((row: { id: string }) => row.id))
      if (body.next_cursor === null) break
      cursor = `&cursor=${body.next_cursor}`
    }
    assert.deepEqual(seen, [...new Set(seen)].sort().reverse())
    assert.equal(seen.length, 3)
  })

  it('become a campaign in one act, which calls them; asked again it is the same one', async () => {
    const campaign = { name: 'Bulk', mode: 'broadcast', purpose: 'information', next_action: 'Confirm' }
    const headers = { 'idempotency-key': 'bulk-1' }
    const made = await call({ campaign, matching: { search: '212 555' } }, { headers })
    assert.deepEqual([made.status, made.body.added, made.body.campaign.status], [201, 2, 'draft'], made.text)
    const again = await call({ campaign, matching: { search: '212 555' } }, { headers })
    const { id } = made.body.campaign
    assert.equal(again.body.campaign.id, id)
    assert.deepEqual(await find(`campaign_id=${id}`), ['Ann Lee', 'Bo Ray'])
    for (const lead of await leadsOf(id)) assert.notEqual(lead.due_at, null, 'the gate was asked')
    await app.ask('POST', `/api/v1/campaigns/${id}/start`)
    await floor.run(2 * minute)
    const dialed = floor.dials().map(({ number }) => number)
    assert.deepEqual(dialed.sort(), ['+12125550101', '+12125550102'])
  })

  it('are called by name, too; who is not there makes nothing', async () => {
    const [{ id }] = (await app.ask('GET', '/api/v1/contacts?search=Cy')).body.data
    const campaigns = async () => (await app.ask('GET', '/api/v1/campaigns')).body.data.length
    const before = await campaigns()
    const campaign = { name: 'Few', mode: 'preview' }
    const refused: [object, string?][] = [
      [{ campaign }],
      [{ campaign, contact_ids: [id], matching: {} }],
      [{ campaign, contact_ids: [id, crypto.randomUUID()] }],
      [{ campaign, matching: { search: 'nobody at all' } }],
      [{ campaign: { ...campaign, script_id: crypto.randomUUID() }, contact_ids: [id] }],
      [{ campaign, contact_ids: [id] }, stranger],
    ]
    for (const [body, key] of refused) {
      assert.equal((await call(body, key ? { key } : {})).status, 422, JSON.stringify(body))
    }
    const windowless = await call({
      campaign: { ...campaign, window_start: '18:00' },
      matching: {},
    })
    assert.deepEqual(
      [windowless.status, windowless.body.errors.map(({ path }: { path: string }) => path)],
      [422, ['campaign.window_end']],
    )
    assert.equal(await campaigns(), before)
    const made = await call({ campaign, contact_ids: [id, id] })
    assert.deepEqual([made.status, made.body.added], [201, 1])
  })

  it('of a campaign are not taken along when its settings are cloned', async () => {
    const settings = { mode: 'broadcast', window_start: '10:00', window_end: '16:30', next_action: 'Ask', code: 'one' }
    const { campaign } = (
      await call({ campaign: { name: 'First', ...settings, start_date: '2026-01-05' }, matching: {} })
    ).body
    const clone = await app.ask('POST', `/api/v1/campaigns/${campaign.id}/clone`, { body: { name: 'Second' } })
    assert.equal(clone.status, 201, clone.text)
    const { id, number, name, code, start_date, status, created_at, updated_at, status_at, ...same } = clone.body
    assert.deepEqual([name, code, start_date, status], ['Second', null, null, 'draft'])
    for (const [key, value] of Object.entries(same)) assert.deepEqual(value, campaign[key], key)
    assert.deepEqual(await leadsOf(id), [])
    const unnamed = await app.ask('POST', `/api/v1/campaigns/${campaign.id}/clone`)
    assert.equal(unnamed.body.name, 'First')
    assert.equal((await app.ask('POST', `/api/v1/campaigns/${campaign.id}/clone`, { key: stranger })).status, 404)
  })
})
