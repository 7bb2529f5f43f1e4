import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'

const hour = 3_600_000

describe('a dry run', () => {
  let floor: Floor
  let app: App
  let used = 3000
  before(async () => {
    // A Wednesday, 10:00 in New York and 07:00 in Los Angeles; what the far end does is the ordinary list.
    floor = await openFloor({ script: {}, channels: 6, start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor, settings: { OUTDIAL_SIM_SPEED: '1' } })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  function people(prefix: string, count: number): { phone: string }[] {
    const first = used
    used += count
    return Array.from({ length: count }, (_, index) => ({ phone: `${prefix}555${first + index}` }))
  }
  const post = async (path: string, body: object = {}) => {
    const answer = await app.ask('POST', `/api/v1/${path}`, { body })
    assert.ok(answer.status < 300, answer.text)
    return answer.body
  }
  async function draft(leads: object[], settings: object = {}): Promise<string> {
    const { id } = await post('campaigns', { name: 'Dry', mode: 'broadcast', ...settings })
    if (leads.length > 0) await post(`campaigns/${id}/leads`, { leads })
    return id
  }
  const dryRun = async (id: string) => (await app.ask('GET', `/api/v1/campaigns/${id}/dry-run`)).body
  const fingerprint = async () =>
    (
      await floor.db.owner.query(`select md5((select string_agg(l::text, ',' order by id) from leads l)
        || (select count(*)::text from attempts) || (select string_agg(c::text, ',' order by id) from campaigns c))`)
    ).rows[0].md5

  const hours = { window_start: '09:00', window_end: '18:00', hours_zone: 'person' }

  it('tells who may be called now, later and never, by rule, in words, and changes nothing', async () => {
    const [blocked, resting, ...near] = people('+1212', 6)
    await post('suppressions', { number: blocked?.phone })
    await post('suppressions', { number: resting?.phone, expires_at: new Date(app.now() + 2 * hour).toISOString() })
    const follow_up_date = new Date(app.now() + 4 * hour).toISOString()
    const [promised] = people('+1212', 1)
    const id = await draft(
      [blocked, resting, ...near, ...people('+1213', 3), { ...promised, follow_up_date }] as object[],
      hours,
    )
    const before = await fingerprint()
    const dry = await dryRun(id)
    assert.equal(await fingerprint(), before)
    const { now, later, never, calling, done, total, next_due_at } = dry.leads
    assert.deepEqual([now, later, never, calling, done, total], [4, 5, 1, 0, {}, 10])
    assert.deepEqual([dry.counted_at, next_due_at], ['2026-03-04T15:00:00.000Z', '2026-03-04T17:00:00.000Z'])
    const of = (list: { rule: string; count: number }[]) => Object.fromEntries(list.map((one) => [one.rule, one.count]))
    assert.deepEqual(of(dry.reasons.later), { campaign_hours: 3, do_not_call_until: 1, lead_not_before: 1 })
    assert.deepEqual(dry.reasons.never, [
      { rule: 'do_not_call', sentence: 'Their number is on a suppression list.', count: 1 },
    ])
  })

  it('shows hour by hour who becomes callable and who is, on the clocks of each zone', async () => {
    const id = await draft([...people('+1212', 2), ...people('+1213', 3)], { ...hours, weekdays: [3, 4] })
    const [west, east] = (await dryRun(id)).hours
    assert.deepEqual([west.zone, west.leads, east.zone, east.leads], ['America/Los_Angeles', 3, 'America/New_York', 2])
    // From 10:00 until 18:00 today, from 9:00 until 18:00 tomorrow, and before the seven days are over from 9:00 until 11:00.
    assert.equal(east.hours.length, 8 + 9 + 2)
    assert.deepEqual(west.hours[0], {
      at: '2026-03-04T17:00:00.000Z',
      local: '2026-03-04 09:00',
      callable: 3,
      becoming: 3,
    })
    assert.deepEqual(west.hours[1], {
      at: '2026-03-04T18:00:00.000Z',
      local: '2026-03-04 10:00',
      callable: 3,
      becoming: 0,
    })
    assert.equal(west.hours.length, 9 + 9)
  })

  it('counts as of a start that lies ahead, and ends where the days of the campaign are over', async () => {
    const settings = { ...hours, start_date: '2026-03-10', completes: 'at_end', duration_days: 1, daily_limit: 2 }
    const dry = await dryRun(await draft(people('+1212', 5), { ...settings, max_attempts: 1 }))
    // Midnight in New York, by when clocks have been put forward.
    assert.deepEqual([dry.at, dry.counted_at], ['2026-03-04T15:00:00.000Z', '2026-03-10T04:00:00.000Z'])
    assert.deepEqual([dry.leads.now, dry.leads.later], [0, 5])
    assert.deepEqual([dry.finish.dials, dry.finish.unreached], [2, 3])
  })

  it('says of a list without leads, and of one that cannot be called, why it does not finish', async () => {
    const empty = await dryRun(await draft([]))
    assert.deepEqual([empty.leads.total, empty.finish.reason.code], [0, 'nobody_callable'])
    const shut = await dryRun(await draft(people('+1212', 2), { window_start: '22:00', window_end: '23:00' }))
    assert.deepEqual([shut.leads.never, shut.reasons.never[0].rule], [2, 'no_common_hours'])
    assert.deepEqual([shut.finish.finishes_at, shut.finish.reason.code], [null, 'nobody_callable'])
    const unstaffed = await draft(people('+1212', 2), { mode: 'progressive' })
    assert.equal((await dryRun(unstaffed)).finish.reason.code, 'no_agents')
    await makeAgent(floor.db.owner, floor.tenant, app.now(), { campaign_id: unstaffed })
    const staffed = await dryRun(unstaffed)
    assert.deepEqual([staffed.assumptions.lines, staffed.assumptions.bound_by], [1, 'agents'])
    assert.ok(Date.parse(staffed.finish.finishes_at) > app.now())
    const ahead = await draft(people('+1212', 2), { mode: 'predictive' })
    await makeAgent(floor.db.owner, floor.tenant, app.now(), { campaign_id: ahead })
    const { shift, finish } = await dryRun(ahead)
    assert.ok(Date.parse(finish.finishes_at) > app.now())
    assert.deepEqual([shift.agents, staffed.shift.agents], [1, 1])
    for (const { low, middle, high } of [shift.utilisation_percent, staffed.shift.utilisation_percent])
      assert.ok(0 < low && low < middle && middle < high && high < 100)
    assert.ok(staffed.shift.abandoned_percent.middle < 1)
    assert.equal(empty.shift, null)
    const byHand = await dryRun(await draft(people('+1212', 1), { mode: 'manual' }))
    assert.equal(byHand.finish.reason.code, 'by_hand')
  })

  it('finishes agents’ campaigns as fast as simulated shifts say, and the sooner the more agents there are', async () => {
    // So many that the quarter of an hour after which a carrier's fault is tried again counts little.
    const leads = people('+1212', 800)
    const settings = { max_attempts: 1, window_start: '09:00', window_end: '21:00' }
    const finishes: number[] = []
    for (const agents of [2, 4]) {
      const id = await draft(leads, { ...settings, mode: 'progressive' })
      for (let n = 0; n < agents; n += 1) await makeAgent(floor.db.owner, floor.tenant, app.now(), { campaign_id: id })
      const { finish, shift } = await dryRun(id)
      finishes.push(Date.parse(finish.finishes_at) - app.now())
      assert.ok(Date.parse(finish.earliest) < Date.parse(finish.latest) && shift.hours === 12)
      const { dials } = (await app.ask('GET', `/api/v1/campaigns/${id}/forecast`)).body.as_is
      const expected = (12 * hour * finish.dials) / dials.middle
      assert.ok(Math.abs((finishes.at(-1) as number) / expected - 1) < 0.12, `${finishes.at(-1)} ${expected}`)
    }
    assert.ok(Math.abs((finishes[0] as number) / (finishes[1] as number) - 2) < 0.3)
  })

  it('costs what the trunk asks for the started minutes of talk, and nothing is said without a price', async () => {
    const id = await draft(people('+1212', 40))
    assert.equal((await dryRun(id)).cost, null)
    const path = `/api/v1/trunks/${app.tenant.trunk_id}`
    assert.equal((await app.ask('PATCH', path, { body: { price_per_minute: 0.02 } })).status, 422)
    const priced = await app.ask('PATCH', path, { body: { price_per_minute: 0.02, currency: 'USD' } })
    assert.deepEqual([priced.body.price_per_minute, priced.body.currency], [0.02, 'USD'])
    const { cost, finish } = await dryRun(id)
    // The amount comes from the mean of the runs, the minutes shown are rounded.
    assert.ok(Math.abs(cost.amount - 0.02 * finish.talk_minutes) <= 0.011 && finish.talk_minutes > 30)
    assert.equal(cost.currency, 'USD')
  })

  it('goes by the calls of the campaign once it has two hundred, and keeps apart who is done or in a call', async () => {
    const id = await draft(people('+1212', 150), { max_attempts: 3, retry_interval_seconds: 60, completes: 'by_hand' })
    assert.equal((await dryRun(id)).assumptions.based_on, 'simulated_carrier')
    await post(`campaigns/${id}/start`)
    await floor.dialer.idle()
    const started = (await dryRun(id)).leads
    assert.deepEqual([started.calling, started.total], [6, 150])
    for (let minutes = 0; minutes < 60; minutes += 5) await floor.run(5 * 60_000, 60_000)
    const dry = await dryRun(id)
    assert.deepEqual([dry.assumptions.based_on, dry.leads.never, dry.leads.calling], ['campaign', 0, 0])
    assert.equal(dry.leads.done.completed + dry.leads.done.failed + dry.leads.now + dry.leads.later, 150)
  })

  it('asks a start’s question of leads that a rule had settled', async () => {
    const [one] = people('+1212', 1)
    const { id: listed } = await post('suppressions', { number: one?.phone })
    const id = await draft([one as object])
    assert.equal((await dryRun(id)).leads.never, 1)
    await post(`suppressions/${listed}/remove`, { reason: 'a mistake' })
    assert.equal((await dryRun(id)).leads.now, 1)
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${crypto.randomUUID()}/dry-run`)).status, 404)
  })

  it('finds a person of two campaigns in both, and a deleted one in none', async () => {
    const shared = people('+1212', 2)
    const [first, second] = [await draft(shared), await draft(shared)]
    assert.deepEqual([(await dryRun(first)).leads.now, (await dryRun(second)).leads.now], [2, 2])
    const { data } = (await app.ask('GET', `/api/v1/campaigns/${first}/leads`)).body
    await app.ask('DELETE', `/api/v1/contacts/${data[0].contact_id}`)
    const { leads, reasons } = await dryRun(second)
    assert.deepEqual([leads.now, leads.never, reasons.never[0].rule], [1, 1, 'lead_closed'])
  })
})
