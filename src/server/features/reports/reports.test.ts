/** Each figure is as many rows as its list has, and as its file has. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { addPastCalls, type MadeCall } from '#kit/past-calls.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom } from '#kit/tenant.ts'

const dayMs = 86_400_000
const counted = ['answered', 'human', 'contact', 'success', 'abandoned'] as const

describe('reports of calls', () => {
  let app: App
  let campaign: string
  const now = Date.now()
  const ask = async (path: string, key?: string) => (await app.ask('GET', `/api/v1${path}`, key ? { key } : {})).body
  before(async () => {
    app = await openApp()
    const { db, tenant } = app
    campaign = await makeCampaign(db.app, tenant, now, {})
    const other = await makeCampaign(db.app, tenant, now, {})
    await loadLeads(db.app, tenant, campaign, numbersFrom(0, 12), now)
    const agents = [
      await makeAgent(db.owner, tenant, now, { name: 'Ada' }),
      await makeAgent(db.owner, tenant, now, { name: 'Bo' }),
    ]
    const { rows: leads } = await db.owner.query('select id as lead_id, contact_id from leads order by id')
    const call = fc.record<MadeCall>({
      at: fc.integer({ min: now - 33 * dayMs, max: now }),
      outcome: fc.constantFrom('human', 'machine', 'busy', 'no_answer', 'abandoned'),
      zone: fc.constantFrom('America/New_York', 'Asia/Karachi', null),
      answered: fc.boolean(),
      abandoned: fc.boolean(),
      meant: fc.constantFrom('sale', 'not_interested', 'busy', 'nothing'),
      agent_id: fc.constantFrom(...agents),
    })
    const made = fc.sample(call, { numRuns: 400, seed: 7 })
    await addPastCalls(
      db.owner,
      tenant,
      made.map((each, n) =>
        n % 4 === 0 ? { ...each, campaign_id: other } : { ...each, campaign_id: campaign, ...leads[n % leads.length] },
      ),
    )
  })
  after(() => app.close())

  /** How many rows a list has over all its pages, and how many its file has. */
  async function rowsOf(filters: Record<string, string | number>) {
    const text = Object.entries(filters).map(([name, value]): [string, string] => [name, String(value)])
    const query = new URLSearchParams(text)
    let [rows, cursor] = [0, '']
    do {
      const page = await ask(`/calls?limit=100&${query}${cursor && `&cursor=${cursor}`}`)
      rows += page.data.length
      cursor = page.next_cursor ?? ''
    } while (cursor !== '')
    const file = (await app.ask('GET', `/api/v1/calls.csv?${query}`)).text
    assert.equal(file.trimEnd().split('\r\n').length - 1, rows, query.toString())
    return rows
  }

  it('have as many rows behind each figure as it says', async () => {
    const report = await ask(`/reports/calls?campaign_id=${campaign}&zone=Asia/Karachi`)
    const { since, until, zone, totals } = report
    const days = { since, until, zone, campaign_id: campaign }
    assert.equal(report.leads, 12)
    assert.ok(totals.calls > 100 && totals.success > 10, JSON.stringify(totals))
    assert.equal(await rowsOf(days), totals.calls)
    for (const name of counted) assert.equal(await rowsOf({ ...days, counted_as: name }), totals[name], name)
    for (const { outcome, calls } of report.by_outcome) assert.equal(await rowsOf({ ...days, outcome }), calls, outcome)
    for (const { key, calls } of report.by_disposition)
      assert.equal(await rowsOf({ ...days, disposition: key }), calls, key)
    for (const row of report.by_agent)
      assert.equal(await rowsOf({ ...days, agent_id: row.agent_id }), row.calls, row.name)
    for (const { date, calls } of report.by_day.slice(0, 5))
      assert.equal(await rowsOf({ ...days, since: date, until: date }), calls, date)
    for (const { weekday, hour, answered } of report.by_local_hour.slice(0, 12))
      assert.equal(
        await rowsOf({ ...days, local_weekday: weekday, local_hour: hour, counted_as: 'answered' }),
        answered,
      )
    for (const each of report.contacts_by_try.slice(0, 5))
      assert.equal(await rowsOf({ ...days, try: each.try, counted_as: 'contact' }), each.contact)
  })

  it('have parts that add up to the whole, and windows that are their days', async () => {
    const report = await ask('/reports/calls')
    const sum = (rows: Record<string, number>[], name: string) =>
      rows.reduce((total, row) => total + (row[name] ?? 0), 0)
    for (const name of ['calls', ...counted]) {
      for (const part of ['by_day', 'by_local_hour'])
        assert.equal(sum(report[part], name), report.totals[name], `${part} ${name}`)
    }
    assert.equal(sum(report.by_outcome, 'calls'), report.totals.calls)
    assert.equal(sum(report.contacts_by_try, 'contact'), await rowsOfContactsWithLead(report))
    const last = report.abandon_windows.at(-1)
    assert.equal(report.abandon_windows.length, 30)
    assert.deepEqual([last.window_human, last.window_abandoned], [report.totals.human, report.totals.abandoned])
    for (const name of Object.keys(report)) {
      if (name.startsWith('by_') || name.endsWith('windows')) assert.ok(report.definitions[name], name)
    }
  })

  async function rowsOfContactsWithLead(report: { since: string; until: string; zone: string }) {
    const { since, until, zone } = report
    const { data } = await ask(`/calls?limit=1000&counted_as=contact&since=${since}&until=${until}&zone=${zone}`)
    return data.filter(({ lead_id }: { lead_id: string | null }) => lead_id !== null).length
  }

  it('refuse days that are none or too many, and tell a stranger nothing', async () => {
    for (const query of ['since=2026-02-01&until=2026-01-01', 'since=2020-01-01&until=2026-01-01'])
      assert.equal((await app.ask('GET', `/api/v1/reports/calls?${query}`)).status, 422, query)
    assert.equal((await app.ask('GET', `/api/v1/reports/calls?campaign_id=${crypto.randomUUID()}`)).status, 404)
    const stranger = await app.makeKey(await makeTenant(app.db.app, now))
    assert.equal((await ask('/reports/calls', stranger)).totals.calls, 0)
  })
})
