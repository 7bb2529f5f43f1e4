/** A dry run over HTTP of a long list: how long it takes, what it holds in memory, and how long it lets others wait. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openApp } from '#kit/app.ts'
import { loadLeads, makeCampaign, numbersFrom } from '#kit/tenant.ts'
import { flag, report } from './kit.ts'

const leads = flag('leads', 100_000)
const chunk = 5_000

const app = await openApp()
const at = app.now()
const id = await makeCampaign(app.db.app, app.tenant, at, { window_start: 540, window_end: 1080, hours_zone: 'person' })
for (let first = 0; first < leads; first += chunk) {
  const numbers = numbersFrom(first, Math.min(chunk, leads - first))
  await loadLeads(app.db.app, app.tenant, id, numbers, at, first % 2 === 0 ? {} : { time_zone: 'America/Chicago' })
}
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
