import { holdNewLeads } from './campaigns.ts'
import type { Tx } from './tx.ts'

/** An import's leads in a campaign, or those that were added by hand. */
export interface List {
  /** The import's, or the campaign's own for the leads added by hand. */
  id: string
  import_id: string | null
  /** The name of the file; null for leads added by hand. */
  name: string | null
  weight: number
  leads: { total: number; by_status: Record<string, number> }
  due_now: number
  /** Calls that left for its leads. */
  dialed: number
}

/** A campaign's lists, those added by hand first, then the imports by age; counted at one instant. */
export async function listLists(tx: Tx, workspaceId: string, campaignId: string, at: number): Promise<List[]> {
  const { rows } = await tx.query<List>({
    name: 'list-lists',
    text: `
      with tries as materialized (
        select a.lead_id, count(*) as n from attempts a
        where a.workspace_id = $1 and a.campaign_id = $2 and a.intent_at is not null and a.state <> 'dropped' group by 1
      ), lead as materialized (
        select coalesce(l.import_id, $2) as list_id, l.status, count(*) as n, count(*) filter (where l.due_at <= $3) as due,
          coalesce(sum(t.n), 0) as dialed
        from leads l left join tries t on t.lead_id = l.id
        where l.workspace_id = $1 and l.campaign_id = $2 group by 1, 2
      ), list as (
        select $2::uuid as id, null::uuid as import_id, null as name, 0::bigint as place
        union all
        select i.id, i.id, i.file_name, i.number from imports i
        where i.workspace_id = $1 and i.campaign_id = $2 and i.status <> 'undone'
      )
      select l.id, l.import_id, l.name, coalesce((select x.weight from lists x
          where x.workspace_id = $1 and x.campaign_id = $2 and x.id = l.id), 1) as weight,
        jsonb_build_object('total', coalesce((select sum(d.n) from lead d where d.list_id = l.id), 0), 'by_status',
          (select coalesce(jsonb_object_agg(d.status, d.n), '{}') from lead d where d.list_id = l.id)) as leads,
        coalesce((select sum(d.due) from lead d where d.list_id = l.id), 0)::integer as due_now,
        coalesce((select sum(d.dialed) from lead d where d.list_id = l.id), 0)::integer as dialed
      from list l order by l.place`,
    values: [workspaceId, campaignId, new Date(at)],
  })
  return rows
}

/**
 * Sets the weight of one of the campaign's lists; false when it has no such list. `opened`: it is the first weight that
 * the campaign is given, and its leads are still to be put into their lists. Whoever asks has locked the campaign.
 */
export async function weighList(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
  list: { id: string; weight: number },
  at: number,
): Promise<{ found: boolean; opened: boolean }> {
  const opened = await openLists(tx, workspaceId, campaignId, list.id, at)
  const { rowCount } = await tx.query(
    'update lists set weight = $4 where workspace_id = $1 and campaign_id = $2 and id = $3',
    [workspaceId, campaignId, list.id, list.weight],
  )
  return { found: rowCount === 1, opened }
}

/** A row for each list, unless there are some already or `id` is none of the campaign's lists. */
async function openLists(tx: Tx, workspaceId: string, campaignId: string, id: string, at: number): Promise<boolean> {
  const known = await tx.query('select from lists where workspace_id = $1 and campaign_id = $2 limit 1', [
    workspaceId,
    campaignId,
  ])
  if (known.rowCount === 1) return false
  await holdNewLeads(tx, workspaceId, campaignId)
  const { rowCount } = await tx.query(
    `insert into lists (workspace_id, campaign_id, id, import_id, number, created_at)
     select $1, $2, coalesce(l.import_id, $2), l.import_id, row_number() over (order by l.place) - 1, $4 from (
       select null::uuid as import_id, 0::bigint as place
       union all select i.id, i.number from imports i where i.workspace_id = $1 and i.campaign_id = $2
     ) l
     where $3 = $2 or exists (select from imports i where i.workspace_id = $1 and i.campaign_id = $2 and i.id = $3)`,
    [workspaceId, campaignId, id, new Date(at)],
  )
  return rowCount !== 0
}

/** An import that comes into a campaign whose lists have weights is one of them from the start. */
export async function addList(tx: Tx, workspaceId: string, importId: string, at: number): Promise<void> {
  await tx.query(
    `insert into lists (workspace_id, campaign_id, id, import_id, number, created_at)
     select $1, i.campaign_id, i.id, i.id, (select max(x.number) + 1 from lists x
       where x.workspace_id = $1 and x.campaign_id = i.campaign_id), $3
     from imports i where i.workspace_id = $1 and i.id = $2
       and exists (select from lists x where x.workspace_id = $1 and x.campaign_id = i.campaign_id)`,
    [workspaceId, importId, new Date(at)],
  )
}
