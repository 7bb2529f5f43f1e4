/**
 * Attempts claimed with every cap, fairness, window and suppression check, by 1, 4 and 16 workers on one workspace;
 * against a bare SKIP LOCKED claim of one row, and graphile-worker running no-op jobs, in the same run. What was claimed
 * is recounted against every cap, and once more where every cap binds.
 */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { claimAttempts } from '#dialer/claim.ts'
import type { Engine } from '#dialer/engine.ts'
import { paceCampaigns } from '#dialer/pacer.ts'
import { loadLeads, makeCampaign, makeMember, makeTenant, makeTrunk, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { type Cap, readCaps, readSlots, recountCap } from './claim-log.ts'
import { type Bar, type BenchDatabase, flag, openBenchDatabase, report } from './kit.ts'

const leads = flag('leads', 20_000)
const seconds = flag('seconds', 5)
/** For the two ways in which graphile-worker is measured. */
const jobs = flag('jobs', 4000)
/** A Wednesday noon in New York, so that the law lets everybody out. */
const noon = Date.parse('2026-11-18T17:00:00Z')

/** As many as nobody ever uses. */
const most = 100_000

const silent = new Logger(() => () => {})

const db = await openBenchDatabase(40)
const bars: Bar[] = []
let breaches = 0
let twice = 0
const reached = new Set<Cap['kind']>()
for (const workers of [1, 4, 16]) {
  const tenant = await layOutWide(db)
  const rate = await claimFor(db, tenant, { workers, seconds, holds: false })
  const bar = workers === 16 ? { floor: 1000, goal: 5000 } : {}
  bars.push({ name: `claims/s, ${workers} workers`, value: rate, unit: '/s', ...bar })
  await recount(tenant)
}
for (const concurrent_calls of [most, 12]) {
  const tenant = await layOutTight(db, concurrent_calls)
  await claimFor(db, tenant, { workers: 16, seconds: seconds / 2, holds: true })
  await recount(tenant)
}
bars.push({ name: 'kinds of caps reached, of 6', value: reached.size, unit: '', floor: 6 })
bars.push({ name: 'cap breaches', value: breaches, unit: '', floor: 0, better: 'lower' })
bars.push({ name: 'leads claimed twice', value: twice, unit: '', floor: 0, better: 'lower' })
bars.push({ name: 'bare SKIP LOCKED, one row, 16 connections', value: await bareClaims(db, seconds), unit: '/s' })
bars.push({ name: 'graphile-worker, no-op jobs, one by one', value: await graphileJobs(db, jobs, 1), unit: '/s' })
bars.push({ name: 'graphile-worker, no-op jobs, batched', value: await graphileJobs(db, jobs * 2, 100), unit: '/s' })
report('claim', bars)
await db.close()

/** Two owners with two campaigns each; every cap is there, and none of them ever binds: what is measured is the checking. */
async function layOutWide({ pool }: BenchDatabase): Promise<Tenant> {
  const limits = { channels: most, concurrent_calls: most, owner_concurrent_calls: most }
  const tenant = await makeTenant(pool, noon, limits)
  const other = await makeMember(pool, tenant, noon, most)
  const caps = { max_concurrent_calls: most, daily_limit: most }
  const owners = [tenant.user_id, tenant.user_id, other, other]
  await addCampaigns(
    tenant,
    owners.map((owner_user_id) => ({ owner_user_id, ...caps })),
  )
  return tenant
}

/** Too little of everything for workers who would take ten leads of each campaign at once, each cap in a place of its own. */
async function layOutTight({ pool }: BenchDatabase, concurrent_calls: number): Promise<Tenant> {
  const tenant = await makeTenant(pool, noon, { channels: most, concurrent_calls, owner_concurrent_calls: most })
  const narrow = await makeTrunk(pool, tenant, noon, { channels: 6, calls_per_second: null })
  const slow = await makeTrunk(pool, tenant, noon, { channels: most, calls_per_second: 100 })
  await addCampaigns(tenant, [
    { trunk_id: narrow },
    { trunk_id: slow },
    { max_concurrent_calls: 5 },
    { daily_limit: 100 },
    { owner_user_id: await makeMember(pool, tenant, noon, 7) },
  ])
  return tenant
}

async function addCampaigns(tenant: Tenant, campaigns: object[]): Promise<void> {
  const each = Math.floor(leads / campaigns.length)
  for (const [index, settings] of campaigns.entries()) {
    const hours = { window_start: 480, window_end: 1260 }
    const campaign = await makeCampaign(db.pool, tenant, noon, { status: 'active', ...hours, ...settings })
    await loadLeads(db.pool, tenant, campaign, numbersFrom(index * each, each), noon)
  }
}

/**
 * Claims in the dialer's own way: pulse, pacer, claim. Slots are given back behind the workers' backs: at once, or, where a
 * worker holds them, when it has claimed again. Gives the rate until the time is over or nobody is due.
 */
async function claimFor(
  { pool, owner }: BenchDatabase,
  tenant: Tenant,
  { workers, seconds, holds }: { workers: number; seconds: number; holds: boolean },
): Promise<number> {
  await owner.query('vacuum analyze')
  const started = performance.now()
  const until = started + seconds * 1000
  let claimed = 0
  let last = started
  const giveBack = (ids: string[]) =>
    owner.query(
      "update attempts set state = 'ended', ended_at = clock_timestamp() where workspace_id = $1 and id = any ($2)",
      [tenant.workspace_id, ids],
    )
  const work = async (worker: number) => {
    const engine = {
      pool,
      clock: { now: () => noon },
      worker: `bench-${worker}`,
      system_cap: null,
    } as unknown as Engine
    let held: string[] = []
    while (performance.now() < until) {
      const { claims } = await claimAttempts(engine, tenant.workspace_id, (pulse, decided) =>
        paceCampaigns(pulse, noon, decided).map(({ campaign_id }) => ({ campaign_id, take: 10 })),
      )
      if (claims.length === 0 && !holds) return
      if (claims.length > 0) last = performance.now()
      claimed += claims.length
      const ids = claims.map((claim) => claim.attempt_id)
      await giveBack(holds ? held : ids)
      held = ids
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, index) => work(index)))
  return (claimed / (last - started)) * 1000
}

/** Holds what was claimed against every cap; the clock has stopped by then. */
async function recount({ workspace_id }: Tenant): Promise<void> {
  const slots = await readSlots(db.owner, workspace_id)
  for (const cap of await readCaps(db.owner, workspace_id)) {
    const found = recountCap(slots, cap)
    breaches += found.breaches
    if (found.reached) reached.add(cap.kind)
  }
  twice += slots.length - new Set(slots.map((slot) => slot.lead_id)).size
}

async function bareClaims({ owner }: BenchDatabase, limit: number): Promise<number> {
  await owner.query('create table bare (id bigint primary key, taken boolean not null default false)')
  await owner.query('insert into bare select generate_series(1, 200000)')
  await owner.query('create index on bare (id) where not taken')
  const until = performance.now() + limit * 1000
  let claimed = 0
  const work = async () => {
    while (performance.now() < until) {
      const { rowCount } = await owner.query({
        name: 'bare',
        text: `update bare set taken = true where id = (select id from bare where not taken order by id limit 1 for update skip locked)`,
      })
      claimed += rowCount ?? 0
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return claimed / limit
}

async function graphileJobs({ owner_url, owner }: BenchDatabase, jobs: number, batch: number): Promise<number> {
  const utils = await makeWorkerUtils({ connectionString: owner_url, schema: `graphile_${batch}`, logger: silent })
  await utils.migrate()
  await utils.addJobs(Array.from({ length: jobs }, () => ({ identifier: 'nothing', payload: {} })))
  await utils.release()
  let done = 0
  const finished = Promise.withResolvers<void>()
  const started = performance.now()
  const runner = await run({
    pgPool: owner,
    schema: `graphile_${batch}`,
    concurrency: 16,
    noHandleSignals: true,
    logger: silent,
    preset: {
      worker: { localQueue: batch > 1 ? { size: batch } : undefined, completeJobBatchDelay: batch > 1 ? 0 : -1 },
    } as never,
    taskList: {
      nothing: async () => {
        done += 1
        if (done === jobs) finished.resolve()
      },
    },
  })
  await finished.promise
  const rate = (jobs / (performance.now() - started)) * 1000
  await runner.stop()
  return rate
}
