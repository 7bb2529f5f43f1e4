import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant, numbersFrom } from '#kit/tenant.ts'

describe('calls dialed by hand for nobody', () => {
  let floor: Floor
  let app: App
  let used = 0
  before(async () => {
    // 10:00 in New York.
    floor = await openFloor({
      script: { default: [{ do: 'answers', ring_s: 5, talk_s: 7000, weight: 1 }] },
      ...{ channels: 50, concurrent_calls: 40, owner_concurrent_calls: 30 },
    })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const nextNumber = () => numbersFrom(used++, 1)[0] as string
  const dial = (body: object = {}, key = app.key) =>
    app.ask('POST', '/api/v1/calls', { key, body: { number: nextNumber(), without_agent: true, ...body } })
  const read = async (id: string) => (await app.ask('GET', `/api/v1/calls/${id}`)).body
  const act = (id: string, key: string) =>
    app.ask('POST', `/api/v1/calls/${id}/acts`, { key, body: { act: 'hang_up' } })

  it('keep what was said with them, go on without anybody, and are hung up by whoever dialed', async () => {
    const [mine, other] = [await app.makeMember(app.tenant, 'agent'), await app.makeMember(app.tenant, 'agent')]
    const said = { caller_id: '(212) 555-0199', metadata: { deal: 7 }, external_lead_id: 'crm-1' }
    const placed = await dial(said, mine.key)
    assert.deepEqual([placed.status, placed.body.session_id], [202, null], placed.text)
    const { id } = placed.body
    await floor.run(60_000)
    const call = await read(id)
    assert.deepEqual([call.state, call.abandoned_at, call.agent_id], ['answered', null, null])
    assert.deepEqual([call.from_number, call.metadata, call.external_lead_id], ['+12125550199', { deal: 7 }, 'crm-1'])
    assert.deepEqual([call.placed_by, call.owner_user_id], [mine.user_id, mine.user_id])
    const patch = (key: string) => app.ask('PATCH', `/api/v1/calls/${id}`, { key, body: { metadata: { deal: 8 } } })
    assert.equal((await patch(other.key)).status, 403)
    assert.deepEqual((await read(id)).metadata, { deal: 7 })
    assert.deepEqual((await patch(mine.key)).body.metadata, { deal: 8 })
    assert.equal((await act(id, other.key)).status, 403)
    assert.equal((await act(id, mine.key)).status, 200)
    await floor.run(5000)
    assert.equal((await read(id)).outcome, 'answered')
  })

  it("never pass the owner's limit, however many are asked for at once, and give every line back", async () => {
    const member = await app.makeMember(app.tenant, 'agent')
    await floor.db.owner.query('update memberships set concurrent_calls = 2 where user_id = $1', [member.user_id])
    const dials = floor.dials().length
    const answers = await Promise.all(Array.from({ length: 8 }, () => dial({}, member.key)))
    const placed = answers.filter(({ status }) => status === 202)
    assert.deepEqual([placed.length, floor.dials().length - dials], [2, 2])
    const refused = answers.filter(({ status }) => status !== 202)
    assert.ok(refused.every(({ status, body }) => status === 409 && /limit owner/.test(body.detail)))
    const lines = async () =>
      (await app.ask('GET', '/api/v1/limits')).body.users.find(({ id }: { id: string }) => id === member.user_id).in_use
    assert.equal(await lines(), 2)
    for (const { body } of placed) await act(body.id, member.key)
    await floor.run(5000)
    assert.equal(await lines(), 0)
    const again = await Promise.all([dial({}, member.key), dial({}, member.key)])
    assert.deepEqual(
      again.map(({ status }) => status),
      [202, 202],
    )
  })

  it('go to one number once, whoever asks', async () => {
    const number = nextNumber()
    const answers = await Promise.all(Array.from({ length: 5 }, () => dial({ number })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409, 409, 409])
    assert.equal(floor.dials().filter((line) => line.number === number).length, 1)
  })

  it('ask the verdict and the campaign as any other call', async () => {
    const campaign = await floor.startCampaign({ leads: 1, first_number: 5000, settings: { mode: 'manual' } })
    const [lead] = (await app.ask('GET', `/api/v1/campaigns/${campaign}/leads`)).body.data
    const placed = await dial({ number: undefined, lead_id: lead.id, caller_id: '+12125550199' })
    assert.equal(placed.status, 202, placed.text)
    assert.equal((await app.ask('GET', `/api/v1/leads/${lead.id}`)).body.status, 'calling')
    assert.equal((await dial({ number: undefined, lead_id: lead.id })).status, 409)
    await floor.db.owner.query('update campaigns set daily_limit = 1 where id = $1', [campaign])
    const spent = await dial({ campaign_id: campaign })
    assert.deepEqual([spent.status, spent.body.detail], [409, 'The limit daily_limit is reached.'])
    const theirs = (
      await app.ask('POST', '/api/v1/campaigns', {
        key: await app.makeKey(await makeTenant(floor.db.app, floor.clock.now())),
        body: { name: 'theirs' },
      })
    ).body
    assert.equal((await dial({ campaign_id: theirs.id })).status, 422)
    for (const body of [
      { caller_id: 'nonsense' },
      { external_lead_id: '' },
      { metadata: 'x' },
      { without_agent: 'yes' },
    ]) {
      const wrong = await dial(body)
      assert.ok([400, 422].includes(wrong.status), wrong.text)
    }
  })

  it('go out over the trunk that is named', async () => {
    const trunk = { name: 'Second', provider: 'simulated', settings: {} }
    const second = (await app.ask('POST', '/api/v1/trunks', { body: trunk })).body.id
    const placed = await dial({ trunk_id: second })
    assert.equal(placed.status, 202, placed.text)
    assert.equal((await read(placed.body.id)).trunk_id, second)
    const campaign = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'One', mode: 'broadcast' } })
    assert.equal((await dial({ trunk_id: second, campaign_id: campaign.body.id })).status, 422)
    assert.equal((await dial({ trunk_id: campaign.body.id })).status, 422)
    await app.ask('PATCH', `/api/v1/trunks/${second}`, { body: { active: false } })
    assert.equal((await dial({ trunk_id: second })).body.errors[0].message, 'is out of use')
    await floor.run(120_000)
  })
})
