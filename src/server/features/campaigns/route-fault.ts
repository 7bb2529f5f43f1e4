import { type CampaignMode, isAgentless } from '#domain/campaign.ts'
import type { RoutedTrunk, TrunkChoice } from '#domain/routing.ts'
import { readRoute } from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import { type Refusal, refuseValues, type ValueFault } from '../../http/problems.ts'

/** Who talks on the calls of an agents' campaign has a line on one trunk, and is connected to calls on that one alone. */
export function findChoiceFaults(mode: CampaignMode, choice: TrunkChoice): ValueFault[] {
  if (choice === 'fixed' || isAgentless(mode)) return []
  const message =
    "is for campaigns in ai or broadcast mode: an agent's line is on one trunk, and so are the calls it takes"
  return [{ path: 'trunk_choice', message }]
}

/** A campaign that chooses is not started while there is nothing to choose from. */
export async function findRouteFault(
  tx: Tx,
  workspaceId: string,
  { id, trunk_choice }: { id: string; trunk_choice: TrunkChoice },
): Promise<Refusal | null> {
  if (trunk_choice === 'fixed') return null
  const trunks = await readRoute(tx, workspaceId, id)
  if (trunks.some(({ unfit }) => unfit === null)) return null
  return refuseValues([{ path: 'trunk_choice', message: sayNoRoute(trunks) }])
}

/** Why a campaign that chooses has no trunk to call over. */
export function sayNoRoute(trunks: readonly RoutedTrunk[]): string {
  if (trunks.length === 0) return 'There is no trunk to choose: set what a trunk serves.'
  return `There is no trunk to choose: ${trunks.flatMap((trunk) => sayUnfit(trunk).map((why) => `“${trunk.name}” ${why}`)).join('; ')}.`
}

const unfits: Record<NonNullable<RoutedTrunk['unfit']>, string> = {
  inactive: 'is off',
  rehearsal: "is not of the kind of the campaign's own trunk: one of the two rings nobody",
  caller_id: "does not have the campaign's caller id registered",
}

/** Why the campaign can't use a trunk for anybody, as the end of a sentence about it; nothing where it can. */
export function sayUnfit({ unfit }: RoutedTrunk): string[] {
  return unfit === null ? [] : [unfits[unfit]]
}
