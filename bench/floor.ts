/**
 * The floor at its size. The board: how old a change is when the live feed of a server process brings it, while 500 agents
 * are moved over HTTP. The matcher: reserving the longest idle of 300 for a call, several at once.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { releaseAgent, reserveAgent } from '#floor/matcher/reservations.ts'
import { giveLeg, makeAgent, makeWaitingCall, signOnAgent } from '#kit/agents.ts'
import { startServer } from '#kit/server-process.ts'
import { makeCampaign, makeTenant } from '#kit/tenant.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { flag, openBenchDatabase, percentile, report } from './kit.ts'

const boardAgents = flag('board-agents', 500)
const matchedAgents = flag('matched-agents', 300)
const moves = flag('moves', 1_500)
const takes = flag('takes', 5_000)
/** Moves of the board in a second: each of 500 agents changes state about every 10 s. */
const movesPerSecond = 50
const matchers = 4

const db = await openBenchDatabase()
const ages = await measureBoard()
const matched = await measureMatcher()
report('floor', [
  { name: 'board feed age p50', value: percentile(ages, 0.5), unit: 'ms' },
  { name: 'board feed age p99', value: percentile(ages, 0.99), unit: 'ms', floor: 1000, goal: 500, better: 'lower' },
  { name: 'take_available p50', value: percentile(matched, 0.5), unit: 'ms' },
  { name: 'take_available p99', value: percentile(matched, 0.99), unit: 'ms', floor: 50, goal: 25, better: 'lower' },
])
await db.close()

async function makeFloor(count: number) {
  const at = Date.now()
  const tenant = await makeTenant(db.pool, at)
  const campaign_id = await makeCampaign(db.pool, tenant, at, {})
  const sessions: string[] = []
  for (let n = 0; n < count; n += 1) {
    const agent = await makeAgent(db.owner, tenant, at, { campaign_id })
    const session = await signOnAgent(db.pool, tenant, agent, at - count + n)
    await giveLeg(db.pool, tenant, session, at)
    sessions.push(session)
  }
  return { tenant, campaign_id, sessions }
}

/** Breaks and their ends, in turn over all agents, at a steady pace; gives the age of each as the feed brought it. */
async function measureBoard(): Promise<number[]> {
  const { tenant, sessions } = await makeFloor(boardAgents)
  const token = makeToken()
  await inWorkspace(db.pool, tenant, (tx) =>
    createApiKey(tx, tenant.workspace_id, {
      ...{ id: newId(Date.now()), user_id: tenant.user_id, name: 'bench', prefix: token.slice(0, 14) },
      ...{ token_hash: hashToken(token), scopes: ['admin'], at: Date.now() },
    }),
  )
  const data_dir = join(db.folder, 'data')
  mkdirSync(data_dir, { recursive: true })
  const server = await startServer({
    ...{ DATABASE_URL: db.owner_url, OUTDIAL_ROLE: 'all', OUTDIAL_DATA_DIR: data_dir, OUTDIAL_RATE_LIMIT: '1000000' },
    OUTDIAL_DEMO: '0',
  })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const feed = await fetch(`${server.url}/api/v1/live`, { headers: { ...headers, accept: 'text/event-stream' } })
  const heard = readAges(feed.body as ReadableStream<Uint8Array>)
  const http = new Pool(server.url, { connections: 8 })
  const started = performance.now()
  const asked: Promise<void>[] = []
  for (let n = 0; n < moves; n += 1) {
    await wait(Math.max(0, started + (n * 1000) / movesPerSecond - performance.now()))
    const round = Math.floor(n / sessions.length)
    const path = `/api/v1/agent-sessions/${sessions[n % sessions.length]}/${round % 2 === 0 ? 'break' : 'ready'}`
    asked.push(
      http
        .request({ method: 'POST', path, headers, body: round % 2 === 0 ? '{"reason":"rest"}' : null })
        .then(async (answer) => {
          await answer.body.dump()
          if (answer.statusCode !== 200) throw new Error(`${path} was answered ${answer.statusCode}`)
        }),
    )
  }
  await Promise.all(asked)
  const ages = await heard
  await http.close()
  await server.stop()
  return ages
}

/** Reads the feed until it has brought every move; those of signing on, before it was opened, are not among them. */
async function readAges(body: ReadableStream<Uint8Array>): Promise<number[]> {
  const began = Date.now()
  const ages: number[] = []
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const told = /^event: agent.updated\ndata: (.+)$/m.exec(block)?.[1]
      const since = told === undefined ? 0 : Date.parse(JSON.parse(told).state_since)
      if (since >= began) ages.push(Date.now() - since)
    }
    if (ages.length >= moves) break
  }
  return ages
}

/** How long a reservation takes from the question to its commit; each is given back, so that as many are free again. */
async function measureMatcher(): Promise<number[]> {
  const { tenant, campaign_id } = await makeFloor(matchedAgents)
  const { workspace_id } = tenant
  const times: number[] = []
  let left = takes
  await Promise.all(
    Array.from({ length: matchers }, async () => {
      while (left > 0) {
        left -= 1
        const call_id = await makeWaitingCall(db.pool, tenant, campaign_id, Date.now())
        const wanted = { call_id, campaign_id, skills: [], sticky_agent_id: null, trunk_id: tenant.trunk_id }
        const started = performance.now()
        const taken = await inWorkspace(db.pool, tenant, (tx) => reserveAgent(tx, workspace_id, wanted, Date.now()))
        times.push(performance.now() - started)
        if (taken === null) throw new Error('nobody was free')
        const reservation = { session_id: taken.session_id, call_id }
        await inWorkspace(db.pool, tenant, (tx) => releaseAgent(tx, workspace_id, reservation, Date.now()))
      }
    }),
  )
  return times
}
