import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { closeAttempts } from '#dialer/closer.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { lockCalls, type StoredCall } from '#store/calls.ts'
import { readLeadEvidence } from '#store/lead-evidence.ts'
import { inWorkspace } from '#store/tx.ts'

const waitingForOthers = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`

describe('a lead marked as called by hand', () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ channels: 40, concurrent_calls: 40, owner_concurrent_calls: 40 })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const mark = async (id: string) => {
    const marked = await app.ask('POST', `/api/v1/leads/${id}/mark-called`)
    assert.equal(marked.status, 200, marked.text)
    return marked.body
  }
  const leadsOf = async (campaignId: string) =>
    (await app.ask('GET', `/api/v1/campaigns/${campaignId}/leads?limit=100`)).body.data
  const progressOf = async (campaignId: string) =>
    (await app.ask('GET', `/api/v1/campaigns/${campaignId}/progress`)).body

  it('is tried once more and done, by an attempt that was no dial and holds no slot', async () => {
    const campaign = await floor.startCampaign({ leads: 2, first_number: 100, settings: { status: 'draft' } })
    const [lead] = await leadsOf(campaign)
    const before = await progressOf(campaign)
    const marked = await mark(lead.id)
    const at = new Date(app.now()).toISOString()
    const change = { status: 'called', attempts: 1, last_attempt_at: at, due_at: null, held_by: null, updated_at: at }
    assert.deepEqual(marked, { ...lead, ...change })
    const [attempt, ...others] = (await app.ask('GET', `/api/v1/attempts?lead_id=${lead.id}`)).body.data
    assert.deepEqual(others, [])
    const { kind, state, phone, agentless, outcome, intent_at, dialed_at, ended_at, provider_call_id } = attempt
    assert.deepEqual([kind, state, phone, agentless, ended_at], ['mark', 'ended', lead.phone, false, at])
    assert.deepEqual([outcome, intent_at, dialed_at, provider_call_id], [null, null, null, null])
    const after = await progressOf(campaign)
    assert.deepEqual({ ...after.attempts, total: 0 }, { ...before.attempts, total: 0 })
    assert.deepEqual([after.by_outcome, after.leads.by_status], [before.by_outcome, { called: 1, pending: 1 }])
    assert.equal((await app.ask('GET', `/api/v1/calls?lead_id=${lead.id}`)).body.data.length, 0)
    assert.equal((await app.ask('GET', '/api/v1/limits')).body.workspace.in_use, 0)
  })

  it('is marked again whatever became of it', async () => {
    const campaign = await floor.startCampaign({ leads: 1, first_number: 200, settings: { status: 'draft' } })
    const [{ id }] = await leadsOf(campaign)
    await app.ask('PATCH', `/api/v1/leads/${id}`, { body: { status: 'skipped' } })
    for (const attempts of [1, 2, 3]) {
      const { status, attempts: counted } = await mark(id)
      assert.deepEqual([status, counted], ['called', attempts])
    }
    await app.ask('POST', `/api/v1/campaigns/${campaign}/cancel`)
    assert.equal((await mark(id)).attempts, 4)
  })

  it('is called no more by its campaign, which ends without it', async () => {
    const campaign = await floor.startCampaign({ leads: 3, first_number: 300, settings: { status: 'draft' } })
    for (const { id } of await leadsOf(campaign)) await mark(id)
    await app.ask('POST', `/api/v1/campaigns/${campaign}/start`)
    await floor.run(60_000)
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${campaign}`)).body.status, 'completed')
    assert.equal((await app.ask('GET', `/api/v1/calls?campaign_id=${campaign}`)).body.data.length, 0)
  })

  it('keeps the call it has, whose end counts its own try and leaves the mark', async () => {
    const campaign = await floor.startCampaign({ leads: 1, first_number: 400 })
    await floor.run(10_000)
    const [lead] = await leadsOf(campaign)
    assert.equal(lead.status, 'calling')
    assert.deepEqual([(await mark(lead.id)).status, (await mark(lead.id)).attempts], ['called', 2])
    await floor.run(120_000)
    const [over] = await leadsOf(campaign)
    assert.deepEqual([over.status, over.attempts, over.last_outcome], ['called', 3, 'human'])
    const calls = (await app.ask('GET', `/api/v1/calls?campaign_id=${campaign}`)).body.data
    assert.deepEqual(
      calls.map((call: { outcome: string }) => call.outcome),
      ['human'],
    )
    assert.equal(floor.dials().filter(({ number }) => number === lead.phone).length, 1)
  })

  it('waits for the end of a call that is being written down, and counts behind it', async () => {
    const campaign = await floor.startCampaign({ leads: 1, first_number: 500 })
    await floor.run(10_000)
    const [lead] = await leadsOf(campaign)
    const { workspace_id } = app.tenant
    const marking = await inWorkspace(app.db.app, { workspace_id }, async (tx, sendLast) => {
      const [call] = (await app.ask('GET', `/api/v1/calls?campaign_id=${campaign}`)).body.data
      const [ended] = await lockCalls(tx, workspace_id, [call.id])
      const [evidence] = await readLeadEvidence(tx, workspace_id, [lead.id], app.now())
      let answered = false
      const marked = mark(lead.id).finally(() => {
        answered = true
      })
      while (!answered && (await app.db.owner.query(waitingForOthers)).rowCount === 0);
      assert.deepEqual([ended?.state, evidence?.attempts, answered], ['answered', 0, false])
      const outcome = { ...ended, outcome: 'human', state: 'ended', ended_at: new Date(app.now()).toISOString() }
      await closeAttempts(tx, workspace_id, [outcome as StoredCall], app.now(), sendLast)
      return { marked }
    })
    assert.deepEqual([(await marking.marked).attempts, (await marking.marked).status], [2, 'called'])
  })

  it('is nobody else’s to mark', async () => {
    const campaign = await floor.startCampaign({ leads: 1, first_number: 600, settings: { status: 'draft' } })
    const [{ id }] = await leadsOf(campaign)
    const { key } = await app.makeMember(app.tenant, 'agent')
    assert.equal((await app.ask('POST', `/api/v1/leads/${id}/mark-called`, { key })).status, 403)
    assert.equal((await leadsOf(campaign))[0].attempts, 0)
  })
})
