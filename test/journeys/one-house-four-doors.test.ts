import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

/** Two people answer, two are busy, one rings out, one is never called. */
const numbers = Array.from({ length: 6 }, (_, index) => `+1212555010${index}`)
const script = {
  [numbers[0] as string]: [{ do: 'answers', ring_s: 5, talk_s: 30 }],
  [numbers[1] as string]: [{ do: 'answers', ring_s: 5, talk_s: 30 }],
  [numbers[2] as string]: [{ do: 'busy' }],
  [numbers[3] as string]: [{ do: 'busy' }],
  [numbers[4] as string]: [{ do: 'rings-out' }],
  default: [{ do: 'rings-out', weight: 1 }],
}

interface Seen {
  v1: Record<string, unknown>
  telecard: Record<string, unknown>
  voipstudio: Record<string, unknown>
  union: Record<string, unknown>
}

describe('a campaign made at any door', () => {
  let floor: Floor
  let app: App
  /** Ids of campaigns by the door at which they were made. */
  const made: Record<string, string> = {}
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await app.ask(method, path, body === undefined ? {} : { body })
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
    return answer.body
  }
  const see = async (id: string): Promise<Seen> => {
    const v1 = await ask('GET', `/api/v1/campaigns/${id}`)
    return {
      v1,
      telecard: await ask('GET', `/api/dialer/campaigns/${v1.number}/`),
      voipstudio: (await ask('GET', `/api/dialer/campaigns/${id}`)).campaign,
      union: (await ask('GET', `/api/campaigns/${id}`)).campaign,
    }
  }
  before(async () => {
    floor = await openFloor({ script, start: '2026-03-10T15:00:00Z' })
    app = await openApp({ floor })
    await ask('POST', '/api/dialer/agents/', { agent_id: 'Ann', extension: '701' })
    made.v1 = (await ask('POST', '/api/v1/campaigns', { name: 'one', mode: 'broadcast', max_attempts: 1 })).id
    const telecard = { campaign_name: 'two', segment: 'follow_up', agent: 1 }
    const { id: number } = await ask('POST', '/api/dialer/campaigns/', telecard)
    const all = (await ask('GET', '/api/v1/campaigns?limit=1000')).data as { id: string; number: number }[]
    made.telecard = all.find((campaign) => campaign.number === number)?.id as string
    made.voipstudio = (await ask('POST', '/api/dialer/campaigns', { name: 'three', type: 'power' })).campaign.id
    const callcampaign = { name: 'four', description: 'd', script: 'Hello', dailyLimit: 100, retryAttempts: 3 }
    made.callcampaign = (await ask('POST', '/api/campaigns', callcampaign)).data.id
    const { id: contact } = await ask('POST', '/api/v1/contacts', { full_name: 'Zed', phones: ['+12125550199'] })
    const [agent] = (await ask('GET', '/api/v1/agents')).data
    const window = { first_call_time: '09:00', last_call_time: '18:00', start_date: '2026-03-12' }
    const bulk = { contact_ids: [contact], agent_id: agent.id, next_action: 'sell', ...window }
    made.campaignqueue = (await ask('POST', '/api/campaigns/bulk-call', bulk)).campaign.id
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('is in every list, once, and shows at no door null where that door has a value', async () => {
    const lists = {
      v1: (await ask('GET', '/api/v1/campaigns')).data,
      telecard: (await ask('GET', '/api/dialer/campaigns/')).results,
      voipstudio: (await ask('GET', '/api/dialer/campaigns')).campaigns,
      union: (await ask('GET', '/api/campaigns')).data,
    }
    for (const [door, list] of Object.entries(lists)) assert.equal(list.length, 5, door)
    const always = {
      telecard: [
        'campaign_id',
        'campaign_name',
        'segment',
        'agent',
        'agent_name',
        'status',
        'duration_days',
        'metadata',
      ],
      voipstudio: ['name', 'description', 'type', 'status', 'caller_id', 'script', 'max_attempts', 'retry_interval'],
      union: ['name', 'description', 'script', 'status', 'dailyLimit', 'retryAttempts', 'next_action'],
    }
    for (const [where, id] of Object.entries(made)) {
      const seen = await see(id)
      for (const [door, fields] of Object.entries(always)) {
        const shown = seen[door as keyof typeof always]
        for (const field of fields) assert.notEqual(shown[field] ?? null, null, `${where} at ${door}: ${field}`)
      }
      assert.deepEqual(
        (seen.voipstudio.active_hours as object) && Object.keys(seen.voipstudio.active_hours as object),
        ['start', 'end'],
      )
    }
  })

  it('keeps what it was given, and has the neutral value of what was never said', async () => {
    const two = await see(made.telecard as string)
    assert.match(String(two.telecard.campaign_id), /^Ann-Follow_Up-20260310$/)
    assert.deepEqual([two.v1.code, two.v1.mode, two.v1.completes], [two.telecard.campaign_id, 'progressive', 'at_end'])
    assert.deepEqual([two.voipstudio.type, two.voipstudio.retry_interval], ['power', 3600])
    assert.deepEqual([two.union.dailyLimit, two.union.retryAttempts], [0, 2])
    const three = await see(made.voipstudio as string)
    assert.deepEqual([three.v1.mode, three.v1.power_ratio, three.v1.completes], ['power', 1, 'by_hand'])
    assert.deepEqual(
      [three.telecard.segment, three.telecard.agent, three.telecard.agent_name, three.telecard.duration_days],
      ['active', 0, '', 1],
    )
    const four = await see(made.callcampaign as string)
    assert.deepEqual([four.v1.mode, four.v1.max_attempts, four.v1.daily_limit], ['broadcast', 4, 100])
    assert.deepEqual(
      [four.voipstudio.type, four.voipstudio.max_attempts, four.voipstudio.script],
      ['power', 4, 'Hello'],
    )
    const five = await see(made.campaignqueue as string)
    assert.deepEqual([five.v1.mode, five.v1.status, five.v1.window_start], ['progressive', 'scheduled', '09:00'])
    assert.deepEqual(five.voipstudio.active_hours, { start: '09:00', end: '18:00' })
    assert.equal(five.telecard.agent_name, 'Ann')
  })

  it('has one status, in the word of each door', async () => {
    const words: [string, string, string, string][] = [
      ['draft', 'draft', 'draft', 'draft'],
      ['active', 'active', 'active', 'active'],
      ['paused', 'paused', 'paused', 'paused'],
      ['active', 'active', 'active', 'active'],
      ['completed', 'completed', 'completed', 'completed'],
      ['archived', 'archived', 'archived', 'completed'],
    ]
    const id = (await ask('POST', '/api/dialer/campaigns', { name: 'stateful', type: 'power' })).campaign.id
    const number = (await ask('GET', `/api/v1/campaigns/${id}`)).number
    // Each door moves it once.
    const moves = [
      () => ask('POST', `/api/dialer/campaigns/${number}/activate/`),
      () => ask('POST', `/api/campaigns/${id}/pause`),
      () => ask('PATCH', `/api/dialer/campaigns/${id}`, { status: 'active' }),
      () => ask('POST', `/api/v1/campaigns/${id}/stop`),
      () => ask('POST', `/api/dialer/campaigns/${number}/archive/`),
    ]
    for (const [step, [v1, telecard, voipstudio, union]] of words.entries()) {
      if (step > 0) await moves[step - 1]?.()
      const seen = await see(id)
      const found = [seen.v1.status, seen.telecard.status, seen.voipstudio.status, seen.union.status]
      assert.deepEqual(found, [v1, telecard, voipstudio, union])
    }
    for (const [status, word] of [
      ['scheduled', 'draft'],
      ['cancelled', 'archived'],
    ]) {
      const queued = await see(made.campaignqueue as string)
      assert.deepEqual(
        [queued.v1.status, queued.telecard.status, queued.voipstudio.status, queued.union.status],
        [status, word, word, status],
      )
      if (status === 'scheduled') await ask('POST', `/api/campaigns/${made.campaignqueue}/cancel`)
    }
  })

  it('counts its calls alike at every door', async () => {
    const id = made.v1 as string
    const people = numbers.slice(0, 5).map((phone, index) => ({ phone, full_name: `Person ${index}` }))
    const contacts = people.map(({ phone }) => ({ phone_number: phone }))
    assert.equal((await ask('POST', `/api/dialer/campaigns/${id}/contacts`, { contacts })).added, 5)
    await ask('POST', `/api/v1/campaigns/${id}/start`, {})
    await floor.run(5 * 60_000)
    const { v1, telecard, voipstudio, union } = await see(id)
    assert.equal(v1.status, 'completed')
    const stats = await ask('GET', `/api/dialer/campaigns/${v1.number}/stats/`)
    const progress = (await ask('GET', `/api/campaigns/${id}/progress`)).data
    assert.deepEqual(
      [
        telecard.total_leads,
        telecard.called_leads,
        telecard.completed_calls,
        telecard.failed_calls,
        telecard.no_answer_calls,
      ],
      [5, 5, 2, 2, 1],
    )
    assert.deepEqual([stats.total_calls, stats.completion_rate, stats.success_rate], [5, 100, 40])
    const counted = { total: 5, completed: 2, pending: 0, failed: 0, answered: 2, no_answer: 1, busy: 2 }
    assert.deepEqual(voipstudio.stats, counted)
    assert.deepEqual([union.total_contacts, union.completed_calls, union.failed_calls], [5, 2, 3])
    assert.deepEqual([progress.totalContacts, progress.successfulCalls, progress.successRate], [5, 2, 40])
    assert.equal((await ask('GET', `/api/dialer/calls?limit=50`)).total, 5)
    assert.equal((await ask('GET', `/api/dialer/call-logs/?campaign=${v1.number}`)).count, 5)
    assert.equal((await ask('GET', `/api/campaigns/${id}/calls`)).data.length, 5)
    assert.equal((await ask('GET', `/api/v1/calls?campaign_id=${id}`)).data.length, 5)
  })

  it('is gone at every door when one has deleted it', async () => {
    const { v1 } = await see(made.callcampaign as string)
    await ask('DELETE', `/api/campaigns/${v1.id}`)
    for (const path of [
      `/api/v1/campaigns/${v1.id}`,
      `/api/dialer/campaigns/${v1.number}/`,
      `/api/dialer/campaigns/${v1.id}`,
      `/api/campaigns/${v1.id}`,
    ]) {
      assert.equal((await app.ask('GET', path)).status, 404, path)
    }
  })
})
