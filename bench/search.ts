/**
 * Calls are looked for among a million of them, of 400,000 people: by last digits, by number, by rare and by frequent names,
 * by an id; and the report of a month of them. By the very statements of the API, one after the other, in one workspace beside
 * another one.
 */

import { reportCalls } from '#analytics/call-report.ts'
import { readCallSearch } from '#domain/call-search.ts'
import { makeTenant } from '#kit/tenant.ts'
import { type CallFilters, listCalls } from '#store/call-list.ts'
import { findCalls } from '#store/call-search.ts'
import { inWorkspace } from '#store/tx.ts'
import { fillCalls } from './call-history.ts'
import { type Bar, flag, openBenchDatabase, percentile, report } from './kit.ts'

const calls = flag('calls', 1_000_000)
const people = Math.ceil(calls * 0.4)
const rounds = flag('rounds', 10)
const dayMs = 86_400_000
const days = 60

const db = await openBenchDatabase(4)
const now = Date.now()
const tenant = await makeTenant(db.pool, now)
await fillCalls(db.owner, tenant, { persons: people, count: calls, days, now })
const beside = { persons: Math.ceil(people / 10), count: Math.ceil(calls / 10), days, now }
await fillCalls(db.owner, await makeTenant(db.pool, now), beside)
await db.owner.query('analyze')

const bars: Bar[] = []
const bar = { floor: 500, better: 'lower' } as const
for (const [name, ask] of Object.entries(await asked())) {
  const samples: number[] = []
  let rows = 0
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    rows += (await list(ask(round))).rows.length
    samples.push(performance.now() - begun)
  }
  if (rows === 0) throw new Error(`nothing was found by ${name}`)
  bars.push({ name: `${name}, p95`, value: percentile(samples, 0.95), unit: 'ms', ...bar })
}
const begun = performance.now()
const day = (at: number) => new Date(at).toISOString().slice(0, 10)
const span = { since: day(now - 29 * dayMs), until: day(now), zone: 'America/New_York' }
const { totals } = await inWorkspace(db.pool, tenant, (tx) => reportCalls(tx, tenant.workspace_id, {}, span))
bars.push({ name: `report of ${totals.calls} calls`, value: performance.now() - begun, unit: 'ms' })
report('search', bars, { calls })
await db.close()

async function list(filters: CallFilters | string) {
  const page = { sort: 'created_at', descending: true, after: null, limit: 50 } as const
  const { workspace_id } = tenant
  return inWorkspace(db.pool, tenant, async (tx) => {
    if (typeof filters !== 'string') return listCalls(tx, workspace_id, filters, page)
    const search = readCallSearch(filters)
    if (search === null) throw new Error(`${filters} is too short`)
    return listCalls(tx, workspace_id, { found: await findCalls(tx, workspace_id, search) }, page)
  })
}

/** What is looked for, another of its kind in each round. */
async function asked(): Promise<Record<string, (round: number) => CallFilters | string>> {
  const { rows } = await db.owner.query<{ id: string; phone: string }>(
    `select id, to_number as phone from calls where workspace_id = $1 order by md5(id::text) limit $2`,
    [tenant.workspace_id, rounds],
  )
  const some = (round: number) => rows[round % rows.length] as { id: string; phone: string }
  return {
    'an id': (round) => some(round).id,
    'a whole number': (round) => some(round).phone,
    'three last digits': (round) => some(round).phone.slice(-3),
    'a rare last name': (round) => `fam${(round * 7919) % Math.min(people, 100_003)}`,
    'a frequent first name': (round) => `name${round}`,
    'the beginning of every name': () => 'name',
    'the newest of all': () => ({}),
  }
}
