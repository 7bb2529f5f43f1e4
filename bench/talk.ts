/**
 * A floor that talks, at its size: one server process with its built-in carrier and a socket for each agent. How long
 * somebody who answered hears nobody, and how long after the bridge the agent's screen shows who it is. Without detection,
 * so that the carrier's time to listen is not in it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeAgent, signOnAgent } from '#kit/agents.ts'
import { startServer } from '#kit/server-process.ts'
import { loadLeads, makeCampaign, makeMember, makeTenant, numbersFrom } from '#kit/tenant.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { zoneAtNoon } from '../test/chaos/list.ts'
import { flag, openBenchDatabase, percentile, report } from './kit.ts'

const agents = flag('agents', 300)
const seconds = flag('seconds', 90)
const talk_s = flag('talk', 20)

const db = await openBenchDatabase()
const at = Date.now()
const tenant = await makeTenant(db.pool, at, { channels: agents * 3 })
const { workspace_id } = tenant
const campaign_id = await makeCampaign(db.pool, tenant, at, {
  ...{ status: 'active', mode: 'progressive', detects_machines: false, wrap_up_seconds: 3, completes: 'by_hand' },
  ...{ max_attempts: 1, script: 'Good day {{ full_name }}, this is about {{ campaign }}.' },
})
const crew = await Promise.all(Array.from({ length: agents }, makeCrew))
const data_dir = join(db.folder, 'data')
mkdirSync(data_dir, { recursive: true })
const script = join(data_dir, 'script.json')
const rings = [2, 3, 5, 8, 12, 15].map((ring_s, index) => {
  return { do: 'answers', ring_s, talk_s: talk_s * (0.5 + index / 5), weight: 1 }
})
writeFileSync(script, JSON.stringify({ default: rings }))
const server = await startServer({
  ...{ DATABASE_URL: db.owner_url, OUTDIAL_ROLE: 'all', OUTDIAL_DATA_DIR: data_dir, OUTDIAL_RATE_LIMIT: '1000000' },
  ...{ OUTDIAL_DEMO: '0', OUTDIAL_SIM_SCRIPT: script, OUTDIAL_SIM_SPEED: '1' },
})
const ages: number[] = []
const sockets = await Promise.all(crew.map(openSocket))
const heartbeat = setInterval(() => {
  for (const socket of sockets) socket.send('{"type":"heartbeat"}')
}, 15_000)
const leads = Math.ceil((agents * seconds) / talk_s) + agents
for (let first = 0; first < leads; first += 500) {
  const numbers = numbersFrom(first, Math.min(500, leads - first))
  await loadLeads(db.pool, tenant, campaign_id, numbers, at, { time_zone: zoneAtNoon(at), full_name: 'Ada Lovelace' })
}
await wait(seconds * 1000)
clearInterval(heartbeat)
const { rows } = await inWorkspace(db.pool, tenant, (tx) =>
  tx.query<{ wait_ms: number | null; abandoned: boolean }>(
    `select extract(epoch from connected_at - answered_at)::double precision * 1000 as wait_ms, abandoned_at is not null as abandoned
     from calls where answered_at is not null`,
  ),
)
const waits = rows.flatMap(({ wait_ms }) => wait_ms ?? [])
report('talk', [
  { name: 'calls put through', value: waits.length, unit: '' },
  { name: 'answer to agent p50', value: percentile(waits, 0.5), unit: 'ms' },
  { name: 'answer to agent p99', value: percentile(waits, 0.99), unit: 'ms', floor: 1000, better: 'lower' },
  { name: 'screen-pop p50', value: percentile(ages, 0.5), unit: 'ms' },
  { name: 'screen-pop p99', value: percentile(ages, 0.99), unit: 'ms', floor: 300, better: 'lower' },
  { name: 'abandoned', value: rows.filter(({ abandoned }) => abandoned).length, unit: '', floor: 0, better: 'lower' },
])
for (const socket of sockets) socket.close()
await server.kill()
await db.close()

/** An agent at a browser, signed on, with a key. */
async function makeCrew(): Promise<string> {
  const user_id = await makeMember(db.pool, tenant, at, 1)
  const agent = await makeAgent(db.owner, tenant, at, { user_id, reached_at: 'browser', campaign_id })
  await signOnAgent(db.pool, tenant, agent, at)
  const token = makeToken()
  const key = { id: newId(at), user_id, name: 'bench', prefix: token.slice(0, 14), scopes: ['admin'], at }
  await inWorkspace(db.pool, { workspace_id, user_id }, (tx) =>
    createApiKey(tx, workspace_id, { ...key, token_hash: hashToken(token) }),
  )
  return token
}

async function openSocket(key: string): Promise<WebSocket> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/agent`, ['outdial.v1', `bearer.${key}`])
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(String(data)) as { type: string; at: string }
    if (frame.type === 'screen_pop') ages.push(Date.now() - Date.parse(frame.at))
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  return socket
}
