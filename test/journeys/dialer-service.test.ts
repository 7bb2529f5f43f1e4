import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createDialerService, DialerError, dialerService, type LiveEvent } from '@outdial/sdk/dialer-service'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

describe('the dialer service', () => {
  let floor: Floor
  let app: App
  before(async () => {
    // 10:00 in New York.
    floor = await openFloor({ script: { default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }] } })
    app = await openApp({ floor })
    dialerService.configure({ url: app.url, api_key: app.key })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('does what the older guide walks through', async () => {
    const heard: LiveEvent[] = []
    const live = dialerService.subscribe((event) => heard.push(event))
    await live.ready
    const settings = {
      ...{ name: 'Q1 Outreach', type: 'power' as const, caller_id: '+19175551234', script: 'Hello, this is...' },
      ...{ max_attempts: 3, retry_interval: 3600, active_hours: { start: '09:00', end: '17:00' } },
      timezone: 'America/New_York',
    }
    const { campaign } = await dialerService.createCampaign(settings)
    assert.deepEqual([campaign.status, campaign.type, campaign.retry_interval], ['draft', 'power', 3600])
    const person = { phone_number: '+12125550123', first_name: 'Ada', metadata: { source: 'web' } }
    const added = await dialerService.addCampaignContacts(campaign.id, [person])
    assert.deepEqual([added.added, added.skipped, added.errors], [1, 0, []])
    assert.deepEqual(added.contacts[0]?.metadata, { source: 'web' })
    assert.equal((await dialerService.updateCampaign(campaign.id, { status: 'active' })).campaign.status, 'active')
    const wanted = { to: person.phone_number, from: '+19175551234', campaignId: campaign.id }
    const { success, call, callId } = await dialerService.makeCall(wanted)
    assert.deepEqual([success, callId, call.campaign_id], [true, call.call_id, campaign.id])
    await floor.run(10_000)
    const during = (await dialerService.getCall(call.id)).call
    assert.deepEqual([during.status, during.voip_status.status], ['answered', 'answered'])
    const noted = await dialerService.updateCall(call.id, { notes: 'Wants a demo' })
    assert.equal(noted.call.notes, 'Wants a demo')
    await floor.run(60_000)
    const said = { call_id: call.id, disposition: 'interested' as const, follow_up_date: '2026-03-10' }
    const { disposition } = await dialerService.createDisposition(said)
    assert.deepEqual([disposition.disposition, disposition.follow_up_date], ['interested', '2026-03-10'])
    assert.deepEqual(await dialerService.getDispositions(call.id), { dispositions: [disposition] })
    const month = { start_date: '2026-03-01', end_date: '2026-03-31' }
    const { analytics } = await dialerService.getAnalytics(month)
    const { totalCalls, completedCalls, totalDuration, answerRate } = analytics.overview
    assert.deepEqual([totalCalls, completedCalls, totalDuration, answerRate], [1, 1, 30, 100])
    assert.deepEqual([analytics.distribution.byHour[10], analytics.recentCalls[0]?.id], [1, call.id])
    const { contacts } = await dialerService.getCampaignContacts(campaign.id, { status: 'completed' })
    assert.deepEqual(
      contacts.map(({ attempts, last_call_id }) => [attempts, last_call_id]),
      [[1, call.id]],
    )
    assert.equal((await dialerService.getCampaigns({ status: 'active', limit: 5 })).campaigns[0]?.stats.completed, 1)
    assert.equal((await dialerService.getCalls({ status: 'completed' })).total, 1)
    assert.deepEqual(await dialerService.deleteCall(call.id), { success: true })
    assert.deepEqual(await dialerService.getCalls(), { calls: [], total: 0 })
    await dialerService.updateCampaign(campaign.id, { status: 'paused' })
    assert.deepEqual(await dialerService.deleteCampaign(campaign.id), { success: true })
    while (!heard.some(({ type, data }) => type === 'campaign.updated' && data.status === 'archived')) {
      app.server.live.wake(app.tenant.workspace_id)
      await new Promise((resolve) => setImmediate(resolve))
    }
    live.stop()
    const calls = heard.filter(({ type, data }) => type === 'call.updated' && data.call_id === call.id)
    assert.ok(calls.some(({ data }) => data.state === 'answered') && calls.some(({ data }) => data.state === 'ended'))
    assert.deepEqual(
      heard.map(({ id }) => id),
      heard.map((_, index) => (heard[0] as LiveEvent).id + index),
    )
  })

  it('throws what the server refuses, in its words', async () => {
    await assert.rejects(
      dialerService.createDisposition({ call_id: app.tenant.user_id, disposition: 'interested' }),
      (error: DialerError) =>
        error instanceof DialerError && error.status === 404 && /no such call/.test(error.message),
    )
    const nobody = createDialerService({ url: app.url })
    await assert.rejects(
      nobody.getCalls(),
      (error: DialerError) => error.status === 401 && /API key/.test(error.message),
    )
    const unheard = nobody.subscribe(() => assert.fail('nobody is told anything'))
    await assert.rejects(unheard.ready, /answered 401/)
    unheard.stop()
  })
})
