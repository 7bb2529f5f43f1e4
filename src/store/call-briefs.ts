import type { Pool } from './database.ts'
import { inWorkspace } from './tx.ts'

/** What a voice agent is told of a call before it speaks; fields of the person without a value are left out. */
export interface CallBrief {
  next_action: string
  consent_line: string
  about: Record<string, string>
}

export async function readCallBrief(pool: Pool, workspaceId: string, callId: string): Promise<CallBrief> {
  const query = {
    name: 'read-call-brief',
    text: `
      select coalesce(m.next_action, '') as next_action, coalesce(m.consent_line, '') as consent_line,
        (select coalesce(jsonb_object_agg(f.name, f.value), '{}')
         from (values ('full_name', p.full_name), ('first_name', p.first_name), ('last_name', p.last_name),
           ('company', p.company), ('city', p.city), ('campaign', m.name)) as f (name, value)
         where f.value <> '') as about
      from calls c
      left join campaigns m on m.workspace_id = $1 and m.id = c.campaign_id
      left join contacts p on p.workspace_id = $1 and p.id = c.contact_id
      where c.workspace_id = $1 and c.id = $2`,
    values: [workspaceId, callId],
  }
  const { rows } = await inWorkspace(pool, { workspace_id: workspaceId }, (tx) => tx.query<CallBrief>(query))
  return rows[0] ?? { next_action: '', consent_line: '', about: {} }
}
