import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { uploadLeads } from '#kit/telecard.ts'

/** Noon in Karachi. */
const start = '2026-02-09T07:00:00Z'
const leadsFile = `name,number,city,attempts,customer_segment,last_order_date,follow_up_date,order_count,feedback_status
Ahmed Khan,ap923001234567,Karachi,1,small,2026-01-15T14:30:00Z,,3,positive
Sara Malik,03001234568,Lahore,2,large,,,,
Bilal Shah,92512345678,Islamabad,,micro,,,,
`

describe("the walk of the old system's guide", () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ start })
    app = await openApp({ floor })
    const body = { time_zone: 'Asia/Karachi', country: 'PK' }
    await app.ask('PATCH', `/api/v1/workspaces/${app.tenant.workspace_id}`, { body })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const ask = (method: string, path: string, body?: unknown) =>
    app.ask(method, `/api/dialer/${path}`, body === undefined ? {} : { body })

  it('goes from an agent to calls, and every count agrees with the file', async () => {
    const agent = await ask('POST', 'agents/', {
      ...{ agent_id: 'AgentAhmed', extension: '101', phone_number: '923001234567', email: 'ahmed@udhaar.pk' },
    })
    assert.equal(agent.status, 201, agent.text)
    assert.equal(agent.body.status, 'available')
    const made = await ask('POST', 'campaigns/', {
      ...{ campaign_name: 'Ahmed Follow Up', segment: 'follow_up', agent: agent.body.id, duration_days: 1 },
    })
    assert.equal(made.status, 201, made.text)
    const code = 'AgentAhmed-Follow_Up-20260209'
    assert.equal(made.body.campaign_id, code)
    const uploaded = await uploadLeads(app, { campaign_id: code, segment: 'follow_up' }, leadsFile)
    assert.equal(uploaded.status, 200, uploaded.text)
    assert.deepEqual(uploaded.body, {
      ...{ import_id: uploaded.body.import_id, campaign_id: code, filename: 'leads.csv', status: 'completed' },
      ...{ total_rows: 3, successful_imports: 3, failed_imports: 0, skipped_rows: 0, success_rate: 100, errors: [] },
      summary: 'Processed 3 rows. Successful: 3, Failed: 0, Skipped: 0',
    })

    const id = made.body.id
    const activated = await app.ask('POST', `/api/dialer/campaigns/${id}/activate/`, {
      headers: { 'content-type': 'application/json' },
    })
    assert.equal(activated.status, 200, activated.text)
    assert.equal(activated.body.message, 'Campaign activated')
    assert.equal(activated.body.campaign.status, 'active')
    await floor.run(10 * 60_000)

    const leads = (await ask('GET', `leads/?campaign=${id}`)).body
    assert.equal(leads.count, 3)
    const stats = (await ask('GET', `campaigns/${id}/stats/`)).body
    assert.deepEqual(stats, {
      ...{ campaign_id: code, total_leads: 3, pending_leads: 0, called_leads: 3, completed_calls: 3, failed_calls: 0 },
      ...{ no_answer_calls: 0, total_calls: 3, completion_rate: 100, success_rate: 100 },
    })
    const logs = (await ask('GET', `import-logs/?campaign=${id}`)).body
    assert.deepEqual([logs.count, logs.results[0].total_rows, logs.results[0].successful_imports], [1, 3, 3])
    const calls = (await ask('GET', `call-logs/?campaign=${id}`)).body
    assert.equal(calls.count, 3)
    assert.deepEqual(
      calls.results.map((call: { phone_number: string }) => call.phone_number).sort(),
      leads.results.map((lead: { phone_number: string }) => lead.phone_number).sort(),
    )
    for (const call of calls.results) {
      assert.deepEqual([call.status, call.agent, call.campaign, call.direction], ['completed', 1, id, 'outbound'])
    }
    const dialed = floor.dials().map(({ number }) => number.replace('+', ''))
    for (const { phone_number } of leads.results) {
      assert.equal(dialed.filter((number) => number === phone_number).length, 1, phone_number)
    }

    // The day is not over: a second list is called too, and the campaign ends with its last day.
    const second = 'name,number,city,attempts\nZara Iqbal,03001234599,Multan,1\n'
    const again = await uploadLeads(app, { segment: 'follow_up', campaign_id: code }, second)
    assert.equal(again.body.successful_imports, 1, again.text)
    await floor.run(5 * 60_000)
    const { status, completed_calls, completed_at } = (await ask('GET', `campaigns/${id}/`)).body
    assert.deepEqual([status, completed_calls, completed_at], ['active', 4, null])
    await floor.run(13 * 3_600_000, 1_800_000)
    const over = (await ask('GET', `campaigns/${id}/`)).body
    assert.equal(over.status, 'completed')
    assert.match(over.completed_at, /^2026-02-09T19:/)
  })
})
