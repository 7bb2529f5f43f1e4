import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'

describe('a campaign that chooses among trunks', () => {
  let floor: Floor
  let app: App
  before(async () => {
    const script = { default: [{ do: 'answers', ring_s: 5, talk_s: 600, weight: 1 }] }
    floor = await openFloor({
      script,
      start: '2026-03-04T15:00:00Z',
      concurrent_calls: 100,
      owner_concurrent_calls: 100,
    })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await app.ask(method, `/api/v1/${path}`, body ? { body } : {})
    assert.ok(answer.status < 300, answer.text)
    return answer.body
  }
  const makeTrunk = (name: string, channels: number, price_per_minute: number, serves: string[]) =>
    ask('POST', 'trunks', { name, provider: 'simulated', channels, price_per_minute, currency: 'USD', serves })

  it('shows its trunks, and why none takes a call, or one does not', async () => {
    const a = await makeTrunk('A', 2, 0.01, ['US'])
    const b = await makeTrunk('B', 3, 0.02, ['+1'])
    const off = await makeTrunk('C', 3, 0.02, ['+1'])
    await ask('PATCH', `trunks/${off.id}`, { active: false })
    const { id } = await ask('POST', 'campaigns', { name: 'Calls', mode: 'broadcast', trunk_choice: 'least_cost' })
    const leads = [...numbersFrom(0, 10), '+442079460801'].map((phone) => ({ phone }))
    await ask('POST', `campaigns/${id}/leads`, { leads })

    const dry = await ask('GET', `campaigns/${id}/dry-run`)
    assert.deepEqual(dry.route, {
      trunks: [
        { trunk_id: a.id, name: 'A', leads: 10, why_not: null },
        { trunk_id: b.id, name: 'B', leads: 0, why_not: null },
        { trunk_id: off.id, name: 'C', leads: 0, why_not: 'It is off.' },
      ],
      unserved: 1,
    })
    assert.deepEqual([dry.assumptions.lines, dry.assumptions.bound_by, dry.leads.later], [5, 'trunk', 1])
    assert.deepEqual(dry.reasons.later, [
      { rule: 'not_served', sentence: 'No trunk of the campaign serves their number.', count: 1 },
    ])
    assert.equal(dry.cost.price_per_minute, 0.01)

    await ask('POST', `campaigns/${id}/start`)
    await floor.run(20_000)
    assert.equal(floor.dials().length, 5)
    const full = await ask('GET', `campaigns/${id}/progress`)
    assert.deepEqual(full.diagnosis, {
      code: 'route_full',
      sentence:
        'No trunk takes a call: “A”: All 2 lines of the trunk are in use. “B”: All 3 lines of the trunk are in use. “C”: It is off.',
    })
    await ask('PATCH', `trunks/${b.id}`, { channels: 50, serves: ['+1', 'GB'] })
    await floor.dialer.idle()
    assert.equal(floor.dials().length, 11, 'the number that nobody served before among them')
    const { route } = await ask('GET', `campaigns/${id}/progress`)
    assert.deepEqual(
      route.map(({ why_not }: { why_not: string | null }) => why_not),
      ['All 2 lines of the trunk are in use.', null, 'It is off.'],
    )
    for (const trunk of [a, b]) await ask('PATCH', `trunks/${trunk.id}`, { active: false })
    await ask('POST', `campaigns/${id}/leads`, { leads: [{ phone: '+12125550999' }] })
    const none = (await ask('GET', `campaigns/${id}/progress`)).diagnosis
    assert.equal(none.code, 'no_route')
    assert.equal(none.sentence, 'There is no trunk to choose: “A” is off; “B” is off; “C” is off.')
  })

  it('with one trunk shows no route', async () => {
    const { id } = await ask('POST', 'campaigns', { name: 'Calls', mode: 'broadcast' })
    assert.equal((await ask('GET', `campaigns/${id}/progress`)).route, null)
    assert.equal((await ask('GET', `campaigns/${id}/dry-run`)).route, null)
  })
})
