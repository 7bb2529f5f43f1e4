/**
 * Asks carriers what is left on the accounts of trunks that campaigns dial over. In: workspaces that have work. Out: balances kept
 * with their trunks. It never asks for a trunk that nobody dials over, nor one carrier more often than once in five minutes.
 */
import type { Engine } from '#dialer/engine.ts'
import { coalesce } from '#dialer/wake.ts'
import { findStaleBalances, keepBalance, takeBalanceTurn } from '#store/trunk-balances.ts'
import { inWorkspace } from '#store/tx.ts'
import type { ServerDeps } from '../../http/house.ts'

interface KeeperDeps extends Pick<ServerDeps, 'pool' | 'log'> {
  engine: Pick<Engine, 'clock' | 'carrierOf'>
}

const freshMs = 5 * 60_000
/** How often it is looked whether something is stale. */
const lookEveryMs = 60_000
const answerWithinMs = 10_000

export interface BalanceKeeper {
  /** Calls may be made in this workspace. */
  wake(workspaceId: string): void
  /** Resolves once nothing is under way. */
  settled(): Promise<void>
}

export function createBalanceKeeper(house: KeeperDeps): BalanceKeeper {
  const looked = new Map<string, number>()
  const look = coalesce(
    (workspaceId) => askStale(house, workspaceId),
    (workspace_id, error) =>
      house.log.error({ err: error, workspace_id }, 'balances were not asked for; the next look tries again'),
  )
  return {
    wake(workspaceId) {
      const at = house.engine.clock.now()
      if (Math.abs(at - (looked.get(workspaceId) ?? Number.NEGATIVE_INFINITY)) < lookEveryMs) return
      looked.set(workspaceId, at)
      look(workspaceId)
    },
    settled: look.settled,
  }
}

async function askStale({ pool, engine }: KeeperDeps, workspace_id: string): Promise<void> {
  const at = engine.clock.now()
  const before = at - freshMs
  const stale = await inWorkspace(pool, { workspace_id }, (tx) => findStaleBalances(tx, workspace_id, before))
  for (const trunkId of stale) {
    const carrier = await engine.carrierOf(workspace_id, trunkId)
    if ('missing' in carrier || !carrier.balance) continue
    const turn = { at, before }
    if (!(await inWorkspace(pool, { workspace_id }, (tx) => takeBalanceTurn(tx, workspace_id, trunkId, turn)))) continue
    const reply = await carrier.balance(AbortSignal.timeout(answerWithinMs))
    const told = reply.ok ? reply : { fault: reply.fault.reason }
    await inWorkspace(pool, { workspace_id }, (tx) => keepBalance(tx, workspace_id, trunkId, told, at))
  }
}
