import { dropAttempts } from './attempts.ts'
import type { Tx } from './tx.ts'

/** What stands with an attempt that an opt-out came before. */
export const optedOut = 'do_not_call'

/**
 * Ends what is under way to a number that nobody has answered: what is only claimed is dropped, what may be ringing is hung
 * up by whoever looks next. Null: in every campaign. Takes attempts before leads, as everybody does; returns the dropped
 * ones that an agent had been given, for whoever releases them.
 */
export async function cancelUnanswered(
  tx: Tx,
  workspaceId: string,
  number: string,
  campaignId: string | null,
  at: number,
): Promise<{ call_id: string; session_id: string }[]> {
  const { rows } = await tx.query<{ id: string; state: string; session_id: string | null }>({
    name: 'cancel-unanswered',
    // Also what is only claimed: an intent that did not see the opt-out may be about to commit, and is then hung up.
    text: `update attempts a set hang_up_at = now(), awaits_agent = false
      where a.workspace_id = $1 and a.number = $2 and a.ended_at is null and a.live_at is null and a.hang_up_at is null
        and ($3::uuid is null or a.campaign_id = $3)
        and (select c.answered_at from calls c where c.workspace_id = $1 and c.id = a.id) is null
      returning a.id, a.state, a.session_id`,
    values: [workspaceId, number, campaignId],
  })
  const claimed = rows.filter(({ state }) => state === 'claimed')
  const drop = { from: ['claimed' as const], reason: optedOut, at, due_at: at }
  await dropAttempts(
    tx,
    workspaceId,
    claimed.map(({ id }) => id),
    drop,
  )
  return claimed.flatMap(({ id, session_id }) => (session_id === null ? [] : [{ call_id: id, session_id }]))
}
