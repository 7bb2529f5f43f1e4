import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'

const number = '+12125550143'

describe('may this number be called', () => {
  let floor: Floor
  let app: App
  let campaign: string
  const ask = (query: Record<string, string>, key?: string) =>
    app.ask('GET', `/api/v1/contactability?${new URLSearchParams(query)}`, key === undefined ? {} : { key })
  before(async () => {
    // A Wednesday, 10:00 in New York.
    floor = await openFloor({ start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor })
    const hours = { window_start: '12:00', window_end: '18:00', time_zone: 'America/New_York' }
    const made = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'One', mode: 'broadcast', ...hours } })
    campaign = made.body.id
    await app.ask('POST', `/api/v1/campaigns/${campaign}/leads`, { body: { leads: [{ phone: number }] } })
    await app.ask('POST', `/api/v1/campaigns/${campaign}/start`, { body: {} })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('by the law alone, as by hand: however the number is written', async () => {
    for (const written of [number, '(212) 555-0143', '212.555.0143']) {
      const { status, body } = await ask({ number: written })
      assert.deepEqual([status, body.number, body.answer, body.lead_id], [200, number, 'now', null])
      assert.equal(body.sentence, 'May be called now: every rule allows it.')
      assert.deepEqual(body.evidence.zones, ['America/New_York'])
    }
    const early = (await ask({ number: '+18085550143' })).body
    assert.deepEqual([early.answer, early.at, early.rule.id], ['later', '2026-03-04T18:00:00.000Z', 'us/hours'])
    assert.equal(
      early.sentence,
      'May be called from 2026-03-04 08:00 in Pacific/Honolulu: TSR 16 CFR 310.4(c); 47 CFR 64.1200(c)(1).',
    )
  })

  it('for a campaign: the answer that its lead gets, budget and hours included', async () => {
    const { body } = await ask({ number, campaign })
    const verdict = (await app.ask('GET', `/api/v1/leads/${body.lead_id}/verdict`)).body
    const { number: _, lead_id, ...same } = body
    assert.deepEqual(same, verdict)
    assert.deepEqual([body.answer, body.at, body.rule.id], ['later', '2026-03-04T17:00:00.000Z', 'campaign_hours'])
    await app.ask('POST', '/api/v1/suppressions', { body: { number, reason: 'asked us to' } })
    const blocked = (await ask({ number, campaign })).body
    assert.deepEqual([blocked.answer, blocked.at, lead_id === blocked.lead_id], ['never', null, true])
    // The lead is settled by now, and why is still told.
    assert.equal(blocked.rule.id, 'do_not_call')
    assert.match(
      (await ask({ number })).body.sentence,
      /^May not be called: suppression lists \(workspace list, manual: asked us to\)\.$/,
    )
  })

  it('says what it can not read', async () => {
    assert.equal((await ask({ number: '12' })).status, 422)
    assert.equal((await ask({})).status, 400)
    assert.equal((await ask({ number, campaign: 'x' })).status, 400)
    const mine = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await ask({ number, campaign }, mine)).status, 422)
    assert.equal((await ask({ number }, mine)).body.answer, 'now')
  })
})
