import { readCampaign } from '#store/campaigns.ts'
import { readContact } from '#store/contacts.ts'
import { readLead } from '#store/lead-list.ts'
import type { ScriptStep } from '#store/scripts.ts'
import type { Tx } from '#store/tx.ts'

/** Not loaded at the start: a server that renders no script need not wait for the engine. */
const templates = () => import('./template.ts')

export type RenderedStep = ScriptStep & { missing: string[] }

/** Every step with what is known of a person; the steps that can't be rendered, with the reason, where there are any. */
export async function renderSteps(
  steps: ScriptStep[],
  known: Record<string, unknown>,
): Promise<{ steps: RenderedStep[] } | { faults: { index: number; message: string }[] }> {
  const { renderTemplate } = await templates()
  const rendered = steps.map((step) => ({ ...step, ...renderTemplate(step.text, known) }))
  const faults = rendered.flatMap((step, index) => ('fault' in step ? [{ index, message: step.fault }] : []))
  return faults.length > 0 ? { faults } : { steps: rendered as RenderedStep[] }
}

/** What is known of a lead's person; the person's own fields go before what their row brought along. */
export async function readMergeFields(
  tx: Tx,
  workspaceId: string,
  leadId: string,
): Promise<Record<string, unknown> | null> {
  const lead = await readLead(tx, workspaceId, leadId)
  if (!lead) return null
  const [contact, campaign] = await Promise.all([
    readContact(tx, workspaceId, lead.contact_id),
    readCampaign(tx, workspaceId, lead.campaign_id),
  ])
  if (!contact || !campaign) return null
  const { full_name, first_name, last_name, company, email, city, custom } = contact
  const { phone, customer_segment, metadata } = lead
  const person = { full_name, first_name, last_name, company, email, city, phone, customer_segment }
  return { ...custom, ...metadata, ...person, campaign: campaign.name }
}
