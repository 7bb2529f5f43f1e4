/**
 * Attempts claimed with every cap, fairness, window and suppression check, by 1, 4 and 16 workers on one workspace;
 * against a bare SKIP LOCKED claim of one row, and graphile-worker running no-op jobs, in the same run.
 */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { claimAttempts } from '#dialer/claim.ts'
import type { Engine } from '#dialer/engine.ts'
import { paceCampaigns } from '#dialer/pacer.ts'
import { loadLeads, makeCampaign, makeMember, makeTenant, numbersFrom, type Tenant } from '#kit/tenant.ts'
import { type Bar, type BenchDatabase, flag, openBenchDatabase, report } from './kit.ts'

const leads = flag('leads', 20_000)
const seconds = flag('seconds', 5)
/** A Wednesday noon in New York, so that the law lets everybody out. */
const noon = Date.parse('2026-11-18T17:00:00Z')
const lines = 1_000_000

const silent = new Logger(() => () => {})

const db = await openBenchDatabase(40)
const bars: Bar[] = []
for (const workers of [1, 4, 16]) {
  const tenant = await load(db, leads)
  const { rate, twice } = await claimFor(db, tenant, workers, seconds)
  bars.push({
    name: `claims/s, ${workers} workers`,
    value: rate,
    unit: '/s',
    ...(workers === 16 ? { floor: 1000, goal: 5000 } : {}),
  })
  if (twice > 0)
    bars.push({ name: `leads claimed twice, ${workers} workers`, value: twice, unit: '', floor: 0, better: 'lower' })
}
bars.push({ name: 'bare SKIP LOCKED, one row, 16 connections', value: await bareClaims(db, seconds), unit: '/s' })
bars.push({ name: 'graphile-worker, no-op jobs, one by one', value: await graphileJobs(db, 4_000, 1), unit: '/s' })
bars.push({ name: 'graphile-worker, no-op jobs, batched', value: await graphileJobs(db, 8_000, 100), unit: '/s' })
report('claim', bars)
await db.close()

/** Two owners with two campaigns each; limits too high to bind, since what passes a cap is counted by the fault runs. */
async function load({ pool }: BenchDatabase, count: number): Promise<Tenant> {
  const limits = { channels: 100_000, concurrent_calls: 100_000, owner_concurrent_calls: 100_000 }
  const tenant = await makeTenant(pool, noon, limits)
  const other = await makeMember(pool, tenant, noon, 100_000)
  for (const [index, owner_user_id] of [tenant.user_id, tenant.user_id, other, other].entries()) {
    const campaign = await makeCampaign(pool, tenant, noon, {
      status: 'active',
      owner_user_id,
      window_start: 480,
      window_end: 1260,
      max_concurrent_calls: lines,
      daily_limit: lines,
    })
    const numbers = numbersFrom((index * count) / 4, count / 4)
    await loadLeads(pool, tenant, campaign, numbers, noon)
  }
  return tenant
}

/** Claims in the dialer's own way: pulse, pacer, claim; slots are given back behind the workers' backs. */
async function claimFor({ pool, owner }: BenchDatabase, tenant: Tenant, workers: number, limit: number) {
  await owner.query('vacuum analyze')
  const until = performance.now() + limit * 1000
  const started = performance.now()
  let claimed = 0
  let last = started
  const work = async (worker: number) => {
    const engine = {
      pool,
      clock: { now: () => noon },
      worker: `bench-${worker}`,
      system_cap: null,
    } as unknown as Engine
    while (performance.now() < until) {
      const { claims } = await claimAttempts(engine, tenant.workspace_id, (pulse) =>
        paceCampaigns(pulse, noon).map(({ campaign_id }) => ({ campaign_id, take: 10 })),
      )
      if (claims.length === 0) return
      claimed += claims.length
      last = performance.now()
      await owner.query(
        "update attempts set state = 'ended', ended_at = $3 where workspace_id = $1 and id = any ($2)",
        [tenant.workspace_id, claims.map((claim) => claim.attempt_id), new Date(noon)],
      )
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, index) => work(index)))
  const { rows } = await owner.query(
    `select count(*)::int as twice from (select lead_id from attempts where workspace_id = $1 group by lead_id having count(*) > 1) t`,
    [tenant.workspace_id],
  )
  return { rate: (claimed / (last - started)) * 1000, twice: rows[0].twice as number }
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
