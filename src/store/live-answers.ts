import type { AnswerRules } from '#domain/live-answer.ts'
import type { Tx } from './tx.ts'

/** An answered call of which nobody has said yet who answered. */
export interface OpenAnswer extends AnswerRules {
  attempt_id: string
  trunk_id: string
}

/** Locks those of these attempts whose answer is open. Who waits for one call only hears it from the answer on. */
export async function lockOpenAnswers(tx: Tx, workspaceId: string, attemptIds: string[]): Promise<OpenAnswer[]> {
  const { rows } = await tx.query<OpenAnswer>({
    name: 'lock-open-answers',
    text: `
      with open as materialized (
        select a.id, a.trunk_id, a.campaign_id, a.session_id from attempts a
        where a.workspace_id = $1 and a.id = any ($2) and a.ended_at is null and not a.agentless
          and a.live_at is null and a.hang_up_at is null
        order by a.id for no key update
      )
      select o.id as attempt_id, o.trunk_id, coalesce(c.detects_machines and o.session_id is null, false) as detects_machines,
        coalesce(c.on_machine, 'connect') as on_machine, coalesce(c.waits_from, 'answer') as waits_from
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

/** These calls are to end: nobody is to hear them. */
export async function orderHangUps(tx: Tx, workspaceId: string, attemptIds: string[]): Promise<void> {
  if (attemptIds.length === 0) return
  await tx.query({
    name: 'order-hang-ups',
    text: `update attempts set hang_up_at = now(), awaits_agent = false
      where workspace_id = $1 and id = any ($2) and ended_at is null`,
    values: [workspaceId, attemptIds],
  })
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
