import { dropAttempts } from './attempts.ts'
import type { Tx } from './tx.ts'

/** What stands with an attempt that an opt-out came before. */
export const optedOut = 'do_not_call'

/** An attempt that was dropped, and the agent who had been given it. */
export interface Withdrawn {
  call_id: string
  session_id: string
}

/** Whose calls a block is about: a campaign's, those under a brand, or (both null) all of the workspace's. */
export interface Reach {
  campaign_id: string | null
  brand?: string | null
  /** Those alone that AI or a recording speaks. */
  agentless?: boolean
}

/**
 * Ends what is under way to a number that nobody has answered: what is only claimed is dropped, what may be ringing is hung
 * up by whoever looks next. Takes attempts before leads, as everybody does; returns the dropped
 * ones that an agent had been given, for whoever releases them.
 */
export async function cancelUnanswered(
  tx: Tx,
  workspaceId: string,
  number: string,
  { campaign_id, brand = null, agentless = false }: Reach,
  at: number,
): Promise<Withdrawn[]> {
  const { rows } = await tx.query<Stopped>({
    name: 'cancel-unanswered',
    // Also what is only claimed: an intent that did not see the opt-out may be about to commit, and is then hung up.
    text: `update attempts a set hang_up_at = now(), awaits_agent = false
      where a.workspace_id = $1 and a.number = $2 and a.ended_at is null and a.live_at is null and a.hang_up_at is null
        and ($3::uuid is null or a.campaign_id = $3) and (not $5 or a.agentless)
        and ($4::text is null
          or (select lower(c.brand) from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id) = lower($4))
        and (select c.answered_at from calls c where c.workspace_id = $1 and c.id = a.id) is null
      returning a.id, a.state, a.session_id`,
    values: [workspaceId, number, campaign_id, brand, agentless],
  })
  return dropClaimed(tx, workspaceId, rows, at)
}

/**
 * The same for every number of a version of a list, whatever became of its leads: what is live is looked up in the list,
 * and not the other way round, so that a file of millions takes no longer than one of ten.
 */
export async function cancelUnansweredOf(
  tx: Tx,
  workspaceId: string,
  version: number,
  { campaign_id, brand = null }: Reach,
  at: number,
): Promise<Withdrawn[]> {
  const { rows } = await tx.query<Stopped>({
    name: 'cancel-unanswered-of-list',
    text: `update attempts a set hang_up_at = now(), awaits_agent = false
      where a.workspace_id = $1 and a.ended_at is null and a.live_at is null and a.hang_up_at is null
        and (select n.list_number from suppression_list_numbers n
          where n.workspace_id = $1 and n.number = a.number and n.list_number = $2) is not null
        and ($3::uuid is null or a.campaign_id = $3)
        and ($4::text is null
          or (select lower(c.brand) from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id) = lower($4))
        and (select c.answered_at from calls c where c.workspace_id = $1 and c.id = a.id) is null
      returning a.id, a.state, a.session_id`,
    values: [workspaceId, version, campaign_id, brand],
  })
  return dropClaimed(tx, workspaceId, rows, at)
}

interface Stopped {
  id: string
  state: string
  session_id: string | null
}

/** Drops what was claimed and had not left; gives those that an agent had been given. */
async function dropClaimed(tx: Tx, workspaceId: string, stopped: Stopped[], at: number): Promise<Withdrawn[]> {
  const claimed = stopped.filter(({ state }) => state === 'claimed')
  const drop = { from: ['claimed' as const], reason: optedOut, at, due_at: at }
  await dropAttempts(
    tx,
    workspaceId,
    claimed.map(({ id }) => id),
    drop,
  )
  return claimed.flatMap(({ id, session_id }) => (session_id === null ? [] : [{ call_id: id, session_id }]))
}
