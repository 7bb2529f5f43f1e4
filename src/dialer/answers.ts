import { detectionPatienceMs, isOpenAnswer, readAnswer } from '#domain/live-answer.ts'
import { lockCalls, type StoredCall } from '#store/calls.ts'
import { findUnheardAnswers, lockOpenAnswers, markLive, type OrderedEnd, orderEnds } from '#store/live-answers.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { Engine } from './engine.ts'

/**
 * Says of answered calls who answered: a person waits for an agent from now on, a machine's call is to end, with a message or
 * without, and of some nothing is known yet. `heard` holds when detection spoke, by call. Resolves to whether the floor has
 * something to do.
 */
export async function readAnswers(
  engine: Engine,
  tx: Tx,
  workspaceId: string,
  calls: StoredCall[],
  heard: Map<string, number>,
): Promise<boolean> {
  const at = engine.clock.now()
  const open = await lockOpenAnswers(tx, workspaceId, calls.map(({ id }) => id).sort())
  const byId = new Map(calls.map((call) => [call.id, call]))
  const live: { attempt_id: string; waiting_since: number }[] = []
  const ends: OrderedEnd[] = []
  for (const { attempt_id, trunk_id, agentless, voicemail_drop_id, ...rules } of open) {
    const call = byId.get(attempt_id) as StoredCall
    const able = rules.detects_machines && (await canDetect(engine, workspaceId, trunk_id))
    const times = { at, heard_at: heard.get(attempt_id) ?? null }
    const answer = readAnswer(call, { ...rules, detects_machines: able }, times)
    if (answer.as === 'live' && !agentless) live.push({ attempt_id, waiting_since: answer.waiting_since })
    if (answer.as !== 'machine') continue
    ends.push({ attempt_id, leaves_drop_id: answer.leave_message ? voicemail_drop_id : null })
  }
  await Promise.all([markLive(tx, workspaceId, live), orderEnds(tx, workspaceId, ends)])
  return live.length + ends.length > 0
}

async function canDetect(engine: Engine, workspaceId: string, trunkId: string): Promise<boolean> {
  const carrier = await engine.carrierOf(workspaceId, trunkId)
  return !('missing' in carrier) && carrier.capabilities.answering_machine_detection
}

/** Detection that never spoke: whoever answered counts as a person. */
export async function sweepAnswers(engine: Engine, workspaceId: string): Promise<void> {
  const at = engine.clock.now()
  const found = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const ids = await findUnheardAnswers(tx, workspaceId, at - detectionPatienceMs)
    if (ids.length === 0) return false
    const calls = await lockCalls(tx, workspaceId, ids)
    return readAnswers(engine, tx, workspaceId, calls.filter(isOpenAnswer), new Map())
  })
  if (found) engine.wake(workspaceId, 'floor')
}
