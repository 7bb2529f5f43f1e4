import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { isRefusedMove } from '#domain/agent-session.ts'
import { byAgent, moveSession } from '#floor/agent-sessions.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { sweepCallbacks } from './callback-sweep.ts'
import { holdForCallback, makeCallback } from './callbacks.ts'

const minute = 60_000
const hour = 60 * minute

describe('what time does to promises', () => {
  let floor: Floor
  let agent: string
  let used: number
  beforeEach(async () => {
    const script = { default: [{ do: 'rings-out', weight: 1 }] }
    floor = await openFloor({ script })
    agent = await makeAgent(floor.db.owner, floor.tenant, floor.clock.now())
    used = 0
  })
  afterEach(() => floor.close())

  const inside = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(floor.db.app, floor.tenant, work)
  const sweep = () => sweepCallbacks(floor.engine, floor.tenant.workspace_id)
  const rows = async (text: string, values: unknown[] = []) => (await inside((tx) => tx.query(text, values))).rows

  /** A lead of the campaign, promised a call so far ahead; gives the callback's id. */
  async function promise(ahead: number, agentId: string | null = agent): Promise<string> {
    const { workspace_id } = floor.tenant
    const at = floor.clock.now()
    used += 1
    const settings = { max_attempts: 2 }
    const id = await floor.startCampaign({ leads: 1, first_number: used, settings })
    return inside(async (tx) => {
      const { rows: leads } = await tx.query('select id from leads where workspace_id = $1 and campaign_id = $2', [
        workspace_id,
        id,
      ])
      const lead_id = leads[0].id as string
      const time = { promised_at: at + ahead, time_zone: 'America/New_York' }
      const made = { ...time, lead_id, agent_id: agentId, call_id: null, note: '', created_by: null }
      const callback = await makeCallback(tx, workspace_id, made, at)
      const [lead] = await readLeadEvidence(tx, workspace_id, [lead_id], at)
      if (!lead) throw new Error('no lead')
      await holdForCallback(tx, workspace_id, lead, time, at)
      return callback
    })
  }
  const read = async (id: string) =>
    (
      await rows(
        `select k.*, l.status as lead_status, l.agent_id as lead_agent_id, l.attempts, l.due_at from callbacks k
         join leads l on l.id = k.lead_id where k.id = $1`,
        [id],
      )
    )[0]
  const told = () => rows("select data from agent_messages where type = 'callback'")
  /** Nobody is dialed, so that the promise is left to time alone. */
  const pauseAll = () => rows("update campaigns set status = 'paused'")
  const moveClock = (ms: number) => floor.clock.advanceTo(floor.clock.now() + ms)

  it('tells its agent five minutes before, once, however many sweep', async () => {
    await signOnAgent(floor.db.app, floor.tenant, agent, floor.clock.now())
    const id = await promise(hour)
    moveClock(hour - 5 * minute - 1)
    assert.equal(await sweep(), 0)
    moveClock(1)
    const swept = await Promise.all(Array.from({ length: 5 }, sweep))
    assert.equal(
      swept.reduce((sum, count) => sum + count),
      1,
    )
    const messages = await told()
    assert.deepEqual(
      [messages.length, messages[0].data.callback_id, messages[0].data.local_time],
      [1, id, '2026-03-04T11:00'],
    )
    const due = (table: string) => `select data from ${table} where type = 'callback.due'`
    // Whoever watches may have had it numbered already.
    const events = await rows(`${due('live_outbox')} union all ${due('live_events')}`)
    assert.deepEqual(
      events.map(({ data }) => data.callback_id),
      [id],
    )
  })

  it("tells those who watch of the team's, and an agent who comes late when they come", async () => {
    const [team, late] = [await promise(hour, null), await promise(hour)]
    moveClock(hour - 4 * minute)
    assert.equal(await sweep(), 1)
    assert.deepEqual([(await read(team)).reminded_at !== null, (await read(late)).reminded_at], [true, null])
    await signOnAgent(floor.db.app, floor.tenant, agent, floor.clock.now())
    assert.equal(await sweep(), 1)
    assert.deepEqual(
      (await told()).map(({ data }) => data.callback_id),
      [late],
    )
    assert.equal(await sweep(), 0)
  })

  it('goes to the team when its time comes and its agent is signed off', async () => {
    const id = await promise(hour)
    await pauseAll()
    moveClock(hour - 1)
    assert.equal(await sweep(), 0)
    assert.equal((await read(id)).lead_agent_id, agent)
    moveClock(1)
    assert.equal(await sweep(), 1)
    const moved = await read(id)
    assert.deepEqual(
      [moved.status, moved.agent_id, moved.lead_agent_id, moved.moved_from_agent_id],
      ['open', null, null, agent],
    )
    assert.deepEqual([moved.moved_at.getTime(), moved.lead_status], [floor.clock.now(), 'callback'])
    assert.equal(await sweep(), 0)
  })

  it('waits ten minutes for an agent on a break, and stays with one who came back', async () => {
    const session = await signOnAgent(floor.db.app, floor.tenant, agent, floor.clock.now())
    const go = async (wish: Parameters<typeof moveSession>[3]) => {
      const moved = await inside((tx) =>
        moveSession(tx, floor.tenant.workspace_id, session, wish, byAgent, floor.clock.now()),
      )
      assert.ok(moved && !isRefusedMove(moved))
    }
    const [first, second] = [await promise(hour), await promise(hour + 5 * minute)]
    await pauseAll()
    await go({ to: 'break', reason: 'lunch' })
    moveClock(hour + 10 * minute - 1)
    await sweep()
    assert.deepEqual([(await read(first)).agent_id, (await read(second)).agent_id], [agent, agent])
    moveClock(1)
    await sweep()
    assert.deepEqual([(await read(first)).agent_id, (await read(second)).agent_id], [null, agent])
    await go({ to: 'available' })
    moveClock(hour)
    assert.equal(await sweep(), 0)
    assert.equal((await read(second)).agent_id, agent)
  })

  it('is tried again within the budget, still as a callback, and missed when no try is left', async () => {
    const id = await promise(hour, null)
    await floor.run(hour + 2 * minute, minute)
    const tried = await read(id)
    assert.deepEqual([tried.status, tried.lead_status, tried.attempts], ['open', 'callback', 1])
    assert.equal(tried.due_at.getTime() - floor.clock.now() > 50 * minute, true)
    await floor.run(hour + 2 * minute, minute)
    const lost = await read(id)
    assert.deepEqual(
      [lost.status, lost.closed_reason, lost.lead_status],
      ['missed', 'no_try_left_after_no_answer', 'failed'],
    )
    assert.equal(lost.closed_call_id !== null, true)
    assert.equal(floor.dials().length, 2)
  })

  it('is missed a day after the time promised, and its lead is the campaign’s again', async () => {
    const id = await promise(hour, agent)
    await pauseAll()
    moveClock(25 * hour - 1)
    await sweep()
    assert.equal((await read(id)).status, 'open')
    moveClock(1)
    assert.equal(await sweep(), 1)
    const missed = await read(id)
    assert.deepEqual(
      [missed.status, missed.closed_reason, missed.lead_status, missed.lead_agent_id],
      ['missed', 'expired', 'pending', null],
    )
    assert.equal(missed.due_at.getTime(), floor.clock.now() + hour)
  })

  it('passes over a lead that is being called or that somebody has locked', async () => {
    const id = await promise(hour, null)
    const { lead_id } = await read(id)
    await pauseAll()
    moveClock(26 * hour)
    await inside(async (tx) => {
      await tx.query('select from leads where id = $1 for no key update', [lead_id])
      assert.equal(await sweep(), 0)
    })
    await inside((tx) => tx.query("update leads set status = 'calling' where id = $1", [lead_id]))
    assert.equal(await sweep(), 0)
    await inside((tx) => tx.query("update leads set status = 'callback' where id = $1", [lead_id]))
    assert.equal(await sweep(), 1)
    assert.equal((await read(id)).status, 'missed')
  })
})
