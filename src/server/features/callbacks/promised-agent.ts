import { findSigningAgent } from '#store/agent-board.ts'
import { takesCallsOf } from '#store/callback-calls.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { reaches } from '../../http/permissions.ts'
import { type Refusal, refuse, refuseValues } from '../../http/problems.ts'

/**
 * Whose call a promise is to be: an agent's of the campaign, or null for the team's. Agents promise their own time and the
 * team's; supervisors anybody's.
 */
export async function findPromisedAgent(
  tx: Tx,
  { workspace_id, user_id, role }: Caller,
  campaignId: string,
  { path, agent }: { path: string; agent: string | null },
): Promise<string | null | Refusal> {
  if (agent === null || agent === 'team') return null
  const own = await findSigningAgent(tx, workspace_id, { user_id })
  const id = agent === 'me' ? own?.id : agent
  if (id === undefined) return refuseValues([{ path, message: 'you sign in as no agent; name one, or the team' }])
  if (id !== own?.id && !reaches(role, 'supervisor')) {
    return refuse('forbidden', "Only a supervisor promises another agent's time.", {
      allowed: ['me', 'team', 'supervisor'],
    })
  }
  const takes = await takesCallsOf(tx, workspace_id, id, campaignId)
  if (takes) return id
  const message = takes === null ? 'names no agent' : 'names an agent who takes no calls of this campaign'
  return refuseValues([{ path, message }])
}
