import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { uploadLeads } from '#kit/telecard.ts'
import { makeTenant } from '#kit/tenant.ts'

const file = `name,number,city,attempts,customer_segment,last_order_date,follow_up_date,order_count,feedback_status
Ahmed Khan,923001234567,Karachi,1,small,2026-01-15T14:30:00Z,2026-02-09,3,positive
Sara Malik,923001234568,Lahore,2,,,,,
`

describe("leads of the old system's clients", () => {
  let app: App
  /** Of the campaigns, by their segments. */
  const campaigns: Record<string, { id: number; campaign_id: string }> = {}
  before(async () => {
    app = await openApp()
    await ask('POST', 'agents/', { agent_id: 'AgentAhmed' })
    for (const segment of ['growth', 'follow_up']) {
      const body = { campaign_name: `Ahmed ${segment}`, segment, agent: 1 }
      const made = (await ask('POST', 'campaigns/', body)).body
      campaigns[segment] = made
      await uploadLeads(app, { campaign_id: made.campaign_id, segment }, file)
    }
  })
  after(() => app.close())

  const ask = (method: string, path: string, body?: unknown, key?: string | null) =>
    app.ask(method, `/api/dialer/${path}`, {
      ...(body === undefined ? {} : { body }),
      ...(key === undefined ? {} : { key }),
    })
  const list = async (query: string) => (await ask('GET', `leads/?${query}`)).body.results
  const idOf = (segment: string) => campaigns[segment]?.id
  const shown = async (query: string) =>
    (await list(query)).map((lead: { segment: string; customer_name: string }) => [
      lead.segment,
      lead.customer_name.split(' ')[0],
    ])

  it('have every field of the sample', async () => {
    const [lead] = await list(`campaign=${idOf('follow_up')}&search=ahmed`)
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
    for (const at of [lead.created_at, lead.updated_at]) assert.match(at, time)
    const { campaign_id, id: campaign } = campaigns.follow_up ?? assert.fail()
    assert.deepEqual(lead, {
      ...{ id: lead.id, lead_id: `${campaign_id}-923001234567`, phone_number: '923001234567' },
      ...{ customer_name: 'Ahmed Khan', city: 'Karachi', segment: 'follow_up', campaign },
      ...{ campaign_name: 'Ahmed follow_up', customer_segment: 'small', last_order_date: '2026-01-15T14:30:00Z' },
      ...{ last_call_date: null, follow_up_date: '2026-02-09T00:00:00Z', status: 'pending', attempt_count: 0 },
      ...{ max_attempts: 1, metadata: { order_count: 3, feedback_status: 'positive' } },
      ...{ created_at: lead.created_at, updated_at: lead.updated_at },
    })
    for (const path of [`leads/${lead.id}/`, `leads/${lead.id}`]) assert.deepEqual((await ask('GET', path)).body, lead)
  })

  it('have neutral values where nothing was said', async () => {
    const plain = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Plain' } })).body
    await app.ask('POST', `/api/v1/campaigns/${plain.id}/leads`, { body: { leads: [{ phone: '+12125550143' }] } })
    const [lead] = await list(`campaign=${plain.number}`)
    const { lead_id, customer_name, city, segment, customer_segment, metadata, last_order_date } = lead
    assert.deepEqual(
      { lead_id, customer_name, city, segment, customer_segment, metadata, last_order_date },
      {
        ...{ lead_id: `${plain.id}-12125550143`, customer_name: '', city: '', segment: 'active' },
        ...{ customer_segment: 'small', metadata: {}, last_order_date: null },
      },
    )
    assert.deepEqual(await shown('segment=active'), [['active', '']])
    await ask('DELETE', `campaigns/${plain.number}/`)
    assert.deepEqual(await shown('segment=active'), [])
    assert.equal((await ask('GET', `leads/${lead.id}/`)).status, 404)
  })

  it('are listed by segment and then newest first, by what is asked for', async () => {
    const both = [
      ['follow_up', 'Sara'],
      ['follow_up', 'Ahmed'],
      ['growth', 'Sara'],
      ['growth', 'Ahmed'],
    ]
    assert.deepEqual(await shown(''), both)
    assert.deepEqual(await shown('ordering=segment'), both)
    assert.deepEqual(await shown('ordering=-segment'), [...both.slice(2), ...both.slice(0, 2)])
    // Growth was uploaded first.
    const byAge = [both[3], both[2], both[1], both[0]]
    assert.deepEqual(await shown('ordering=created_at'), byAge)
    assert.deepEqual(await shown('ordering=-created_at'), byAge.toReversed())
    assert.deepEqual(await shown(`campaign=${idOf('growth')}&segment=growth`), both.slice(2))
    assert.deepEqual(await shown(`campaign=${idOf('growth')}&segment=follow_up`), [])
    assert.deepEqual(await shown('search=MALIK&segment=growth&whatever=1'), [['growth', 'Sara']])
    for (const search of ['923001234568', '1234568', '%2B923001234568']) {
      assert.deepEqual(await shown(`search=${search}&segment=growth`), [['growth', 'Sara']], search)
    }
    const page = (await ask('GET', 'leads/?page_size=3&search=')).body
    assert.deepEqual([page.count, page.results.length, page.previous], [4, 3, null])
    assert.equal(page.next, `${app.url}/api/dialer/leads/?page_size=3&search=&page=2`)
    for (const query of ['status=new', 'segment=x', 'campaign=x', 'ordering=name']) {
      const answer = await ask('GET', `leads/?${query}`)
      assert.deepEqual([answer.status, Object.keys(answer.body)], [400, [query.split('=')[0]]], query)
    }
  })

  it('are marked as called with an empty body or none, and found by every status', async () => {
    const [ahmed, sara] = (await list(`campaign=${idOf('follow_up')}&ordering=created_at`)) as { id: number }[]
    const [other] = await list(`campaign=${idOf('growth')}`)
    const answer = await app.ask('POST', `/api/dialer/leads/${ahmed?.id}/mark_as_called/`, {
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(answer.status, 200)
    const { message, lead } = answer.body
    assert.deepEqual([message, lead.status, lead.attempt_count], ['Lead marked as called', 'called', 1])
    assert.match(lead.last_call_date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    assert.deepEqual((await ask('GET', `leads/${ahmed?.id}/`)).body, lead)
    await ask('POST', `leads/${ahmed?.id}/mark_as_called`, {})
    const campaign = (await ask('GET', `campaigns/${idOf('follow_up')}/`)).body
    assert.deepEqual([campaign.called_leads, campaign.completion_percentage, campaign.completed_calls], [1, 50, 0])

    // Tried, and due again.
    const again = { status: 'pending', max_attempts: 5 }
    await app.ask('PATCH', `/api/v1/leads/${await longId(ahmed?.id)}`, { body: again })
    assert.equal((await ask('GET', `leads/${ahmed?.id}/`)).body.status, 'called')
    await app.ask('PATCH', `/api/v1/leads/${await longId(sara?.id)}`, { body: { status: 'skipped' } })
    await app.db.owner.query("update leads set status = 'do_not_call' where number = $1", [other.id])
    const count = async (status: string) => (await ask('GET', `leads/?status=${status}`)).body.count
    const words = ['pending', 'called', 'skipped', 'completed', 'failed', 'do_not_call']
    assert.deepEqual(await Promise.all(words.map(count)), [1, 1, 1, 0, 0, 1])
    const stats = (await ask('GET', `campaigns/${idOf('follow_up')}/stats/`)).body
    assert.deepEqual([stats.pending_leads, stats.called_leads], [0, 1])
  })

  async function longId(number: number | undefined): Promise<string> {
    const all = (await app.ask('GET', '/api/v1/leads')).body.data
    return all.find((lead: { number: number }) => lead.number === number).id
  }

  it('are for whoever has a key of their workspace and the role for it', async () => {
    const viewer = (await app.makeMember(app.tenant, 'viewer')).key
    const other = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const [{ id }] = await list('')
    for (const [method, path] of [
      ['GET', `leads/${id}/`],
      ['POST', `leads/${id}/mark_as_called/`],
    ] as const) {
      assert.equal((await ask(method, path, undefined, null)).status, 401)
      const stranger = await ask(method, path, undefined, other)
      assert.deepEqual([stranger.status, stranger.body], [404, { error: 'There is no such lead.' }])
      assert.equal((await ask(method, path, undefined, viewer)).status, method === 'GET' ? 200 : 403)
    }
    assert.equal((await ask('GET', 'leads/', undefined, other)).body.count, 0)
    assert.equal((await ask('GET', 'call-logs/', undefined, other)).body.count, 0)
    assert.equal((await ask('GET', 'call-logs/', undefined, null)).status, 401)
  })
})
