import { hasJustEnded, mergeEvent } from '#domain/call.ts'
import { isOpenAnswer } from '#domain/live-answer.ts'
import { recordDialed } from '#store/attempts.ts'
import { appendCallEvents, lockCalls, type StoredCall, saveCalls } from '#store/calls.ts'
import { isPassing } from '#store/database.ts'
import { parkReport, returnToWait, type TakenReport, takeReports } from '#store/event-inbox.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import { readAnswers } from './answers.ts'
import { closeAttempts } from './closer.ts'
import type { Engine } from './engine.ts'

const batch = 200
/** How long such a call may ring is its dial's affair: its carrier is asked soon. */
const quietMs = 5_000

type KnownReport = TakenReport & { call_id: string }

/**
 * Applies what carriers told of this workspace's calls until the inbox is empty. A batch that fails is tried report by
 * report, so that one that can't be applied keeps nobody else waiting: it is parked and logged, never lost.
 * Resolves to whether any call ended, that is, whether a slot came free, and whether the floor has something to do.
 */
export async function applyReports(
  engine: Engine,
  workspaceId: string,
): Promise<{ freed: boolean; answered: boolean }> {
  let freed = false
  let answered = false
  for (;;) {
    const applied = await applyBatch(engine, workspaceId, batch).catch(async (error: Error) => {
      if (isPassing(error)) throw error
      engine.log.error({ err: error, workspace_id: workspaceId }, 'a batch of call events failed; applying one by one')
      return applyOneByOne(engine, workspaceId)
    })
    freed ||= applied.ended > 0
    answered ||= applied.answered
    if (applied.taken < batch) return { freed, answered }
  }
}

interface Applied {
  taken: number
  ended: number
  /** Somebody of ours is wanted for a call, or no longer is. */
  answered: boolean
}

/** `taken` hears of the reports even where applying them fails. */
async function applyBatch(
  engine: Engine,
  workspaceId: string,
  limit: number,
  taken: TakenReport[] = [],
): Promise<Applied> {
  const at = engine.clock.now()
  const apply = async (tx: Tx, sendLast: SendLast): Promise<Applied> => {
    const reports = await takeReports(tx, workspaceId, limit)
    taken.push(...reports)
    const unknown = reports.filter((report) => report.call_id === null)
    const known = reports.filter((report): report is KnownReport => report.call_id !== null)
    const nothing = { ended: 0, answered: false }
    const applied = known.length > 0 ? await applyKnown(engine, tx, workspaceId, known, at, sendLast) : nothing
    if (unknown.length > 0) sendLast(returnToWait(tx, workspaceId, unknown))
    return { taken: reports.length, ...applied }
  }
  // Lost with the disk's cache, the reports would still be in the inbox.
  return inWorkspace(engine.pool, { workspace_id: workspaceId }, apply, { lazy: true })
}

/** Statements that don't read each other's answers go together; the calls' locks come before anything is written. */
async function applyKnown(
  engine: Engine,
  tx: Tx,
  workspaceId: string,
  reports: KnownReport[],
  at: number,
  sendLast: SendLast,
): Promise<Omit<Applied, 'taken'>> {
  const [before, fresh] = await Promise.all([
    lockCalls(tx, workspaceId, [...new Set(reports.map((report) => report.call_id))]),
    appendCallEvents(tx, workspaceId, reports),
  ])
  const after = new Map(before.map((call) => [call.id, call]))
  for (const report of reports) {
    const call = after.get(report.call_id)
    if (!call || !fresh.delete(`${report.call_id} ${report.event_key}`)) continue
    after.set(call.id, { ...call, ...mergeEvent(call, report.event) })
  }
  const changed = before.flatMap((call) => {
    const now = after.get(call.id) as StoredCall
    return now === call ? [] : [{ call, now }]
  })
  const facts = changed.map(({ now }) => now)
  const answers = facts.filter(isOpenAnswer)
  const answered = answers.length > 0 && (await readAnswers(engine, tx, workspaceId, answers, hearings(reports)))
  const named = nameCalls(before, reports)
  if (named.length > 0) sendLast(recordDialed(tx, workspaceId, named))
  if (facts.length > 0) sendLast(saveCalls(tx, workspaceId, facts, at))
  const ended = changed.filter(({ call, now }) => hasJustEnded(call, now)).map(({ now }) => now)
  if (ended.length > 0) await closeAttempts(tx, workspaceId, ended, at, sendLast)
  return { ended: ended.length, answered }
}

/** Reports that came before the answer to their dial, or in place of one that is lost: the carrier has these calls. */
function nameCalls(calls: StoredCall[], reports: KnownReport[]) {
  const unnamed = new Set(calls.filter((call) => call.provider_call_id === null).map(({ id }) => id))
  const told = reports.filter(({ call_id }) => unnamed.has(call_id))
  const ids = new Map(
    told.flatMap((report) => (report.provider_call_id ? [[report.call_id, report.provider_call_id]] : [])),
  )
  return Array.from(ids, ([attempt_id, provider_call_id]) => ({ attempt_id, provider_call_id, quiet_ms: quietMs }))
}

/** When detection spoke, by call. */
function hearings(reports: KnownReport[]): Map<string, number> {
  return new Map(
    reports.flatMap(({ call_id, event }) => (event.kind === 'detected' ? [[call_id, Date.parse(event.at)]] : [])),
  )
}

async function applyOneByOne(engine: Engine, workspaceId: string): Promise<Applied> {
  let ended = 0
  let answered = false
  for (let taken = 0; taken < batch; taken += 1) {
    const tried: TakenReport[] = []
    try {
      const applied = await applyBatch(engine, workspaceId, 1, tried)
      if (applied.taken === 0) return { taken, ended, answered }
      ended += applied.ended
      answered ||= applied.answered
    } catch (error) {
      const [report] = tried
      if (!report || isPassing(error as Error)) throw error
      engine.log.error({ err: error, workspace_id: workspaceId }, 'a call event could not be applied and is parked')
      await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
        parkReport(tx, workspaceId, report, String(error)),
      )
    }
  }
  return { taken: batch, ended, answered }
}
