import { dropAttempts, type LapsedAttempt, recordDialed, recordUnknown, takeLapsedAttempts } from '#store/attempts.ts'
import { appendReports } from '#store/event-inbox.ts'
import { restNumbersOf } from '#store/number-rests.ts'
import { inWorkspace } from '#store/tx.ts'
import type { CallTrace, Carrier, Located } from '#telephony/port.ts'
import { type Engine, longestCallMs } from './engine.ts'

const batch = 100
/** Questions under way at once; each answer takes one connection to be written down. */
const askedAtOnce = 8
/** Asked again this often, while a call goes on longer than expected or its carrier does not answer. */
const askAgainSeconds = 30
/** Nobody else asks about the same attempts while this sweep does. */
const holdSeconds = 5
/** A command of which its carrier shows no trace after this never came: no network holds a request for so long. */
const traceMs = 10 * 60_000
/** After an attempt whose fate was never learnt, its number rests (a person may have been called). */
const unknownRestMs = 24 * 3_600_000

/**
 * Finds out what became of attempts whose lease has lapsed. It asks the carrier before it assumes anything: no number
 * is dialed again while its last attempt may still ring. Returns how many attempts it looked at.
 */
export async function sweepAttempts(engine: Engine, workspaceId: string): Promise<number> {
  const lapsed = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    takeLapsedAttempts(tx, workspaceId, { limit: batch, hold_seconds: holdSeconds }),
  )
  const claimed = lapsed.filter((attempt) => attempt.state === 'claimed').map((attempt) => attempt.attempt_id)
  await drop(engine, workspaceId, claimed, ['claimed'], 'its worker went away')
  const asked = lapsed.filter((attempt) => attempt.state !== 'claimed')
  for (let first = 0; first < asked.length; first += askedAtOnce) {
    await Promise.all(asked.slice(first, first + askedAtOnce).map((attempt) => settle(engine, workspaceId, attempt)))
    engine.wake(workspaceId, 'events')
  }
  if (lapsed.length > 0) {
    engine.wake(workspaceId, 'events')
    engine.wake(workspaceId, 'dial')
  }
  return lapsed.length
}

async function settle(engine: Engine, workspaceId: string, attempt: LapsedAttempt): Promise<void> {
  const carrier = await engine.carrierOf(workspaceId, attempt.trunk_id)
  const located: Located =
    'missing' in carrier
      ? { found: 'unreachable', reason: carrier.missing }
      : await carrier.locate(attempt.attempt_id, attempt.provider_call_id, traceOf(attempt))
  switch (located.found) {
    case 'call':
      return settleFound(engine, workspaceId, attempt, located, carrier as Carrier)
    case 'never_seen':
      if (attempt.state === 'dialed') return endUnknown(engine, workspaceId, attempt, 'the carrier has lost the call')
      // A carrier forgets; about an attempt this old its word proves nothing, and somebody may have been called.
      if (attempt.seconds_since_intent * 1000 > (carrier as Carrier).capabilities.remembers_ms) {
        return endUnknown(engine, workspaceId, attempt, 'older than what the carrier remembers')
      }
      await drop(engine, workspaceId, [attempt.attempt_id], ['dialing', 'unknown'], 'never reached the carrier')
      return
    case 'no_trace':
      if (attempt.state === 'dialed') return endUnknown(engine, workspaceId, attempt, 'the carrier has lost the call')
      // The number may ring yet, and rests once the slot is given back: no trace is not the promise that nobody was called.
      if (attempt.seconds_since_intent * 1000 > traceMs) {
        return endUnknown(engine, workspaceId, attempt, 'the carrier shows no trace of it')
      }
      return settleUnanswered(engine, workspaceId, attempt)
    case 'unreachable':
      engine.log.info({ attempt_id: attempt.attempt_id, reason: located.reason }, 'the carrier can not be asked')
      return settleUnanswered(engine, workspaceId, attempt)
  }
}

function traceOf({ number, caller_id, seconds_since_intent, other_call_ids }: LapsedAttempt): CallTrace {
  return { number, caller_id, age_ms: seconds_since_intent * 1000, others: other_call_ids }
}

async function settleFound(
  engine: Engine,
  workspaceId: string,
  attempt: LapsedAttempt,
  located: Extract<Located, { found: 'call' }>,
  carrier: Carrier,
): Promise<void> {
  const reports = located.events.map(({ event_key, event }) => ({
    trunk_id: attempt.trunk_id,
    event_key,
    attempt_id: attempt.attempt_id,
    provider_call_id: located.provider_call_id,
    event,
  }))
  const dialed = {
    attempt_id: attempt.attempt_id,
    provider_call_id: located.provider_call_id,
    quiet_ms: Math.max(1000, (askAgainSeconds * 1000) / carrier.speed),
  }
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    // Reports before calls, as the tracker takes them, or the two could wait for each other.
    if (reports.length > 0) await appendReports(tx, workspaceId, reports, engine.clock.now())
    await recordDialed(tx, workspaceId, [dialed])
  })
  const lasted = attempt.seconds_since_intent * 1000 * carrier.speed
  if (lasted > longestCallMs && !located.events.some(({ event }) => event.kind === 'ended')) {
    await carrier.hangup(attempt.attempt_id, located.provider_call_id)
  }
}

/** Nobody answers the question: the slot stays taken for as long as a call could last at most. */
async function settleUnanswered(engine: Engine, workspaceId: string, attempt: LapsedAttempt): Promise<void> {
  const longest = attempt.ring_timeout_seconds + longestCallMs / 1000
  if (attempt.seconds_since_intent > longest) {
    return endUnknown(engine, workspaceId, attempt, 'nobody could say what became of it')
  }
  if (attempt.state === 'dialing') {
    await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
      recordUnknown(tx, workspaceId, [attempt.attempt_id]),
    )
  }
}

async function endUnknown(engine: Engine, workspaceId: string, attempt: LapsedAttempt, cause: string): Promise<void> {
  const at = engine.clock.now()
  const { attempt_id, trunk_id, provider_call_id } = attempt
  const event = { kind: 'ended', at: new Date(at).toISOString(), outcome: 'unknown', cause } as const
  const report = { trunk_id, event_key: `unknown:${attempt_id}`, attempt_id, provider_call_id, event }
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    await appendReports(tx, workspaceId, [report], at)
    const until = at + unknownRestMs
    await restNumbersOf(tx, workspaceId, [{ attempt_id, until, reason: 'unknown_outcome' }])
  })
}

async function drop(
  engine: Engine,
  workspaceId: string,
  attemptIds: string[],
  from: ('claimed' | 'dialing' | 'unknown')[],
  reason: string,
): Promise<void> {
  const at = engine.clock.now()
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    dropAttempts(tx, workspaceId, attemptIds, { from, reason, at, due_at: at }),
  )
}
