import { tellAgent } from '#floor/feed.ts'
import {
  findCallbackSteps,
  lockLeadsToStep,
  lockSessionsToTell,
  moveToTeam,
  noteReminded,
  type SteppedCallback,
} from '#store/callback-sweep.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { endCallbacks } from './callbacks.ts'
import type { Engine } from './engine.ts'

const batch = 200

/**
 * What only time brings about for promises: reminders, agents who are away, promises nobody can keep any more. Any number
 * of processes may sweep at once. Gives how many this one stepped.
 */
export async function sweepCallbacks(engine: Engine, workspaceId: string): Promise<number> {
  const at = engine.clock.now()
  const stepped = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    stepCallbacks(tx, workspaceId, at),
  )
  if (stepped > 0) {
    engine.wake(workspaceId, 'live')
    engine.wake(workspaceId, 'dial')
  }
  return stepped
}

/**
 * Sessions before leads, as everybody takes them; what another sweep or a person at the API has is passed over. The steps
 * are asked again under the locks, for what was read before them may be over.
 */
async function stepCallbacks(tx: Tx, workspaceId: string, at: number): Promise<number> {
  const found = await findCallbackSteps(tx, workspaceId, { at, limit: batch, lead_ids: null })
  if (found.length === 0) return 0
  const told = found.flatMap(({ step, session_id }) => (step === 'remind' && session_id ? [session_id] : []))
  await lockSessionsToTell(tx, workspaceId, told)
  const lead_ids = await lockLeadsToStep(
    tx,
    workspaceId,
    found.map(({ lead_id }) => lead_id),
  )
  const steps = await findCallbackSteps(tx, workspaceId, { at, limit: batch, lead_ids })
  // A session that was opened meanwhile is not locked: it is told a second later.
  const reminds = steps.filter((each) => each.step === 'remind' && (!each.session_id || told.includes(each.session_id)))
  const of = (step: SteppedCallback['step']) => steps.filter((each) => each.step === step)
  for (const callback of reminds) await remindAgent(tx, workspaceId, callback, at)
  const ids = (callbacks: SteppedCallback[]) => callbacks.map(({ id }) => id)
  await noteReminded(tx, workspaceId, ids(reminds), at)
  await moveToTeam(tx, workspaceId, ids(of('move')), at)
  await endCallbacks(tx, workspaceId, 'cancelled', of('cancel'), at)
  const missed = of('miss').map((callback) => ({ ...callback, reason: 'expired' }))
  await endCallbacks(tx, workspaceId, 'missed', missed, at)
  return reminds.length + steps.filter(({ step }) => step !== 'remind').length
}

async function remindAgent(tx: Tx, workspaceId: string, callback: SteppedCallback, at: number): Promise<void> {
  const { id: callback_id, session_id, promised_at, lead_id, contact_id, campaign_id } = callback
  if (session_id === null) return
  const { full_name, local_time, note } = callback
  const said = { callback_id, lead_id, contact_id, campaign_id, full_name, local_time, note }
  const message = { type: 'callback', data: { ...said, promised_at: promised_at.toISOString() } } as const
  await tellAgent(tx, workspaceId, session_id, message, at)
}
