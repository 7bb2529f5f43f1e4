import { readAgent } from '#store/agents.ts'
import { readCampaign } from '#store/campaigns.ts'
import { readLead } from '#store/lead-list.ts'
import { readScript } from '#store/scripts.ts'
import type { Tx } from '#store/tx.ts'
import { readMergeFields, renderSteps } from './script-text.ts'

/** What a lead's person hears who is called by nobody but a voice, and to whom they are put through then. */
export interface SpokenScript {
  lines: string[]
  put_through: string | null
  caller_id: string | null
}

/**
 * The consent line, then the campaign's script with what is known of the person: of a script in steps its first one, since a
 * voice that hears nobody can't choose a branch. Where the campaign has an agent with a number of their own, the person is
 * put through; else the voice says goodbye. Null where there is no such lead any more.
 */
export async function readSpokenScript(tx: Tx, workspaceId: string, leadId: string): Promise<SpokenScript | null> {
  const lead = await readLead(tx, workspaceId, leadId)
  const campaign = lead && (await readCampaign(tx, workspaceId, lead.campaign_id))
  const known = await readMergeFields(tx, workspaceId, leadId)
  if (!campaign || !known) return null
  const steps = campaign.script_id === null ? null : await readScript(tx, workspaceId, campaign.script_id)
  const text = steps?.steps[0]?.text ?? campaign.script
  const put_through = await findAgentNumber(tx, workspaceId, campaign.agent_ids)
  const said = [campaign.consent_line, await speak(text, known), put_through === null ? 'Goodbye.' : '']
  const lines = said.map((line) => line.trim()).filter((line) => line !== '')
  return { lines, put_through, caller_id: campaign.caller_id }
}

/** Gaps are for readers; a voice passes over them. A script that can't be rendered is not said. */
async function speak(text: string, known: Record<string, unknown>): Promise<string> {
  const rendered = await renderSteps([{ key: 'said', text, branches: [] }], known)
  const [step] = 'steps' in rendered ? rendered.steps : []
  if (!step) return ''
  return step.missing.reduce((said, path) => said.replaceAll(`[${path}]`, ''), step.text)
}

async function findAgentNumber(tx: Tx, workspaceId: string, agentIds: string[]): Promise<string | null> {
  for (const id of agentIds) {
    const agent = await readAgent(tx, workspaceId, id)
    if (agent?.active && agent.kind === 'human' && agent.phone_number !== null) return agent.phone_number
  }
  return null
}
