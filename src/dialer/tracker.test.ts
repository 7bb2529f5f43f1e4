import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Floor, openFloor } from '#kit/floor.ts'
import { dialAndDie, intendAndDie, lapseLeases } from '#kit/lost-worker.ts'
import { recordDialed } from '#store/attempts.ts'
import { lockCalls } from '#store/calls.ts'
import { appendReports, type Report, returnToWait, takeReports } from '#store/event-inbox.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import { sweepAttempts } from './sweeper.ts'
import { applyReports } from './tracker.ts'

describe('the tracker', { concurrency: false }, () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))
  const open = async (options: Parameters<typeof openFloor>[0] = {}) => {
    const floor = await openFloor(options)
    // What is broken here on purpose need not be read in the report of the tests.
    floor.engine.log = { info: () => {}, error: () => {} }
    floors.push(floor)
    return floor
  }
  const all = async (floor: Floor, sql: string) => (await floor.db.owner.query(sql)).rows
  const append = (floor: Floor, reports: Report[]) =>
    inWorkspace(floor.db.app, floor.tenant, (tx) =>
      appendReports(tx, floor.tenant.workspace_id, reports, floor.clock.now()),
    )
  const track = (floor: Floor) => applyReports(floor.engine, floor.tenant.workspace_id)

  const reportOf = (floor: Floor, attempt_id: string | null, what: Partial<Report>): Report => ({
    trunk_id: floor.tenant.trunk_id,
    event_key: 'ended',
    attempt_id,
    provider_call_id: null,
    event: { kind: 'ended', at: new Date(floor.clock.now()).toISOString(), outcome: 'busy' },
    ...what,
  })
  const ringing = (floor: Floor) => ({ kind: 'ringing', at: new Date(floor.clock.now()).toISOString() }) as const

  it('keeps a report of a call it does not know until the call has that name', async () => {
    const floor = await open()
    const { attempt_id } = await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await append(floor, [reportOf(floor, null, { provider_call_id: 'theirs' })])
    await track(floor)
    assert.deepEqual(await all(floor, 'select waiting, parked_reason from event_inbox'), [
      { waiting: true, parked_reason: null },
    ])
    await inWorkspace(floor.db.app, floor.tenant, (tx) =>
      recordDialed(tx, floor.tenant.workspace_id, [{ attempt_id, provider_call_id: 'theirs', quiet_ms: 30_000 }]),
    )
    await track(floor)
    assert.deepEqual(await all(floor, 'select * from event_inbox'), [])
    assert.deepEqual(await all(floor, 'select state, outcome from attempts'), [{ state: 'ended', outcome: 'busy' }])
  })

  it('applies a report that was put back to wait in the very moment in which its call got its name', async () => {
    const floor = await open()
    const { attempt_id } = await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    const workspace = floor.tenant.workspace_id
    await append(floor, [reportOf(floor, null, { provider_call_id: 'theirs' })])
    await inWorkspace(floor.db.app, floor.tenant, async (tracking) => {
      const reports = await takeReports(tracking, workspace, 10)
      assert.equal(reports[0]?.call_id, null)
      await inWorkspace(floor.db.app, floor.tenant, (tx) =>
        recordDialed(tx, workspace, [{ attempt_id, provider_call_id: 'theirs', quiet_ms: 30_000 }]),
      )
      await returnToWait(tracking, workspace, reports)
    })
    await floor.dialer.poll([workspace])
    await floor.dialer.idle()
    assert.deepEqual(await all(floor, 'select * from event_inbox'), [])
    assert.deepEqual(await all(floor, 'select state, outcome from attempts'), [{ state: 'ended', outcome: 'busy' }])
  })

  it('parks a report that can not be applied, and goes on with the others', async () => {
    const floor = await open()
    const campaign = await floor.startCampaign({ leads: 2 })
    const one = await intendAndDie(floor, campaign)
    const other = await intendAndDie(floor, campaign)
    const never = { kind: 'ringing', at: 'never' } as const
    await append(floor, [reportOf(floor, one.attempt_id, { event_key: '1 poisoned', event: never })])
    await append(floor, [reportOf(floor, one.attempt_id, { event_key: '2 sound' })])
    await append(floor, [reportOf(floor, other.attempt_id, { event_key: '3 sound' })])
    await track(floor)
    const [parked, ...others] = await all(floor, 'select event_key, parked_reason from event_inbox')
    assert.equal(parked.event_key, 'parked 1 poisoned')
    assert.match(parked.parked_reason, /invalid input syntax/)
    assert.deepEqual(others, [])
    assert.deepEqual(await all(floor, 'select distinct state from attempts'), [{ state: 'ended' }])
    const told = () => all(floor, `select from call_events where event_key = '1 poisoned'`)
    assert.equal((await told()).length, 0)
    await append(floor, [reportOf(floor, one.attempt_id, { event_key: '1 poisoned' })])
    await track(floor)
    assert.equal((await told()).length, 1, 'told again in a form that can be applied')
  })

  it('parks nothing for a trouble that passes', async () => {
    const floor = await open()
    const { attempt_id } = await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await append(floor, [
      reportOf(floor, attempt_id, { event_key: '1', event: ringing(floor) }),
      reportOf(floor, attempt_id, { event_key: '2' }),
    ])
    // 40P01 is what a deadlock looks like to the one who is chosen to give way.
    await floor.db.owner.query(`
      create function give_way() returns trigger language plpgsql as
        $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$;
      create trigger give_way before update on calls for each row execute function give_way()`)
    await assert.rejects(track(floor), { code: '40P01' })
    await floor.db.owner.query('drop trigger give_way on calls')
    assert.deepEqual(await all(floor, 'select distinct parked_reason from event_inbox'), [{ parked_reason: null }])
    await track(floor)
    assert.deepEqual(await all(floor, 'select * from event_inbox'), [])
    assert.deepEqual(await all(floor, 'select state, outcome from calls'), [{ state: 'ended', outcome: 'busy' }])
  })

  it('applies every report once when several track at the same time and the carrier repeats itself', async () => {
    const floor = await open({ channels: 40, concurrent_calls: 40, owner_concurrent_calls: 40 })
    const campaign = await floor.startCampaign({ leads: 30 })
    const attempts: string[] = []
    for (let i = 0; i < 30; i += 1) attempts.push((await intendAndDie(floor, campaign)).attempt_id)
    const reports = attempts.flatMap((id) => [
      reportOf(floor, id, { event_key: `${id}:ended` }),
      reportOf(floor, id, { event_key: `${id}:ringing`, event: ringing(floor) }),
    ])
    const tellAll = () =>
      append(
        floor,
        reports.toSorted((a, b) => a.event_key.localeCompare(b.event_key)),
      )
    await tellAll()
    await Promise.all([track(floor), tellAll(), track(floor), tellAll(), track(floor)])
    await track(floor)
    assert.deepEqual(await all(floor, 'select * from event_inbox'), [])
    const counts = await all(
      floor,
      `select count(*)::int as n from call_events where kind <> 'initiated' group by call_id`,
    )
    assert.deepEqual(
      counts,
      Array.from({ length: 30 }, () => ({ n: 2 })),
    )
    assert.deepEqual(await all(floor, 'select distinct status, attempts from leads'), [
      { status: 'pending', attempts: 1 },
    ])
  })

  it('takes report and call in the same order as the sweeper, so that neither waits for the other', async () => {
    const floor = await open({
      script: { default: [{ do: 'never-reports-its-end', ring_s: 5, talk_s: 30, weight: 1 }] },
    })
    const { workspace_id, trunk_id } = floor.tenant
    const { attempt_id } = await dialAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await floor.run(60_000)
    const carrier = (await floor.engine.carrierOf(workspace_id, trunk_id)) as Carrier
    const located = await carrier.locate(attempt_id, null, null)
    if (located.found !== 'call') throw new Error('the carrier has the call')
    // The end comes by webhook at last, while the sweeper is about to store what the carrier told it.
    await append(
      floor,
      located.events.map((event) => reportOf(floor, attempt_id, event)),
    )
    await lapseLeases(floor)
    let sweeping: Promise<number> | undefined
    await inWorkspace(floor.db.app, floor.tenant, async (tracking) => {
      await takeReports(tracking, workspace_id, 10)
      sweeping = sweepAttempts(floor.engine, workspace_id)
      while ((await floor.db.owner.query(waitingForOthers)).rowCount === 0) {}
      assert.equal((await lockCalls(tracking, workspace_id, [attempt_id])).length, 1)
    })
    await sweeping
  })
})

const waitingForOthers = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
