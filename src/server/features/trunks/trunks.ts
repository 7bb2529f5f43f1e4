import type { z } from 'zod'
import { callingCountry, isDialable } from '#domain/phone-number.ts'
import { addCallerId, type CallerId, listCallerIds, readCallerIdUse, removeCallerId } from '#store/caller-ids.ts'
import { newId } from '#store/ids.ts'
import { releaseUnserved } from '#store/lead-futures.ts'
import { readBalances, type TrunkBalance } from '#store/trunk-balances.ts'
import {
  changeTrunk,
  createTrunk,
  listTrunks,
  readTrunk,
  readTrunkSecret,
  setTrunkSecret,
  type Trunk,
} from '#store/trunks.ts'
import type { Tx } from '#store/tx.ts'
import { findSettingsFaults, providers, usualOf } from '#telephony/registry.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, withinAll } from '../../http/house.ts'
import { isRefusal, type Refusal, refuseUnknown, refuseValues, type ValueFault } from '../../http/problems.ts'
import type { callerId, newTrunk, trunkChange } from './schema.ts'
import { findServingFaults } from './serving.ts'

/** Of a trunk that is made without a word about them. */
const defaultChannels = 20

export type ShownTrunk = Trunk & { has_secret: boolean; caller_ids: ShownCallerId[]; balance: TrunkBalance | null }

type ShownCallerId = CallerId & { calls_last_hour: number }

async function show(tx: Tx, workspaceId: string, trunk: Trunk, at: number): Promise<ShownTrunk> {
  const secret = await readTrunkSecret(tx, workspaceId, trunk.id)
  const uses = (await readCallerIdUse(tx, workspaceId, { trunkIds: [trunk.id], numbers: null }, at)).get(trunk.id) ?? []
  const caller_ids = (await listCallerIds(tx, workspaceId, trunk.id)).map((each) => {
    return { ...each, calls_last_hour: uses.find(({ number }) => number === each.number)?.calls ?? 0 }
  })
  const balance = (await readBalances(tx, workspaceId)).get(trunk.id) ?? null
  return { ...trunk, has_secret: secret !== null, caller_ids, balance }
}

export async function listAllTrunks(house: ServerDeps, caller: Caller): Promise<ShownTrunk[]> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const shown: ShownTrunk[] = []
    for (const trunk of await listTrunks(tx, workspace_id))
      shown.push(await show(tx, workspace_id, trunk, house.clock.now()))
    return shown
  })
}

export async function readOneTrunk(house: ServerDeps, caller: Caller, id: string): Promise<ShownTrunk | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const trunk = await readTrunk(tx, workspace_id, id)
    return trunk ? show(tx, workspace_id, trunk, house.clock.now()) : refuseUnknown('trunk')
  })
}

export async function makeTrunk(
  house: ServerDeps,
  caller: Caller,
  wanted: z.output<typeof newTrunk>,
): Promise<ShownTrunk | Refusal> {
  const { workspace_id } = caller
  const { secret, ...rest } = wanted
  const { provider, settings } = wanted
  const faults = [
    ...findFaults(provider, settings),
    ...findPriceFaults(wanted),
    ...findSettingsFaults(provider, { settings, has_secret: secret !== undefined }, house.config),
  ]
  if (faults.length > 0) return refuseValues(faults)
  const at = house.clock.now()
  const id = newId(at)
  const sealed_secret = secret === undefined ? null : sealSecret(house, workspace_id, id, secret)
  const made = await withinAll(house, caller, async (tx) => {
    const misfits = await findServingFaults(tx, workspace_id, { ...wanted, id: null })
    if (misfits.length > 0) return refuseValues(misfits)
    const usual = usualOf(provider)
    const calls_per_second = wanted.calls_per_second ?? usual.calls_per_second
    const channels = wanted.channels ?? usual.channels ?? defaultChannels
    await createTrunk(tx, workspace_id, { ...rest, channels, calls_per_second, id, sealed_secret }, at)
    if (wanted.serves.length > 0) await releaseUnserved(tx, workspace_id, at)
    return show(tx, workspace_id, (await readTrunk(tx, workspace_id, id)) as Trunk, house.clock.now())
  })
  if (isRefusal(made)) return made
  house.engine.wake(workspace_id, 'dial')
  return made
}

export async function changeOneTrunk(
  house: ServerDeps,
  caller: Caller,
  id: string,
  change: z.output<typeof trunkChange>,
): Promise<ShownTrunk | Refusal> {
  const { workspace_id } = caller
  const { secret, ...rest } = change
  const at = house.clock.now()
  const changed = await withinAll(house, caller, async (tx) => {
    const before = await readTrunk(tx, workspace_id, id)
    if (!before) return refuseUnknown('trunk')
    const settings = rest.settings ?? before.settings
    const faults = [
      ...findFaults(before.provider, settings),
      ...findPriceFaults({ ...before, ...rest }),
      // Whoever made it gave it a secret.
      ...findSettingsFaults(before.provider, { settings, has_secret: true }, house.config),
      ...(await findServingFaults(tx, workspace_id, { ...before, ...rest })),
    ]
    if (faults.length > 0) return refuseValues(faults)
    if (secret !== undefined) await setTrunkSecret(tx, workspace_id, id, sealSecret(house, workspace_id, id, secret))
    const after = (await changeTrunk(tx, workspace_id, id, rest, at)) as Trunk
    if (rest.serves !== undefined || rest.active !== undefined) await releaseUnserved(tx, workspace_id, at)
    return show(tx, workspace_id, after, at)
  })
  if (isRefusal(changed)) return changed
  house.carriers.forget(id)
  house.engine.wake(workspace_id, 'dial')
  if (change.active === false) {
    retire(house, workspace_id, id).catch((error: Error) =>
      house.log.error({ err: error }, 'a trunk was not taken away'),
    )
  }
  return changed
}

/** Best effort: a carrier that is away now has forgotten the trunk, or keeps it without a call. */
async function retire(house: ServerDeps, workspace_id: string, id: string): Promise<void> {
  const carrier = await house.engine.carrierOf(workspace_id, id)
  const fault = 'missing' in carrier ? null : await carrier.retire?.()
  if (fault)
    house.log.warn({ trunk_id: id, reason: fault.reason }, 'a trunk out of use was not taken away from its carrier')
}

/** Registers a number that campaigns may show on this trunk. */
export async function registerCallerId(
  house: ServerDeps,
  caller: Caller,
  id: string,
  wanted: z.output<typeof callerId>,
): Promise<ShownTrunk | Refusal> {
  const { workspace_id } = caller
  if (!isDialable(wanted.number) || callingCountry(wanted.number) === null) {
    return refuseValues([{ path: 'number', message: 'must be a phone number with + and its country code' }])
  }
  return withinAll(house, caller, async (tx) => {
    const trunk = await readTrunk(tx, workspace_id, id)
    if (!trunk) return refuseUnknown('trunk')
    const rests_until = wanted.rests_until === null ? null : new Date(wanted.rests_until)
    await addCallerId(tx, workspace_id, { ...wanted, rests_until, trunk_id: id }, house.clock.now())
    return show(tx, workspace_id, trunk, house.clock.now())
  })
}

export async function dropCallerId(
  house: ServerDeps,
  caller: Caller,
  id: string,
  number: string,
): Promise<ShownTrunk | Refusal> {
  const { workspace_id } = caller
  return withinAll(house, caller, async (tx) => {
    const trunk = await readTrunk(tx, workspace_id, id)
    if (!trunk || !(await removeCallerId(tx, workspace_id, id, number))) return refuseUnknown('caller id')
    return show(tx, workspace_id, trunk, house.clock.now())
  })
}

function findFaults(provider: string, settings: Record<string, unknown>): ValueFault[] {
  const faults: ValueFault[] = []
  if (!(providers as string[]).includes(provider)) {
    faults.push({ path: 'provider', message: `must be one of ${providers.join(', ')}` })
  }
  const { speed } = settings
  // The same bounds as the setting of the whole installation.
  if (speed !== undefined && !(typeof speed === 'number' && speed >= 0.01 && speed <= 10_000)) {
    faults.push({ path: 'settings.speed', message: 'must be a number from 0.01 to 10000' })
  }
  return faults
}

function findPriceFaults({ price_per_minute, currency }: Pick<Trunk, 'price_per_minute' | 'currency'>): ValueFault[] {
  if (price_per_minute === null || currency !== null) return []
  return [{ path: 'currency', message: 'is set together with price_per_minute' }]
}

function sealSecret(house: ServerDeps, workspace_id: string, id: string, secret: string): Buffer {
  return house.secrets.seal(secret, { workspace_id, table: 'trunks', id })
}
