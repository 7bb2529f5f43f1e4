import type { Pool } from '#store/database.ts'
import type { SecretBox } from '#store/secrets.ts'
import { readTrunk, readTrunkSecret } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier, TrunkSettings } from '#telephony/port.ts'
import { findSettingsFaults, providers, type Registry, undialed } from '#telephony/registry.ts'

type Missing = { missing: string }

export interface Carriers {
  /** The carrier behind a trunk, or why this process has none for it. */
  of(workspaceId: string, trunkId: string): Promise<Carrier | Missing>
  /** A trunk as its adapter is told of it, or why nobody can be. */
  settingsOf(workspaceId: string, trunkId: string): Promise<TrunkSettings | Missing>
  /** The trunk's settings have changed: whoever asks next reads them anew. */
  forget(trunkId: string): void
}

interface CarriersDeps {
  pool: Pool
  secrets: SecretBox
  registry: Pick<Registry, 'openCarrier'>
  /** Where trunks may let this server connect to. */
  pbx_addresses: readonly string[]
}

/** A change made by another process is seen after this at the latest. */
const keptMs = 5_000

/**
 * Joins the trunks of the database to the carriers of the registry. `absent` names providers that this process must not
 * open, with the reason: the built-in simulated carrier lives in one process, or its calls would be known to only one.
 */
export function createCarriers(house: CarriersDeps, absent: Record<string, string>): Carriers {
  const kept = new Map<string, { until: number; found: Promise<TrunkSettings | Missing> }>()

  function settingsOf(workspaceId: string, trunkId: string): Promise<TrunkSettings | Missing> {
    const known = kept.get(trunkId)
    if (known && known.until > performance.now()) return known.found
    const found = readSettings(house, workspaceId, trunkId)
    kept.set(trunkId, { until: performance.now() + keptMs, found })
    found.catch(() => kept.delete(trunkId))
    return found
  }

  return {
    settingsOf,
    async of(workspaceId, trunkId) {
      const trunk = await settingsOf(workspaceId, trunkId)
      if ('missing' in trunk) return trunk
      if (!(providers as string[]).includes(trunk.provider))
        return { missing: `this server knows no provider ${trunk.provider}` }
      const reason = absent[trunk.provider] ?? undialed[trunk.provider]
      return reason === undefined ? house.registry.openCarrier(trunk) : { missing: reason }
    },
    forget: (trunkId) => {
      kept.delete(trunkId)
    },
  }
}

async function readSettings(
  { pool, secrets, pbx_addresses }: CarriersDeps,
  workspace_id: string,
  id: string,
): Promise<TrunkSettings | Missing> {
  const { trunk, sealed } = await inWorkspace(pool, { workspace_id }, async (tx) => ({
    trunk: await readTrunk(tx, workspace_id, id),
    sealed: await readTrunkSecret(tx, workspace_id, id),
  }))
  if (!trunk) return { missing: 'the trunk is gone' }
  const { provider, settings } = trunk
  const [fault] = findSettingsFaults(provider, { settings, has_secret: sealed !== null }, { pbx_addresses })
  if (fault) return { missing: `the trunk's ${fault.path}: ${fault.message}` }
  const speed = typeof settings.speed === 'number' ? settings.speed : null
  try {
    const secret = sealed === null ? null : secrets.open(sealed, { workspace_id, table: 'trunks', id })
    return { id, workspace_id, provider, speed, settings, secret }
  } catch {
    // A backup restored beside another master key; nothing but giving them anew helps.
    return { missing: "the trunk's credentials can't be opened with this installation's key: enter them anew" }
  }
}
