import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { makeTenant, type Tenant } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'

/** What carriers say of calls, for each of the eight words. */
const told = {
  initiated: { state: 'initiated', outcome: null, answered: false },
  ringing: { state: 'ringing', outcome: null, answered: false },
  answered: { state: 'answered', outcome: null, answered: true },
  completed: { state: 'ended', outcome: 'human', answered: true },
  failed: { state: 'ended', outcome: 'congestion', answered: false },
  busy: { state: 'ended', outcome: 'busy', answered: false },
  'no-answer': { state: 'ended', outcome: 'no_answer', answered: false },
  canceled: { state: 'ended', outcome: 'canceled', answered: false },
}
type Word = keyof typeof told

const counts: Record<Word, number> = {
  ...{ initiated: 10, ringing: 5, answered: 40, completed: 280, failed: 50, busy: 40, 'no-answer': 90, canceled: 15 },
}
const hour = 3_600_000

describe('analytics of the older client', () => {
  let app: App
  let numbers = 0
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const get = (query: string, key: string) => app.ask('GET', `/api/dialer/analytics${query}`, { key })

  /** Calls that began at `at`, as the tracker leaves them behind. */
  async function addCalls(
    tenant: Tenant,
    word: Word,
    seconds: number[],
    at: number,
    campaign_id: string | null = null,
  ) {
    const { state, outcome, answered } = told[word]
    const rows = seconds.map((lasted) => ({
      ...{ id: newId(at), number: ++numbers, campaign_id, state, outcome, initiated_at: new Date(at) },
      answered_at: answered ? new Date(at + 5000) : null,
      ended_at: state === 'ended' ? new Date(at + 5000 + lasted * 1000) : null,
    }))
    await app.db.owner.query(
      `insert into calls (workspace_id, id, number, campaign_id, owner_user_id, trunk_id, provider, state, outcome,
         initiated_at, answered_at, ended_at)
       select $1, r.id, r.number, r.campaign_id, $2, $3, 'simulated', r.state, r.outcome, r.initiated_at, r.answered_at,
         r.ended_at from jsonb_populate_recordset(null::calls, $4) r`,
      [tenant.workspace_id, tenant.user_id, tenant.trunk_id, JSON.stringify(rows)],
    )
  }

  async function makeOne(): Promise<{ tenant: Tenant; key: string }> {
    const tenant = await makeTenant(app.db.app, app.now())
    return { tenant, key: await app.makeKey(tenant) }
  }

  it('are those of the sample, from calls like those of the sample', async () => {
    const { tenant, key } = await makeOne()
    // 280 calls that lasted 36,000 seconds together.
    const lasted = Array.from({ length: 280 }, (_, index) => (index < 160 ? 129 : 128))
    for (const [word, count] of Object.entries(counts) as [Word, number][]) {
      const seconds = word === 'completed' ? lasted : Array.from({ length: count }, () => 7)
      await addCalls(tenant, word, seconds, Date.parse('2026-11-10T14:30:00Z'))
    }
    const { status, body } = await get('?start_date=2026-11-01&end_date=2026-11-30', key)
    assert.equal(status, 200)
    const { overview, distribution, recentCalls } = body.analytics
    assert.deepEqual(overview, {
      ...{
        totalCalls: 500,
        answeredCalls: 320,
        completedCalls: 280,
        failedCalls: 50,
        busyCalls: 40,
        noAnswerCalls: 90,
      },
      ...{ totalDuration: 36_000, avgDuration: 112, answerRate: 64, completionRate: 56 },
    })
    assert.deepEqual(distribution.byStatus, counts)
    const byHour = Array.from({ length: 24 }, () => 0)
    byHour[9] = 500
    assert.deepEqual(distribution.byHour, byHour)
    assert.equal(recentCalls.length, 10)
    assert.deepEqual(Object.keys(body), ['analytics'])
    assert.deepEqual(Object.keys(body.analytics), ['overview', 'distribution', 'recentCalls'])
    const { calls } = (await app.ask('GET', '/api/dialer/calls?limit=10', { key })).body
    assert.deepEqual(recentCalls, calls)
  })

  it('are zeros with every key where there are no calls', async () => {
    const { key } = await makeOne()
    const { analytics } = (await get('/', key)).body
    assert.deepEqual(
      Object.values(analytics.overview),
      Array.from({ length: 10 }, () => 0),
    )
    assert.deepEqual(
      analytics.distribution.byHour,
      Array.from({ length: 24 }, () => 0),
    )
    assert.deepEqual(Object.keys(analytics.distribution.byStatus), Object.keys(told))
    assert.deepEqual(analytics.recentCalls, [])
  })

  it("are of the workspace's days, the last one included, and of the campaign asked for", async () => {
    const { tenant, key } = await makeOne()
    const campaign = (await app.ask('POST', '/api/dialer/campaigns', { key, body: { name: 'one' } })).body.campaign.id
    // In New York days begin at 04:00 UTC until the clocks go back in the night to November 1, then at 05:00.
    const midnight = Date.parse('2026-10-31T04:00:00Z')
    await addCalls(tenant, 'busy', [0], midnight - 1)
    await addCalls(tenant, 'completed', [10], midnight, campaign)
    await addCalls(tenant, 'completed', [11], midnight + 48 * hour + hour - 1)
    await addCalls(tenant, 'failed', [0], midnight + 49 * hour)
    const total = async (query: string) => (await get(query, key)).body.analytics.overview.totalCalls
    assert.equal(await total(''), 4)
    assert.equal(await total('?start_date=2026-10-31&end_date=2026-11-01'), 2)
    assert.equal(await total('?start_date=2026-10-31&end_date=2026-10-31'), 1)
    assert.equal(await total('?start_date=2026-11-02'), 1)
    assert.equal(await total('?end_date=2026-10-30'), 1)
    assert.equal(await total(`?start_date=${encodeURIComponent('2026-10-31T04:00:00Z')}&end_date=`), 3)
    assert.equal(await total('?end_date=2026-10-31T03:59:59.999Z'), 1)
    assert.equal(await total('?start_date=0001-01-01&end_date=9999-12-31'), 4)
    assert.equal(await total('?start_date=9999-12-31&end_date=0001-01-01'), 0)
    const one = (await get(`?campaign_id=${campaign}&colour=red`, key)).body.analytics
    assert.deepEqual([one.overview.totalCalls, one.overview.totalDuration, one.recentCalls.length], [1, 10, 1])
    assert.equal(one.distribution.byHour[0], 1)
    const both = (await get('?start_date=2026-10-31&end_date=2026-11-01', key)).body.analytics
    assert.equal(both.distribution.byHour[23], 1)
    assert.equal(both.recentCalls.length, 2)
    for (const query of ['?start_date=yesterday', '?end_date=2026-02-30', '?campaign_id=7']) {
      const refused = await get(query, key)
      assert.deepEqual([refused.status, Object.keys(refused.body)], [400, ['error']], query)
    }
    const stranger = (await makeOne()).key
    assert.equal((await get(`?campaign_id=${campaign}`, stranger)).body.analytics.overview.totalCalls, 0)
    assert.equal((await app.ask('GET', '/api/dialer/analytics', { key: null })).status, 401)
  })
})
