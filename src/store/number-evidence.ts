import type { WeekHours } from '#domain/calling-hours.ts'
import type { OwnRules } from '#domain/rule-packs/rule-packs.ts'
import { homeCountry, ownRules } from './lead-evidence.ts'
import type { Tx } from './tx.ts'

/** What the verdict on a number looks at that no lead stands for. Times are epoch ms. */
export interface NumberEvidence {
  contact_id: string | null
  contact_deleted: boolean
  time_zone: string | null
  country: string | null
  region: string | null
  postcode: string | null
  suppressions: { scope: string; source: string; reason: string; expires_at: number | null }[]
  rest_until: number | null
  recent_attempts: number[]
  workspace_time_zone: string
  workspace_hours: WeekHours | null
  workspace_closed_dates: string[]
  own_rules: OwnRules | null
  /** The workspace's, where calls cost money; null on a simulated trunk. */
  home_country: string | null
  /** The workspace's default. */
  trunk_id: string | null
}

/** Reads the evidence of a number, and of the contact whose it is. */
export async function readNumberEvidence(
  tx: Tx,
  workspaceId: string,
  number: string,
  campaignId: string | null,
  at: number,
): Promise<NumberEvidence> {
  const { rows } = await tx.query<NumberEvidence>({
    name: 'read-number-evidence',
    text: `
      select n.id as contact_id, n.deleted_at is not null as contact_deleted, n.time_zone, n.country, n.region, n.postcode,
        coalesce((select jsonb_agg(jsonb_build_object('scope', s.scope, 'source', s.source, 'reason', s.reason,
            'expires_at', ${epoch('s.expires_at')}))
          from blocks_on($1, $2, $3) s), '[]') as suppressions,
        (select ${epoch('r.until')} from number_rests r where r.workspace_id = $1 and r.number = $2) as rest_until,
        array(select ${epoch('a.claimed_at')} from attempts a where a.workspace_id = $1 and a.number = $2
          and a.claimed_at > $4::timestamptz - interval '7 days' and a.state <> 'dropped'
          order by a.number, a.claimed_at desc limit 100) as recent_attempts,
        w.time_zone as workspace_time_zone, w.hours as workspace_hours, w.closed_dates as workspace_closed_dates,
        ${ownRules} as own_rules, ${homeCountry} as home_country, t.id as trunk_id
      from workspaces w
      left join trunks t on t.workspace_id = $1 and t.is_default
      left join contact_phones p on p.workspace_id = $1 and p.number = $2
      left join contacts n on n.workspace_id = $1 and n.id = p.contact_id
      where w.id = $1`,
    values: [workspaceId, number, campaignId, new Date(at)],
  })
  return rows[0] as NumberEvidence
}

function epoch(column: string): string {
  return `(extract(epoch from ${column}) * 1000)::double precision`
}
