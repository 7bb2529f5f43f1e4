import { type CampaignMode, isAgentless } from '#domain/campaign.ts'
import type { ServerDeps } from '../../http/house.ts'

/** Why agents can't be connected over a trunk, in plain words; null where they can, or where nobody of ours is to talk. */
export async function findUnreachable(
  { engine }: Pick<ServerDeps, 'engine'>,
  workspaceId: string,
  { mode, trunk_id }: { mode: CampaignMode; trunk_id: string | null },
): Promise<string | null> {
  if (isAgentless(mode) || trunk_id === null) return null
  const carrier = await engine.carrierOf(workspaceId, trunk_id)
  if ('missing' in carrier || carrier.capabilities.acts.length > 0) return null
  return 'The trunk opens no lines to agents: over it only campaigns in ai or broadcast mode can call.'
}
