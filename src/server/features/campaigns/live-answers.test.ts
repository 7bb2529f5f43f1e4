import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { addPastAnswers } from '#kit/past-answers.ts'

describe('who answered a campaign', () => {
  let floor: Floor
  let app: App
  before(async () => {
    const script = {
      default: [
        { do: 'answers', ring_s: 5, talk_s: 200, weight: 3 },
        { do: 'machine', ring_s: 5, talk_s: 20, weight: 1 },
        { do: 'busy', weight: 1 },
      ],
    }
    floor = await openFloor({ script, channels: 50, start: '2026-03-05T00:30:00Z' })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('is counted by day, as put through, abandoned or gone before', async () => {
    const settings = { mode: 'power', power_ratio: 5, time_zone: 'Asia/Karachi', hours_zone: 'person' }
    const campaign = await floor.startCampaign({ leads: 40, settings })
    const { db, clock } = floor
    // Of another day: room for abandons within the cap.
    const past = { live: 1000, abandoned: 0, at: clock.now() - 40 * 3_600_000 }
    await addPastAnswers(db.owner, app.tenant, campaign, past)
    for (let n = 0; n < 2; n += 1) {
      const agent = await makeAgent(db.owner, app.tenant, clock.now(), { campaign_id: campaign })
      await signOnAgent(db.app, app.tenant, agent, clock.now())
    }
    await floor.run(6 * 60_000)
    const calls = (await db.owner.query('select outcome, connected_at, abandoned_at from calls')).rows
    const count = (has: (call: (typeof calls)[number]) => boolean) => calls.filter(has).length
    const connected = count((call) => call.connected_at !== null)
    const abandoned = count(({ outcome }) => outcome === 'abandoned')
    assert.ok(connected > 1 && abandoned > 1)
    const { status, body } = await app.ask('GET', `/api/v1/campaigns/${campaign}/live-answers`)
    assert.equal(status, 200)
    assert.deepEqual([body.total.connected, body.total.abandoned, body.total.short], [connected, abandoned, 0])
    assert.equal(body.total.live_answers, connected + abandoned)
    assert.equal(body.total.abandoned_percent, Math.round((10_000 * abandoned) / (connected + abandoned)) / 100)
    // In Karachi it is the next morning.
    assert.deepEqual(body.days, [{ date: '2026-03-05', ...body.total }])
    const none = await app.ask('GET', `/api/v1/campaigns/${campaign}/live-answers?from=2026-03-04&to=2026-03-04`)
    assert.deepEqual([none.body.days, none.body.total.live_answers], [[], 0])
    const wrong = await app.ask('GET', `/api/v1/campaigns/${campaign}/live-answers?from=2026-03-04&to=2026-03-01`)
    assert.equal(wrong.status, 422)
  })
})
