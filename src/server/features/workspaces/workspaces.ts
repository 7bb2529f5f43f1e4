import type { z } from 'zod'
import { hasPlan } from '#domain/phone-number-plan.ts'
import {
  hashToken,
  makeSignInLink,
  makeToken,
  openWorkspace,
  shownOfToken,
} from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { readInstallationOwner } from '#store/installation.ts'
import { inWorkspace } from '#store/tx.ts'
import { changeWorkspace, readWorkspace, type Workspace } from '#store/workspaces.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuse, refuseUnknown, refuseValues } from '../../http/problems.ts'
import { reviewRunningCampaigns } from '../campaigns/review.ts'
import type { newWorkspace, workspaceChange } from './schema.ts'

/** The caller's workspace: everybody acts in exactly one. */
export async function readOwnWorkspace(house: ServerDeps, caller: Caller, id: string): Promise<Workspace | Refusal> {
  if (id !== caller.workspace_id) return refuseUnknown('workspace')
  const workspace = await withinAll(house, caller, (tx) => readWorkspace(tx, id))
  return workspace ?? refuseUnknown('workspace')
}

/** What a verdict looks at: leads are judged anew after a change. */
const rules = ['country', 'time_zone', 'hours', 'closed_dates', 'consent_declaration'] as const

export async function changeOwnWorkspace(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof workspaceChange>,
): Promise<Workspace | Refusal> {
  if (id !== caller.workspace_id) return refuseUnknown('workspace')
  const fault = findCountryFault(change.country)
  if (fault) return fault
  const at = house.clock.now()
  const { consent_declaration: declared, ...rest } = change
  const declaration = declared && { ...declared, declared_by: caller.user_id, declared_at: new Date(at).toISOString() }
  const changed = await withinAll(house, caller, (tx) =>
    changeWorkspace(tx, id, { ...rest, ...(declaration ? { consent_declaration: declaration } : {}) }, at),
  )
  if (rules.some((name) => change[name] !== undefined)) await reviewRunningCampaigns(house, id)
  else house.engine.wake(id, 'dial')
  return changed ?? refuseUnknown('workspace')
}

/** One more workspace, with the caller as its owner, a key for it and a link into it. */
export async function makeWorkspace(house: ServerDeps, caller: Caller, wanted: z.output<typeof newWorkspace>) {
  if ((await readInstallationOwner(house.pool)) !== caller.user_id) {
    return refuse('forbidden', "Only the installation's first owner makes workspaces.")
  }
  const mine = await readOwnWorkspace(house, caller, caller.workspace_id)
  if (isRefusal(mine)) return mine
  const country = wanted.country ?? mine.country
  const fault = findCountryFault(country)
  if (fault) return fault
  const at = house.clock.now()
  const owner = { workspace_id: newId(at), user_id: caller.user_id }
  const token = makeToken()
  const workspace = await inWorkspace(house.pool, owner, async (tx) => {
    await openWorkspace(tx, { ...owner, name: wanted.name, country, time_zone: wanted.time_zone ?? mine.time_zone }, at)
    await createApiKey(tx, owner.workspace_id, {
      ...{ id: newId(at), user_id: owner.user_id, name: "owner's key", scopes: ['admin'], at },
      ...{ prefix: token.slice(0, shownOfToken), token_hash: hashToken(token) },
    })
    return (await readWorkspace(tx, owner.workspace_id)) as Workspace
  })
  return { workspace, api_key: token, sign_in_token: await makeSignInLink(house.pool, house.clock, owner) }
}

function findCountryFault(country: string | undefined): Refusal | null {
  if (country === undefined || hasPlan(country)) return null
  return refuseValues([{ path: 'country', message: 'has no telephone numbering plan' }])
}
