/**
 * Providers' webhooks over HTTP: verified, durable, applied exactly once, shuffled and every fourth of them a double; one
 * report each, then a hundred each. Against the same rows inserted one by one over 16 connections.
 */
import { hkdfSync } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { startServer } from '#kit/server-process.ts'
import { makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { readMasterKey } from '#server/features/installation/master-key.ts'
import { newId } from '#store/ids.ts'
import { signature_header, signSimulatedWebhook } from '#telephony/simulator/webhook.ts'
import { type Bar, flag, openBenchDatabase, percentile, report } from './kit.ts'

interface Sent {
  event_key: string
  attempt_id: string
  provider_call_id: string
  event: { kind: string; at: string; outcome?: string }
}

const calls = flag('calls', 5_000)
const senders = flag('senders', 64)
const perCall = 3
const anchorConnections = 16

const db = await openBenchDatabase(40)
const data_dir = join(db.folder, 'data')
mkdirSync(data_dir, { recursive: true })
const secret = Buffer.from(hkdfSync('sha256', readMasterKey(data_dir), 'outdial', 'simulated-webhooks', 32)).toString(
  'hex',
)
const server = await startServer({
  DATABASE_URL: db.owner_url,
  OUTDIAL_ROLE: 'dialer',
  OUTDIAL_DATA_DIR: data_dir,
})
const http = new Pool(server.url, { connections: senders, pipelining: 1 })

const tenant = await makeTenant(db.pool, Date.now())
// The first deliveries warm the server up: its code is compiled and its plans are made then.
await deliver(tenant, 1, Math.ceil(calls / 4))
const anchor = await bareInserts(calls * perCall)
const one = await deliver(tenant, 1)
const hundred = await deliver(tenant, 100)
const bars: Bar[] = [
  { name: 'bare inserts/s, 16 connections', value: anchor, unit: '/s' },
  { name: 'events/s, one in a webhook, taken', value: one.taken, unit: '/s' },
  { name: 'events/s, one in a webhook, applied', value: one.applied, unit: '/s' },
  { name: 'applied, share of bare inserts', value: (one.applied / anchor) * 100, unit: '%', floor: 40, goal: 70 },
  { name: 'answer to a webhook of one, p99', value: one.answered_p99_ms, unit: 'ms', floor: 200, better: 'lower' },
  { name: 'events/s, a hundred in a webhook, taken', value: hundred.taken, unit: '/s', goal: 100_000, floor: 0 },
  { name: 'events/s, a hundred in a webhook, applied', value: hundred.applied, unit: '/s' },
  { name: 'events lost or doubled', value: one.wrong + hundred.wrong, unit: '', floor: 0, better: 'lower' },
]
report('events', bars)
await http.close()
await server.stop()
await db.close()

/** Sends all reports of fresh calls; from the first one to the last answer, and to the last one applied. */
async function deliver(to: Tenant, together: number, count = calls) {
  const events = await makeCalls(to, count)
  const doubled = shuffle([...events, ...events.filter((_, index) => index % 4 === 0)])
  const bodies: string[] = []
  for (let at = 0; at < doubled.length; at += together) {
    bodies.push(JSON.stringify({ trunk_id: to.trunk_id, events: doubled.slice(at, at + together) }))
  }
  const waits: number[] = []
  const started = performance.now()
  await Promise.all(Array.from({ length: senders }, () => send(to.trunk_id, bodies, waits)))
  const taken = performance.now() - started
  await untilApplied()
  const applied = performance.now() - started
  const ids = [...new Set(events.map((event) => event.attempt_id))]
  return {
    taken: (doubled.length / taken) * 1000,
    applied: (doubled.length / applied) * 1000,
    wrong: await countWrong(ids),
    answered_p99_ms: percentile(waits, 0.99),
  }
}

/** Each of the senders waits for one answer before it sends the next; `waits` takes how long, in ms. */
async function send(trunkId: string, bodies: string[], waits: number[]): Promise<void> {
  for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
    const headers = {
      'content-type': 'application/json',
      [signature_header]: signSimulatedWebhook(body, secret, Date.now()),
    }
    const sent = performance.now()
    const answer = await http.request({ method: 'POST', path: `/webhooks/simulated/${trunkId}`, body, headers })
    await answer.body.dump()
    waits.push(performance.now() - sent)
    if (answer.statusCode !== 204) throw new Error(`the server answered ${answer.statusCode}`)
  }
}

/** Calls that the carrier has taken and that nothing was heard of yet. */
async function makeCalls(to: Tenant, count: number): Promise<Sent[]> {
  const at = Date.now()
  const ids = Array.from({ length: count }, () => newId(at))
  const numbers = numbersFrom(0, count)
  await db.owner.query(
    `insert into attempts (workspace_id, id, owner_user_id, trunk_id, agentless, number, state, verdict, claimed_by, claimed_at,
       lease_until, intent_at, dialed_at, provider_call_id)
     select $1, c.id, $2, $3, true, c.number, 'dialed', '{}', 'bench', now(), now() + interval '1 hour', now(), now(), 'p-' || c.id
     from unnest($4::uuid[], $5::text[]) as c (id, number)`,
    [to.workspace_id, to.user_id, to.trunk_id, ids, numbers],
  )
  await db.owner.query(
    `insert into calls (workspace_id, id, number, owner_user_id, trunk_id, provider, provider_call_id, to_number, initiated_at)
     select $1, c.id, 1, $2, $3, 'simulated', 'p-' || c.id, c.number, now() from unnest($4::uuid[], $5::text[]) as c (id, number)`,
    [to.workspace_id, to.user_id, to.trunk_id, ids, numbers],
  )
  await db.owner.query('vacuum analyze')
  const iso = (ms: number) => new Date(at + ms).toISOString()
  return ids.flatMap((id): Sent[] => {
    const from = { attempt_id: id, provider_call_id: `p-${id}` }
    return [
      { ...from, event_key: `${id}-1`, event: { kind: 'ringing', at: iso(1000) } },
      { ...from, event_key: `${id}-2`, event: { kind: 'answered', at: iso(5000) } },
      { ...from, event_key: `${id}-3`, event: { kind: 'ended', at: iso(30_000), outcome: 'answered' } },
    ]
  })
}

async function untilApplied(): Promise<void> {
  for (;;) {
    const { rows } = await db.owner.query('select exists (select from event_inbox) as waiting')
    if (!rows[0].waiting) return
    await wait(5)
  }
}

/** Calls whose history is not exactly their three reports, or that did not end. */
async function countWrong(ids: string[]): Promise<number> {
  const { rows } = await db.owner.query(
    `select count(*)::int as wrong from calls c where c.id = any ($1) and (c.state <> 'ended' or c.answered_at is null
       or (select count(*) from call_events e where e.call_id = c.id) <> $2
       or exists (select from attempts a where a.id = c.id and a.ended_at is null))`,
    [ids, perCall],
  )
  return rows[0].wrong
}

async function bareInserts(count: number): Promise<number> {
  await db.owner.query('create table bare_inbox (like event_inbox including all)')
  const event = JSON.stringify({ kind: 'ringing', at: new Date().toISOString() })
  let left = count
  const started = performance.now()
  await Promise.all(
    Array.from({ length: anchorConnections }, async () => {
      while (left > 0) {
        left -= 1
        await db.owner.query({
          name: 'bare-insert',
          text: `insert into bare_inbox (workspace_id, trunk_id, event_key, attempt_id, provider_call_id, event, received_at)
            values ($1, $2, $3, $4, $5, $6, now())`,
          values: [tenant.workspace_id, tenant.trunk_id, `k-${left}`, tenant.trunk_id, `p-${left}`, event],
        })
      }
    }),
  )
  return (count / (performance.now() - started)) * 1000
}

/** The same order in every run: a linear congruence with the constants of Numerical Recipes. */
function shuffle<Item>(items: Item[]): Item[] {
  let state = 1
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = next(last + 1)
    const kept = items[last] as Item
    items[last] = items[other] as Item
    items[other] = kept
  }
  return items
}
