import { findSigningAgent } from '#store/agent-board.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { Tx } from '#store/tx.ts'
import type { CampaignInput } from '../../features/campaigns/schema.ts'
import { readPhone, rulesOf } from '../../features/contacts/numbers.ts'
import type { Caller } from '../../http/caller.ts'
import { isRefusal, type Refusal, refuseValues } from '../../http/problems.ts'
import type { CampaignSettings } from './bodies.ts'
import { wordOfMode } from './words.ts'

/** What a campaign of the older client is where it says nothing: nobody is dialed unasked, and it ends by hand. */
const standard = { type: 'manual', retry_interval: 3600, max_attempts: 3 } as const

/** A new campaign, which the maker's own agent serves. */
export async function readNewCampaign(
  tx: Tx,
  caller: Caller,
  body: CampaignSettings & { name: string },
): Promise<(CampaignInput & { name: string }) | Refusal> {
  const settings = await readSettings(tx, caller, null, { ...standard, ...body })
  if (isRefusal(settings)) return settings
  const { user_id, workspace_id } = caller
  const agent = await findSigningAgent(tx, workspace_id, { user_id })
  return { ...settings, name: body.name, completes: 'by_hand', agent_ids: agent === null ? [] : [agent.id] }
}

/** What a client says of a campaign, in our words; `before` is null for a new one. */
export async function readSettings(
  tx: Tx,
  { workspace_id }: Caller,
  before: Campaign | null,
  body: CampaignSettings,
): Promise<CampaignInput | Refusal> {
  const caller_id = await readCallerId(tx, workspace_id, body.caller_id)
  if (isRefusal(caller_id)) return caller_id
  const { name, type, max_attempts, retry_interval, timezone } = body
  // A client that sends back what it was shown changes nothing by it: several modes have one word.
  const retyped = type !== undefined && (before === null || type !== wordOfMode(before.mode))
  return {
    ...(name === undefined ? {} : { name }),
    ...(body.description === undefined ? {} : { description: body.description ?? '' }),
    ...(body.script === undefined ? {} : { script: body.script ?? '' }),
    ...(retyped ? { mode: type, power_ratio: 1 } : {}),
    ...(caller_id === undefined ? {} : { caller_id }),
    ...(max_attempts === undefined ? {} : { max_attempts }),
    ...(retry_interval === undefined ? {} : { retry_interval_seconds: retry_interval }),
    ...(timezone === undefined ? {} : { time_zone: timezone }),
    ...readHours(body),
  }
}

function readHours({ active_hours: hours }: CampaignSettings): Pick<CampaignInput, 'window_start' | 'window_end'> {
  if (hours === undefined) return {}
  return { window_start: hours?.start ?? null, window_end: hours?.end ?? null }
}

async function readCallerId(
  tx: Tx,
  workspaceId: string,
  text: string | null | undefined,
): Promise<string | null | undefined | Refusal> {
  if (text === undefined) return undefined
  if (text === null || text === '') return null
  const read = readPhone(text, await rulesOf(tx, workspaceId), 'caller_id')
  return 'message' in read ? refuseValues([read]) : read.number
}
