import type { LegFacts, LegState } from '#domain/leg.ts'
import { tellBoard } from './agent-sessions.ts'
import type { Tx } from './tx.ts'

export interface StoredLeg extends LegFacts {
  id: string
  trunk_id: string
  agent_id: string | null
  user_id: string | null
}

/** A leg whose carrier is to be asked what became of it. */
export interface OverdueLeg {
  id: string
  trunk_id: string
  closing: boolean
  state: LegState
}

export interface NewLeg {
  id: string
  trunk_id: string
  agent_id: string | null
  user_id: string | null
  reached_at: 'browser' | 'extension' | 'outside'
  address: string
}

/** How long after a command nobody has heard of its leg. */
const answerSeconds = 10
/** How often the carrier is asked about a leg that is up: what it told may have been lost. */
const upSeconds = 60

/** Writes a leg down before its carrier hears of it; false when whoever it is for has one that is not down. */
export async function addLeg(tx: Tx, workspaceId: string, leg: NewLeg, at: number): Promise<boolean> {
  const { rowCount } = await tx.query({
    name: 'add-leg',
    text: `insert into legs (workspace_id, id, trunk_id, agent_id, user_id, reached_at, address, asked_at, check_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => ${answerSeconds})) on conflict do nothing`,
    values: [
      ...[workspaceId, leg.id, leg.trunk_id, leg.agent_id, leg.user_id, leg.reached_at, leg.address],
      new Date(at),
    ],
  })
  return rowCount === 1
}

/** The carrier has taken a leg; it is asked about it when nothing was heard after `quiet_ms`. */
export async function nameLeg(
  tx: Tx,
  workspaceId: string,
  id: string,
  taken: { provider_leg_id: string; quiet_ms: number },
): Promise<void> {
  await tx.query({
    name: 'name-leg',
    text: `update legs set provider_leg_id = $3,
        check_at = case when state = 'opening' then now() + make_interval(secs => $4::double precision / 1000) else check_at end
      where workspace_id = $1 and id = $2`,
    values: [workspaceId, id, taken.provider_leg_id, taken.quiet_ms],
  })
}

/** A leg that is to go; its carrier is told until it says that it is gone. */
export async function markClosing(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.query({
    name: 'mark-leg-closing',
    text: `update legs set closing = true, check_at = now() + make_interval(secs => ${answerSeconds})
      where workspace_id = $1 and id = $2`,
    values: [workspaceId, id],
  })
}

/** Locks the trunk's legs of these ids, in their order. */
export async function lockLegs(tx: Tx, workspaceId: string, trunkId: string, ids: string[]): Promise<StoredLeg[]> {
  const { rows } = await tx.query({
    name: 'lock-legs',
    text: `select id, trunk_id, agent_id, user_id, state, up_at, down_at, hangup_cause from legs
      where workspace_id = $1 and id = any ($3) and trunk_id = $2 order by id for no key update`,
    values: [workspaceId, trunkId, ids],
  })
  return rows.map((leg) => ({ ...leg, up_at: toText(leg.up_at), down_at: toText(leg.down_at) }))
}

/** The leg of a supervisor that is not down, locked. */
export async function lockOpenLegOfUser(
  tx: Tx,
  workspaceId: string,
  userId: string,
): Promise<{ id: string; trunk_id: string; state: LegState; closing: boolean } | null> {
  const { rows } = await tx.query<{ id: string; trunk_id: string; state: LegState; closing: boolean }>({
    name: 'lock-open-leg-of-user',
    text: `select id, trunk_id, state, closing from legs
      where workspace_id = $1 and user_id = $2 and down_at is null for no key update`,
    values: [workspaceId, userId],
  })
  return rows[0] ?? null
}

/** Writes what became of locked legs; their agents' open sessions and the board hear of it. */
export async function saveLegs(tx: Tx, workspaceId: string, legs: StoredLeg[], at: number): Promise<void> {
  await tx.query({
    name: 'save-legs',
    text: `update legs l set state = n.state, up_at = n.up_at, down_at = n.down_at, hangup_cause = n.hangup_cause,
        check_at = greatest(l.check_at, now() + make_interval(secs => ${upSeconds}))
      from jsonb_to_recordset($2) as n (id uuid, state text, up_at timestamptz, down_at timestamptz, hangup_cause text)
      where l.workspace_id = $1 and l.id = any ($3) and l.id = n.id`,
    values: [workspaceId, JSON.stringify(legs), legs.map(({ id }) => id)],
  })
  const agentIds = legs.flatMap(({ agent_id }) => agent_id ?? [])
  const down = legs.filter(({ state }) => state === 'down').map(({ id }) => id)
  await tellOfLegs(tx, workspaceId, agentIds, { down, at })
}

/** What the agents' connections and the board show of their legs has changed; a leg that is down is no session's any more. */
export async function tellOfLegs(
  tx: Tx,
  workspaceId: string,
  agentIds: string[],
  told: { down?: string[]; up?: string; at: number },
): Promise<void> {
  if (agentIds.length === 0) return
  await tx.query({
    name: 'tell-of-legs',
    text: `
      with moved as (
        update agent_sessions set seq = seq + 1,
          leg_id = coalesce($4, case when leg_id = any ($3::uuid[]) then null else leg_id end)
        where workspace_id = $1 and agent_id = any ($2) and ended_at is null
        returning *, $5::timestamptz as told_at
      ) ${tellBoard}`,
    values: [workspaceId, agentIds, told.down ?? [], told.up ?? null, new Date(told.at)],
  })
}

/** Takes legs that nothing was heard of for too long; others leave them alone meanwhile. */
export async function takeOverdueLegs(tx: Tx, workspaceId: string, limit: number): Promise<OverdueLeg[]> {
  const { rows } = await tx.query<OverdueLeg>({
    name: 'take-overdue-legs',
    text: `
      with overdue as (
        select id from legs where workspace_id = $1 and down_at is null and check_at <= now()
        order by check_at limit $2 for no key update skip locked
      )
      update legs l set check_at = now() + make_interval(secs => case when l.state = 'up' and not l.closing
          then ${upSeconds} else ${answerSeconds} end)
      from overdue where l.workspace_id = $1 and l.id = overdue.id
      returning l.id, l.trunk_id, l.closing, l.state`,
    values: [workspaceId, limit],
  })
  return rows
}

/** An agent's latest leg, as it is shown. */
export interface ShownLeg {
  id: string
  trunk_id: string
  state: LegState
  /** From when it has been in this state; ISO 8601. */
  since: string
  hangup_cause: string | null
}

/** The latest leg of the agent of an agent session `s`: a subquery for a list's columns. */
export const latestLeg = `(
  select jsonb_build_object('id', l.id, 'trunk_id', l.trunk_id, 'state', l.state, 'hangup_cause', l.hangup_cause,
    'since', to_char(coalesce(l.down_at, l.up_at, l.asked_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from legs l where l.workspace_id = s.workspace_id and l.agent_id = s.agent_id
  order by l.asked_at desc, l.id desc limit 1)`

export async function readLatestLeg(tx: Tx, workspaceId: string, sessionId: string): Promise<ShownLeg | null> {
  const { rows } = await tx.query<{ leg: ShownLeg | null }>({
    name: 'read-latest-leg',
    text: `select ${latestLeg} as leg from agent_sessions s where s.workspace_id = $1 and s.id = $2`,
    values: [workspaceId, sessionId],
  })
  return rows[0]?.leg ?? null
}

function toText(at: Date | null): string | null {
  return at === null ? null : at.toISOString()
}
