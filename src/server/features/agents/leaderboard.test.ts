import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAgent, makeTeam } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { makeCampaign } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'

/** Noon in New York. */
const noon = Date.parse('2026-03-04T17:00:00Z')
const minute = 60_000

interface Row {
  rank: number
  name: string
}

describe('the leaderboard', () => {
  let app: App
  let campaign: string
  const agents: Record<string, string> = {}
  before(async () => {
    app = await openApp()
    campaign = await makeCampaign(app.db.app, app.tenant, noon, {})
    // Three minutes of each call are talk; a call of null came to nothing.
    await work('Ada', ['sale', 'sale', 'busy', null])
    await work('Bo', ['sale', 'qualified'])
    await work('Cy', ['busy', 'busy', 'busy', null, null])
    await work('Di', [])
    await makeAgent(app.db.owner, app.tenant, noon, { name: 'Never signed on' })
  })
  after(() => app.close())

  /** A shift of an hour with these calls. */
  async function work(name: string, said: (string | null)[]): Promise<void> {
    const { workspace_id, user_id, trunk_id } = app.tenant
    const agent = await makeAgent(app.db.owner, app.tenant, noon, { name })
    agents[name] = agent
    const session = newId(noon)
    await app.db.owner.query(
      `insert into agent_sessions (workspace_id, id, agent_id, state, state_since, started_at, ended_at)
       values ($1, $2, $3, 'offline', $4, $5, $4)`,
      [workspace_id, session, agent, new Date(noon + 60 * minute), new Date(noon)],
    )
    let step = 0
    const move = (to: string, at: number, call: string | null = null) => {
      step += 1
      return app.db.owner.query(
        `insert into agent_transitions (workspace_id, session_id, step, agent_id, from_state, to_state, call_id, at)
         values ($1, $2, $3, $4, 'available', $5, $6, $7)`,
        [workspace_id, session, step, agent, to, call, new Date(at)],
      )
    }
    await move('available', noon)
    for (const [index, key] of said.entries()) {
      const [call, at] = [newId(noon), noon + (5 + index * 5) * minute]
      await move('reserved', at, call)
      if (key !== null) await move('on_call', at + minute, call)
      await move('available', at + 4 * minute)
      if (key === null) continue
      await app.db.owner.query(
        `insert into call_dispositions (workspace_id, call_id, disposition_id, set_by, set_at, changed_by, changed_at)
         select $1, $2, id, $3, $4, $3, $4 from disposition_categories where workspace_id = $1 and key = $5`,
        [workspace_id, call, user_id, new Date(at), key],
      )
      await app.db.owner.query(
        `insert into calls (workspace_id, id, number, campaign_id, owner_user_id, trunk_id, provider, initiated_at, agent_id)
         values ($1, $2, $3, $4, $5, $6, 'simulated', $7, $8)`,
        [workspace_id, call, step, campaign, user_id, trunk_id, new Date(at), key === 'qualified' ? agents.Ada : null],
      )
    }
    await move('offline', noon + 60 * minute)
  }

  const ask = (query: string, key = app.key) => app.ask('GET', `/api/v1/agents/leaderboard?${query}`, { key })
  const ranks = async (query: string) =>
    (await ask(`date=2026-03-04&${query}`)).body.data.map(({ rank, name }: Row) => [rank, name])

  it('ranks whoever was at the phone, and equals alike', async () => {
    assert.deepEqual(await ranks('by=calls'), [
      [1, 'Cy'],
      [2, 'Ada'],
      [3, 'Bo'],
      [4, 'Di'],
    ])
    // Bo's second sale is Ada's call, whom the person heard first.
    assert.deepEqual(await ranks(''), [
      [1, 'Ada'],
      [2, 'Bo'],
      [3, 'Cy'],
      [3, 'Di'],
    ])
    assert.deepEqual(await ranks('by=talk'), [
      [1, 'Ada'],
      [1, 'Cy'],
      [3, 'Bo'],
      [4, 'Di'],
    ])
    assert.deepEqual(await ranks('by=conversion'), [
      [1, 'Ada'],
      [2, 'Bo'],
      [3, 'Cy'],
      [4, 'Di'],
    ])
    const [ada] = (await ask('date=2026-03-04')).body.data
    assert.deepEqual(ada, {
      ...{ rank: 1, agent_id: agents.Ada, name: 'Ada', calls: 4, answered: 3, missed: 1, sales: 2 },
      ...{ talk_ms: 9 * minute, average_talk_ms: 3 * minute, conversion_percent: 66.7 },
    })
  })

  it('is of a day, week or month, of one team or all', async () => {
    const team = await makeTeam(app.db.owner, app.tenant, noon, [agents.Bo as string, agents.Di as string])
    assert.deepEqual(await ranks(`team_id=${team}`), [
      [1, 'Bo'],
      [2, 'Di'],
    ])
    assert.deepEqual((await ask('date=2026-03-05')).body.data, [])
    assert.equal((await ask('date=2026-03-01&period=week')).body.data.length, 0)
    assert.equal((await ask('date=2026-03-08&period=week')).body.data.length, 4)
    assert.equal((await ask('date=2026-03-31&period=month')).body.data.length, 4)
    const unknown = await ask(`team_id=${newId(noon)}`)
    assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, 'team_id'])
    assert.equal((await ask('by=looks')).status, 400)
  })

  it('is seen by agents, even where members see their own things only', async () => {
    await app.db.owner.query("update workspaces set visibility = 'own' where id = $1", [app.tenant.workspace_id])
    const agent = await app.makeMember(app.tenant, 'agent')
    assert.equal((await ask('date=2026-03-04', agent.key)).body.data.length, 4)
  })
})
