import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { makeTenant } from '#kit/tenant.ts'

const number = '+12125550143'
const source = 'agreed with counsel'

describe('the rules of a workspace', () => {
  let floor: Floor
  let app: App
  const set = (rules: object, key?: string) => {
    const body = { rules, reason: 'as agreed' }
    return app.ask('PUT', '/api/v1/rule-packs/custom', { body, ...(key === undefined ? {} : { key }) })
  }
  const ask = async (to: string, more = '') =>
    (await app.ask('GET', `/api/v1/contactability?number=${encodeURIComponent(to)}${more}`)).body
  before(async () => {
    // A Wednesday, 10:00 in New York.
    floor = await openFloor({ start: '2026-03-04T15:00:00Z' })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  it('come on top of the packs that are there to be read, row by row with their sources', async () => {
    const { data } = (await app.ask('GET', '/api/v1/rule-packs')).body
    const ids = data.map(({ id }: { id: string }) => id)
    assert.deepEqual(ids, ['default', 'eu', 'in', 'pk', 'uk', 'us'])
    const us = data.find(({ id }: { id: string }) => id === 'us')
    assert.ok(us.rules.hours.length >= 15)
    for (const row of us.rules.hours) assert.ok(row.source.length > 5, row.id)
    assert.equal((await app.ask('GET', '/api/v1/rule-packs/custom')).status, 404)
  })

  it('hold from the next verdict on, with their version and the words of their source', async () => {
    assert.equal((await ask(number)).answer, 'now')
    const hours = [{ id: 'custom/afternoon/hours', value: { 'mon-fri': '13:00-17:00' }, source }]
    const { status, body } = await set({ hours })
    assert.deepEqual([status, body.version, body.loosens], [200, 1, []])
    const later = await ask(number)
    assert.deepEqual([later.answer, later.at], ['later', '2026-03-04T18:00:00.000Z'])
    assert.deepEqual(later.rule, { id: 'custom/afternoon/hours', version: '1', source })
    await set({})
    assert.equal((await ask(number)).answer, 'now')
    const { data } = (await app.ask('GET', '/api/v1/rule-packs/custom/versions')).body
    assert.deepEqual(
      data.map(({ version, reason }: { version: number; reason: string }) => [version, reason]),
      [
        [2, 'as agreed'],
        [1, 'as agreed'],
      ],
    )
  })

  it('judge the leads of running campaigns anew, for better and worse', async () => {
    await set({ destinations: [{ id: 'custom/to/destinations', value: { countries: ['GB'] }, source }] })
    const campaign = await floor.startCampaign({ numbers: [number, '+442079460018'] })
    await floor.run(4_000)
    assert.deepEqual(
      floor.dials().map((dial) => dial.number),
      ['+442079460018'],
    )
    const held = (await app.ask('GET', `/api/v1/leads?campaign_id=${campaign}&status=skipped`)).body.data
    assert.equal(held.length, 1)
    await set({})
    await floor.run(4_000)
    assert.equal(floor.dials().length, 2)
  })

  it('cap the calls to a number over all campaigns', async () => {
    await set({ attempts: [{ id: 'custom/once/attempts', value: { calls: 1, within_hours: 24 }, source }] })
    await floor.startCampaign({ numbers: [number, '+12125550199'] })
    const before = floor.dials().length
    await floor.run(4_000)
    assert.deepEqual(
      floor
        .dials()
        .slice(before)
        .map((dial) => dial.number),
      ['+12125550199'],
    )
    const { rule, at } = await ask(number)
    assert.equal(rule.id, 'custom/once/attempts')
    assert.ok(Date.parse(at) > app.now() + 20 * 3_600_000)
  })

  it('may be looser than the law by an owner alone, whose act is kept', async () => {
    const exemptions = [{ id: 'custom/fl/exemptions', value: 'us/fl/hours', source: 'information calls only' }]
    const { key: admin } = await app.makeMember(app.tenant, 'admin')
    const refused = await set({ exemptions }, admin)
    assert.deepEqual([refused.status, refused.body.loosens], [403, ['sets aside us/fl/hours']])
    const { status, body } = await set({ exemptions })
    assert.deepEqual([status, body.loosens, body.set_by], [200, ['sets aside us/fl/hours'], app.tenant.user_id])
    const hours = [{ id: 'custom/days/hours', value: { 'mon-fri': '00:00-24:00' }, source }]
    assert.equal((await set({ exemptions, hours }, admin)).status, 200)
    const { key: supervisor } = await app.makeMember(app.tenant, 'supervisor')
    assert.equal((await set({}, supervisor)).status, 403)
  })

  it('are refused where they contradict the law, themselves or the map, and the old ones stand', async () => {
    const { body: before } = await app.ask('GET', '/api/v1/rule-packs/custom')
    const night = { id: 'custom/night/hours', value: { 'mon-sun': '22:00-06:00' }, source }
    const refused = await set({ hours: [night], exemptions: [{ id: 'custom/x/exemptions', value: 'us/xx', source }] })
    assert.equal(refused.status, 422)
    assert.deepEqual(refused.body.errors, [
      { path: 'custom/x/exemptions', message: 'sets aside us/xx, which is no rule of any pack that lets calls out' },
      { path: 'custom/night/hours', message: 'is never open together with us/hours' },
    ])
    assert.equal((await set({ hours: [{ ...night, value: { nosuchday: '09:00-10:00' } }] })).status, 400)
    assert.equal((await set({ attempts: [{ ...night, value: { calls: 3, within_hours: 1e9 } }] })).status, 400)
    assert.equal((await set({ closed_dates: [{ ...night, value: ['2026-02-30'] }] })).status, 400)
    assert.deepEqual((await app.ask('GET', '/api/v1/rule-packs/custom')).body, before)
  })

  it('are nobody else’s', async () => {
    const other = await app.makeKey(await makeTenant(app.db.app, app.now()))
    assert.equal((await app.ask('GET', '/api/v1/rule-packs/custom', { key: other })).status, 404)
    const { data } = (await app.ask('GET', '/api/v1/rule-packs/custom/versions', { key: other })).body
    assert.deepEqual(data, [])
  })
})
