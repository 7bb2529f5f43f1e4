/**
 * What a pacer hears of calls, from their rows alone: each has one `dialed`, at most one `pickup`, one `outcome`, and if a
 * person answered, one `connected` or one `abandoned`, unless they hung up before (short). Times are epoch ms here.
 */
import type { Outcome } from '../call.ts'
import type { AnswerOdds } from './answer-odds.ts'
import { type LeadFacts, traitsOf } from './lead-traits.ts'
import type { CallView, PacerEvent } from './pacer-contract.ts'

/** A call of a campaign as it stands. */
export interface FloorCall {
  id: string
  claimed_at: number
  ringing_at: number | null
  answered_at: number | null
  /** Since when a person counts as waiting for an agent. */
  live_at: number | null
  connected_at: number | null
  abandoned_at: number | null
  ended_at: number | null
  outcome: Outcome | null
  /** Detection heard that nobody of ours is needed, then. */
  machine_at: number | null
  /** It is to end: nobody of ours will hear it. */
  ending: boolean
  /** Whose it is. */
  session_id: string | null
  /** Of whom it calls, as it was before the dial; null in a reading that knows the call already, and where it calls no lead. */
  lead: LeadFacts | null
}

/** How much of a call was told. While it is bound to an agent it is none of the pacer's. */
type Told = 'nothing' | 'dialed' | 'pickup' | 'live' | 'all' | 'bound'

export interface ToldCall {
  number: number
  told: Told
  picked_up_at: number | null
  row: FloorCall
  /** Of whom it calls; null where it calls no lead. */
  traits: readonly string[] | null
}

/** What a call showed of leads like its own. */
export interface Lesson {
  traits: readonly string[]
  live: boolean
}

/** Of the sessions that are followed. */
export type AgentNumbers = ReadonlyMap<string, { agent: number }>

type Result = Extract<PacerEvent, { type: 'outcome' }>['result']

/** The call after `row`, and what is to be told of it, in order. `began`: these rows are the first that are looked at. */
export function tellCall(
  before: ToldCall | undefined,
  row: FloorCall,
  { number, at, began, agents }: { number: number; at: number; began: boolean; agents: AgentNumbers },
): { call: ToldCall; events: PacerEvent[] } {
  const told = before?.told ?? (isBound(row, began) ? 'bound' : 'nothing')
  const traits = before ? before.traits : row.lead && traitsOf(row.lead, row.claimed_at)
  const call: ToldCall = {
    number: before?.number ?? number,
    told,
    picked_up_at: before?.picked_up_at ?? null,
    row,
    traits,
  }
  const events: PacerEvent[] = []
  if (told === 'bound' && (row.session_id !== null || row.ended_at !== null)) return { call, events }
  const base = { callId: call.number, segment: 0 }
  if (told === 'bound' || told === 'nothing') {
    events.push({ type: 'dialed', t: row.claimed_at, ...base })
    call.told = 'dialed'
  }
  const answered = row.answered_at ?? row.live_at
  if (call.told === 'dialed' && answered !== null) {
    events.push({ type: 'pickup', t: answered, dialedAt: row.claimed_at, ...base })
    call.told = 'pickup'
    call.picked_up_at = answered
  }
  const result = call.told === 'live' || call.told === 'all' ? null : resultOf(row)
  if (result !== null) {
    const pickedUp = call.picked_up_at === null ? {} : { pickedUpAt: call.picked_up_at }
    const t = (result === 'live' ? row.live_at : (row.machine_at ?? row.ended_at)) ?? at
    events.push({ type: 'outcome', t, dialedAt: row.claimed_at, ...pickedUp, result, ...base })
    call.told = result === 'live' ? 'live' : 'all'
  }
  if (call.told === 'live') settle(call, events, agents)
  return { call, events }
}

/** What these events say of leads like the call's. A call that failed says it of the trunk, unless there is no such number. */
export function lessonOf({ traits, row }: ToldCall, events: readonly PacerEvent[]): Lesson | null {
  const end = events.find((event) => event.type === 'outcome')
  if (!end || traits === null || (end.result === 'failed' && row.outcome !== 'invalid_number')) return null
  return { traits, live: end.result === 'live' }
}

/** The agent was known before it was dialed, or has had it since before the pacer began. */
function isBound({ session_id, live_at }: FloorCall, began: boolean): boolean {
  return session_id !== null && (began || live_at === null)
}

/** What became of a person who answered. */
function settle(call: ToldCall, events: PacerEvent[], agents: AgentNumbers): void {
  const { row, number: callId } = call
  const live = row.live_at as number
  if (row.abandoned_at !== null) events.push({ type: 'abandoned', t: row.abandoned_at, callId, segment: 0 })
  else if (row.connected_at !== null) {
    const waited = Math.max(0, row.connected_at - live) / 1000
    const agentId = agents.get(row.session_id ?? '')?.agent ?? 0
    events.push({ type: 'connected', t: row.connected_at, callId, agentId, waited, segment: 0 })
  } else if (row.ended_at === null) return
  call.told = 'all'
}

/** Null while it is open. Who picked up and needed none of ours, or was gone before that was known, was no live answer. */
function resultOf({ live_at, ended_at, outcome, machine_at, ending }: FloorCall): Result | null {
  if (live_at !== null) return 'live'
  if (ended_at === null) return machine_at !== null && ending ? 'machine' : null
  return (outcome === null ? undefined : results[outcome]) ?? 'failed'
}

const results: Partial<Record<Outcome, Result>> = {
  ...{ busy: 'busy', rejected: 'busy', no_answer: 'noanswer' },
  ...{ human: 'machine', answered: 'machine', abandoned: 'machine' },
  ...{ machine: 'machine', fax: 'machine', screened: 'machine' },
}

/** As a pacer sees it; null where no agent is needed for it, or one has it. Times still in epoch ms. */
export function viewCall({ number: id, row, traits }: ToldCall, odds?: AnswerOdds): CallView | null {
  const { claimed_at: dialedAt, ringing_at, answered_at, live_at, ended_at } = row
  if (ended_at !== null || row.ending || row.session_id !== null) return null
  const base = { id, dialedAt, segment: 0, ...(odds && traits ? { odds: odds.odds(traits) } : {}) }
  if (live_at !== null) return { ...base, state: 'queued', since: live_at }
  if (answered_at !== null) return { ...base, state: 'amd', since: answered_at }
  return { ...base, state: ringing_at === null ? 'setup' : 'ringing', since: ringing_at ?? dialedAt }
}
