import { patienceMs } from '#domain/live-answer.ts'
import { addCallAct } from '#store/call-acts.ts'
import { abandonCalls, type HangUp, takeHangUps } from '#store/call-matching.ts'
import { appendReports } from '#store/event-inbox.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { countVoicemailDrop, type DropMessage } from '#store/voicemail-drops.ts'
import type { Carrier } from '#telephony/port.ts'
import type { MatcherEngine } from './engine.ts'

/** A carrier that was told to end a call is told again after this. */
const againSeconds = 20
/** Longer than a carrier waits for a greeting to end. */
const greetingSeconds = 60
/** An abandoned call whose message may still be playing is left alone. */
const messageMs = 15_000

/** Whose patience is over is abandoned: it is said of the call, and the call ends. */
export async function abandonLate(engine: MatcherEngine, workspaceId: string, at: number): Promise<void> {
  const abandoned = await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    const late = await abandonCalls(tx, workspaceId, at - patienceMs, at)
    const event = { kind: 'abandoned' as const, at: new Date(at).toISOString() }
    const reports = late.map((call) => ({
      ...{ ...call, event_key: `${call.attempt_id}:abandoned`, provider_call_id: null, event },
    }))
    if (reports.length > 0) await appendReports(tx, workspaceId, reports, at)
    return late.length
  })
  if (abandoned > 0) engine.wake(workspaceId, 'events')
}

/** Takes the calls that are to end; each is told to its carrier by `tell`. */
export async function hangUp(
  engine: MatcherEngine,
  workspaceId: string,
): Promise<{ attempt_id: string; tell: () => Promise<void> }[]> {
  const ordered = await inWorkspace(engine.pool, { workspace_id: workspaceId }, (tx) =>
    takeHangUps(tx, workspaceId, { again_seconds: againSeconds, greeting_seconds: greetingSeconds }),
  )
  return ordered.map((call) => ({ attempt_id: call.attempt_id, tell: () => tellCarrier(engine, workspaceId, call) }))
}

/** Whoever was abandoned hears the message first (47 CFR 64.1200(a)(7)(i)); a carrier that can't play it hangs up. */
async function tellCarrier(engine: MatcherEngine, workspaceId: string, call: HangUp): Promise<void> {
  const { attempt_id, provider_call_id, abandoned_at, abandon_message } = call
  const carrier = await engine.carrierOf(workspaceId, call.trunk_id)
  if ('missing' in carrier) return
  const isFresh = abandoned_at !== null && engine.clock.now() - abandoned_at.getTime() < messageMs
  if (isFresh && carrier.capabilities.acts.includes('play')) {
    const fault = await carrier.control({ act: 'play', attempt_id, message: abandon_message, then_hang_up: true })
    if (fault === null) return
    engine.log.info({ attempt_id, fault }, 'an abandoned person did not hear the message')
  }
  if (call.drop !== null && (await leaveMessage(engine, workspaceId, carrier, { attempt_id, drop: call.drop }))) return
  const fault = await carrier.hangup(attempt_id, provider_call_id)
  if (fault !== null) engine.log.info({ attempt_id, fault }, 'a call did not end; its carrier is told again')
}

/** Whether the message is left, or may be: then the call ends after it. */
async function leaveMessage(
  engine: MatcherEngine,
  workspaceId: string,
  carrier: Carrier,
  { attempt_id, drop }: { attempt_id: string; drop: DropMessage },
): Promise<boolean> {
  const message = engine.messageOf(workspaceId, drop)
  if (!carrier.capabilities.awaits_greetings || message === null) {
    const why = message === null ? 'it has no audio' : 'its carrier does not wait for greetings'
    engine.log.info({ attempt_id, voicemail_drop_id: drop.id, why }, 'a message was not left')
    return false
  }
  const fault = await carrier.control({ act: 'play', attempt_id, message, then_hang_up: true, after: 'greeting' })
  if (fault !== null) {
    engine.log.info({ attempt_id, voicemail_drop_id: drop.id, fault }, 'a message was not left')
    return fault.verdict === 'indeterminate'
  }
  const at = engine.clock.now()
  const detail = { voicemail_drop_id: drop.id, message }
  const act = { act_id: newId(at), call_id: attempt_id, act: 'voicemail_drop', result: 'done' as const, detail }
  await inWorkspace(engine.pool, { workspace_id: workspaceId }, async (tx) => {
    await addCallAct(tx, workspaceId, { ...act, user_id: null, agent_id: null, at })
    await countVoicemailDrop(tx, workspaceId, drop.id)
  })
  engine.wake(workspaceId, 'live')
  return true
}
