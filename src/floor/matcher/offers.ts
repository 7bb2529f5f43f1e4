import type { Tx } from '#store/tx.ts'
import { tellAgent } from '../feed.ts'
import { readScreenPop } from '../screen-pop.ts'

export interface OfferedLead {
  attempt_id: string
  session_id: string | null
  offered_until: number | null
}

/** Shows leads to the agents they were claimed for, who decide until then whether they are dialed. */
export async function offerLeads(
  tx: Tx,
  workspaceId: string,
  offers: OfferedLead[],
  claimed: Set<string>,
  at: number,
): Promise<void> {
  for (const { attempt_id, session_id, offered_until } of offers) {
    if (session_id === null || offered_until === null || !claimed.has(attempt_id)) continue
    const pop = await readScreenPop(tx, workspaceId, attempt_id)
    const data = { call_id: attempt_id, until: new Date(offered_until).toISOString(), ...pop }
    await tellAgent(tx, workspaceId, session_id, { type: 'offer', data }, at)
  }
}
