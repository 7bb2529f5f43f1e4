/** The figures of the last hour's minutes are those of the report of the same hour. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { addPastCalls, type MadeCall } from '#kit/past-calls.ts'
import { makeCampaign, makeTenant } from '#kit/tenant.ts'

const minuteMs = 60_000
const begin = Date.parse('2026-03-05T00:00:00Z')
interface Minute {
  at: string
  calls: number
  human: number
  abandoned: number
}

describe("the minutes of a campaign's last hour", () => {
  let floor: Floor
  let app: App
  let campaign: string
  const minutes = async (): Promise<Minute[]> => {
    const { status, body } = await app.ask('GET', `/api/v1/campaigns/${campaign}/minutes`)
    assert.equal(status, 200)
    return body.minutes
  }
  before(async () => {
    // The last 60 minutes are the day so far: a report can be asked for of no less than a day.
    floor = await openFloor({ start: '2026-03-05T00:59:30Z' })
    app = await openApp({ floor })
    campaign = await makeCampaign(app.db.app, app.tenant, floor.clock.now(), {})
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('are sixty, whole in UTC and oldest first, each zero without a call', async () => {
    const none = Array.from({ length: 60 }, (_, n) => ({
      ...{ at: new Date(begin + n * minuteMs).toISOString(), calls: 0, human: 0, abandoned: 0 },
    }))
    assert.deepEqual(await minutes(), none)
  })

  it('add up to the report of the same hour, without what began before it or belongs to others, and with what was shown before it', async () => {
    const { db, tenant } = app
    const other = await makeCampaign(db.app, tenant, floor.clock.now(), {})
    const called = (ms: number, call: Omit<MadeCall, 'at'> = {}): MadeCall => ({
      ...{ at: begin + ms, campaign_id: campaign, ...call },
    })
    await addPastCalls(db.owner, tenant, [
      called(-1),
      called(0, { outcome: 'human', answered: true }),
      called(minuteMs - 1, { outcome: 'machine', answered: true }),
      ...Array.from({ length: 30 }, (_, n) =>
        called(minuteMs + n * 37_000, { outcome: 'human', answered: true, abandoned: n % 5 === 0 }),
      ),
      called(59 * minuteMs + 29_999),
      called(5 * minuteMs, { campaign_id: other, outcome: 'human', answered: true }),
    ])
    const [shown] = await addPastCalls(db.owner, tenant, [called(-55 * minuteMs)])
    await db.owner.query('update calls set initiated_at = $2 where id = $1', [shown, new Date(begin + 10 * minuteMs)])
    const found = await minutes()
    assert.deepEqual(found[0], { at: new Date(begin).toISOString(), calls: 2, human: 1, abandoned: 0 })
    assert.equal(found[59]?.calls, 1)
    const day = 'since=2026-03-05&until=2026-03-05&zone=UTC'
    const { totals } = (await app.ask('GET', `/api/v1/reports/calls?campaign_id=${campaign}&${day}`)).body
    const sum = (name: 'calls' | 'human' | 'abandoned') => found.reduce((total, minute) => total + minute[name], 0)
    for (const name of ['calls', 'human', 'abandoned'] as const) assert.equal(sum(name), totals[name], name)
    assert.deepEqual([totals.calls, totals.human, totals.abandoned], [34, 31, 6])
  })

  it('count calls as they are dialed, and let them go when their minute is an hour old', async () => {
    const id = await floor.startCampaign({ leads: 3, settings: { mode: 'broadcast', hours_zone: 'person' } })
    campaign = id
    await floor.run(2 * minuteMs)
    const dialed = floor.dials().length
    assert.equal(dialed, 3)
    const count = async () => (await minutes()).reduce((total, { calls }) => total + calls, 0)
    assert.equal(await count(), dialed)
    await floor.run(61 * minuteMs, minuteMs)
    assert.equal(await count(), 0)
  })

  it("are nobody else's", async () => {
    const stranger = await app.makeKey(await makeTenant(app.db.app, floor.clock.now()))
    assert.equal((await app.ask('GET', `/api/v1/campaigns/${campaign}/minutes`, { key: stranger })).status, 404)
  })
})
