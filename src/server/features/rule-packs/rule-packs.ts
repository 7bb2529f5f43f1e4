import type { z } from 'zod'
import { findFaults, listLoosened } from '#domain/rule-packs/own-rules.ts'
import { latestPacks } from '#domain/rule-packs/rule-packs.ts'
import { holdClaims } from '#store/claim-attempts.ts'
import { addOwnRules, listOwnRules, type OwnRulesVersion, readOwnRules } from '#store/rule-packs.ts'
import { readWorkspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { reviewRunningCampaigns } from '../campaigns/review.ts'
import type { newOwnRules } from './schema.ts'

/** The packs that come with this version, as they are written. */
export function showPacks() {
  return latestPacks().map(({ id, version, countries, ...rules }) => ({ id, version, countries, rules }))
}

export async function readOwn(house: ServerDeps, caller: Caller): Promise<OwnRulesVersion | Refusal> {
  const { workspace_id } = caller
  const own = await withinAll(house, caller, (tx) => readOwnRules(tx, workspace_id))
  return own ?? refuseUnknown('rule of your own')
}

export async function listOwn(house: ServerDeps, caller: Caller): Promise<OwnRulesVersion[]> {
  return withinAll(house, caller, (tx) => listOwnRules(tx, caller.workspace_id))
}

/**
 * Puts the workspace's own rules in place of those it had. Stricter ones are an admin's affair; what lets more calls out than
 * before is an owner's recorded act. The claims made from here on ask the new rules.
 */
export async function setOwn(
  house: ServerDeps,
  caller: Caller,
  { rules, reason }: z.output<typeof newOwnRules>,
): Promise<OwnRulesVersion | Refusal> {
  const { workspace_id, user_id } = caller
  const set_at = new Date(house.clock.now())
  const set = await withinAll(house, caller, async (tx) => {
    const workspace = await readWorkspace(tx, workspace_id)
    if (!workspace) return refuseUnknown('workspace')
    const faults = findFaults(rules, workspace.country)
    if (faults.length > 0) return refuseValues(faults)
    const before = await readOwnRules(tx, workspace_id)
    const loosens = listLoosened(rules)
    const more = loosens.filter((each) => !before?.loosens.includes(each))
    if (more.length > 0 && caller.role !== 'owner') return refuseLoosening(more, caller.role)
    // Whatever is claimed after this has committed was asked about under the new rules.
    await holdClaims(tx, workspace_id)
    const next = { version: (before?.version ?? 0) + 1, rules, loosens, reason, set_by: user_id, set_at }
    return (await addOwnRules(tx, workspace_id, next)) ?? refuse('conflict', 'Somebody else has just set the rules.')
  })
  if (isRefusal(set)) return set
  await reviewRunningCampaigns(house, workspace_id)
  return set
}

function refuseLoosening(more: string[], role: string): Refusal {
  const detail = `Only an owner may let out what the law or the house holds back (${more.join(', ')}); your role is ${role}.`
  return refuse('forbidden', detail, { needed_role: 'owner', loosens: more })
}
