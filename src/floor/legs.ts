/**
 * The lines to agents, held open from call to call. In: what carriers tell of legs, and time. Out: legs opened and closed,
 * sessions of those who picked up a phone or hung it up, calls put back on a leg that came up anew. When and what is decided
 * in `domain/held-leg.ts`. It must never ring an agent whose leg is not written down, nor hold two legs of one agent.
 */
import { judgeLeg, type LegStep, phoneClient } from '#domain/held-leg.ts'
import { type LegFacts, mergeLegEvent } from '#domain/leg.ts'
import { findOpenSession } from '#store/agent-sessions.ts'
import { newId } from '#store/ids.ts'
import { type AgentLegNeeds, lockAgentsLeg, readLegNeeds } from '#store/leg-needs.ts'
import { addLeg, lockLegs, markClosing, type StoredLeg, saveLegs, tellOfLegs } from '#store/legs.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { LegReport } from '#telephony/events.ts'
import { byEngine, moveSession, signOn } from './agent-sessions.ts'
import { settleJoins } from './joins.ts'
import { askOverdueLegs, closeLeg, hangUpCall, type LegEngine, openLeg, rejoinCall } from './leg-commands.ts'

/** Agents looked after at once: each takes one connection, and a carrier's time. */
const atOnce = 8
/** Steps that one look at an agent takes at most; the next look goes on. */
const mostSteps = 5

/** What has to be done beyond the database once a step is committed. */
type Command = () => Promise<unknown>

/**
 * Looks after the legs of a workspace's agents, or of these alone: any number of processes at once. Gives the number of
 * changes.
 */
export async function keepLegs(engine: LegEngine, workspaceId: string, agentIds?: string[]): Promise<number> {
  const at = engine.clock.now()
  const asked = agentIds === undefined ? await askOverdueLegs(engine, workspaceId) : []
  const concerned = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    readLegNeeds(tx, workspaceId, agentIds ?? null, at),
  )
  const waiting = concerned.filter(({ needs, agent_id }) => asked.includes(agent_id) || judgeLeg(needs, at) !== null)
  await settleJoins(engine, workspaceId)
  let changes = asked.length
  for (let first = 0; first < waiting.length; first += atOnce) {
    const kept = waiting.slice(first, first + atOnce).map(({ agent_id }) => keepLeg(engine, workspaceId, agent_id))
    for (const steps of await Promise.all(kept)) changes += steps
  }
  if (changes > 0) {
    for (const what of ['live', 'floor', 'dial'] as const) engine.wake(workspaceId, what)
  }
  return changes
}

/** Applies what a carrier told of legs, late, twice or out of order, and does what follows from it. */
export async function applyLegReports(
  engine: LegEngine,
  trunk: { id: string; workspace_id: string },
  reports: Pick<LegReport, 'leg_id' | 'event'>[],
): Promise<void> {
  const { workspace_id } = trunk
  const changed = await inWorkspace(engine.pool, { workspace_id }, async (tx) => {
    const before = await lockLegs(tx, workspace_id, trunk.id, [...new Set(reports.map(({ leg_id }) => leg_id))])
    const merged = before.map((leg): StoredLeg => {
      const told = reports.filter(({ leg_id }) => leg_id === leg.id)
      return { ...leg, ...told.reduce((facts: LegFacts, { event }) => mergeLegEvent(facts, event), leg) }
    })
    const news = merged.filter((leg, index) => JSON.stringify(leg) !== JSON.stringify(before[index]))
    if (news.length > 0) await saveLegs(tx, workspace_id, news, engine.clock.now())
    return news
  })
  if (changed.length === 0) return
  for (const what of ['live', 'floor', 'dial'] as const) engine.wake(workspace_id, what)
  await keepLegs(
    engine,
    workspace_id,
    changed.flatMap(({ agent_id }) => agent_id ?? []),
  )
}

/** One step after the other, each committed before its command leaves. */
async function keepLeg(engine: LegEngine, workspaceId: string, agentId: string): Promise<number> {
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const at = engine.clock.now()
    const taken = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
      await lockAgentsLeg(tx, workspaceId, agentId)
      const [agent] = await readLegNeeds(tx, workspaceId, [agentId], at)
      const step = agent ? judgeLeg(agent.needs, at) : null
      return agent && step ? takeStep(tx, engine, workspaceId, agent, step, at) : null
    })
    if (taken === null) return steps
    await taken.command?.()
    if (taken.waits) return steps
  }
  return mostSteps
}

/** `waits`: nothing was written, and what the command brings about is heard of later. */
async function takeStep(
  tx: Tx,
  engine: LegEngine,
  workspaceId: string,
  agent: AgentLegNeeds,
  step: LegStep,
  at: number,
): Promise<{ command?: Command; waits?: boolean }> {
  const { leg, call } = agent.needs
  const leg_id = leg?.id ?? ''
  switch (step.step) {
    case 'open': {
      const { agent_id, address } = agent
      const { reached_at } = agent.needs
      const opened = { id: newId(at), trunk_id: step.trunk_id, agent_id, user_id: null, reached_at, address }
      await addLeg(tx, workspaceId, opened, at)
      await tellOfLegs(tx, workspaceId, [agent_id], { at })
      return { command: () => openLeg(engine, workspaceId, opened, step.caller_id) }
    }
    case 'close':
      await markClosing(tx, workspaceId, leg_id)
      return { command: () => closeLeg(engine, workspaceId, { id: leg_id, trunk_id: leg?.trunk_id ?? '' }) }
    case 'attach':
      await tellOfLegs(tx, workspaceId, [agent.agent_id], { up: leg_id, at })
      return {}
    case 'sign_on': {
      const session = { id: newId(at), agent_id: agent.agent_id, ip: null, client: phoneClient, by_user_id: null }
      await signOn(tx, workspaceId, session, { to: 'available' }, at, 'engine')
      await tellOfLegs(tx, workspaceId, [agent.agent_id], { up: leg_id, at })
      return {}
    }
    case 'sign_off': {
      const session = await findOpenSession(tx, workspaceId, agent.agent_id)
      const { reason } = step
      if (session) await moveSession(tx, workspaceId, session.id, { to: 'offline', reason }, byEngine, at)
      return {}
    }
    case 'bridge': {
      const rejoin = { attempt_id: step.attempt_id, leg_id, trunk_id: leg?.trunk_id ?? '', agent_id: agent.agent_id }
      return { command: () => rejoinCall(engine, workspaceId, rejoin), waits: true }
    }
    case 'hang_up':
      return { command: () => (call ? hangUpCall(engine, workspaceId, call) : Promise.resolve()), waits: true }
  }
}
