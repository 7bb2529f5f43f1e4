import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'
import { countLeadsWithoutConsent } from '#store/lead-review.ts'
import { inWorkspace } from '#store/tx.ts'

describe('consents', () => {
  let floor: Floor
  let app: App
  before(async () => {
    floor = await openFloor({ start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor })
    await floor.db.owner.query('update workspaces set consent_declaration = null')
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const record = (number: string, rest: object = {}) => {
    return app.ask('POST', '/api/v1/consents', { body: { number, basis: 'written', source: 'form 7', ...rest } })
  }
  const withdraw = (number: string) =>
    app.ask('POST', '/api/v1/consents/withdraw', { body: { number, reason: 'said so on the phone' } })
  async function makeCampaign(leads: object[], settings: object = {}): Promise<string> {
    const body = { name: 'Voices', mode: 'ai', window_start: '09:00', window_end: '18:00', ...settings }
    const { id } = (await app.ask('POST', '/api/v1/campaigns', { body })).body
    await app.ask('POST', `/api/v1/campaigns/${id}/leads`, { body: { leads } })
    return id
  }
  const start = (id: string, body: object = {}) => app.ask('POST', `/api/v1/campaigns/${id}/start`, { body })
  const dialed = () => floor.dials().map(({ number }) => number)

  it('are recorded with basis, words, source and time, graded by their basis unless it is said', async () => {
    const given_at = '2026-03-01T10:00:00.000Z'
    const { status, body, headers } = await record('(212) 555-0101', { text: 'Call me.', given_at })
    assert.equal(status, 201)
    assert.equal(headers.get('location'), `/api/v1/consents/${body.id}`)
    const { number, basis, strength, text, source, withdrawn_at } = body
    assert.deepEqual(
      { number, basis, strength, text, source, given_at: body.given_at, withdrawn_at },
      {
        ...{ number: '+12125550101', basis: 'written', strength: 'written', text: 'Call me.', source: 'form 7' },
        ...{ given_at, withdrawn_at: null },
      },
    )
    assert.equal((await record('+12125550102', { basis: 'opt-in on the site' })).body.strength, 'express')
    assert.equal((await record('+12125550102', { basis: 'contract' })).body.strength, 'stated')
    const { data } = (await app.ask('GET', '/api/v1/consents?number=%2B12125550102')).body
    assert.equal(data.length, 2)
  })

  it('decide whom an AI may call, as strong as the law of the place wants', async () => {
    await record('+12125550110')
    await record('+12125550111', { basis: 'opt-in' })
    await record('+442079460111', { basis: 'opt-in' })
    const leads = ['+12125550110', '+12125550111', '+442079460111', '+923001234567'].map((phone) => ({ phone }))
    const id = await makeCampaign(leads)
    const refused = await start(id)
    assert.deepEqual([refused.status, refused.body.count], [409, 2])
    assert.equal((await start(id, { skip_without_consent: true })).body.status, 'active')
    await floor.run(60_000)
    assert.deepEqual(dialed().toSorted(), ['+12125550110', '+442079460111'])
    const skipped = (await app.ask('GET', `/api/v1/leads?campaign_id=${id}&status=skipped`)).body.data
    const verdicts = await Promise.all(
      skipped.map(async ({ id: lead }: { id: string }) => (await app.ask('GET', `/api/v1/leads/${lead}/verdict`)).body),
    )
    assert.equal(verdicts.length, 2)
  })

  it('are missed on the part of a long list that a start has not judged yet, too', async () => {
    await record('+12125550171')
    const id = await makeCampaign([
      { phone: '+12125550170' },
      { phone: '+12125550171' },
      { phone: '+12125550172', consent_basis: 'written' },
    ])
    // As a start finds those it has no time for.
    await floor.db.owner.query("update leads set status = 'pending', held_by = null where campaign_id = $1", [id])
    const { workspace_id } = app.tenant
    const first = '00000000-0000-0000-0000-000000000000'
    const count = (judgedTo: string | null) =>
      inWorkspace(app.db.app, app.tenant, (tx) => countLeadsWithoutConsent(tx, workspace_id, id, judgedTo))
    assert.deepEqual([await count(null), await count(first)], [0, 1])
    assert.equal((await start(id)).body.count, 1)
    assert.equal(await count(null), 1)
  })

  it('need only be express where the calls inform', async () => {
    await record('+12125550120', { basis: 'opt-in' })
    const id = await makeCampaign([{ phone: '+12125550120' }], { purpose: 'information' })
    assert.equal((await start(id)).status, 200)
  })

  it('let a skipped person be called as soon as they are recorded, and nobody after they are withdrawn', async () => {
    const id = await makeCampaign([{ phone: '+12125550130' }, { phone: '+12125550131', consent_basis: 'written' }], {
      completes: 'by_hand',
    })
    await withdraw('+12125550131')
    await start(id, { skip_without_consent: true })
    await floor.run(30_000)
    assert.ok(!dialed().includes('+12125550130') && !dialed().includes('+12125550131'))
    await record('+12125550130')
    await floor.run(30_000)
    assert.ok(dialed().includes('+12125550130') && !dialed().includes('+12125550131'))
    const { body } = await withdraw('+12125550131')
    assert.deepEqual(
      body.consents.map(({ basis, withdrawn_reason }: Record<string, string>) => [basis, withdrawn_reason]),
      [['none', 'said so on the phone']],
    )
  })

  it('end when they expire', async () => {
    await record('+12125550140', { expires_at: new Date(app.now() + 10_000).toISOString() })
    const id = await makeCampaign([{ phone: '+12125550140' }])
    await floor.run(11_000)
    assert.equal((await start(id)).status, 409)
  })

  it('are refused with times that can not be', async () => {
    const future = new Date(app.now() + 60_000).toISOString()
    assert.deepEqual((await record('+12125550150', { given_at: future })).body.errors, [
      { path: 'given_at', message: 'lies in the future' },
    ])
    assert.equal((await record('+12125550150', { expires_at: '2020-01-01T00:00:00Z' })).status, 422)
    assert.equal((await record('+12125550150', { expires_at: '99999-01-01T00:00:00Z' })).status, 400)
    assert.equal((await record('12')).status, 422)
  })

  it('are nobody else’s', async () => {
    const { body } = await record('+12125550160')
    const key = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await app.ask('GET', `/api/v1/consents/${body.id}`, { key })).status, 404)
    assert.deepEqual((await app.ask('GET', '/api/v1/consents', { key })).body.data, [])
  })
})
