/**
 * Looks at calls of which an unsigned delivery said that they changed. In: hints, which are rows. Out: what the carrier
 * itself says, into the inbox like any other report. It never applies a word of the delivery.
 */
import { coalesce } from '#dialer/wake.ts'
import { dropHint, putOffHint, type TakenHint, takeHints } from '#store/call-hints.ts'
import { appendReports } from '#store/event-inbox.ts'
import { inWorkspace } from '#store/tx.ts'
import type { FoundCall, Located } from '#telephony/port.ts'
import type { ServerDeps } from './house.ts'

/** Asked about at once; each answer takes one connection to be written down. */
const batch = 8
/** Longer than a carrier may take to answer. */
const holdSeconds = 15
/** While the carrier can't be asked. */
const againMs = 5_000
/** The answer to a dial may come after the first word of its call. */
const unknownSeconds = 30
/** The longest call and what is told late of it: whatever is not final then never will be. */
const oldestSeconds = 3 * 3_600

export interface HintRunner {
  /** There may be calls to look at. */
  wake(workspaceId: string): void
  /** Resolves once nothing is under way. */
  settled(): Promise<void>
}

export function createHintRunner(house: Pick<ServerDeps, 'pool' | 'engine' | 'log'>): HintRunner {
  const look = coalesce(
    (workspaceId) => lookAtHints(house, workspaceId),
    (workspace_id, error) =>
      house.log.error({ err: error, workspace_id }, 'hints were not looked at; the next poll tries again'),
  )
  return { wake: look, settled: look.settled }
}

async function lookAtHints(house: Pick<ServerDeps, 'pool' | 'engine'>, workspaceId: string): Promise<void> {
  for (let taken = batch; taken === batch; ) {
    const hints = await inWorkspace(house.pool, { workspace_id: workspaceId }, (tx) =>
      takeHints(tx, workspaceId, { limit: batch, hold_seconds: holdSeconds }),
    )
    await Promise.all(hints.map((hint) => lookAt(house, workspaceId, hint)))
    if (hints.length > 0) house.engine.wake(workspaceId, 'events')
    taken = hints.length
  }
}

async function lookAt(
  { pool, engine }: Pick<ServerDeps, 'pool' | 'engine'>,
  workspaceId: string,
  hint: TakenHint,
): Promise<void> {
  const located = await askAbout(engine, workspaceId, hint)
  const found = located.found === 'call' && isOurs(located, hint) ? located : null
  const again = located.found === 'unreachable' ? (located.more_in_ms ?? againMs) : found?.more_in_ms
  const { trunk_id, provider_call_id } = hint
  const reports = (found?.events ?? []).map((each) => ({
    ...{ ...each, trunk_id, attempt_id: hint.call_id, provider_call_id },
  }))
  await inWorkspace(pool, { workspace_id: workspaceId }, async (tx) => {
    if (reports.length > 0) await appendReports(tx, workspaceId, reports, engine.clock.now())
    const over = again === undefined || hint.seconds_since_first > oldestSeconds
    await (over ? dropHint(tx, workspaceId, hint) : putOffHint(tx, workspaceId, hint, again))
  })
}

async function askAbout(engine: ServerDeps['engine'], workspaceId: string, hint: TakenHint): Promise<Located> {
  // What the account does besides is not looked into.
  if (hint.call_id === null)
    return hint.seconds_since_first > unknownSeconds
      ? { found: 'no_trace' }
      : { found: 'unreachable', reason: 'it is no call that we know' }
  const carrier = await engine.carrierOf(workspaceId, hint.trunk_id)
  if ('missing' in carrier) return { found: 'unreachable', reason: carrier.missing }
  return carrier.locate(hint.call_id, hint.provider_call_id, null)
}

/** Which call it is, the carrier has told when it was dialed, or tells now; a delivery's word is not enough. */
function isOurs({ attempt_id }: FoundCall, { named, call_id }: TakenHint): boolean {
  return named || attempt_id === call_id
}
