import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { numbersFrom } from '#kit/tenant.ts'

/** Everybody is rung for 25 s, and nobody picks up. */
const script = { default: [{ do: 'rings-out', ring_s: 25, weight: 1 }] }
const lines = { channels: 200, concurrent_calls: 40, owner_concurrent_calls: 40 }

describe('an opt-out', () => {
  const closing: (() => Promise<unknown>)[] = []
  after(async () => {
    for (const close of closing.reverse()) await close()
  })
  async function open(options: object = {}): Promise<{ floor: Floor; app: App }> {
    const floor = await openFloor({ script, ...lines, ...options })
    const app = await openApp({ floor })
    closing.push(floor.close, app.close)
    return { floor, app }
  }
  const ringing = (floor: Floor) => {
    const over = new Set(floor.ends().map(({ attempt_id }) => attempt_id))
    return floor.dials().filter(({ attempt_id }) => !over.has(attempt_id))
  }
  const endOf = (floor: Floor, attemptId: string) => floor.ends().find(({ attempt_id }) => attempt_id === attemptId)
  const optOut = (app: App, number: string, rest: object = {}) =>
    app.ask('POST', '/api/v1/suppressions', { body: { number, source: 'customer_request', ...rest } })

  it('ends a call that rings, and no other', async () => {
    const { floor, app } = await open()
    const campaign = await floor.startCampaign({ leads: 5, settings: { mode: 'broadcast' } })
    await floor.run(4_000)
    const [called, ...others] = ringing(floor)
    assert.equal(others.length, 4)
    assert.equal((await optOut(app, called?.number as string)).status, 201)
    await floor.run(2_000)
    assert.equal(endOf(floor, called?.attempt_id as string)?.outcome, 'canceled')
    assert.deepEqual(ringing(floor), others)
    const { data } = (await app.ask('GET', `/api/v1/leads?campaign_id=${campaign}&status=do_not_call`)).body
    assert.deepEqual(
      data.map(({ phone }: { phone: string }) => phone),
      [called?.number],
    )
  })

  it('ends nothing outside its campaign, and no call that somebody answered', async () => {
    const answers = { default: [{ do: 'answers', ring_s: 1, talk_s: 60, weight: 1 }] }
    const { floor, app } = await open({ script: answers })
    const campaign = await floor.startCampaign({ leads: 1 })
    const other = await floor.startCampaign({ leads: 1, first_number: 50 })
    await floor.run(5_000)
    const [talking, elsewhere] = floor.dials()
    assert.equal((await optOut(app, talking?.number as string)).status, 201)
    assert.equal((await optOut(app, elsewhere?.number as string, { campaign_id: campaign })).status, 201)
    await floor.run(20_000)
    assert.equal(floor.ends().length, 0)
    await floor.run(60_000)
    assert.equal(floor.ends().length, 2)
    assert.equal((await app.ask('GET', `/api/v1/leads?campaign_id=${other}`)).body.data[0].status, 'completed')
  })

  const withdraw = (app: App, number: string) =>
    app.ask('POST', '/api/v1/consents/withdraw', { body: { number, reason: 'by mail' } })
  const wishes = [
    { dialers: 1, said: 'an opt-out', say: optOut },
    { dialers: 3, said: 'an opt-out', say: optOut },
    { dialers: 3, said: 'a consent taken back', say: withdraw },
  ]
  for (const { dialers, said, say } of wishes) {
    it(`${said} at any instant under full dialing: no dial after it, no ringing 2 s after it (${dialers} dialers)`, async () => {
      const { floor, app } = await open({ dialers })
      const numbers = numbersFrom(0, 240)
      await floor.startCampaign({ numbers, settings: { mode: 'broadcast', max_attempts: 1 } })
      const waits = fc.sample(fc.integer({ min: 1, max: 2_500 }), { numRuns: 16, seed: dialers })
      /** By number: when it opted out, and how many dials there had been when that was answered. */
      const opposed = new Map<string, { at: number; dials: number }>()
      let rang = 0
      for (const [round, wait] of waits.entries()) {
        await floor.run(wait, 1_000)
        const up = ringing(floor)
        const called = up[round % Math.max(1, up.length)]?.number
        // Also somebody who is called next, and somebody whose turn comes long after.
        const wanted = [called, numbers[floor.dials().length], numbers[239 - round]].filter(
          (each) => each !== undefined,
        )
        const at = app.now()
        const asked = await Promise.all(wanted.map((number) => say(app, number)))
        for (const { status } of asked) assert.ok(status === 201 || status === 200)
        const dials = floor.dials().length
        for (const number of wanted) if (!opposed.has(number)) opposed.set(number, { at, dials })
        rang += up.filter(({ number }) => number === called).length
      }
      await floor.run(60_000)
      const all = floor.dials()
      for (const [number, { at, dials }] of opposed) {
        assert.deepEqual(
          all.slice(dials).filter((dial) => dial.number === number),
          [],
          `${number} was dialed after it`,
        )
        const { data } = (await app.ask('GET', `/api/v1/calls?to_number=${encodeURIComponent(number)}`)).body
        for (const { ended_at } of data) {
          const ms = Date.parse(ended_at) - at
          assert.ok(ms <= 2_000, `${number} was rung ${ms} ms after it opted out`)
        }
      }
      assert.ok(rang >= 8 && all.length > 60, `${rang} of ${opposed.size} rang, ${all.length} dials`)
    })
  }
})
