import type { z } from 'zod'
import { endCallbacks, holdForCallback, makeCallback, moveCallback, type WantedTime } from '#dialer/callbacks.ts'
import { type Callback, type CallbackFilters, type CallbackSort, lockLeadOfCallback } from '#store/callbacks.ts'
import { lockReopenable, reopenCampaign } from '#store/campaign-calendar.ts'
import { lockCampaign } from '#store/campaigns.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import type { Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import type { ServerDeps } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { findPromisedAgent } from './promised-agent.ts'
import { readPromisedTime } from './promised-time.ts'
import { type Reach, reachCallback, reachLead, readCallbacks, withinReach } from './reach.ts'
import type { callbackChange, newCallback } from './schema.ts'

export async function listOfCallbacks(
  house: ServerDeps,
  caller: Caller,
  filters: CallbackFilters,
  page: PageOf<CallbackSort>,
): Promise<Page<Callback>> {
  return withinReach(house, caller, (tx, reach) => readCallbacks(tx, caller, reach, filters, page))
}

export async function readOneCallback(house: ServerDeps, caller: Caller, id: string): Promise<Callback | Refusal> {
  return withinReach(house, caller, (tx, reach) => reachCallback(tx, caller, reach, id))
}

/** Promises a call to a lead that is open; its campaign goes on where it was done. */
export async function promiseCallback(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newCallback>,
): Promise<Callback | Refusal> {
  return change(house, caller, async (tx, reach, at) => {
    const campaignId = await reachLead(tx, caller, reach, wanted.lead_id)
    if (isRefusal(campaignId)) return campaignId
    const held = await holdLead(tx, caller, { lead_id: wanted.lead_id, campaign_id: campaignId }, at)
    if (isRefusal(held)) return held
    if (held.open_callback_id !== null) {
      return refuse('already-exists', 'The lead has an open callback: change that one.', {
        callback_id: held.open_callback_id,
      })
    }
    const time = readWanted(wanted)
    if (time === null) return refuseValues([{ path: 'at', message: 'is needed, or a local_time: one of the two' }])
    const agent = { path: 'agent_id', agent: wanted.agent_id ?? null }
    const agent_id = await findPromisedAgent(tx, caller, campaignId, agent)
    if (isRefusal(agent_id)) return agent_id
    const promised = readPromisedTime(held.lead, time, at)
    if (isRefusal(promised)) return promised
    const { lead_id, note = '' } = wanted
    const promise = { ...promised, lead_id, agent_id, note, call_id: null, created_by: caller.user_id }
    const id = await makeCallback(tx, caller.workspace_id, promise, at)
    await holdForCallback(tx, caller.workspace_id, held.lead, promised, at)
    if (held.reopens) await reopenCampaign(tx, caller.workspace_id, campaignId, at, 'a person is to be called again')
    return reachCallback(tx, caller, { ...reach, created: id }, id)
  })
}

/** Another time, agent or note. */
export async function changeOneCallback(
  house: ServerDeps,
  caller: Caller,
  id: string,
  wanted: z.output<typeof callbackChange>,
): Promise<Callback | Refusal> {
  return change(house, caller, async (tx, reach, at) => {
    const held = await holdOpen(tx, caller, reach, id, at)
    if (isRefusal(held)) return held
    const { callback, lead } = held
    const agent = { path: 'agent_id', agent: wanted.agent_id === undefined ? callback.agent_id : wanted.agent_id }
    const keeps = agent.agent === callback.agent_id
    const agent_id = keeps ? agent.agent : await findPromisedAgent(tx, caller, callback.campaign_id, agent)
    if (isRefusal(agent_id)) return agent_id
    const time = readWanted(wanted)
    if (time === null && (wanted.at ?? wanted.local_time) !== undefined)
      return refuseValues([{ path: 'at', message: 'stands alone: either it or a local_time' }])
    const { promised_at, time_zone } = callback
    const promised = time ? readPromisedTime(lead, time, at) : { promised_at: promised_at.getTime(), time_zone }
    if (isRefusal(promised)) return promised
    const promise = { ...promised, agent_id, note: wanted.note ?? callback.note }
    await moveCallback(tx, caller.workspace_id, id, promise, at)
    if (time) await holdForCallback(tx, caller.workspace_id, lead, promised, at)
    return reachCallback(tx, caller, { ...reach, created: id }, id)
  })
}

/** Takes it back: the lead is the campaign's again. */
export async function cancelOneCallback(
  house: ServerDeps,
  caller: Caller,
  id: string,
  reason = 'by_hand',
): Promise<Callback | Refusal> {
  return change(house, caller, async (tx, reach, at) => {
    const held = await holdOpen(tx, caller, reach, id, at)
    if (isRefusal(held)) return held
    const { lead_id } = held.callback
    await endCallbacks(tx, caller.workspace_id, 'cancelled', [{ id, lead_id, lead_waits: true, reason }], at)
    return reachCallback(tx, caller, { ...reach, created: id }, id)
  })
}

async function change(
  house: ServerDeps,
  caller: Caller,
  work: (tx: Tx, reach: Reach, at: number) => Promise<Callback | Refusal>,
): Promise<Callback | Refusal> {
  const at = house.clock.now()
  const done = await withinReach(house, caller, (tx, reach) => work(tx, reach, at))
  if (isRefusal(done)) return done
  house.engine.wake(caller.workspace_id, 'live')
  house.engine.wake(caller.workspace_id, 'dial')
  return done
}

interface HeldLead {
  lead: LeadEvidence
  open_callback_id: string | null
  reopens: boolean
}

/** Locks the campaign and then the lead, as everybody does who takes both; refused while the lead is being called. */
async function holdLead(
  tx: Tx,
  { workspace_id }: Caller,
  { lead_id, campaign_id }: { lead_id: string; campaign_id: string },
  at: number,
): Promise<HeldLead | Refusal> {
  await lockCampaign(tx, workspace_id, campaign_id)
  const reopens = await lockReopenable(tx, workspace_id, campaign_id, at)
  const locked = await lockLeadOfCallback(tx, workspace_id, lead_id)
  const [lead] = await readLeadEvidence(tx, workspace_id, [lead_id], at)
  if (!locked || !lead) return refuseValues([{ path: 'lead_id', message: 'names no lead' }])
  if (locked.status === 'calling') {
    const detail =
      'The lead is being called at this moment: try again when the call is over, or say it in its disposition.'
    return refuse('conflict', detail, { current_status: 'calling' })
  }
  return { lead, open_callback_id: locked.open_callback_id, reopens }
}

/** An open callback and its lead, locked. */
async function holdOpen(
  tx: Tx,
  caller: Caller,
  reach: Reach,
  id: string,
  at: number,
): Promise<(HeldLead & { callback: Callback }) | Refusal> {
  const seen = await reachCallback(tx, caller, reach, id)
  if (isRefusal(seen)) return seen
  const held = await holdLead(tx, caller, seen, at)
  if (isRefusal(held)) return held
  // Read again: what was seen before the lock may be over.
  const callback = await reachCallback(tx, caller, reach, id)
  if (isRefusal(callback)) return callback
  if (callback.status === 'open') return { ...held, callback }
  return refuse('transition-not-allowed', `A callback that is ${callback.status} stays so.`, {
    current_status: callback.status,
    allowed: [],
  })
}

/** The one time that is wanted; null for none, and for two. */
function readWanted({ at, local_time }: z.output<typeof callbackChange>): { path: string; wanted: WantedTime } | null {
  if ((at === undefined) === (local_time === undefined)) return null
  if (at !== undefined) return { path: 'at', wanted: { at: Date.parse(at) } }
  return { path: 'local_time', wanted: { local_time: local_time as string } }
}
