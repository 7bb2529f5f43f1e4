import { isDialable } from '#domain/phone-number.ts'
import type { Campaign, CampaignSettings } from '#store/campaigns.ts'
import { listLiveDispositions } from '#store/dispositions.ts'
import { readScript } from '#store/scripts.ts'
import { listTrunks, mayShowCallerId } from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import { readVoicemailDrop } from '#store/voicemail-drops.ts'
import { type Refusal, refuse, refuseValues, type ValueFault } from '../../http/problems.ts'
import { readTime } from './present.ts'
import { findChoiceFaults } from './route-fault.ts'
import type { CampaignInput } from './schema.ts'

/** A request's settings in the store's form. */
export function readSettings(input: CampaignInput): Partial<CampaignSettings> {
  const { window_start, window_end, weekdays, ...rest } = input
  return {
    ...rest,
    ...(window_start === undefined ? {} : { window_start: window_start === null ? null : readTime(window_start) }),
    ...(window_end === undefined ? {} : { window_end: window_end === null ? null : readTime(window_end) }),
    ...(weekdays === undefined ? {} : { weekdays: [...new Set(weekdays)].sort() }),
  }
}

/** What the settings, merged with what a campaign has, would break. */
export async function findSettingsFault(
  tx: Tx,
  workspaceId: string,
  before: Partial<Campaign>,
  change: Partial<CampaignSettings>,
): Promise<Refusal | null> {
  const merged = { ...before, ...change }
  const { mode = 'ai', trunk_choice = 'fixed' } = merged
  const faults = [...findWindowFaults(merged), ...findDateFaults(merged), ...findChoiceFaults(mode, trunk_choice)]
  if (change.script_id && !(await readScript(tx, workspaceId, change.script_id)))
    faults.push({ path: 'script_id', message: 'names no script' })
  faults.push(...(await findMessageFaults(tx, workspaceId, merged)))
  if (faults.length > 0) return refuseValues(faults)
  const rules = await findRuleFault(tx, workspaceId, change.disposition_rules)
  if (rules) return rules
  if ([change.trunk_id, change.caller_id, change.trunk_choice].every((each) => each === undefined)) return null
  return findCallerIdFault(tx, workspaceId, merged)
}

/** A message that is to be left on machines is one of the workspace, with something to play. */
async function findMessageFaults(
  tx: Tx,
  workspaceId: string,
  { on_machine, on_detection, voicemail_drop_id = null }: Partial<CampaignSettings>,
): Promise<ValueFault[]> {
  const path = 'voicemail_drop_id'
  const leaves = on_machine === 'leave_message' || on_detection?.screened === 'leave_message'
  if (voicemail_drop_id === null) return leaves ? [{ path, message: 'is needed to leave a message' }] : []
  const drop = await readVoicemailDrop(tx, workspaceId, voicemail_drop_id)
  if (drop === null) return [{ path, message: 'names no voicemail drop' }]
  const silent = drop.message === null && drop.sha256 === null
  return leaves && silent ? [{ path, message: 'names a voicemail drop without audio' }] : []
}

/** Rules are for dispositions after which somebody is called again. */
async function findRuleFault(
  tx: Tx,
  workspaceId: string,
  rules: CampaignSettings['disposition_rules'] = {},
): Promise<Refusal | null> {
  const keys = Object.keys(rules)
  if (keys.length === 0) return null
  const allowed = (await listLiveDispositions(tx, workspaceId)).filter(({ retries }) => retries).map(({ key }) => key)
  const faults = keys
    .filter((key) => !allowed.includes(key))
    .map((key) => ({ path: `disposition_rules.${key}`, message: 'names no disposition that retries' }))
  return faults.length === 0 ? null : refuseValues(faults, { allowed })
}

function findWindowFaults({ window_start = null, window_end = null }: Partial<CampaignSettings>): ValueFault[] {
  if ((window_start === null) !== (window_end === null)) {
    return [{ path: 'window_end', message: 'is set together with window_start, or neither is' }]
  }
  return window_start === 1440 ? [{ path: 'window_start', message: 'can not be the end of a day' }] : []
}

function findDateFaults({ start_date = null, end_date = null }: Partial<CampaignSettings>): ValueFault[] {
  const reversed = start_date !== null && end_date !== null && end_date < start_date
  return reversed ? [{ path: 'end_date', message: 'lies before start_date' }] : []
}

/**
 * A real trunk shows only numbers that are registered on it; the trunk is the workspace's default where none is named. A campaign
 * that chooses among trunks passes those over on which its number is not registered.
 */
export async function findCallerIdFault(
  tx: Tx,
  workspaceId: string,
  {
    trunk_id = null,
    caller_id = null,
    trunk_choice = 'fixed',
  }: Partial<Pick<Campaign, 'trunk_id' | 'caller_id' | 'trunk_choice'>>,
): Promise<Refusal | null> {
  const trunks = await listTrunks(tx, workspaceId)
  const trunk = trunks.find((candidate) => (trunk_id === null ? candidate.is_default : candidate.id === trunk_id))
  if (!trunk && trunk_id !== null)
    return refuseValues([{ path: 'trunk_id', message: 'names no trunk of the workspace' }])
  if (caller_id === null) return null
  if (!isDialable(caller_id)) {
    return refuseValues([{ path: 'caller_id', message: 'must be a phone number with + and its country code' }])
  }
  if (!trunk || trunk_choice !== 'fixed' || (await mayShowCallerId(tx, workspaceId, trunk.id, caller_id))) return null
  return refuse('caller-id-not-registered', `${caller_id} is not registered on the trunk “${trunk.name}”.`, {
    errors: [{ path: 'caller_id', message: 'is not registered on the trunk' }],
  })
}
