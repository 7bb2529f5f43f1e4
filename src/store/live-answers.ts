import type { AnswerRules } from '#domain/live-answer.ts'
import type { Tx } from './tx.ts'

/** An answered call of which nobody has said yet who answered. */
export interface OpenAnswer extends AnswerRules {
  attempt_id: string
  trunk_id: string
  /** A voice talks: whoever answers waits for nobody. */
  agentless: boolean
  /** What the campaign leaves on machines. */
  voicemail_drop_id: string | null
}

/**
 * Locks those of these attempts whose answer is open. Who waits for one call only hears it from the answer on, and a call
 * dialed by hand is not asked about.
 */
export async function lockOpenAnswers(tx: Tx, workspaceId: string, attemptIds: string[]): Promise<OpenAnswer[]> {
  const { rows } = await tx.query<OpenAnswer>({
    name: 'lock-open-answers',
    text: `
      with open as materialized (
        select a.id, a.trunk_id, a.campaign_id, a.session_id, a.kind, a.agentless from attempts a
        where a.workspace_id = $1 and a.id = any ($2) and a.ended_at is null
          and a.live_at is null and a.hang_up_at is null
        order by a.id for no key update
      )
      select o.id as attempt_id, o.trunk_id, o.agentless, coalesce(c.detects_machines and o.session_id is null and o.kind = 'campaign', false)
          as detects_machines,
        coalesce(c.on_machine, 'connect') as on_machine,
        case when o.agentless then 0 else coalesce(c.machine_sample_percent, 0) end as machine_sample_percent, coalesce(c.on_detection, '{}') as on_detection,
        c.voicemail_drop_id, coalesce(c.waits_from, 'answer') as waits_from
      from open o left join campaigns c on c.workspace_id = $1 and c.id = o.campaign_id`,
    values: [workspaceId, attemptIds],
  })
  return rows
}

/** A person waits for an agent since then. */
export async function markLive(
  tx: Tx,
  workspaceId: string,
  live: { attempt_id: string; waiting_since: number }[],
): Promise<void> {
  if (live.length === 0) return
  await tx.query({
    name: 'mark-live',
    text: `update attempts a set live_at = to_timestamp(l.waiting_since / 1000)
      from jsonb_to_recordset($2) as l (attempt_id uuid, waiting_since double precision)
      where a.workspace_id = $1 and a.id = any ($3) and a.id = l.attempt_id`,
    values: [workspaceId, JSON.stringify(live), live.map(({ attempt_id }) => attempt_id)],
  })
}

export interface OrderedEnd {
  attempt_id: string
  /** The message that is left before. */
  leaves_drop_id: string | null
}

/** These calls are to end, some of them after a message that a machine records. */
export async function orderEnds(tx: Tx, workspaceId: string, ends: OrderedEnd[]): Promise<void> {
  if (ends.length === 0) return
  await tx.query({
    name: 'order-ends',
    text: `update attempts a set hang_up_at = now(), awaits_agent = false, leaves_drop_id = e.leaves_drop_id
      from jsonb_to_recordset($2) as e (attempt_id uuid, leaves_drop_id uuid)
      where a.workspace_id = $1 and a.id = any ($3) and a.id = e.attempt_id and a.ended_at is null`,
    values: [workspaceId, JSON.stringify(ends), ends.map(({ attempt_id }) => attempt_id)],
  })
}

/** These calls are to end: nobody is to hear them. */
export function orderHangUps(tx: Tx, workspaceId: string, attemptIds: string[]): Promise<void> {
  return orderEnds(
    tx,
    workspaceId,
    attemptIds.map((attempt_id) => ({ attempt_id, leaves_drop_id: null })),
  )
}

/** Calls answered so long ago that detection should have spoken, and has not. */
export async function findUnheardAnswers(tx: Tx, workspaceId: string, answeredBefore: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'find-unheard-answers',
    text: `
      with awaiting as materialized (
        select a.id from attempts a where a.workspace_id = $1 and a.ended_at is null and not a.agentless
          and a.live_at is null and a.hang_up_at is null and a.state = 'dialed'
      )
      select id from awaiting where exists (select from calls c
        where c.workspace_id = $1 and c.id = awaiting.id and c.ended_at is null and c.answered_at <= $2)
      order by id`,
    values: [workspaceId, new Date(answeredBefore)],
  })
  return rows.map(({ id }) => id)
}
