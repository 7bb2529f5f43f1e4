import type { Tx } from './tx.ts'

/** One of the calls that a person had from us before. */
export interface PastCall {
  call_id: string
  at: Date
  outcome: string | null
  disposition: string | null
  agent_name: string | null
  talk_seconds: number | null
}

/** The latest calls of a contact but one, newest first. */
export async function readCallHistory(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  exceptCallId: string,
  limit: number,
): Promise<PastCall[]> {
  const { rows } = await tx.query<PastCall>({
    name: 'read-call-history',
    text: `select c.id as call_id, c.initiated_at as at, c.outcome,
        (select d.name from call_dispositions x join disposition_categories d on d.workspace_id = $1 and d.id = x.disposition_id
          where x.workspace_id = $1 and x.call_id = c.id) as disposition,
        (select a.name from agents a where a.workspace_id = $1 and a.id = c.agent_id) as agent_name,
        floor(extract(epoch from c.ended_at - c.connected_at))::int as talk_seconds
      from calls c where c.workspace_id = $1 and c.contact_id = $2 and c.id <> $3 order by c.id desc limit $4`,
    values: [workspaceId, contactId, exceptCallId, limit],
  })
  return rows
}
