import { z } from 'zod'
import { type AgentState, askedStates } from '#domain/agent-session.ts'
import type { StoredSession } from '#store/agent-sessions.ts'
import type { ShownLeg } from '#store/legs.ts'
import { findHostileValue } from '../../http/hostile-input.ts'
import { callAct } from '../calls/schema.ts'

/** Comes back with what the frame brought about, so that a client knows which of its wishes was refused. */
const ref = z.string().max(100).exactOptional()

const fromClient = z.discriminatedUnion('type', [
  z.strictObject({
    ...{ type: z.literal('set_state'), ref, state: z.enum(askedStates) },
    reason: z.string().trim().min(1).max(200).exactOptional(),
  }),
  z.strictObject({ type: z.literal('extend_wrap_up'), ref }),
  z.strictObject({ type: z.literal('unsaved'), ref, unsaved: z.boolean() }),
  z.strictObject({ type: z.literal('accept_offer'), ref, call_id: z.uuid() }),
  z.strictObject({
    ...{ type: z.literal('skip_offer'), ref, call_id: z.uuid() },
    reason: z.string().trim().min(1).max(200).exactOptional(),
  }),
  z.strictObject({ type: z.literal('take_over'), ref }),
  /** With the call in hand. */
  z.strictObject({ type: z.literal('act'), ref, do: callAct }),
  z.strictObject({ type: z.literal('heartbeat'), ref }),
])
export type ClientFrame = z.output<typeof fromClient>

/** A frame of the client's; a sentence where it is none. */
export function readFrame(text: string): ClientFrame | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'A frame is one JSON object.'
  }
  const read = fromClient.safeParse(value)
  const hostile = findHostileValue(value)
  if (hostile) return `${hostile.path}: ${hostile.message}`
  if (read.success) return read.data
  return read.error.issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
    .slice(0, 500)
}

/** A session as its own agent's connection is shown it. */
export function frameSession(session: StoredSession, leg: ShownLeg | null, at: number) {
  return {
    id: session.id,
    agent_id: session.agent_id,
    state: session.state satisfies AgentState,
    state_since: toText(session.state_since),
    reason: session.reason,
    call_id: session.call_id,
    wrap_up_until: toText(session.wrap_up_until),
    /** By the server's clock, since the client's may be another. */
    wrap_up_left_ms: session.wrap_up_until === null ? null : Math.max(0, session.wrap_up_until - at),
    wrap_up_extended: session.wrap_up_extended,
    unsaved: session.unsaved,
    next_state: session.next_state,
    next_reason: session.next_reason,
    started_at: toText(session.started_at),
    ended_at: toText(session.ended_at),
    /** The line to the agent, the latest one; null before there was any. */
    leg,
  }
}

function toText(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
