import { findSigningAgent } from '#store/agent-board.ts'
import { takesCallsOf } from '#store/callback-calls.ts'
import { type Callback, type CallbackFilters, type CallbackSort, listCallbacks } from '#store/callbacks.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { readLead } from '#store/lead-list.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within, withinAll } from '../../http/house.ts'
import { type Refusal, refuseUnknown, refuseValues } from '../../http/problems.ts'

/** What of the callbacks the caller has to do with: all that they may see, or those of one agent. */
export interface Reach {
  /** Null: an agent's role, and nobody's agent. Undefined: all. */
  agent_id: string | null | undefined
  /** This one in any case: the caller has just made or changed it. */
  created?: string
}

/** Agents reach their own and their campaigns' team's, whoever owns the campaign; everybody else what they may see. */
export async function withinReach<T>(
  house: ServerDeps,
  caller: Caller,
  work: (tx: Tx, reach: Reach) => Promise<T>,
): Promise<T> {
  if (caller.role !== 'agent') return within(house, caller, (tx) => work(tx, { agent_id: undefined }))
  return withinAll(house, caller, async (tx) => {
    const agent = await findSigningAgent(tx, caller.workspace_id, { user_id: caller.user_id })
    return work(tx, { agent_id: agent?.id ?? null })
  })
}

export async function readCallbacks(
  tx: Tx,
  { workspace_id }: Caller,
  { agent_id, created }: Reach,
  filters: CallbackFilters,
  page: PageOf<CallbackSort>,
): Promise<Page<Callback>> {
  const all = agent_id === undefined || (created !== undefined && created === filters.id)
  if (all) return listCallbacks(tx, workspace_id, filters, page)
  if (agent_id === null) return { rows: [], next: null }
  return listCallbacks(tx, workspace_id, { ...filters, within_reach_of: agent_id }, page)
}

export async function reachCallback(tx: Tx, caller: Caller, reach: Reach, id: string): Promise<Callback | Refusal> {
  const one = { sort: 'created_at' as const, descending: false, after: null, limit: 1 }
  const { rows } = await readCallbacks(tx, caller, reach, { id }, one)
  return rows[0] ?? refuseUnknown('callback')
}

/** The campaign of a lead that the caller may promise a call to. */
export async function reachLead(
  tx: Tx,
  { workspace_id }: Caller,
  { agent_id }: Reach,
  leadId: string,
): Promise<string | Refusal> {
  const lead = await readLead(tx, workspace_id, leadId)
  const reached =
    lead &&
    (agent_id === undefined ||
      (agent_id !== null && (await takesCallsOf(tx, workspace_id, agent_id, lead.campaign_id))))
  return reached ? lead.campaign_id : refuseValues([{ path: 'lead_id', message: 'names no lead of yours' }])
}
