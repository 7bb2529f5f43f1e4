import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeAgentUser } from '#kit/talked.ts'
import { loadLeads, numbersFrom } from '#kit/tenant.ts'
import { keepDetectionLabel } from '#store/detection-labels.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'

describe('what agents say of machines', () => {
  let floor: Floor
  let app: App
  let campaign: string
  let numbers = 0
  before(async () => {
    floor = await openFloor({ script: { default: [{ do: 'machine', ring_s: 5, talk_s: 600, weight: 1 }] } })
    app = await openApp({ floor })
    campaign = await floor.startCampaign({
      ...{ leads: 0, settings: { mode: 'progressive', on_machine: 'connect', max_concurrent_calls: 20 } },
    })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const errors = async () => (await app.ask('GET', `/api/v1/campaigns/${campaign}/detection-errors`)).body
  const labelled = async () => {
    const { false_machines, missed_machines } = await errors()
    return [false_machines, missed_machines].map(({ labelled, wrong }) => [labelled, wrong])
  }
  const label = (was_machine: boolean) =>
    inWorkspace(floor.db.app, app.tenant, (tx) =>
      keepDetectionLabel(
        tx,
        app.tenant.workspace_id,
        { call_id: newId(0), campaign_id: campaign, heard_machine: true, was_machine },
        floor.clock.now(),
      ),
    )
  /** Talks with what detection takes for a machine, and says what it was. */
  const talk = async () => {
    const { agent_id, key } = await makeAgentUser(app)
    await floor.db.owner.query('insert into campaign_agents values ($1, $2, $3)', [
      ...[floor.tenant.workspace_id, campaign, agent_id],
    ])
    await signOnAgent(floor.db.app, floor.tenant, agent_id, floor.clock.now())
    await loadLeads(floor.db.app, floor.tenant, campaign, numbersFrom(++numbers, 1), floor.clock.now())
    await floor.run(15_000)
    const { rows } = await floor.db.owner.query('select id from calls where agent_id = $1', [agent_id])
    const path = `/api/v1/calls/${rows[0].id}`
    assert.equal((await app.ask('POST', `${path}/acts`, { body: { act: 'hang_up' }, key })).status, 200)
    await floor.run(2_000)
    return (disposition: string) =>
      app.ask('POST', `${path}/disposition`, { body: { disposition, note: 'heard' }, key })
  }

  it('labels what detection made of the call, and a correction corrects it', async () => {
    assert.deepEqual(await labelled(), [
      [0, 0],
      [0, 0],
    ])
    const say = await talk()
    assert.equal((await say('voicemail')).status, 201)
    assert.deepEqual((await labelled())[0], [1, 0])
    const corrected = await say('no_answer')
    assert.equal(corrected.status, 200, JSON.stringify(corrected.body))
    assert.deepEqual((await labelled())[0], [1, 1])
  })

  it('turns detection off once too many of its machines are people, until it is turned on again', async () => {
    for (let n = 0; n < 40; n += 1) await label(n >= 5)
    const say = await talk()
    assert.equal((await errors()).detects_machines, true)
    await say('no_answer')
    const { off_reason, detects_machines, false_machines, budget_percent } = await errors()
    assert.deepEqual(
      [detects_machines, false_machines.labelled, false_machines.wrong, budget_percent],
      [false, 42, 7, 5],
    )
    assert.ok(false_machines.least_percent > 5 && false_machines.least_percent < false_machines.wrong_percent)
    assert.match(off_reason, /^Of the last 42 machines that agents heard, 7 were people/)
    const path = `/api/v1/campaigns/${campaign}`
    assert.equal((await app.ask('GET', `${path}/progress`)).body.detection_off_reason, off_reason)
    // Told, and numbered in a while.
    const told = `select count(*)::int as told
      from (select type, data from live_events union all select type, data from live_outbox) e
      where type = 'campaign.updated' and data ? 'detection_off_reason'`
    assert.equal((await floor.db.owner.query(told)).rows[0].told, 1)

    const body = { detects_machines: true }
    assert.equal((await app.ask('PATCH', path, { body })).body.detection_off_reason, null)
    assert.deepEqual((await labelled())[0], [0, 0], 'what was labelled before counts no more')
  })
})
