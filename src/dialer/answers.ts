import { detectionPatienceMs, readAnswer } from '#domain/live-answer.ts'
import { lockCalls, type StoredCall } from '#store/calls.ts'
import { findUnheardAnswers, lockOpenAnswers, markLive, orderHangUps } from '#store/live-answers.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { Engine } from './engine.ts'

/**
 * Says of answered calls who answered: a person waits for an agent from now on, a machine's call is to end, and of some
 * nothing is known yet. `heard` holds when detection spoke, by call. Resolves to whether the floor has something to do.
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
  const machines: string[] = []
  for (const { attempt_id, trunk_id, ...rules } of open) {
    const call = byId.get(attempt_id) as StoredCall
    const able = rules.detects_machines && (await canDetect(engine, workspaceId, trunk_id))
    const times = { at, heard_at: heard.get(attempt_id) ?? null }
    const answer = readAnswer(call, { ...rules, detects_machines: able }, times)
    if (answer.as === 'live') live.push({ attempt_id, waiting_since: answer.waiting_since })
    else if (answer.as === 'machine') machines.push(attempt_id)
  }
  await Promise.all([markLive(tx, workspaceId, live), orderHangUps(tx, workspaceId, machines)])
  return live.length + machines.length > 0
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
    const up = calls.filter((call) => call.answered_at !== null && call.ended_at === null)
    return readAnswers(engine, tx, workspaceId, up, new Map())
  })
  if (found) engine.wake(workspaceId, 'floor')
}
