import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { addPastCalls } from '#kit/past-calls.ts'
import { loadLeads, makeCampaign, makeTenant, type Tenant } from '#kit/tenant.ts'

describe('looking for calls', () => {
  let app: App
  let ids: string[]
  const now = Date.now()
  const find = async (search: string, more = '', key?: string) =>
    (await app.ask('GET', `/api/v1/calls?search=${encodeURIComponent(search)}${more}`, key ? { key } : {})).body
  const idsOf = async (search: string, more = '') =>
    (await find(search, more)).data.map(({ id }: { id: string }) => ids.indexOf(id)).sort()
  before(async () => {
    app = await openApp()
    ids = await callPeople(app.tenant)
    await callPeople(await makeTenant(app.db.app, now))
  })
  after(() => app.close())

  /** Ann Lee was called twice and Lee Ann once; the fourth is nobody's. */
  async function callPeople(tenant: Tenant) {
    const { db } = app
    const campaign_id = await makeCampaign(db.app, tenant, now, { name: '=1+1' })
    await loadLeads(db.app, tenant, campaign_id, ['+12125550143'], now, {
      full_name: 'Ann Lee',
      first_name: 'Ann',
      last_name: 'Lee',
    })
    await loadLeads(db.app, tenant, campaign_id, ['+442079460777'], now, {
      full_name: 'Lee Ann',
      first_name: 'Lee',
      last_name: 'Ann',
    })
    const { rows } = await db.owner.query(
      'select id, full_name from contacts where workspace_id = $1 order by full_name',
      [tenant.workspace_id],
    )
    const [ann, lee] = rows.map(({ id }) => id)
    return addPastCalls(db.owner, tenant, [
      { at: now - 86_400_000 * 3, to_number: '+12125550143', contact_id: ann, campaign_id, zone: 'America/New_York' },
      { at: now - 3000, to_number: '+12125550143', contact_id: ann, campaign_id },
      { at: now - 2000, to_number: '+442079460777', contact_id: lee, campaign_id },
      { at: now - 1000, to_number: '+12125559143' },
    ])
  }

  it('finds them by the last digits, the whole number, an id, a number of ours and the beginning of a name', async () => {
    assert.deepEqual(await idsOf('143'), [0, 1, 3])
    assert.deepEqual(await idsOf('0143'), [0, 1])
    assert.deepEqual(await idsOf('+1 212 555-0143'), [0, 1])
    assert.deepEqual(await idsOf('020 7946 0777'), [2])
    assert.deepEqual(await idsOf(ids[2] as string), [2])
    assert.deepEqual(await idsOf('#4'), [3])
    assert.deepEqual(await idsOf('ann l'), [0, 1])
    assert.deepEqual(await idsOf('LEE'), [0, 1, 2])
    assert.deepEqual(await idsOf('nobody'), [])
    assert.deepEqual(await idsOf('%'.repeat(2)), [])
  })

  it('keeps to the other filters, and goes on page by page', async () => {
    const today = new Date(now).toISOString().slice(0, 10)
    assert.deepEqual(await idsOf('lee', `&since=${today}&until=${today}&zone=UTC`), [1, 2])
    const first = await find('lee', '&limit=2')
    const second = await find('lee', `&limit=2&cursor=${first.next_cursor}`)
    assert.deepEqual(
      [...first.data, ...second.data].map(({ id }) => ids.indexOf(id)),
      [2, 1, 0],
    )
    assert.equal(second.next_cursor, null)
  })

  it('says what is too short, and finds nothing of others', async () => {
    for (const search of ['12', 'L']) assert.equal((await app.ask('GET', `/api/v1/calls?search=${search}`)).status, 422)
    const stranger = await app.makeKey(await makeTenant(app.db.app, now))
    for (const search of ['143', 'lee', ids[0] as string]) assert.deepEqual((await find(search, '', stranger)).data, [])
  })

  it('gives the same calls as a file that is no formula and keeps numbers whole', async () => {
    const { text, headers } = await app.ask('GET', '/api/v1/calls.csv?search=0143')
    assert.match(headers.get('content-disposition') ?? '', /calls\.csv/)
    const [head = '', ...lines] = text.replace('\ufeff', '').trimEnd().split('\r\n')
    assert.equal(lines.length, 2)
    const [cells = []] = lines.map((line) => line.split(','))
    const cell = (name: string) => cells[head.split(',').indexOf(name)]
    assert.deepEqual([cell('to_number'), cell('contact'), cell('campaign')], ["'+12125550143", 'Ann Lee', "'=1+1"])
  })
})
