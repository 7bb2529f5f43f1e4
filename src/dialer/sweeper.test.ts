import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { mergeEvent, newCall } from '#domain/call.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { claimAndDie, dialAndDie, intendAndDie, lapseLeases, sendCommand } from '#kit/lost-worker.ts'
import { numbersFrom } from '#kit/tenant.ts'
import { newId } from '#store/ids.ts'
import type { Carrier } from '#telephony/port.ts'
import { sweepAttempts } from './sweeper.ts'

const minute = 60_000
const day = 24 * 3_600_000

describe('the sweeper', { concurrency: false }, () => {
  const floors: Floor[] = []
  after(() => Promise.all(floors.map((floor) => floor.close())))
  const open = async (options: Parameters<typeof openFloor>[0] = {}) => {
    const floor = await openFloor(options)
    floors.push(floor)
    return floor
  }
  const sweep = (floor: Floor) => sweepAttempts(floor.engine, floor.tenant.workspace_id)
  const one = async (floor: Floor, sql: string, values: unknown[] = []) =>
    (await floor.db.owner.query(sql, values)).rows[0]

  /** Lets the carrier be asked only when `answers` says so; returns what it was asked and told, in order. */
  function listenIn(floor: Floor, answers: { line: 'up' | 'cut' }): string[] {
    const heard: string[] = []
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async (workspaceId, trunkId) => {
      const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
      return {
        ...carrier,
        dial(command, signal) {
          heard.push(`dial ${command.attempt_id}`)
          return carrier.dial(command, signal)
        },
        async locate(attemptId, providerCallId, trace) {
          heard.push(`locate ${attemptId}`)
          if (answers.line === 'cut') return { found: 'unreachable', reason: 'the line is cut' }
          return carrier.locate(attemptId, providerCallId, trace)
        },
      }
    }
    return heard
  }

  it('returns the lead of a claim whose worker died, at the cost of nothing', async () => {
    const floor = await open()
    const campaign = await floor.startCampaign({ leads: 1 })
    await claimAndDie(floor, campaign)
    await sweep(floor)
    assert.equal((await one(floor, 'select state from attempts')).state, 'claimed', 'its lease still holds')
    await lapseLeases(floor)
    await sweep(floor)
    assert.deepEqual(await one(floor, 'select state, ended_at is not null as over from attempts'), {
      state: 'dropped',
      over: true,
    })
    const at = new Date(floor.clock.now())
    assert.deepEqual(await one(floor, 'select status, attempts, due_at from leads'), {
      status: 'pending',
      attempts: 0,
      due_at: at,
    })
    assert.equal((await one(floor, 'select dials from campaign_days')).dials, 0)
    await floor.run(2 * minute)
    assert.equal(floor.dials().length, 1)
    assert.equal((await one(floor, 'select status from leads')).status, 'completed')
  })

  it('returns a promised callback as a callback', async () => {
    const floor = await open()
    const campaign = await floor.startCampaign({ leads: 1 })
    await floor.db.owner.query(`update leads set status = 'callback'`)
    await claimAndDie(floor, campaign)
    assert.equal((await one(floor, 'select status from leads')).status, 'calling')
    await lapseLeases(floor)
    await sweep(floor)
    assert.equal((await one(floor, 'select status from leads')).status, 'callback')
  })

  it('asks the carrier before anybody is dialed again, and a command that comes too late rings nobody', async () => {
    const floor = await open()
    const heard = listenIn(floor, { line: 'up' })
    const lost = await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await lapseLeases(floor)
    await floor.run(2 * minute)
    assert.equal(heard[0], `locate ${lost.attempt_id}`)
    assert.equal(heard[1]?.split(' ')[0], 'dial')
    assert.notEqual(heard[1], `dial ${lost.attempt_id}`)
    assert.equal((await sendCommand(floor, lost)).ok, false)
    assert.equal(floor.dials().length, 1)
    assert.deepEqual(await one(floor, 'select status, attempts from leads'), { status: 'completed', attempts: 1 })
  })

  it('finds a call whose command had left, and dials nobody', async () => {
    const floor = await open()
    const lost = await dialAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await lapseLeases(floor)
    await sweep(floor)
    assert.equal((await one(floor, 'select state from attempts')).state, 'dialed')
    await floor.run(2 * minute)
    assert.deepEqual(
      floor.dials().map((dial) => dial.attempt_id),
      [lost.attempt_id],
    )
    assert.deepEqual(await one(floor, 'select status, attempts, last_outcome from leads'), {
      status: 'completed',
      attempts: 1,
      last_outcome: 'human',
    })
  })

  it('keeps the slot of an unknown call while the carrier is silent, for as long as a call may last', async () => {
    const floor = await open({ channels: 1 })
    const answers: { line: 'up' | 'cut' } = { line: 'cut' }
    const heard = listenIn(floor, answers)
    const campaign = await floor.startCampaign({ leads: 2 })
    const lost = await dialAndDie(floor, campaign)
    const age = (seconds: number) =>
      floor.db.owner.query('update attempts set intent_at = now() - make_interval(secs => $1) where id = $2', [
        seconds,
        lost.attempt_id,
      ])
    // 25 s of ringing and a call of two hours.
    for (const seconds of [60, 7_200, 7_200 + 24]) {
      await age(seconds)
      await lapseLeases(floor)
      await floor.dialer.poll([floor.tenant.workspace_id])
      await floor.dialer.idle()
      const row = await one(floor, 'select state, ended_at from attempts')
      assert.deepEqual(row, { state: 'unknown', ended_at: null }, `after ${seconds} s`)
      assert.equal(floor.dials().length, 1)
    }
    await age(7_200 + 26)
    await lapseLeases(floor)
    const at = floor.clock.now()
    await floor.dialer.poll([floor.tenant.workspace_id])
    await floor.dialer.idle()
    assert.deepEqual(await one(floor, 'select state, outcome from attempts where id = $1', [lost.attempt_id]), {
      state: 'ended',
      outcome: 'unknown',
    })
    const lead = await one(floor, `select * from leads where last_outcome = 'unknown'`)
    assert.equal(lead.attempts, 1)
    assert.equal(lead.status, 'pending')
    assert.equal(lead.due_at.getTime(), at + day)
    const rest = await one(floor, 'select number, until from number_rests')
    assert.equal(rest.number, lost.number)
    assert.equal(rest.until.getTime(), at + day)
    await floor.run(minute)
    assert.equal(floor.dials().length, 2, 'its line is free again')
    assert.equal(heard.filter((line) => line === `dial ${lost.attempt_id}`).length, 1)
  })

  it('learns from a report which call it is, though its carrier can not be asked', async () => {
    const floor = await open()
    listenIn(floor, { line: 'cut' })
    await dialAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await lapseLeases(floor)
    await sweep(floor)
    const attempt = () =>
      one(
        floor,
        'select a.state, a.provider_call_id, c.provider_call_id as same from attempts a join calls c on c.id = a.id',
      )
    assert.deepEqual(await attempt(), { state: 'unknown', provider_call_id: null, same: null })
    await floor.run(8000)
    const { state, provider_call_id, same } = await attempt()
    assert.equal(state, 'dialed')
    assert.match(provider_call_id, /^sim-/)
    assert.equal(same, provider_call_id)
  })

  it('believes a carrier that keeps no attempt ids only that it has found the call', async () => {
    const floor = await open({ channels: 1 })
    const lost = await dialAndDie(floor, await floor.startCampaign({ leads: 1 }))
    const asked: unknown[] = []
    const { carrierOf } = floor.engine
    floor.engine.carrierOf = async (workspaceId, trunkId) => ({
      ...((await carrierOf(workspaceId, trunkId)) as Carrier),
      async locate(_, provider_call_id, trace) {
        asked.push([provider_call_id, trace?.number, trace?.caller_id, trace?.others])
        return { found: 'no_trace' }
      },
    })
    // Somebody called the same number earlier, and that call is known.
    await floor.db.owner.query(
      `insert into attempts select (x).* from (select jsonb_populate_record(a, $1) as x from attempts a) as earlier`,
      [
        {
          id: newId(floor.clock.now()),
          lead_id: null,
          state: 'ended',
          provider_call_id: 'known',
          ended_at: 'now',
        },
      ],
    )
    for (const seconds of [60, 599]) {
      await floor.db.owner.query('update attempts set intent_at = now() - make_interval(secs => $1)', [seconds])
      await lapseLeases(floor)
      await sweep(floor)
      assert.equal((await one(floor, 'select state from attempts where ended_at is null')).state, 'unknown')
    }
    const { number, caller_id } = await one(floor, 'select number, caller_id from attempts where ended_at is null')
    assert.deepEqual(asked[0], [null, number, caller_id, ['known']])
    await floor.db.owner.query(`update attempts set intent_at = now() - interval '601 seconds'`)
    await lapseLeases(floor)
    await sweep(floor)
    await floor.run(minute)
    const attempt = await one(floor, 'select state, outcome from attempts where id = $1', [lost.attempt_id])
    assert.deepEqual(attempt, { state: 'ended', outcome: 'unknown' })
    const rest = await one(floor, 'select number, reason from number_rests')
    assert.deepEqual(rest, { number, reason: 'unknown_outcome' })
    assert.equal(floor.dials().length, 1, 'and nobody is dialed again')
  })

  it('believes the carrier once it can be asked again', async () => {
    const floor = await open({ channels: 1 })
    const answers: { line: 'up' | 'cut' } = { line: 'cut' }
    listenIn(floor, answers)
    await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await lapseLeases(floor)
    await sweep(floor)
    assert.equal((await one(floor, 'select state from attempts')).state, 'unknown')
    answers.line = 'up'
    await lapseLeases(floor)
    await floor.run(2 * minute)
    const { rows } = await floor.db.owner.query('select state from attempts order by state')
    assert.deepEqual(rows, [{ state: 'dropped' }, { state: 'ended' }])
    assert.equal(floor.dials().length, 1)
  })

  it('leaves a history that replays to the call, also of an attempt that never reached the carrier', async () => {
    const floor = await open()
    const lost = await intendAndDie(floor, await floor.startCampaign({ leads: 1 }))
    await lapseLeases(floor)
    await sweep(floor)
    const call = await one(floor, 'select state, outcome, ended_at, hangup_cause from calls where id = $1', [
      lost.attempt_id,
    ])
    const { rows: events } = await floor.db.owner.query(
      `select kind, at, detail from call_events where call_id = $1 and kind <> 'initiated'`,
      [lost.attempt_id],
    )
    const replayed = events
      .map(({ kind, at, detail }) => ({ kind, at: at.toISOString(), ...detail }))
      .reduce(mergeEvent, newCall)
    assert.deepEqual(
      { state: replayed.state, outcome: replayed.outcome, cause: replayed.hangup_cause, ended_at: replayed.ended_at },
      { state: call.state, outcome: call.outcome, cause: call.hangup_cause, ended_at: call.ended_at.toISOString() },
    )
  })

  it('settles every way in which the far end or the carrier may behave', async () => {
    const [first, ...others] = numbersFrom(0, 13) as [string, ...string[]]
    /** Behaviour → how its lead stands after one try. */
    const expected: [string, string][] = [
      ['answers', 'completed 1 human'],
      ['answers-then-hangs-up', 'completed 1 human'],
      ['machine', 'pending 1 machine'],
      ['busy', 'pending 1 busy'],
      ['rings-out', 'pending 1 no_answer'],
      ['rejects', 'pending 1 rejected'],
      ['invalid-number', 'failed 1 invalid_number'],
      // The carrier's own fault, before anything rang, costs no try.
      ['congestion', 'pending 0 congestion'],
      ['never-reports-its-end', 'completed 1 human'],
      ['reports-twice', 'completed 1 human'],
      ['reports-out-of-order', 'completed 1 human'],
      ['accepts-then-answers-500', 'completed 1 human'],
      ['accepts-then-hangs', 'completed 1 human'],
    ]
    const numbers = [first, ...others]
    const behaviour = { setup_s: 1, ring_s: 5, talk_s: 30 }
    const script = Object.fromEntries(
      expected.map(([what], index) => [
        numbers[index],
        [{ do: what, ...(what === 'answers-then-hangs-up' ? {} : behaviour) }],
      ]),
    )
    const floor = await open({ script, channels: 20, concurrent_calls: 20, owner_concurrent_calls: 20 })
    hurryDials(floor)
    await floor.startCampaign({ numbers })
    await floor.run(2 * minute)
    await lapseLeases(floor)
    await floor.run(minute)
    const { rows } = await floor.db.owner.query(
      `select p.number, l.status || ' ' || l.attempts || ' ' || l.last_outcome as stands, l.due_at from leads l
       join contact_phones p using (workspace_id, contact_id)`,
    )
    const stands = new Map(rows.map((row) => [row.number, row]))
    for (const [index, [what, how]] of expected.entries()) {
      const row = stands.get(numbers[index])
      assert.equal(row?.stands, how, what)
      assert.equal(how.startsWith('pending'), row.due_at !== null, what)
    }
    assert.equal(floor.dials().length, expected.length)
    assert.equal((await one(floor, 'select count(*)::int as live from attempts where ended_at is null')).live, 0)
  })
})

/** A dial is given up after moments instead of the ten seconds that a carrier really has. */
function hurryDials(floor: Floor): void {
  const { carrierOf } = floor.engine
  floor.engine.carrierOf = async (workspaceId, trunkId) => {
    const carrier = (await carrierOf(workspaceId, trunkId)) as Carrier
    return { ...carrier, dial: (command) => carrier.dial(command, AbortSignal.timeout(50)) }
  }
}
