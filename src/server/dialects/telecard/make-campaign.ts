import type { z } from 'zod'
import { localTime } from '#domain/zone-offset.ts'
import type { Campaign } from '#store/campaigns.ts'
import { listCodesLike } from '#store/numbered-campaigns.ts'
import { readWorkspace } from '#store/workspaces.ts'
import { makeCampaign } from '../../features/campaigns/campaigns.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseValues } from '../../http/problems.ts'
import { findAgent } from './agents.ts'
import type { newCampaign } from './campaign-shapes.ts'
import type { Segment } from './words.ts'

/** Others who make one of the same code at the same moment: as many times another one is looked for. */
const mostTries = 50

/** A campaign of one agent, that calls through its days and then completes. */
export async function addCampaign(
  house: ServerDeps,
  caller: Caller,
  { campaign_name, agent, ...settings }: z.output<typeof newCampaign>,
): Promise<Campaign | Refusal> {
  const found = await resolveAgent(house, caller, agent)
  if (isRefusal(found)) return found
  const kind = { mode: 'progressive', completes: 'at_end' } as const
  const named = { name: campaign_name, agent_ids: [found.id] }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const code = await nextCode(house, caller, found.code ?? found.name, settings.segment)
    const made = await makeCampaign(house, caller, { ...settings, ...kind, ...named, code })
    if (!isRefusal(made) || made.refused !== 'already-exists') return made
  }
  return refuse('unavailable', 'Too many campaigns of this name are made at this moment; try again.')
}

export async function resolveAgent(house: ServerDeps, caller: Caller, number: number) {
  const found = await findAgent(house, caller, number)
  return isRefusal(found) ? refuseValues([{ path: 'agent', message: `There is no agent ${number}.` }]) : found
}

/** `AgentAhmed-Follow_Up-20260209`, and `-2`, `-3`, … behind it for those that follow on that day. */
async function nextCode(house: ServerDeps, caller: Caller, agent: string, segment: Segment): Promise<string> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const zone = (await readWorkspace(tx, workspace_id))?.time_zone ?? 'UTC'
    const day = localTime(zone, house.clock.now()).date.replaceAll('-', '')
    const first = `${agent}-${titleOf(segment)}-${day}`
    const taken = await listCodesLike(tx, workspace_id, first)
    let code = first
    for (let place = 2; taken.has(code); place += 1) code = `${first}-${place}`
    return code
  })
}

/** `Follow_Up`. */
function titleOf(segment: Segment): string {
  return segment.replace(/(^|_)[a-z]/g, (start) => start.toUpperCase())
}
