import type { AttemptState } from '#domain/attempt.ts'
import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

export interface AttemptRow {
  id: string
  campaign_id: string | null
  lead_id: string | null
  contact_id: string | null
  owner_user_id: string
  trunk_id: string
  kind: string
  agentless: boolean
  phone: string
  caller_id: string | null
  state: AttemptState
  outcome: string | null
  drop_reason: string | null
  provider_call_id: string | null
  claimed_at: Date
  intent_at: Date | null
  dialed_at: Date | null
  ended_at: Date | null
}

const columns = `a.id, a.campaign_id, a.lead_id, a.contact_id, a.owner_user_id, a.trunk_id, a.kind, a.agentless,
  a.number as phone, a.caller_id, a.state, a.outcome, a.drop_reason, a.provider_call_id, a.claimed_at, a.intent_at,
  a.dialed_at, a.ended_at`

const listing: Listing<'created_at'> = {
  columns,
  from: 'attempts a',
  id: 'a.id',
  sorts: { created_at: { by: 'a.id', type: 'uuid' } },
}

export interface AttemptFilters {
  campaign_id?: string
  lead_id?: string
  phone?: string
  state?: AttemptState[]
  outcome?: string[]
}

export async function listAttempts(
  tx: Tx,
  workspaceId: string,
  filters: AttemptFilters,
  page: PageOf<'created_at'>,
): Promise<Page<AttemptRow>> {
  return readPage<AttemptRow, 'created_at'>(
    tx,
    listing,
    [
      ['a.workspace_id = ?', workspaceId],
      ['a.campaign_id = ?', filters.campaign_id],
      ['a.lead_id = ?', filters.lead_id],
      ['a.number = ?', filters.phone],
      ['a.state = any (?)', filters.state],
      ['a.outcome = any (?)', filters.outcome],
    ],
    page,
  )
}

/** One attempt with the verdict that let it out, and everything the verdict saw. */
export async function readAttempt(
  tx: Tx,
  workspaceId: string,
  id: string,
): Promise<(AttemptRow & { verdict: unknown }) | null> {
  const { rows } = await tx.query<AttemptRow & { verdict: unknown }>(
    `select ${columns}, a.verdict from attempts a where a.workspace_id = $1 and a.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}
