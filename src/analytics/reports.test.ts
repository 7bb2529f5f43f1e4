/** What reports read in plain SQL, against a recount of the rows. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { localTime } from '#domain/zone-offset.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { openTestDatabase, type TestDatabase } from '#kit/database.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { readTotals } from '#store/agent-transitions.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'

const zone = 'America/New_York'
const dayMs = 86_400_000

interface Call {
  /** Before now. */
  ago: number
  answered_after: number | null
  talk_ms: number
  abandoned: boolean
  said: 'sale' | 'busy' | null
}

describe('reports in plain SQL', () => {
  let db: TestDatabase
  let tenant: Tenant
  let other: Tenant
  let campaign: string
  const now = Date.now()
  before(async () => {
    db = await openTestDatabase()
    tenant = await makeTenant(db.app, now)
    other = await makeTenant(db.app, now)
    campaign = await makeCampaign(db.app, tenant, now, {})
    await loadLeads(db.app, tenant, campaign, numbersFrom(0, 7), now)
    await db.owner.query(
      "update leads set status = 'completed', due_at = null where id in (select id from leads order by id limit 3)",
    )
  })
  after(() => db.close())

  const read = async (sql: string, values: unknown[] = [], as = tenant) =>
    (await inWorkspace(db.app, as, (tx) => tx.query(sql, values))).rows

  async function place({ ago, answered_after, talk_ms, abandoned, said }: Call): Promise<void> {
    const { workspace_id, user_id, trunk_id } = tenant
    const at = now - ago
    const id = newId(at)
    const answered = answered_after === null ? null : at + answered_after
    await db.owner.query(
      `insert into calls (workspace_id, id, number, campaign_id, contact_id, owner_user_id, trunk_id, provider, initiated_at,
         answered_at, ended_at, abandoned_at)
       values ($1, $2, 1, $3, $2, $4, $5, 'simulated', $6, $7, $8, $9)`,
      [
        ...[workspace_id, id, campaign, user_id, trunk_id, new Date(at), answered === null ? null : new Date(answered)],
        ...[new Date((answered ?? at) + talk_ms), abandoned ? new Date(at) : null],
      ],
    )
    if (said === null) return
    await db.owner.query(
      `insert into call_dispositions (workspace_id, call_id, disposition_id, set_by, set_at, changed_by, changed_at)
       select $1, $2, id, $3, now(), $3, now() from disposition_categories where workspace_id = $1 and key = $4`,
      [workspace_id, id, user_id, said],
    )
  }

  it('count calls by day and by campaign as a recount does', async () => {
    const call = fc.record({
      ago: fc.integer({ min: 0, max: 35 * dayMs }),
      answered_after: fc.option(fc.integer({ min: 0, max: 30_000 })),
      talk_ms: fc.integer({ min: 0, max: 600_000 }),
      abandoned: fc.boolean(),
      said: fc.constantFrom('sale' as const, 'busy' as const, null),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 20, maxLength: 60 }), async (calls) => {
        await db.owner.query('truncate calls, call_dispositions')
        for (const each of calls) await place(each)
        const days: Record<string, Call[]> = {}
        // By the calendar: 29 times 24 hours before a late evening, across the end of summer time, is a day later.
        const first = new Date(Date.parse(localTime(zone, now).date) - 29 * dayMs).toISOString().slice(0, 10)
        for (const each of calls) {
          const { date } = localTime(zone, now - each.ago)
          if (date >= first) days[date] = [...(days[date] ?? []), each]
        }
        const told = await read('select * from v_daily_call_stats order by day')
        assert.deepEqual(
          told,
          Object.entries(days)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([day, some]) => ({ workspace_id: tenant.workspace_id, day, ...recount(some) })),
        )
        const [row] = await read('select * from v_campaign_performance')
        const { average_seconds: _, ...all } = recount(calls)
        const contacts = calls.filter(({ said }) => said === 'sale').length
        assert.deepEqual(row, {
          ...{ workspace_id: tenant.workspace_id, campaign_id: campaign, number: 1, name: 'Test', mode: 'broadcast' },
          ...{ status: 'draft', leads: 7, done: 3, ...all, contacts },
        })
      }),
      { numRuns: 10 },
    )
    for (const view of ['v_daily_call_stats', 'v_campaign_performance', 'v_active_agents']) {
      assert.deepEqual(await read(`select * from ${view}`, [], other), [], view)
    }
  })

  it('tell who is at the phone, and what an agent did in all sessions', async () => {
    const agent = await makeAgent(db.owner, tenant, now, { name: 'Ada' })
    await makeAgent(db.owner, tenant, now, { name: 'Away' })
    const session_id = await signOnAgent(db.app, tenant, agent, now - 60_000)
    const active = await read('select session_id, agent_id, name, state from v_active_agents')
    assert.deepEqual(active, [{ session_id, agent_id: agent, name: 'Ada', state: 'available' }])
    const { workspace_id } = tenant
    const at = now + 60_000
    const totals = await inWorkspace(db.app, tenant, (tx) => readTotals(tx, workspace_id, session_id, at))
    const sql = 'select * from get_agent_session_stats($1, $2)'
    assert.deepEqual(await read(sql, [agent, new Date(at)]), [
      { sessions: 1, ...totals, missed: 0, last_started_at: new Date(now - 60_000) },
    ])
    assert.equal(totals.login_ms, 120_000)
    assert.equal((await read(sql, [agent, new Date(at)], other))[0].sessions, 0)
  })

  it('say whether a number is on the do-not-call list', async () => {
    const numbers = numbersFrom(500, 4)
    const [blocked, lapsed, here, free] = numbers
    const block = (number: string | undefined, scope: string, expires: number | null, removed: number | null = null) =>
      db.owner.query(
        `insert into suppressions (workspace_id, id, number, scope, campaign_id, source, expires_at, created_at, removed_at)
         values ($1, $2, $3, $4, $5, 'manual', $6, now(), $7)`,
        [
          ...[tenant.workspace_id, newId(now), number, scope, scope === 'campaign' ? campaign : null],
          ...[expires === null ? null : new Date(expires), removed === null ? null : new Date(removed)],
        ],
      )
    await block(blocked, 'workspace', null)
    await block(lapsed, 'workspace', now - 1000)
    await block(here, 'campaign', null)
    await block(free, 'workspace', null, now)
    const sql = 'select is_dnc(n) as blocked from unnest($1::text[]) with ordinality as x (n, place) order by place'
    assert.deepEqual(
      (await read(sql, [numbers])).map((row) => row.blocked),
      [true, false, false, false],
    )
    assert.equal((await read('select is_dnc($1, $2) as blocked', [lapsed, new Date(now - 2000)]))[0].blocked, true)
    assert.equal((await read('select is_dnc($1) as blocked', [blocked], other))[0].blocked, false)
  })
})

function recount(calls: Call[]) {
  const answered = calls.filter(({ answered_after }) => answered_after !== null)
  const seconds = answered.map(({ talk_ms }) => Math.floor(talk_ms / 1000))
  const talk_seconds = seconds.reduce((sum, each) => sum + each, 0)
  const successes = calls.filter(({ said }) => said === 'sale').length
  const none = answered.length === 0
  return {
    calls: calls.length,
    answered: answered.length,
    abandoned: calls.filter(({ abandoned }) => abandoned).length,
    successes,
    contacts: calls.length,
    talk_seconds,
    average_seconds: none ? null : Math.round(talk_seconds / answered.length),
    conversion_percent: none ? null : Math.round((successes * 1000) / answered.length) / 10,
  }
}
