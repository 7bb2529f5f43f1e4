/** A dry run over HTTP of a long list: how long it takes, what it holds in memory, and how long it lets others wait. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openApp } from '#kit/app.ts'
import { makeCampaign, numbersFrom } from '#kit/tenant.ts'
import { flag, report } from './kit.ts'

const leads = flag('leads', 100_000)

const app = await openApp()
const at = app.now()
const id = await makeCampaign(app.db.app, app.tenant, at, { window_start: 540, window_end: 1080, hours_zone: 'person' })
// As rows, not through the product: what is measured here is the reading of them.
await app.db.owner.query(
  `with person as materialized (
     select gen_random_uuid() as id, number, n from unnest($4::text[]) with ordinality as p (number, n)
   ), contact as (
     insert into contacts (workspace_id, id, owner_user_id, time_zone, created_at, updated_at)
     select $1, id, $2, case when n % 2 = 0 then 'America/Chicago' end, $5, $5 from person
   ), phone as (
     insert into contact_phones (workspace_id, contact_id, number, position) select $1, id, number, 0 from person
   )
   insert into leads (workspace_id, id, campaign_id, contact_id, number, due_at, created_at, updated_at)
   select $1, gen_random_uuid(), $3, id, n, $5, $5, $5 from person`,
  [app.tenant.workspace_id, app.tenant.user_id, id, numbersFrom(0, leads), new Date(at)],
)
const ask = () => app.ask('GET', `/api/v1/campaigns/${id}/dry-run`)
await ask()
globalThis.gc?.()
const before = process.memoryUsage().rss
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
const began = performance.now()
const { status, body } = await ask()
const seconds = (performance.now() - began) / 1000
delay.disable()
if (status !== 200 || body.leads.total !== leads) throw new Error(JSON.stringify(body.leads ?? body))
report('foresee', [
  { name: 'dry run', value: seconds, unit: 's', floor: (20 * leads) / 100_000, goal: leads / 20_000, better: 'lower' },
  { name: 'leads/s', value: leads / seconds, unit: '/s' },
  { name: 'longest wait of others', value: delay.max / 1e6, unit: 'ms' },
  { name: 'memory more', value: (process.memoryUsage().rss - before) / 1024 / 1024, unit: 'MiB' },
])
await app.close()
process.exit(0)
