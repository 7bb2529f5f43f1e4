import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { isRefusedMove } from '#domain/agent-session.ts'
import { byAgent, moveSession } from '#floor/agent-sessions.ts'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { type Answer, type App, openApp } from '#kit/app.ts'
import { type Floor, openFloor } from '#kit/floor.ts'
import { inWorkspace } from '#store/tx.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** The long run is `OUTDIAL_PROMISES=1000 npm test -- promises`. */
const people = Number(process.env.OUTDIAL_PROMISES ?? 200)
const agents = 20
/** Summer time begins on its third day, in a part of the places. */
const start = '2026-03-06T12:00:00Z'
const promisedDays = 3

/** Front of a number, the zones it may be in, and from which hour to which anybody may be called there. */
const places: [front: string, zones: string[], from: number, to: number][] = [
  ['+1212', ['America/New_York'], 8, 21],
  // Machines call later there than people may.
  ['+1312', ['America/Chicago'], 9, 21],
  ['+1303', ['America/Denver'], 8, 21],
  ['+1602', ['America/Phoenix'], 8, 21],
  ['+1213', ['America/Los_Angeles'], 9, 21],
  ['+1907', ['America/Adak', 'America/Anchorage'], 8, 21],
  ['+1808', ['Pacific/Honolulu'], 8, 21],
  ['+1423', ['America/Chicago', 'America/New_York'], 8, 21],
  ['+1850', ['America/Chicago', 'America/New_York'], 8, 20],
  ['+1208', ['America/Denver', 'America/Los_Angeles'], 8, 21],
  ['+91987', ['Asia/Kolkata'], 10, 19],
  ['+92300', ['Asia/Karachi'], 9, 20],
]
type Place = (typeof places)[number]

/** The clock on the wall, by nothing of ours. */
const readers = new Map(
  places
    .flatMap(([, zones]) => zones)
    .map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
    ]),
)
const wallClock = (zone: string, at: number) => (readers.get(zone)?.format(at) ?? '').replace(' ', 'T')
function isLawful([, zones, from, to]: Place, at: number): boolean {
  return zones.every((zone) => {
    const hourThere = Number(wallClock(zone, at).slice(11, 13))
    return hourThere >= from && hourThere < to
  })
}

/** Whether a local time is one that nobody could refuse, read in whichever of the zones. */
function isLawfulReading(place: Place, local: string, now: number): boolean {
  const around = Date.parse(`${local}Z`)
  return place[1].every((zone) => {
    for (let at = around - 15 * hour; at <= around + 15 * hour; at += 30 * minute) {
      if (wallClock(zone, at + (around % (30 * minute))) === local)
        return at + (around % (30 * minute)) > now && isLawful(place, at + (around % (30 * minute)))
    }
    return false
  })
}

const wishes = fc.record({
  day: fc.nat(promisedDays - 1),
  minute: fc.nat(1439),
  /** In the hour that some clocks skip. */
  inGap: fc.nat(29).map((n) => n === 0),
  agent: fc.option(fc.nat(agents - 1)),
})
/** What becomes of each agent every few hours. */
const moods = fc.array(fc.constantFrom('available', 'break', 'offline', 'stays'), {
  minLength: agents,
  maxLength: agents,
})
const days = fc.record({
  promises: fc.array(wishes, { minLength: people, maxLength: people }),
  shifts: fc.array(moods, { minLength: 60, maxLength: 60 }),
})

describe('hundreds of promises', () => {
  let floor: Floor
  let app: App
  before(async () => {
    const script = {
      default: [
        { do: 'answers', ring_s: 5, talk_s: 30, weight: 5 },
        { do: 'rings-out', weight: 3 },
        { do: 'busy', weight: 2 },
      ],
    }
    const room = { channels: 400, concurrent_calls: 400, owner_concurrent_calls: 400 }
    floor = await openFloor({ start, script, ...room })
    app = await openApp({ floor })
  })
  after(async () => {
    await app.close()
    await floor.close()
  })

  const pages = async (path: string) => {
    const rows: Answer['body'][] = []
    let cursor = ''
    do {
      const { body } = await app.ask('GET', `/api/v1/${path}limit=1000${cursor && `&cursor=${cursor}`}`)
      rows.push(...body.data)
      cursor = body.next_cursor ?? ''
    } while (cursor !== '')
    return rows
  }

  async function makePeople(campaign: string): Promise<Map<string, Place>> {
    const numbers = Array.from({ length: people }, (_, n) => {
      const [front] = places[n % places.length] as Place
      const rest = String(3_000_000 + n)
      return front + (front.startsWith('+91') ? rest : rest.slice(-7))
    })
    const leads = numbers.map((phone) => ({ phone }))
    const added = await app.ask('POST', `/api/v1/campaigns/${campaign}/leads`, { body: { leads } })
    assert.equal(added.body.added, people, added.text.slice(0, 500))
    return new Map(
      added.body.results.map(({ lead_id }: { lead_id: string }, n: number) => [lead_id, places[n % places.length]]),
    )
  }

  async function letAgentsBe(sessions: Map<string, string>, moods: string[]): Promise<void> {
    for (const [n, agent] of [...sessions.keys()].entries()) {
      const [mood, session = ''] = [moods[n], sessions.get(agent)]
      if (mood === 'stays' || (mood === 'offline' && session === '')) continue
      if (session === '') {
        sessions.set(agent, await signOnAgent(floor.db.app, floor.tenant, agent, floor.clock.now()))
        continue
      }
      const wish = mood === 'available' ? { to: mood } : { to: mood as 'break' | 'offline', reason: 'shift' }
      await inWorkspace(floor.db.app, floor.tenant, (tx) =>
        moveSession(
          tx,
          floor.tenant.workspace_id,
          session,
          wish as Parameters<typeof moveSession>[3],
          byAgent,
          floor.clock.now(),
        ),
      ).then((moved) => assert.ok(moved && (!isRefusedMove(moved) || moved.from === mood)))
      if (mood === 'offline') sessions.set(agent, '')
    }
  }

  /** Promises what is wished or, where that is refused with reason, the next instant that may be promised. */
  async function promise(
    lead_id: string,
    place: Place,
    wish: Answer['body'],
    agent_id: string | null,
  ): Promise<string> {
    const date = new Date(Date.parse(start) + wish.day * day).toISOString().slice(0, 10)
    const clock = `${String(Math.floor(wish.minute / 60)).padStart(2, '0')}:${String(wish.minute % 60).padStart(2, '0')}`
    const local_time = wish.inGap ? '2026-03-08T02:30' : `${date}T${clock}`
    const asked = await app.ask('POST', '/api/v1/callbacks', { body: { lead_id, local_time, agent_id } })
    if (asked.status === 201) {
      assert.equal(wallClock(asked.body.time_zone, Date.parse(asked.body.promised_at)), local_time)
      assert.ok(isLawful(place, Date.parse(asked.body.promised_at)), `${local_time} in ${place[1]}`)
      return asked.body.id
    }
    assert.equal(asked.status, 422, asked.text)
    assert.ok(!isLawfulReading(place, local_time, app.now()), `${asked.text} in ${place[1]}`)
    const next = Date.parse(asked.body.next_lawful_at)
    assert.ok(next >= app.now() && isLawful(place, next), asked.text)
    const at = new Date(Math.max(next, app.now() + 1)).toISOString()
    const again = await app.ask('POST', '/api/v1/callbacks', { body: { lead_id, at, agent_id } })
    assert.equal(again.status, 201, again.text)
    return again.body.id
  }

  it('are each dialed at a lawful minute, and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(days, async ({ promises, shifts }) => {
        const crew: string[] = []
        for (let n = 0; n < agents; n += 1) crew.push(await makeAgent(app.db.owner, floor.tenant, app.now()))
        const settings = {
          name: 'Promises',
          mode: 'broadcast',
          completes: 'by_hand',
          hours_zone: 'person',
          agent_ids: crew,
        }
        const { id: campaign } = (await app.ask('POST', '/api/v1/campaigns', { body: settings })).body
        const placeOf = await makePeople(campaign)
        const ids: string[] = []
        for (const [n, [lead_id, place]] of [...placeOf].entries()) {
          const wish = promises[n]
          ids.push(await promise(lead_id, place, wish, wish?.agent == null ? null : (crew[wish.agent] ?? null)))
        }
        await app.ask('POST', `/api/v1/campaigns/${campaign}/start`)
        const sessions = new Map(crew.map((agent) => [agent, '']))
        // The last of them may be refused until the next day, and is missed a day later.
        const over = Date.parse(start) + (promisedDays + 2) * day
        for (let shift = 0; floor.clock.now() < over; shift += 1) {
          await letAgentsBe(sessions, shifts[shift % shifts.length] ?? [])
          if (shift === 4) await takeSomeBack(ids)
          await floor.run(3 * hour, 20 * minute)
          for (const lead of await pages(`campaigns/${campaign}/leads?status=callback&`)) {
            assert.ok(isLawful(placeOf.get(lead.id) as Place, Date.parse(lead.due_at)), `${lead.due_at} ${lead.phone}`)
          }
        }
        await check(campaign, ids, placeOf, new Set(crew))
      }),
      { numRuns: 1, endOnFailure: true },
    )
  })

  async function takeSomeBack(ids: string[]): Promise<void> {
    const open = (await pages('callbacks?status=open&')).map(({ id, contact_id }) => ({ id, contact_id }))
    assert.ok(open.length > 100 && open.length <= ids.length)
    for (const { id } of open.slice(0, 15)) {
      assert.ok([200, 409].includes((await app.ask('POST', `/api/v1/callbacks/${id}/cancel`)).status))
    }
    for (const { contact_id } of open.slice(20, 30)) await app.ask('DELETE', `/api/v1/contacts/${contact_id}`)
    for (const { contact_id } of open.slice(30, 45)) {
      const { phones } = (await app.ask('GET', `/api/v1/contacts/${contact_id}`)).body
      await app.ask('POST', '/api/v1/suppressions', { body: { number: phones[0].number } })
    }
  }

  async function check(campaign: string, ids: string[], placeOf: Map<string, Place>, crew: Set<string>): Promise<void> {
    const callbacks = await pages(`callbacks?campaign_id=${campaign}&`)
    const leads = new Map((await pages(`campaigns/${campaign}/leads?`)).map((lead) => [lead.id, lead]))
    const calls = new Map((await pages(`campaigns/${campaign}/calls?`)).map((call) => [call.id, call]))
    const rung = new Set(floor.dials().map(({ attempt_id }) => attempt_id))
    const known = new Map(callbacks.map((row) => [row.id, row]))
    const ends: Record<string, number> = { kept: 0, missed: 0, cancelled: 0, moved: 0 }
    for (const id of ids) {
      const row = known.get(id) ?? (await app.ask('GET', `/api/v1/callbacks/${id}`)).body
      assert.ok(row.status in ends, JSON.stringify(row))
      ends[row.status] = (ends[row.status] ?? 0) + 1
      if (row.moved_at !== null) {
        ends.moved = (ends.moved ?? 0) + 1
        assert.ok(row.agent_id === null && crew.has(row.moved_from_agent_id))
        assert.ok(row.moved_at >= row.promised_at)
      }
      assert.ok(row.agent_id === null || crew.has(row.agent_id))
      if (row.status !== 'kept') continue
      const call = calls.get(row.closed_call_id)
      assert.ok(rung.has(row.closed_call_id) && call.lead_id === row.lead_id)
      assert.ok(Date.parse(call.answered_at) >= Date.parse(row.promised_at) - 5 * minute)
      assert.equal(leads.get(row.lead_id).status, 'completed')
    }
    for (const call of calls.values()) {
      assert.ok(rung.has(call.id))
      assert.ok(isLawful(placeOf.get(call.lead_id) as Place, Date.parse(call.initiated_at)), JSON.stringify(call))
    }
    for (const lead of leads.values()) assert.notEqual(lead.status, 'callback')
    const { rows } = await app.db.owner.query('select count(*)::int as n from leads where agent_id is not null')
    assert.equal(rows[0].n, 0)
    // Each end has happened, so that nothing above was asked of nothing.
    for (const [end, count] of Object.entries(ends)) assert.ok(count > 10, `${end} ${count}`)
    assert.ok(calls.size > people)
  }
})
