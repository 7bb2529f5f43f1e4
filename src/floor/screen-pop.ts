/** What an agent sees of a call: whom it is with, what was before, and what to say. */
import { zonesOfPerson } from '#domain/number-zones.ts'
import { readCallHistory } from '#store/call-history.ts'
import { readCallParties } from '#store/call-parties.ts'
import { readCampaign } from '#store/campaigns.ts'
import { type Contact, readContact } from '#store/contacts.ts'
import { readLead } from '#store/lead-list.ts'
import { listNotes } from '#store/notes.ts'
import { readScript, type ScriptStep } from '#store/scripts.ts'
import type { Tx } from '#store/tx.ts'
import { readMergeFields, renderSteps } from './script-text.ts'

const pastCalls = 10
const latestNotes = 5

/** Null when there is no such attempt. */
export async function readScreenPop(tx: Tx, workspaceId: string, attemptId: string) {
  const parties = await readCallParties(tx, workspaceId, attemptId)
  if (!parties) return null
  const { number, contact_id, lead_id, campaign_id } = parties
  const [contact, lead, campaign, history, notes] = await Promise.all([
    contact_id && readContact(tx, workspaceId, contact_id),
    lead_id && readLead(tx, workspaceId, lead_id),
    campaign_id && readCampaign(tx, workspaceId, campaign_id),
    contact_id ? readCallHistory(tx, workspaceId, contact_id, attemptId, pastCalls) : [],
    contact_id ? readNotesOf(tx, workspaceId, contact_id) : [],
  ])
  const script = campaign && lead_id ? await readRendered(tx, workspaceId, campaign, lead_id) : null
  return {
    call_id: attemptId,
    number,
    /** The clock that promises are read on. */
    time_zone: zoneOf(number, contact || null) ?? (campaign ? campaign.time_zone : null),
    campaign: campaign ? { id: campaign.id, name: campaign.name, mode: campaign.mode } : null,
    contact: contact || null,
    lead: lead || null,
    history,
    notes,
    script,
  }
}

function zoneOf(number: string, contact: Contact | null): string | null {
  const { time_zone: zone = null, country = null, region = null, postcode = null } = contact ?? {}
  return zonesOfPerson({ number, zone, country, region, postcode })[0] ?? null
}

async function readNotesOf(tx: Tx, workspaceId: string, contact_id: string) {
  const page = { sort: 'created_at' as const, descending: true, after: null, limit: latestNotes }
  const { rows } = await listNotes(tx, workspaceId, { contact_id }, page)
  return rows.map(({ type, content, important, created_at }) => ({ type, content, important, created_at }))
}

/** The campaign's script for this person; one that can't be rendered is shown with its faults, not withheld. */
async function readRendered(
  tx: Tx,
  workspaceId: string,
  { script_id, script: text }: { script_id: string | null; script: string },
  leadId: string,
) {
  const script = script_id === null ? null : await readScript(tx, workspaceId, script_id)
  const steps: ScriptStep[] = script?.steps ?? (text === '' ? [] : [{ key: 'script', text, branches: [] }])
  if (steps.length === 0) return null
  const known = (await readMergeFields(tx, workspaceId, leadId)) ?? {}
  return { script_id: script?.id ?? null, ...(await renderSteps(steps, known)) }
}
