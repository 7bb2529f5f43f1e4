import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe('a campaign whose agents its trunk can not reach', () => {
  let app: App
  before(async () => {
    app = await openApp()
  })
  after(() => app.close())

  const settings = { account_sid: `AC${'1'.repeat(32)}`, from: '+12125550199' }
  const makeTrunk = async () =>
    (
      await app.ask('POST', '/api/v1/trunks', {
        body: { name: 'T', provider: 'twilio', secret: 'x'.repeat(32), settings },
      })
    ).body
  const makeCampaign = async (body: object) =>
    (await app.ask('POST', '/api/v1/campaigns', { body: { name: 'C', ...body } })).body
  const start = (id: string) => app.ask('POST', `/api/v1/campaigns/${id}/start`)
  const why = /opens no lines to agents: over it only campaigns in ai or broadcast mode can call/

  it('is not started, and says why; for voices it is', async () => {
    const { id: trunk_id } = await makeTrunk()
    for (const mode of ['power', 'predictive', 'preview', 'manual']) {
      const refused = await start((await makeCampaign({ trunk_id, mode })).id)
      assert.equal(refused.status, 422, mode)
      assert.equal(refused.body.errors[0].path, 'trunk_id')
      assert.match(refused.body.errors[0].message, why)
    }
    assert.equal((await start((await makeCampaign({ trunk_id, mode: 'broadcast' })).id)).status, 200)
  })

  it('that was started before says so as its diagnosis', async () => {
    const campaign = await makeCampaign({ mode: 'power' })
    assert.equal((await start(campaign.id)).status, 200)
    const { id: trunk_id } = await makeTrunk()
    await app.db.owner.query('update campaigns set trunk_id = $1 where id = $2', [trunk_id, campaign.id])
    const { diagnosis } = (await app.ask('GET', `/api/v1/campaigns/${campaign.id}/progress`)).body
    assert.equal(diagnosis.code, 'trunk_without_lines')
    assert.match(diagnosis.sentence, why)
  })
})
