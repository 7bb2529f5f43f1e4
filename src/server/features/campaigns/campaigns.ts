import type { z } from 'zod'
import { type CampaignMode, detectsByDefault } from '#domain/campaign.ts'
import { setCrew } from '#store/campaign-agents.ts'
import { type CampaignFilters, type CampaignSort, listCampaigns } from '#store/campaign-list.ts'
import {
  type Campaign,
  changeCampaign,
  createCampaign,
  holdNewLeads,
  lockCampaign,
  readCampaign,
} from '#store/campaigns.ts'
import { trustDetectionAnew } from '#store/detection-labels.ts'
import { newId } from '#store/ids.ts'
import type { Page, PageOf } from '#store/keyset.ts'
import { announce } from '#store/live-events.ts'
import { takeNumbers } from '#store/numbers.ts'
import type { Tx } from '#store/tx.ts'
import { readWorkspace, type Workspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown } from '../../http/problems.ts'
import { findCrewFault } from './crew.ts'
import { reviewCampaign } from './review.ts'
import type { CampaignInput, newCampaign } from './schema.ts'
import { findSettingsFault, readSettings } from './settings.ts'

export async function listOfCampaigns(
  house: ServerDeps,
  caller: Caller,
  filters: CampaignFilters,
  page: PageOf<CampaignSort>,
): Promise<Page<Campaign>> {
  return within(house, caller, (tx) => listCampaigns(tx, caller.workspace_id, filters, page))
}

export async function readOneCampaign(house: ServerDeps, caller: Caller, id: string): Promise<Campaign | Refusal> {
  return within(
    house,
    caller,
    async (tx) => (await readCampaign(tx, caller.workspace_id, id)) ?? refuseUnknown('campaign'),
  )
}

/** A draft of the caller's own. */
export async function makeCampaign(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newCampaign>,
): Promise<Campaign | Refusal> {
  return makeDraft(house, caller, (draft) => draft(wanted))
}

/** Writes a draft down, or refuses it with nothing written. */
export type WriteDraft = (wanted: z.output<typeof newCampaign>) => Promise<Campaign | Refusal>

/** Makes a draft in one transaction with whatever else `work` does there; what it refuses has to be refused first. */
export async function makeDraft<Made>(
  house: ServerDeps,
  caller: Caller,
  work: (draft: WriteDraft, tx: Tx, at: number) => Promise<Made | Refusal>,
): Promise<Made | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const number = await takeNumbers(house.pool, workspace_id, 'campaigns', 1)
  const made = await refuseTakenCode(async () =>
    within(house, caller, (tx) => work((wanted) => writeDraft(tx, caller, { number, wanted, at }), tx, at)),
  )
  house.engine.wake(workspace_id, 'live')
  return made
}

async function writeDraft(
  tx: Tx,
  { workspace_id, user_id }: Caller,
  { number, wanted, at }: { number: number; wanted: z.output<typeof newCampaign>; at: number },
): Promise<Campaign | Refusal> {
  const settings = readSettings(wanted)
  const fault =
    (await findSettingsFault(tx, workspace_id, {}, settings)) ?? (await findCrewFault(tx, workspace_id, null, wanted))
  if (fault) return fault
  const { time_zone } = (await readWorkspace(tx, workspace_id)) as Workspace
  const { name, mode = 'ai' } = wanted
  const base = { id: newId(at), number, name, mode, owner_user_id: user_id, time_zone }
  const detects_machines = detectsByDefault(mode)
  await createCampaign(tx, workspace_id, { ...base, detects_machines, ...settings }, at)
  await setCrew(tx, workspace_id, base.id, wanted)
  await announce(tx, workspace_id, 'campaign.created', { campaign_id: base.id, status: 'draft' }, at)
  return (await readCampaign(tx, workspace_id, base.id)) as Campaign
}

/** Settings whose change moves the instants at which leads may be called, or their places. */
const timing: readonly (keyof CampaignInput)[] = [
  'lead_order',
  'brand',
  'mode',
  'trunk_id',
  'trunk_choice',
  'max_attempts',
  'window_start',
  'window_end',
  'weekdays',
  'time_zone',
  'hours_zone',
  'start_date',
  'end_date',
  'closed_dates',
  'duration_days',
  'completes',
]

export async function changeOneCampaign(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: CampaignInput,
): Promise<Campaign | Refusal> {
  const { workspace_id } = caller
  const at = house.clock.now()
  const settings = readSettings(change)
  const changed = await refuseTakenCode(async () =>
    within(house, caller, async (tx) => {
      const before = await lockCampaign(tx, workspace_id, id)
      if (!before) return refuseUnknown('campaign')
      if (before.status === 'archived' || before.status === 'cancelled') {
        return refuse('conflict', `A campaign that is ${before.status} is not changed any more.`, {
          current_status: before.status,
        })
      }
      const fault =
        (await findSettingsFault(tx, workspace_id, before, settings)) ??
        (await findCrewFault(tx, workspace_id, before, change))
      if (fault) return fault
      if (settings.lead_order !== undefined) await holdNewLeads(tx, workspace_id, id)
      await setCrew(tx, workspace_id, id, change)
      const { detects_machines = detectsAfter(before, settings.mode) } = settings
      if (detects_machines && !before.detects_machines) await trustDetectionAnew(tx, workspace_id, id, at)
      const after = (await changeCampaign(tx, workspace_id, id, { ...settings, detects_machines }, at)) as Campaign
      await announce(tx, workspace_id, 'campaign.updated', { campaign_id: id, status: after.status }, at)
      return after
    }),
  )
  if (isRefusal(changed)) return changed
  if (timing.some((name) => change[name] !== undefined)) await reviewCampaign(house, workspace_id, id)
  house.engine.wake(workspace_id, 'live')
  house.engine.wake(workspace_id, 'dial')
  return changed
}

/** Whoever goes to another mode and has not said otherwise has what is usual there: people who answer must not wait for a check. */
function detectsAfter(before: Campaign, mode: CampaignMode = before.mode): boolean {
  const usual = before.detects_machines === detectsByDefault(before.mode)
  return usual ? detectsByDefault(mode) : before.detects_machines
}

/** Two requests may bring the same code at the same moment: only the database can tell. */
async function refuseTakenCode<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work()
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== 'campaigns_by_code') throw error
    return refuse('already-exists', 'Another campaign has this code.', {
      errors: [{ path: 'code', message: 'is taken' }],
    })
  }
}
