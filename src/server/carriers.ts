import type { Pool } from '#store/database.ts'
import { readTrunk } from '#store/trunks.ts'
import { inWorkspace } from '#store/tx.ts'
import type { Carrier } from '#telephony/port.ts'
import { providers, type Registry } from '#telephony/registry.ts'

export interface Carriers {
  /** The carrier behind a trunk, or why this process has none for it. */
  of(workspaceId: string, trunkId: string): Promise<Carrier | { missing: string }>
  /** The trunk's settings have changed: the next dial reads them anew. */
  forget(trunkId: string): void
}

/** A change made by another process is seen after this at the latest. */
const keptMs = 5_000

/**
 * Joins the trunks of the database to the carriers of the registry. `absent` names providers that this process must not
 * open, with the reason: the built-in simulated carrier lives in one process, or its calls would be known to only one.
 */
export function createCarriers(pool: Pool, registry: Registry, absent: Record<string, string>): Carriers {
  const kept = new Map<string, { until: number; found: Promise<Carrier | { missing: string }> }>()

  async function look(workspaceId: string, trunkId: string): Promise<Carrier | { missing: string }> {
    const trunk = await inWorkspace(pool, { workspace_id: workspaceId }, (tx) => readTrunk(tx, workspaceId, trunkId))
    if (!trunk) return { missing: 'the trunk is gone' }
    if (!(providers as string[]).includes(trunk.provider))
      return { missing: `this server knows no provider ${trunk.provider}` }
    const reason = absent[trunk.provider]
    if (reason !== undefined) return { missing: reason }
    const speed = typeof trunk.settings.speed === 'number' ? trunk.settings.speed : null
    return registry.openCarrier({
      id: trunk.id,
      workspace_id: workspaceId,
      provider: trunk.provider,
      speed,
      settings: trunk.settings,
    })
  }

  return {
    of(workspaceId, trunkId) {
      const known = kept.get(trunkId)
      if (known && known.until > performance.now()) return known.found
      const found = look(workspaceId, trunkId)
      kept.set(trunkId, { until: performance.now() + keptMs, found })
      found.catch(() => kept.delete(trunkId))
      return found
    },
    forget: (trunkId) => {
      kept.delete(trunkId)
    },
  }
}
