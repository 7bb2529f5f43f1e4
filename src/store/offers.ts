import type { Claim } from './claim-attempts.ts'
import { optedOut } from './opt-outs.ts'
import type { Tx } from './tx.ts'

/** A lead shown to the agent of a session. */
export interface Offer {
  attempt_id: string
  session_id: string
}

/** Takes an offer that nobody has decided yet out of its time, as a claim of this worker's; null when there is none. */
export async function takeOffer(
  tx: Tx,
  workspaceId: string,
  { attempt_id, session_id }: Offer,
  by: { worker: string; lease_seconds: number },
): Promise<(Claim & { claimed_at: number }) | null> {
  const { rows } = await tx.query<Claim & { claimed_at: number }>({
    name: 'take-offer',
    text: `update attempts set offered_until = null, claimed_by = $4,
        lease_until = clock_timestamp() + make_interval(secs => $5)
      where workspace_id = $1 and id = $2 and session_id = $3 and state = 'claimed' and offered_until is not null
      returning id as attempt_id, lead_id, campaign_id, contact_id, owner_user_id, trunk_id, agentless, number, caller_id,
        kind, day::text as day, verdict, agent_id, session_id, null::double precision as offered_until,
        $5::double precision as lease_seconds, (extract(epoch from claimed_at) * 1000)::double precision as claimed_at`,
    values: [workspaceId, attempt_id, session_id, by.worker, by.lease_seconds],
  })
  return rows[0] ?? null
}

/** Whether an offer was withdrawn because the person asked not to be called. */
export async function wasOptedOut(tx: Tx, workspaceId: string, { attempt_id, session_id }: Offer): Promise<boolean> {
  const { rowCount } = await tx.query(
    'select from attempts where workspace_id = $1 and id = $2 and session_id = $3 and drop_reason = $4',
    [workspaceId, attempt_id, session_id, optedOut],
  )
  return rowCount === 1
}

/** The offers whose time is over at `at`, and when the next one's will be; both epoch ms. */
export async function findEndedOffers(
  tx: Tx,
  workspaceId: string,
  at: number,
): Promise<{ ended: (Offer & { preview_ends: 'skip' | 'dial' })[]; next: number | null }> {
  const { rows } = await tx.query<Offer & { preview_ends: 'skip' | 'dial'; until: number }>({
    name: 'find-offers',
    text: `select a.id as attempt_id, a.session_id, (extract(epoch from a.offered_until) * 1000)::double precision as until,
        (select c.preview_ends from campaigns c where c.workspace_id = $1 and c.id = a.campaign_id) as preview_ends
      from attempts a where a.workspace_id = $1 and a.offered_until is not null and a.ended_at is null
      order by a.offered_until, a.id`,
    values: [workspaceId],
  })
  const ended = rows.filter(({ until }) => until <= at).map(({ until: _, ...offer }) => offer)
  return { ended, next: rows.find(({ until }) => until > at)?.until ?? null }
}

/** The verdict that lets a shown lead out takes the place of the one that let it be shown. */
export async function keepVerdict(tx: Tx, workspaceId: string, attemptId: string, verdict: object): Promise<void> {
  await tx.query('update attempts set verdict = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    attemptId,
    JSON.stringify(verdict),
  ])
}
