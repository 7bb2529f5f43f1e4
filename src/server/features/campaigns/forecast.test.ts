import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { addPastDials } from '#kit/past-dials.ts'

describe("a campaign's what-if forecast", () => {
  let floor: Floor
  let app: App
  before(async () => {
    // A Wednesday, 10:00 in New York.
    floor = await openFloor({ script: {}, channels: 40, start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor, settings: { OUTDIAL_SIM_SPEED: '1' } })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const window = {
    window_start: '09:00',
    window_end: '17:00',
    time_zone: 'America/New_York',
    weekdays: [1, 2, 3, 4, 5],
  }
  async function draft(mode: string, agents: number, settings: object = {}): Promise<string> {
    const { body } = await app.ask('POST', '/api/v1/campaigns', {
      body: { name: 'Foreseen', mode, ...window, ...settings },
    })
    for (let n = 0; n < agents; n += 1)
      await makeAgent(floor.db.owner, floor.tenant, app.now(), { campaign_id: body.id })
    return body.id
  }
  const ask = (id: string, query = '') => app.ask('GET', `/api/v1/campaigns/${id}/forecast${query}`)

  it('stands side by side with the campaign as it is, each value within its range', async () => {
    const id = await draft('progressive', 4)
    const { status, body, text } = await ask(id, '?agents=8&hours=6&leads=5000&abandon_cap_percent=1')
    assert.equal(status, 200, text)
    const { as_is, what_if } = body
    assert.deepEqual([as_is.agents, as_is.hours, as_is.leads, as_is.abandon_cap_percent], [4, 8, 0, 3])
    assert.deepEqual([what_if.agents, what_if.hours, what_if.leads, what_if.abandon_cap_percent], [8, 6, 5000, 1])
    for (const name of ['utilisation_percent', 'live_answers', 'talks', 'dials', 'working_days']) {
      const { low, middle, high } = what_if[name]
      assert.ok(0 < low && low < middle && middle < high, `${name}: ${low} ${middle} ${high}`)
    }
    // Eight agents for six hours do half as much again as four for eight.
    assert.ok(Math.abs(what_if.dials.middle / as_is.dials.middle / 1.5 - 1) < 0.1)
    assert.ok(Date.parse(what_if.finishes_at.low) < Date.parse(what_if.finishes_at.high))
    assert.deepEqual([body.based_on.calls, body.based_on.otherwise], [0, 'simulated_carrier'])
    assert.ok(body.based_on.answered_percent > 5 && body.based_on.answered_percent < 60)
    assert.deepEqual((await ask(id)).body, { ...body, what_if: null })
  })

  it('says what another mode would do, and refuses the modes that nobody paces', async () => {
    const id = await draft('ai', 0)
    const refused = await ask(id)
    assert.deepEqual([refused.status, refused.body.current_mode], [409, 'ai'])
    const { as_is, what_if } = (await ask(id, '?mode=power&agents=3&leads=100')).body
    assert.deepEqual([as_is, what_if.mode, what_if.agents], [null, 'power', 3])
    assert.equal((await ask(await draft('predictive', 0))).status, 422)
  })

  it('refuses impossible values and does not know another workspace’s campaign', async () => {
    const id = await draft('progressive', 1)
    for (const query of [
      'agents=0',
      'agents=1001',
      'hours=25',
      'abandon_cap_percent=9',
      'mode=manual',
      'leads=-1',
      'crew=2',
    ])
      assert.equal((await ask(id, `?${query}`)).status, 400, query)
    assert.equal((await ask(crypto.randomUUID())).status, 404)
  })

  it('goes by what its own calls were, and in other campaigns by these as far as they tell', async () => {
    const id = await draft('predictive', 2)
    const agent_id = await makeAgent(floor.db.owner, floor.tenant, app.now())
    const calls = { live: 60, unanswered: 240, talk_seconds: 200, wrap_seconds: 15 }
    const past = { campaign_id: id, agent_id, ...calls, at: app.now() - 20 * 60_000 }
    await addPastDials(floor.db.owner, floor.tenant, past)
    // Those that are still talked on are missing among the last.
    assert.equal((await ask(id)).body.based_on.calls, 0)
    await floor.run(11 * 60_000, 60_000)
    const { calls: own, workspace_calls, ...means } = (await ask(id)).body.based_on
    assert.deepEqual([own, workspace_calls], [300, 0])
    assert.ok(Math.abs(means.answered_percent - 20) < 1.5, JSON.stringify(means))
    assert.ok(
      Math.abs(means.talk_seconds - 200) < 15 && Math.abs(means.wrap_up_seconds - 15) < 3,
      JSON.stringify(means),
    )
    const other = (await ask(await draft('progressive', 2))).body.based_on
    assert.deepEqual([other.calls, other.workspace_calls], [0, 300])
    assert.ok(Math.abs(other.answered_percent - 20) < 4)
  })
})
