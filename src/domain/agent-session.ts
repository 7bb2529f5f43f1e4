/**
 * The agent's session at the phone, from signing on to signing off. Anything not in the table is refused with what may be
 * asked for instead. Times are epoch milliseconds.
 *
 *   from        to                  who
 *   offline   → available, break    agent, supervisor (signing on); available also engine (a phone was picked up)
 *   available → reserved            engine (the matcher has a call for it)
 *   available → break, offline      agent, supervisor; offline also engine (its connection is gone)
 *   break     → available, offline  agent, supervisor; offline also engine
 *   reserved  → on_call             engine
 *   reserved  → available*          engine (the call came to nothing); the place among the idle is kept
 *   on_call   → wrap_up             engine
 *   wrap_up   → available*          agent, supervisor, engine (the timer)
 *
 * A break or the end asked for while a call is in hand (reserved, on_call, wrap_up) is remembered and taken at *, in the
 * place of available. Asking for available before the wrap-up takes it back.
 */
export const agentStates = ['offline', 'available', 'reserved', 'on_call', 'wrap_up', 'break'] as const
export type AgentState = (typeof agentStates)[number]
export type Actor = 'agent' | 'supervisor' | 'engine'
/** What people ask for; the rest is brought about by calls. */
export const askedStates = ['available', 'break', 'offline'] as const
export type AskedState = (typeof askedStates)[number]

const people = ['agent', 'supervisor'] as const
const everybody = ['agent', 'supervisor', 'engine'] as const
const table: Record<AgentState, Partial<Record<AgentState, readonly Actor[]>>> = {
  offline: { available: everybody, break: people },
  available: { reserved: ['engine'], break: people, offline: everybody },
  break: { available: people, offline: everybody },
  reserved: { on_call: ['engine'], available: ['engine'] },
  on_call: { wrap_up: ['engine'] },
  wrap_up: { available: everybody },
}

/** A wrap-up lasts this long where its campaign says nothing. */
export const defaultWrapUpMs = 30_000
/** The one extension of a wrap-up. */
export const wrapUpExtensionMs = 30_000
/** How long after its timer a wrap-up stays open over a text that is not saved. */
export const unsavedHoldMs = 600_000
/** The break that such a wrap-up ends in: no call comes over the text, and supervisors see it. */
export const unsavedReason = 'unsaved'
/** An agent at a browser that was not heard of for this long is gone. */
export const goneAfterSeconds = 60

export interface AgentSession {
  state: AgentState
  state_since: number
  /** Its place among the idle: kept while it is reserved, null in any other state but available. */
  idle_since: number | null
  reason: string | null
  /** The call in hand: reserved for, talking on, wrapping up. */
  call_id: string | null
  wrap_up_until: number | null
  wrap_up_extended: boolean
  /** The agent's client holds a text about the call that is not saved yet. */
  unsaved: boolean
  next_state: 'break' | 'offline' | null
  next_reason: string | null
}

export type Wish =
  | { to: 'available' }
  | { to: 'break' | 'offline'; reason: string | null }
  | { to: 'reserved'; call_id: string }
  | { to: 'on_call'; call_id: string }
  | { to: 'wrap_up'; call_id: string; wrap_up_ms: number }
  /** The reservation's call came to nothing. */
  | { to: 'released'; call_id: string }

export interface RefusedMove {
  /** Why: the table, another call than the one in hand, or a text that is not saved. */
  because: 'table' | 'call' | 'unsaved'
  from: AgentState
  /** What this actor may ask for. */
  allowed: AgentState[]
}
export type Decision = { session: AgentSession } | RefusedMove

export function isRefusedMove(decision: object): decision is RefusedMove {
  return 'because' in decision
}

/** A session that nobody has signed on to yet. */
export function newAgentSession(at: number): AgentSession {
  return {
    ...{ state: 'offline', state_since: at, idle_since: null, reason: null, call_id: null },
    ...{ wrap_up_until: null, wrap_up_extended: false, unsaved: false, next_state: null, next_reason: null },
  }
}

export function mayMoveAgent(from: AgentState, to: AgentState, by: Actor): boolean {
  return table[from][to]?.includes(by) ?? false
}

/** What an actor may ask for in a state, now or for after the call in hand. */
export function allowedStates(session: AgentSession, by: Actor): AgentState[] {
  const now = agentStates.filter((to) => mayMoveAgent(session.state, to, by))
  if (by === 'engine' || !hasCallInHand(session.state)) return now
  const takesBack = session.next_state !== null && !now.includes('available')
  return [...now, ...(takesBack ? (['available'] as const) : []), 'break', 'offline']
}

/** What becomes of a session when `by` wishes so at `at`; a clock that lies behind counts as the last move's. */
export function moveAgent(session: AgentSession, wish: Wish, by: Actor, at: number): Decision {
  const refused = (because: RefusedMove['because']): RefusedMove => ({
    ...{ because, from: session.state, allowed: allowedStates(session, by) },
  })
  if ('call_id' in wish && wish.to !== 'reserved' && wish.call_id !== session.call_id) return refused('call')
  if (by !== 'engine' && hasCallInHand(session.state)) {
    if (wish.to === 'break' || wish.to === 'offline') {
      return { session: { ...session, next_state: wish.to, next_reason: wish.reason } }
    }
    if (session.state !== 'wrap_up' && session.next_state !== null && wish.to === 'available') {
      return { session: { ...session, next_state: null, next_reason: null } }
    }
  }
  const to = wish.to === 'released' ? 'available' : wish.to
  // A reservation ends by the name of its call, and nothing else does.
  const releases = session.state === 'reserved' && to === 'available'
  if (releases !== (wish.to === 'released') || !mayMoveAgent(session.state, to, by)) return refused('table')
  // A supervisor may let go of the text; the agent saves it or throws it away first.
  if (session.unsaved && session.state === 'wrap_up' && by !== 'supervisor') return refused('unsaved')
  const moved = Math.max(at, session.state_since)
  // Ready means ready when a supervisor says so, whatever was asked for before.
  const takesNext = to === 'available' && by !== 'supervisor'
  return { session: takesNext ? leaveCall(session, moved) : enter(session, to, moved, wish) }
}

/** The one extension of a running wrap-up; null when there is none to extend, or it was extended before. */
export function extendWrapUp(session: AgentSession): AgentSession | null {
  if (session.wrap_up_until === null || session.wrap_up_extended) return null
  return { ...session, wrap_up_until: session.wrap_up_until + wrapUpExtensionMs, wrap_up_extended: true }
}

/** The client has a text that is not saved, or none any more; null where no call is talked on or wrapped up. */
export function holdUnsaved(session: AgentSession, unsaved: boolean): AgentSession | null {
  if (session.state !== 'on_call' && session.state !== 'wrap_up') return null
  return { ...session, unsaved }
}

/** A wrap-up whose time is over ends, unless a text is still held; null while it goes on. */
export function endWrapUp(session: AgentSession, at: number): AgentSession | null {
  if (session.state !== 'wrap_up' || session.wrap_up_until === null || at < session.wrap_up_until) return null
  if (!session.unsaved) return leaveCall(session, at)
  if (at < session.wrap_up_until + unsavedHoldMs) return null
  if (session.next_state !== null) return leaveCall(session, at)
  return enter(session, 'break', at, { reason: unsavedReason })
}

/** To available, or to what was asked for meanwhile. */
function leaveCall(session: AgentSession, at: number): AgentSession {
  const { next_state, next_reason } = session
  return enter(session, next_state ?? 'available', at, { reason: next_reason })
}

interface Entered {
  to?: string
  reason?: string | null
  call_id?: string
  wrap_up_ms?: number
}

function enter(session: AgentSession, state: AgentState, at: number, entered: Entered = {}): AgentSession {
  const held = hasCallInHand(state)
  const talked = state === 'wrap_up'
  const idle = state === 'available' && session.state !== 'reserved' ? at : session.idle_since
  return {
    state,
    state_since: at,
    idle_since: state === 'available' || state === 'reserved' ? idle : null,
    reason: entered.reason ?? null,
    call_id: held ? (entered.call_id ?? null) : null,
    wrap_up_until: talked ? at + (entered.wrap_up_ms ?? defaultWrapUpMs) : null,
    wrap_up_extended: false,
    unsaved: talked && session.unsaved,
    next_state: held ? session.next_state : null,
    next_reason: held ? session.next_reason : null,
  }
}

function hasCallInHand(state: AgentState): boolean {
  return state === 'reserved' || state === 'on_call' || state === 'wrap_up'
}
