import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { dropAttempts, type Intent, recordDialed, recordUnknown, writeIntents } from '#store/attempts.ts'
import { readCallBrief } from '#store/call-briefs.ts'
import { holdBrakesShared } from '#store/campaign-brake.ts'
import type { Claim } from '#store/claim-attempts.ts'
import { blockTrunk } from '#store/dial-limits.ts'
import { appendReports, type Report } from '#store/event-inbox.ts'
import { takeNumbers } from '#store/numbers.ts'
import { inWorkspace, type SendLast, type Tx } from '#store/tx.ts'
import type { FaultVerdict } from '#telephony/faults.ts'
import type { DialReply } from '#telephony/port.ts'
import { brakeHoldMs, dialTimeoutMs, type Engine, leaseSeconds, sendWithinMs } from './engine.ts'

/** Whom a trunk was to call that its carrier refused is due again after this. */
const refusedMs = 5_000
/** A destination that its carrier refuses is tried again after this: somebody may have had it allowed. */
const barredMs = 3_600_000
/** The sweeper asks about a call whose end is this much overdue after ring time-out. */
const graceMs = 5_000

interface Dialed {
  intent: Intent & Pick<Claim, 'chooses_trunk'>
  reply: DialReply
  speed: number
}

export interface Dispatch {
  /** Resolves when the brakes and their connection are given back, at most a second after the commands left. */
  released: Promise<void>
  /** Resolves when every carrier has answered and every answer is written down. */
  answered: Promise<void>
}

/**
 * Sends claims to their carriers, in their order: intents first, committed, then the commands, all under the campaigns'
 * brakes. Resolves as soon as the last command has left.
 */
export async function dispatchClaims(engine: Engine, workspaceId: string, claims: Claim[]): Promise<Dispatch> {
  const commitments = await commitToNumbers(engine, workspaceId, claims)
  const at = engine.clock.now()
  const campaignIds = claims.flatMap((claim) => claim.campaign_id ?? [])
  const by = { worker: engine.worker, at, lease_seconds: leaseSeconds }
  // Nothing is read in between, so that locks, intents and commit are one round trip.
  const { result, release } = await holdBrakesShared(engine.pool, workspaceId, campaignIds, async (tx, sendLast) => {
    const written = writeIntents(tx, workspaceId, commitments, by)
    sendLast(written)
    return { written }
  })
  const sentAt = performance.now()
  const intents = inOrderOf(claims, await result.written)
  const dials = intents.map((intent) => dialOne(engine, workspaceId, intent, sentAt))
  const { released, recorded } = recordAnswers(engine, workspaceId, release, dials)
  const going = new Set(intents.map((intent) => intent.attempt_id))
  const stopped = claims.map((claim) => claim.attempt_id).filter((id) => !going.has(id))
  return { released, answered: Promise.all([recorded, dropStopped(engine, workspaceId, stopped, at)]).then(() => {}) }
}

/** Sends one claim that somebody waits for; what its carrier answers is written down when it comes. */
export async function dispatchAlone(
  engine: Engine,
  workspaceId: string,
  claim: Claim,
): Promise<Pick<Dispatch, 'answered'>> {
  const dispatched = await dispatchClaims(engine, workspaceId, [claim])
  const answered = dispatched.answered
    .catch((error: Error) => engine.log.error({ err: error, attempt_id: claim.attempt_id }, 'an answer was not kept'))
    .finally(() => engine.wake(workspaceId, 'live'))
  return { answered }
}

/** Claims whose campaign stopped, or whose number was suppressed, before their intent was written. */
async function dropStopped(engine: Engine, workspaceId: string, attemptIds: string[], at: number): Promise<void> {
  if (attemptIds.length === 0) return
  const drop = { from: ['claimed' as const], reason: 'stopped before the dial', at, due_at: at }
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) => dropAttempts(tx, workspaceId, attemptIds, drop))
  engine.wake(workspaceId, 'dial')
}

function recordAnswers(
  engine: Engine,
  workspaceId: string,
  releaseBrakes: () => Promise<void>,
  dials: Promise<Dialed>[],
) {
  const pending = new Set(dials)
  const answered: Dialed[] = []
  for (const dial of dials) dial.then((dialed) => answered.push(dialed)).finally(() => pending.delete(dial))
  const held = Promise.race([Promise.all(dials), wait(brakeHoldMs, undefined, { ref: false })])
  const released = held.then(releaseBrakes)
  const together = held.then(() => record(engine, workspaceId, answered.splice(0)))
  // Whoever answers later than the brakes may be held is written down one by one.
  const later = held.then(() =>
    Promise.all([...pending].map(async (dial) => record(engine, workspaceId, [await dial]))),
  )
  return { released, recorded: Promise.all([released, together, later]) }
}

/** Each call's number, and the commitment that its first event keeps of the phone number. */
async function commitToNumbers(engine: Engine, workspaceId: string, claims: Claim[]) {
  const first = await takeNumbers(engine.pool, workspaceId, 'calls', claims.length)
  return claims.map((claim, index) => {
    const salt = randomBytes(16)
    const commitment = createHash('sha256').update(salt).update(claim.number).digest('hex')
    const { attempt_id, by_hand } = claim
    return { attempt_id, number: first + index, salt: salt.toString('hex'), commitment, ...by_hand }
  })
}

function inOrderOf(claims: Claim[], intents: Intent[]): Dialed['intent'][] {
  const written = new Map(intents.map((intent) => [intent.attempt_id, intent]))
  return claims.flatMap(({ attempt_id, chooses_trunk = false }) => {
    const intent = written.get(attempt_id)
    return intent ? [{ ...intent, chooses_trunk }] : []
  })
}

/** Never rejects: whatever goes wrong on our own side leaves the attempt to the sweeper, who asks before anybody dials. */
async function dialOne(
  engine: Engine,
  workspaceId: string,
  intent: Dialed['intent'],
  committedAt: number,
): Promise<Dialed> {
  const withoutCarrier = (verdict: FaultVerdict, reason: string): Dialed => ({
    intent,
    speed: 1,
    reply: { ok: false, fault: { verdict, reason } },
  })
  try {
    const carrier = await engine.carrierOf(workspaceId, intent.trunk_id)
    if ('missing' in carrier) return withoutCarrier('blocked', carrier.missing)
    const { attempt_id, number, caller_id, ring_timeout_seconds, detect_machines } = intent
    const { reconcile, takes_brief, answers_within_ms = dialTimeoutMs } = carrier.capabilities
    const brief = takes_brief && (await readCallBrief(engine.pool, workspaceId, attempt_id))
    // Nothing left; a carrier that knows its calls by our ids lets the attempt be dropped without a rest for its trunk.
    const late = performance.now() - committedAt > sendWithinMs
    if (late) return withoutCarrier(reconcile === 'by_id' ? 'indeterminate' : 'blocked', 'held up before sending')
    const asked = { attempt_id, number, caller_id, detect_machines, brief }
    const command = { ...asked, ring_timeout_ms: ring_timeout_seconds * 1000 }
    const reply = await carrier.dial(command, AbortSignal.timeout(answers_within_ms))
    return { intent, reply, speed: carrier.speed }
  } catch (error) {
    engine.log.error(
      { err: error, attempt_id: intent.attempt_id },
      'a dial broke on our side; the carrier will be asked',
    )
    return withoutCarrier('indeterminate', 'broke on our side')
  }
}

/** Writes the carriers' answers down. A refusal becomes the call's end and takes the same road as any other end. */
async function record(engine: Engine, workspaceId: string, dialed: Dialed[]): Promise<void> {
  if (dialed.length === 0) return
  const at = engine.clock.now()
  const accepted = dialed.flatMap(({ intent: { attempt_id, ring_timeout_seconds }, reply, speed }) => {
    const quiet_ms = (ring_timeout_seconds * 1000) / speed + graceMs
    return reply.ok ? [{ attempt_id, provider_call_id: reply.provider_call_id, quiet_ms }] : []
  })
  const faulty = (verdict: string) => dialed.filter(({ reply }) => !reply.ok && reply.fault.verdict === verdict)
  const refusals = [...faulty('retryable'), ...faulty('permanent')].map((d) => toRefusal(d, at))
  const blocked = faulty('blocked')
  const write = async (tx: Tx, sendLast: SendLast) => {
    // Reports before calls, as everybody takes them, or two of us could wait for each other.
    if (refusals.length > 0) sendLast(appendReports(tx, workspaceId, refusals, at))
    sendLast(recordDialed(tx, workspaceId, accepted))
    sendLast(recordUnknown(tx, workspaceId, idsOf(faulty('indeterminate'))))
    for (const { intent, reply } of faulty('barred')) {
      const reason = reply.ok ? '' : reply.fault.reason
      const drop = { from: ['dialing' as const], reason, at, due_at: at + barredMs, held_by: 'destination_barred' }
      sendLast(dropAttempts(tx, workspaceId, [intent.attempt_id], drop))
    }
    if (blocked.length === 0) return
    for (const { intent, reply } of blocked) {
      const reason = reply.ok ? '' : reply.fault.reason
      sendLast(blockTrunk(tx, workspaceId, intent.trunk_id, { at, reason }))
    }
    const drop = { from: ['dialing' as const], reason: 'trunk refused', at }
    // This one rests from now on; who may take another one need not wait for it.
    const bound = blocked.filter(({ intent }) => !intent.chooses_trunk)
    const free = blocked.filter(({ intent }) => intent.chooses_trunk)
    sendLast(dropAttempts(tx, workspaceId, idsOf(bound), { ...drop, due_at: at + refusedMs }))
    sendLast(dropAttempts(tx, workspaceId, idsOf(free), { ...drop, due_at: at }))
  }
  // Lost with the disk's cache, the attempt would still be `dialing`, and the sweeper would ask.
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, write, { lazy: true })
  if (refusals.length > 0) engine.wake(workspaceId, 'events')
  if (blocked.length > 0) engine.wake(workspaceId, 'dial')
}

function idsOf(dialed: Dialed[]): string[] {
  return dialed.map(({ intent }) => intent.attempt_id)
}

function toRefusal({ intent, reply }: Dialed, at: number): Report {
  if (reply.ok) throw new Error('an accepted dial is no refusal')
  return {
    trunk_id: intent.trunk_id,
    event_key: `refused:${intent.attempt_id}`,
    attempt_id: intent.attempt_id,
    provider_call_id: null,
    event: {
      kind: 'ended',
      at: new Date(at).toISOString(),
      outcome: reply.fault.verdict === 'permanent' ? 'invalid_number' : 'congestion',
      cause: reply.fault.reason,
    },
  }
}
