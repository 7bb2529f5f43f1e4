import type { LeadFacts } from '#domain/pacing/lead-traits.ts'
import type { Tx } from './tx.ts'

export interface NextLead {
  campaign_id: string
  facts: LeadFacts
}

/** As many of each campaign: more calls than these are not decided on at once, or hardly. */
const mostAhead = 50
/** Ranks that are looked into for them; where more have nobody due, those behind are left unseen. */
const mostRanks = 100

/**
 * Whom a claim would take next of each campaign, in dialing order, as pick_due_leads has it: without its locks, so that lists
 * with weights come in the order of their shares as they stand. Somebody's own leads wait for them and are passed over.
 */
export async function readNextLeads(
  tx: Tx,
  workspaceId: string,
  campaignIds: string[],
  at: number,
): Promise<NextLead[]> {
  const { rows } = await tx.query<NextLead>({
    name: 'read-next-leads',
    text: `
      with lane as materialized (
        select c.id as campaign_id, c.time_zone, x.number as list, coalesce(x.weight, 1) as weight, coalesce(x.credit, 0) as credit
        from campaigns c left join lists x on x.workspace_id = $1 and x.campaign_id = c.id
        where c.workspace_id = $1 and c.id = any ($2) and coalesce(x.weight, 1) > 0
      ), waiting as materialized (
        select c.*, w.* from lane c cross join lateral (
          -- From rank to rank, each one look into the index; those of other lists are jumped over.
          with recursive step as (
            select 0 as n, null::bigint as rank, 0::bigint as next
            union all
            select s.n + 1, case when f.list = coalesce(c.list, f.list) then f.rank end,
              case when f.list = coalesce(c.list, f.list) then f.rank + 1
                else (((f.rank >> 47) + case when f.list > c.list then 1 else 0 end) << 47) | (c.list::bigint << 33) end
            from step s cross join lateral (
              select l.rank, (l.rank >> 33) & 16383 as list from leads l
              where l.workspace_id = $1 and l.campaign_id = c.campaign_id and l.due_at is not null and l.rank >= s.next
              order by l.rank limit 1) f
            where s.n < $4
          )
          select l.* from step s cross join lateral (
            select l.id, l.rank, l.due_at, l.contact_id, l.attempts, l.last_outcome, l.phone_index, l.created_at from leads l
            where l.workspace_id = $1 and l.campaign_id = c.campaign_id and l.rank = s.rank and l.due_at <= $3
              and l.agent_id is null
            order by l.due_at, l.id limit $5) l
          limit $5) w
      ), placed as (
        select w.*, row_number() over (partition by w.campaign_id, w.list, w.rank >> 47 order by w.rank, w.due_at, w.id) as place
        from waiting w
      ), next as materialized (
        select p.*, row_number() over (partition by p.campaign_id order by p.rank >> 47, (p.place - p.credit) / p.weight, p.id) as turn
        from placed p
      )
      select l.campaign_id, jsonb_build_object('number', p.number, 'zone', n.time_zone, 'country', n.country, 'region', n.region,
          'postcode', n.postcode, 'campaign_zone', l.time_zone, 'attempts', l.attempts, 'last_outcome', l.last_outcome,
          'phone_index', l.phone_index, 'line', p.kind, 'listed_at', extract(epoch from l.created_at) * 1000) as facts
      from next l
      cross join lateral (select * from contacts x where x.workspace_id = $1 and x.id = l.contact_id limit 1) n
      cross join lateral (
        select numbers[1 + l.phone_index % cardinality(numbers)] as number, kinds[1 + l.phone_index % cardinality(numbers)] as kind
        from (select array_agg(q.number order by q.position) as numbers, array_agg(q.kind order by q.position) as kinds
          from contact_phones q where q.workspace_id = $1 and q.contact_id = l.contact_id) a) p
      where l.turn <= $5 and p.number is not null
      order by l.campaign_id, l.turn`,
    values: [workspaceId, campaignIds, new Date(at), mostRanks, mostAhead],
  })
  return rows
}
