import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant } from '#kit/tenant.ts'
import { countCampaigns } from '#store/campaign-counts.ts'
import { inWorkspace } from '#store/tx.ts'
import { idOfPast, readTimes } from './past-call.ts'

const number = '+12125550143'
const other = '+12125550144'

describe('history of another system', () => {
  let app: App
  let campaign: string
  const post = (path: string, body: unknown) => app.ask('POST', `/api/v1/history/${path}`, { body })
  const lead = async (phone: string) =>
    (await app.ask('GET', `/api/v1/leads?campaign_id=${campaign}&phone=${encodeURIComponent(phone)}`)).body.data[0]
  const call = (external_id: string, rest: Record<string, unknown> = {}) => ({
    ...{ external_id, number, campaign_id: campaign, status: 'completed', initiated_at: '2026-02-09T09:00:00Z' },
    ...{ duration_seconds: 60, ...rest },
  })
  before(async () => {
    app = await openApp()
    campaign = (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'Old one', mode: 'progressive' } })).body.id
    const people = { leads: [{ phone: number, customer_segment: 'small' }, { phone: other }] }
    assert.equal((await app.ask('POST', `/api/v1/campaigns/${campaign}/leads`, { body: people })).status, 201)
  })
  after(() => app.close())

  it('takes each call once, as a try of its lead, with what it is the merge of', async () => {
    const calls = [
      call('1', {
        metadata: { crm: 7 },
        recording_url: 'https://old.example/1.wav',
        note: 'said yes',
        disposition: 'interested',
      }),
      call('2', { status: 'busy', duration_seconds: 0, initiated_at: '2026-02-08T09:00:00Z' }),
      call('3', { status: 'no-answer', number: '+12125550199', campaign_id: null }),
    ]
    assert.deepEqual((await post('calls', { source: 'old', calls })).body, { added: 3, known: 0, refused: [] })
    const before = await lead(number)
    assert.deepEqual((await post('calls', { source: 'old', calls })).body, { added: 0, known: 3, refused: [] })
    assert.deepEqual(await lead(number), before)
    assert.equal(before.attempts, 2)
    assert.equal(before.last_outcome, 'answered')
    assert.equal(before.last_attempt_at, '2026-02-09T09:00:00.000Z')
    assert.equal(before.customer_segment, 'small')
    const { data } = (await app.ask('GET', `/api/v1/calls?lead_id=${before.id}`)).body
    assert.deepEqual(
      data.map((row: Record<string, unknown>) => [row.outcome, row.duration_seconds, row.disposition]),
      [
        ['answered', 60, 'interested'],
        ['busy', null, null],
      ],
    )
    const events = (await app.ask('GET', `/api/v1/calls/${data[0].id}/events`)).body.data
    assert.deepEqual(
      events.map(({ kind }: { kind: string }) => kind),
      ['ended'],
    )
    const { tenant } = app
    const counts = await inWorkspace(app.db.app, tenant, (tx) => countCampaigns(tx, tenant.workspace_id, [campaign]))
    assert.deepEqual(counts.get(campaign), {
      ...{ leads: 2, called_leads: 1, by_lead_status: { pending: 2 } },
      ...{ calls: 2, by_call_status: { completed: 1, busy: 1 } },
    })
  })

  it('brings leads to where they were, and no further when told again', async () => {
    const leads = [
      { campaign_id: campaign, number, attempts: 3, last_attempt_at: '2026-02-09T09:00:00Z' },
      { campaign_id: campaign, number: other, status: 'do_not_call', attempts: 1 },
      { campaign_id: campaign, number: '+12125550177', attempts: 1 },
    ]
    for (const _ of [1, 2]) {
      const { body } = await post('leads', { source: 'old', leads })
      assert.deepEqual(body.refused, [{ index: 2, message: 'names no lead' }])
      const ids = [(await lead(number)).id, (await lead(other)).id]
      assert.deepEqual(
        body.settled,
        ids.map((lead_id, index) => ({ index, lead_id })),
      )
      assert.deepEqual([(await lead(number)).attempts, (await lead(number)).status], [3, 'failed'])
      assert.deepEqual([(await lead(other)).attempts, (await lead(other)).status], [1, 'do_not_call'])
    }
    const attempts = (await app.ask('GET', `/api/v1/attempts?campaign_id=${campaign}`)).body.data
    assert.equal(attempts.filter((row: { lead_id: string }) => row.lead_id !== null).length, 4)
    const path = `/api/v1/suppressions/look-up?number=${encodeURIComponent(other)}`
    assert.equal((await app.ask('GET', path)).body.suppressed, true)
  })

  it('blocks whoever asked for it on a call, at once', async () => {
    const opposed = '+12125550155'
    const calls = [call('9', { number: opposed, campaign_id: null, disposition: 'do-not-call' })]
    assert.equal((await post('calls', { source: 'old', calls })).body.added, 1)
    const path = `/api/v1/suppressions/look-up?number=${encodeURIComponent(opposed)}`
    const { suppressed, suppressions } = (await app.ask('GET', path)).body
    assert.deepEqual([suppressed, suppressions[0].source, suppressions[0].reason], [true, 'import', 'asked for in old'])
  })

  it('names what it can not take, and takes the rest', async () => {
    const mine = await app.makeKey(await makeTenant(app.db.app, app.now()))
    const calls = [call('a', { number: 'nobody' }), call('b', { initiated_at: '2999-01-01T00:00:00Z' }), call('c')]
    const { body } = await post('calls', { source: 'old', calls })
    assert.deepEqual([body.added, body.refused.map(({ index }: { index: number }) => index)], [1, [0, 1]])
    const foreign = await app.ask('POST', '/api/v1/history/calls', {
      key: mine,
      body: { source: 'old', calls: [call('d')] },
    })
    assert.deepEqual(foreign.body.refused, [{ index: 0, message: 'campaign_id: names no campaign' }])
    assert.equal((await post('calls', { source: 'Old!', calls })).status, 400)
    assert.equal((await post('calls', { source: 'old', calls: [call('e', { status: 'talking' })] })).status, 400)
  })

  it('gives a thing of one source always the same id, and keeps times in order', () => {
    const at = fc.integer({ min: 0, max: 4_000_000_000_000 })
    const told = fc.option(at, { nil: null })
    fc.assert(
      fc.property(at, told, told, fc.string(), (began, answered, ended, key) => {
        const id = idOfPast('w', 's', key, began)
        assert.equal(id, idOfPast('w', 's', key, began))
        assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
        const times = readTimes({
          ...{ external_id: key, number, direction: 'outbound', status: 'completed' },
          ...{ initiated_at: iso(began) as string, answered_at: iso(answered), ended_at: iso(ended) },
        })
        assert.ok(
          times.initiated_at <= (times.answered_at as string) && (times.answered_at as string) <= times.ended_at,
        )
      }),
    )
  })
})
