/** Numbers registered on a trunk, with what they may be shown for. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'

describe("a trunk's caller ids", () => {
  let app: App
  let trunk: string
  before(async () => {
    app = await openApp()
    trunk = `/api/v1/trunks/${(await app.ask('GET', '/api/v1/trunks')).body.data[0].id}`
  })
  after(() => app.close())

  const register = (body: object) => app.ask('POST', `${trunk}/caller-ids`, { body })

  it('have a limit by the hour and a rest, which the next registration replaces', async () => {
    const number = '+12125550101'
    const rests_until = '2030-01-01T00:00:00.000Z'
    const made = await register({ number, name: 'New York', calls_per_hour: 60, rests_until })
    assert.equal(made.status, 201, made.text)
    const shown = { number, name: 'New York', calls_per_hour: 60, rests_until, calls_last_hour: 0 }
    assert.deepEqual(made.body.caller_ids, [shown])
    assert.equal((await register({ number })).status, 201)
    const free = { number, name: null, calls_per_hour: null, rests_until: null, calls_last_hour: 0 }
    assert.deepEqual((await app.ask('GET', trunk)).body.caller_ids, [free])
    assert.equal((await app.ask('DELETE', `${trunk}/caller-ids/${encodeURIComponent(number)}`)).status, 200)
    assert.deepEqual((await app.ask('GET', trunk)).body.caller_ids, [])
  })

  it('count the calls of the last hour', async () => {
    const number = '+12125550102'
    await register({ number })
    const { workspace_id, user_id } = app.tenant
    const dialed = (id: string, minutesAgo: number, state: string) =>
      app.db.owner.query(
        `insert into attempts (workspace_id, id, kind, owner_user_id, trunk_id, agentless, number, caller_id, state, claimed_by,
           claimed_at, lease_until, ended_at, verdict)
         values ($1, $2, 'manual', $3, $4, false, '+12125550199', $5, $6, 'w', $7, $7, $7, '{}')`,
        [
          ...[workspace_id, `01890000-0000-7000-8000-00000000000${id}`, user_id, trunk.split('/').at(-1)],
          ...[number, state, new Date(app.now() - minutesAgo * 60_000)],
        ],
      )
    await dialed('1', 5, 'ended')
    await dialed('2', 59, 'ended')
    await dialed('3', 61, 'ended')
    await dialed('4', 5, 'dropped')
    const { caller_ids } = (await app.ask('GET', trunk)).body
    assert.deepEqual(
      caller_ids.map((each: { calls_last_hour: number }) => each.calls_last_hour),
      [2],
    )
  })

  it('tell when calls that show them are answered less often than before', async () => {
    const numbers = ['+12125550111', '+12125550112']
    for (const number of numbers) await register({ number })
    const { workspace_id, user_id } = app.tenant
    /** `calls` that rang, the first `answered` of them answered. */
    const rang = (number: string | undefined, calls: number, answered: number, hoursAgo: number) =>
      app.db.owner.query(
        `insert into attempts (workspace_id, id, kind, owner_user_id, trunk_id, agentless, number, caller_id, state, claimed_by,
           claimed_at, lease_until, ended_at, verdict, outcome)
         select $1, gen_random_uuid(), 'manual', $2, $3, false, '+12125550199', $4, 'ended', 'w', $5, $5, $5, '{}',
           case when n <= $7 then 'machine' when n % 2 = 0 then 'busy' else 'no_answer' end from generate_series(1, $6) n`,
        [
          ...[workspace_id, user_id, trunk.split('/').at(-1), number],
          ...[new Date(app.now() - hoursAgo * 3_600_000), calls, answered],
        ],
      )
    await rang(numbers[0], 400, 120, 30)
    await rang(numbers[0], 100, 10, 5)
    await rang(numbers[1], 400, 120, 30)
    await rang(numbers[1], 100, 27, 5)
    await rang(numbers[1], 500, 500, 24 * 9)
    const { status, body } = await app.ask('GET', `${trunk}/answer-rates`)
    assert.equal(status, 200)
    const rates = Object.fromEntries(body.caller_ids.map((each: { number: string }) => [each.number, each]))
    const week_before = { calls: 400, answered: 120 }
    assert.deepEqual(rates[numbers[0] as string], {
      ...{ number: numbers[0], last_day: { calls: 100, answered: 10 }, week_before, fallen: true },
    })
    assert.deepEqual(rates[numbers[1] as string], {
      ...{ number: numbers[1], last_day: { calls: 100, answered: 27 }, week_before, fallen: false },
    })
    assert.deepEqual([body.week_before, body.fallen], [{ calls: 800, answered: 240 }, true])
  })

  it('refuse limits that are none', async () => {
    for (const calls_per_hour of [0, -1, 1.5, 'many']) {
      const { status, body } = await register({ number: '+12125550103', calls_per_hour })
      assert.deepEqual([status, body.errors?.[0]?.path], [400, 'calls_per_hour'])
    }
    assert.equal((await register({ number: '+12125550103', rests_until: 'tomorrow' })).status, 400)
    const { status } = await app.ask('POST', '/api/v1/campaigns', { body: { name: 'x', caller_id_choice: 'nearest' } })
    assert.equal(status, 400)
  })

  it('are chosen as the campaign says', async () => {
    const body = { name: 'near', caller_id_choice: 'local' }
    const { body: made } = await app.ask('POST', '/api/v1/campaigns', { body })
    assert.equal(made.caller_id_choice, 'local')
    const change = { body: { caller_id_choice: 'fixed' } }
    assert.equal((await app.ask('PATCH', `/api/v1/campaigns/${made.id}`, change)).body.caller_id_choice, 'fixed')
  })
})
