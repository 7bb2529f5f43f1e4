import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readCampaignSystem } from './campaign-systems.ts'
import { readOldTrunks } from './old-trunks.ts'
import { readTelecard } from './telecard.ts'
import { readVoipstudio } from './voipstudio.ts'

describe('lists of older systems', () => {
  it('of the one with text ids become what they were', () => {
    const code = 'AgentAhmed-Follow_Up-20260209'
    const { agents, campaigns, leads, calls, left } = readTelecard([
      { id: 7, agent_id: 'AgentAhmed', extension: '', phone_number: '923001234567', email: '', is_active: false },
      {
        id: 1,
        campaign_id: code,
        campaign_name: 'Ahmed',
        segment: 'growth',
        agent: 7,
        status: 'archived',
        metadata: {},
      },
      { id: 1, lead_id: `${code}-1`, phone_number: '923001234568', customer_name: '', campaign: 1, status: 'skipped' },
      { campaign: code, number: 'b923001234569', name: 'Sara', attempts: 'many', shoe_size: '38' },
      {
        call_id: 'c',
        phone_number: '923001234568',
        status: 'no-answer',
        campaign: 1,
        agent: 7,
        initiated_at: '2026-02-09T09:00:00Z',
      },
      { import_id: 'i' },
      { weather: 'fine' },
    ])
    assert.deepEqual(agents, [
      {
        key: '7',
        body: {
          ...{ code: 'AgentAhmed', name: 'AgentAhmed', reached_at: 'outside', active: false },
          ...{ phone_number: '923001234567', max_concurrent_calls: 1 },
        },
      },
    ])
    assert.deepEqual([campaigns[0]?.body.code, campaigns[0]?.agent_keys, campaigns[0]?.ended], [code, ['7'], true])
    assert.deepEqual(campaigns[0]?.body.duration_days, 1)
    assert.deepEqual(
      leads.map(({ campaign_key }) => campaign_key),
      ['1', code],
    )
    assert.deepEqual(leads[0]?.past, { status: 'skipped', attempts: 0, last_attempt_at: null })
    assert.deepEqual([leads[1]?.body.max_attempts, leads[1]?.body.metadata], [1, { shoe_size: '38' }])
    assert.deepEqual([calls[0]?.body.status, calls[0]?.agent_key], ['no-answer', '7'])
    assert.deepEqual(left, { 'import logs': 1, 'rows of no known kind': 1 })
  })

  it('of the one with browser clients keep what was said of calls, and promises', () => {
    const id = '8d8ac610-566d-4ef0-9c22-186b2a5ed793'
    const { campaigns, leads, calls } = readVoipstudio([
      {
        ...{
          id,
          name: 'Q1 Outreach',
          type: 'power',
          status: 'paused',
          caller_id: '+19175551234',
          script: 'Hello',
          max_attempts: 3,
        },
        ...{
          retry_interval: 3600,
          active_hours: { start: '09:00', end: '17:00' },
          timezone: 'America/New_York',
          stats: { total: 9 },
        },
      },
      {
        id: 'l',
        campaign_id: id,
        phone_number: '+12125550143',
        first_name: 'Ada',
        status: 'callback',
        attempts: 2,
        next_attempt_at: '2030-01-02T10:00:00Z',
      },
      {
        id: 'k',
        call_id: 'p',
        to_number: '+12125550143',
        from_number: '+19175551234',
        direction: 'outbound',
        status: 'completed',
        started_at: '2026-02-01T10:00:00Z',
        campaign_id: id,
        duration: 42,
        lead_id: 'crm-1',
      },
      { id: 'd', call_id: 'k', disposition: 'callback', notes: 'after lunch', follow_up_date: null },
    ])
    const [campaign] = campaigns
    assert.deepEqual(campaign?.body, {
      ...{
        code: `voipstudio-${id}`,
        name: 'Q1 Outreach',
        completes: 'by_hand',
        mode: 'power',
        power_ratio: 1,
        script: 'Hello',
      },
      ...{ caller_id: '+19175551234', max_attempts: 3, retry_interval_seconds: 3600, time_zone: 'America/New_York' },
      ...{ window_start: '09:00', window_end: '17:00' },
    })
    assert.deepEqual([campaign?.ended, campaign?.total_leads], [false, 9])
    assert.deepEqual(leads[0]?.past, { attempts: 2, last_attempt_at: null })
    assert.equal(leads[0]?.callback_at, '2030-01-02T10:00:00.000Z')
    assert.deepEqual(calls[0]?.body, {
      ...{
        external_id: 'k',
        number: '+12125550143',
        status: 'completed',
        direction: 'outbound',
        initiated_at: '2026-02-01T10:00:00.000Z',
      },
      ...{ caller_id: '+19175551234', duration_seconds: 42, provider_call_id: 'p', external_lead_id: 'crm-1' },
      ...{ disposition: 'callback', note: 'after lunch' },
    })
  })

  it('of the two that share their objects are read in either spelling', () => {
    const { agents, campaigns, leads, calls } = readCampaignSystem('campaignqueue')([
      { id: 'a', name: 'Robot' },
      {
        id: 'c',
        name: 'June',
        agent_id: 'a',
        next_action: 'sell',
        first_call_time: '9:00',
        last_call_time: '18:00',
        start_date: '2025-10-09',
        dailyLimit: 0,
        retryAttempts: 2,
        status: 'cancelled',
        total_contacts: 3,
      },
      { id: 'p', campaignId: 'c', phone: '+12125550143', name: 'Ada', isDoNotCall: true },
      { id: 'q', phone_number: '+12125550144', name: 'Bob', company: 'Hats' },
      {
        id: 'k',
        campaignId: 'c',
        contactId: 'p',
        phone: '+12125550143',
        result: 'disconnected',
        duration: 9,
        createdAt: '2025-10-09T10:00:00Z',
        recordingUrl: 'https://old.example/k',
      },
    ])
    assert.deepEqual(agents[0]?.body, { code: 'campaignqueue-a', name: 'Robot', kind: 'ai' })
    assert.deepEqual(campaigns[0]?.body, {
      ...{
        code: 'campaignqueue-c',
        name: 'June',
        mode: 'ai',
        completes: 'when_done',
        next_action: 'sell',
        max_attempts: 3,
      },
      ...{ start_date: '2025-10-09', window_start: '09:00', window_end: '18:00' },
    })
    assert.equal(campaigns[0]?.ended, true)
    assert.deepEqual(
      leads.map(({ campaign_key, past }) => [campaign_key, past.status ?? null]),
      [
        ['c', 'do_not_call'],
        ['', null],
      ],
    )
    assert.deepEqual([calls[0]?.body.status, calls[0]?.body.recording_url], ['completed', 'https://old.example/k'])
  })

  it('and accounts are found by the names that each system gave its variables', () => {
    const found = readOldTrunks({
      ...{ TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 't', TWILIO_PHONE_NUMBER: '+12125550100, +12125550101' },
      ...{ VOIPSTUDIO_API_KEY: 'v', OPENAI_API_KEY: 'o', DATABASE_URL: 'postgres://x' },
    })
    assert.deepEqual(
      found.map(({ provider, settings, secret, caller_ids }) => [provider, settings, secret, caller_ids.length]),
      [
        ['twilio', { account_sid: 'AC1' }, 't', 2],
        ['voipstudio', {}, 'v', 0],
        ['openai', {}, 'o', 0],
      ],
    )
    assert.deepEqual(readOldTrunks({ TWILIO_ACCOUNT_SID: 'AC1' }), [])
  })
})
