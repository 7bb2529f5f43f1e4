import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { uploadLeads } from '#kit/telecard.ts'

/** Noon in Karachi. */
const start = '2026-02-09T07:00:00Z'
const numbers = Array.from({ length: 14 }, (_, index) => `92300123${4560 + index}`)
const ends = (index: number) => (index < 3 ? 'answers' : index < 4 ? 'busy' : 'rejects')

/** Three answer, one is busy, and one declines. */
const script = {
  ...Object.fromEntries(
    numbers.slice(0, 5).map((number, index) => [`+${number}`, [{ do: ends(index), ring_s: 5, talk_s: 30 }]]),
  ),
  default: [{ do: 'answers', ring_s: 2, talk_s: 20, weight: 1 }],
}

describe('the figures of a campaign in the words of the old system', () => {
  let floor: Floor
  let app: App
  let id: number
  before(async () => {
    floor = await openFloor({ start, script })
    app = await openApp({ floor })
    const body = { time_zone: 'Asia/Karachi' }
    await app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body })
    await ask('POST', 'agents/', { agent_id: 'AgentAhmed', extension: '101' })
    const campaign = { campaign_name: 'Ahmed Follow Up', segment: 'follow_up', agent: 1 }
    const made = (await ask('POST', 'campaigns/', campaign)).body
    id = made.id
    // Those after the fifth are called tomorrow.
    const rows = numbers.map((number, index) => `P ${index},${number},Karachi,1,${index < 5 ? '' : '2026-02-10'}`)
    const file = `name,number,city,attempts,follow_up_date\n${rows.join('\n')}\n`
    const uploaded = await uploadLeads(app, { campaign_id: made.campaign_id, segment: 'follow_up' }, file)
    assert.equal(uploaded.body.successful_imports, 14, uploaded.text)
    await ask('POST', `campaigns/${id}/activate/`)
    await floor.run(30 * 60_000)
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const ask = (method: string, path: string, body?: unknown) =>
    app.ask(method, `/api/dialer/${path}`, body === undefined ? {} : { body })
  const pick = (body: Record<string, unknown>, names: string[]) => names.map((name) => body[name])

  it('are 35.71 and 60 of 14 leads, 5 called, 3 completed and 2 failed', async () => {
    assert.deepEqual((await ask('GET', `campaigns/${id}/stats/`)).body, {
      ...{ campaign_id: 'AgentAhmed-Follow_Up-20260209', total_leads: 14, pending_leads: 9, called_leads: 5 },
      ...{ completed_calls: 3, failed_calls: 2, no_answer_calls: 0, total_calls: 5 },
      ...{ completion_rate: 35.71, success_rate: 60 },
    })
    const campaign = (await ask('GET', `campaigns/${id}/`)).body
    const names = ['total_leads', 'leads_count', 'called_leads', 'completed_calls', 'failed_calls', 'no_answer_calls']
    assert.deepEqual(pick(campaign, names), [14, 14, 5, 3, 2, 0])
    assert.equal(campaign.completion_percentage, 35.71)
    const counted = async (query: string) => (await ask('GET', `leads/?campaign=${id}&${query}`)).body.count
    assert.equal(await counted('status=pending'), 9)
    assert.equal(await counted('status=completed'), 3)
    assert.equal(await counted('status=failed'), 2)
  })

  it('are the calls that the log shows, each with all its fields', async () => {
    const { results, count } = (await ask('GET', `call-logs/?campaign=${id}`)).body
    assert.equal(count, 5)
    const ids = results.map((call: { call_id: string }) => call.call_id)
    assert.deepEqual(ids, ids.toSorted().toReversed())
    const completed = (await ask('GET', 'call-logs/?status=completed')).body.results
    assert.equal(completed.length, 3)
    const [call] = completed
    assert.deepEqual((await ask('GET', `call-logs/${call.id}/`)).body, call)
    const known = (await app.ask('GET', `/api/v1/calls/${call.call_id}`)).body
    const seconds = (text: string) => text.replace(/\.\d+Z$/, 'Z')
    assert.deepEqual(call, {
      ...{ id: known.number, call_id: known.id, freeswitch_uuid: known.provider_call_id, agent: 1, campaign: id },
      ...{ lead: call.lead, phone_number: known.to_number.slice(1), status: 'completed', direction: 'outbound' },
      ...{ duration: known.duration_seconds, recording_url: null, initiated_at: seconds(known.initiated_at) },
      ...{ answered_at: seconds(known.answered_at), ended_at: seconds(known.ended_at) },
    })
    const lasted = Date.parse(known.ended_at) - Date.parse(known.answered_at)
    assert.equal(call.duration, Math.floor(lasted / 1000))
    const lead = (await ask('GET', `leads/${call.lead}/`)).body
    assert.deepEqual([lead.phone_number, lead.status, lead.attempt_count], [call.phone_number, 'completed', 1])
    assert.equal(lead.last_call_date, call.ended_at)
    const found = async (query: string) =>
      (await ask('GET', `call-logs/?${query}`)).body.results.map((each: { id: number }) => each.id)
    assert.deepEqual(await found(`lead=${call.lead}`), [call.id])
    assert.equal((await found('agent=1')).length, 3)
    assert.deepEqual(await found('campaign=77'), [])
    assert.equal((await found('status=busy')).length, 1)
    assert.equal((await found('status=failed')).length, 1)
    for (const search of [call.call_id, call.phone_number, call.freeswitch_uuid]) {
      assert.deepEqual(await found(`search=${encodeURIComponent(search)}`), [call.id], search)
    }
    const unknown = await ask('GET', 'call-logs/?status=no_answer')
    assert.deepEqual([unknown.status, Object.keys(unknown.body)], [400, ['status']])
    assert.match(unknown.body.status[0], /no-answer/)
    assert.deepEqual((await ask('GET', 'call-logs/999/')).body, { error: 'There is no such call.' })
  })

  it('count a mark as a lead called, and as no call', async () => {
    const [pending] = (await ask('GET', `leads/?campaign=${id}&status=pending`)).body.results
    const marked = (await ask('POST', `leads/${pending.id}/mark_as_called/`)).body
    assert.equal(marked.message, 'Lead marked as called')
    const at = new Date(app.now()).toISOString().replace(/\.\d+Z$/, 'Z')
    const change = { status: 'called', attempt_count: 1, last_call_date: at, updated_at: at }
    assert.deepEqual(marked.lead, { ...pending, ...change })
    const again = (await ask('POST', `leads/${pending.id}/mark_as_called`, {})).body.lead
    assert.equal(again.attempt_count, 2)
    const stats = (await ask('GET', `campaigns/${id}/stats/`)).body
    const names = ['pending_leads', 'called_leads', 'total_calls', 'completed_calls', 'failed_calls', 'completion_rate']
    assert.deepEqual(pick(stats, names), [8, 6, 5, 3, 2, 42.86])
    assert.equal(stats.success_rate, 50)
  })
})
