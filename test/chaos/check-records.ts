/** Our own records: nothing lost, nothing stuck, every counter a recount. */
import { isDeepStrictEqual } from 'node:util'
import { type CallEvent, type CallFacts, mergeEvent, newCall } from '#domain/call.ts'
import { isFinal, type LeadStatus } from '#domain/lead.ts'
import { CARRIER_FAULT_CAP } from '#domain/retry.ts'
import { type Bar, bar } from './bars.ts'
import type { AttemptRow, EventRow, Evidence } from './evidence.ts'

const leaseMs = 30_000
/** Allowed for the healing once the lease has lapsed. */
const healingMs = 5_000
/** A dialer killed while it asks the carrier leaves the question to another, which waits this long for its answer. */
const askedAgainMs = 5_000

export function checkRecords(evidence: Evidence): Bar[] {
  const { attempts, leads, calls, events } = evidence
  return [
    bar(
      'slot leaked',
      attempts.filter((attempt) => attempt.ended_at === null).map(({ id, state }) => `${id} ${state}`),
    ),
    bar(
      'lead stuck',
      leads
        .filter((lead) => !(isFinal(lead.status as LeadStatus) ? lead.due_at === null : isScheduled(lead)))
        .map(({ id, status, due_at }) => `${id} ${status}, due ${due_at}`),
    ),
    bar('attempt healed late', findHealedLate(evidence)),
    bar('report taken and not in the history', findLostReports(evidence)),
    bar(
      'report left in the inbox',
      Array.from({ length: evidence.left_in_inbox }, () => 'see event_inbox'),
    ),
    bar('event stored twice', [...events.values()].flatMap(findStoredTwice)),
    bar(
      'history does not replay to its call',
      [...calls].flatMap(([id, call]) => (replays(events.get(id) ?? [], call) ? [] : [id])),
    ),
    bar('tries differ from a recount', findMiscounted(evidence)),
    bar('day counter differs from a recount', findMiscountedDays(evidence)),
  ]
}

function isScheduled({ status, due_at }: { status: string; due_at: number | null }): boolean {
  return (status === 'pending' || status === 'callback') && due_at !== null
}

export interface Healing {
  id: string
  stuck_ms: number
  /** Dialers killed after its lease had lapsed: any of them may have been the one that asked. */
  killed_askers: number
}

/** How long each attempt kept its slot after its call was over, or after it had stopped moving. */
export function measureHealing({ testimony, attempts, outages }: Evidence): Healing[] {
  return attempts.flatMap(({ id, ended_at, claimed_at, intent_at }) => {
    if (ended_at === null) return []
    const since = testimony.ends.get(id)?.at ?? Math.max(claimed_at, intent_at ?? 0)
    const stuck_ms = Math.max(0, ended_at - since - outages.overlap(since, ended_at))
    const killed_askers = outages.kills(Math.max(claimed_at, intent_at ?? 0) + leaseMs, ended_at)
    return [{ id, stuck_ms, killed_askers }]
  })
}

function findHealedLate(evidence: Evidence): string[] {
  return measureHealing(evidence)
    .filter(({ stuck_ms, killed_askers }) => stuck_ms > leaseMs + healingMs + askedAgainMs * killed_askers)
    .map(({ id, stuck_ms }) => `${id} after ${stuck_ms} ms`)
}

function findLostReports({ testimony, events }: Evidence): string[] {
  return [...testimony.taken].flatMap(([id, keys]) => {
    const stored = new Set(events.get(id)?.map((row) => row.event_key))
    return [...keys].filter((key) => !stored.has(key)).map((key) => `${id} ${key}`)
  })
}

function findStoredTwice(rows: EventRow[]): string[] {
  const keys = rows.map((row) => row.event_key)
  return new Set(keys).size === keys.length ? [] : [rows[0]?.call_id ?? '']
}

/** In the order told, backwards and doubled. Where two ends compete the first one applied stands, whichever that was. */
function replays(rows: EventRow[], call: CallFacts): boolean {
  const told = rows.map((row) => row.event)
  const gives = (order: CallEvent[]) => isDeepStrictEqual(replay(order), call)
  const ends = told.filter((event) => event.kind === 'ended')
  if (ends.length > 1) return ends.some((end) => gives([end, ...told]))
  return [told, told.toReversed(), [...told, ...told]].every(gives)
}

function replay(events: CallEvent[]): CallFacts {
  return events.reduce(mergeEvent, newCall)
}

function findMiscounted({ attempts, leads, calls }: Evidence): string[] {
  const byLead = Map.groupBy(attempts, (attempt) => attempt.lead_id)
  return leads.flatMap((lead) => {
    const ended = (byLead.get(lead.id) ?? []).filter((attempt) => attempt.state === 'ended')
    const faults = ended.filter((attempt) => isCarriersFault(attempt, calls.get(attempt.id))).length
    const tries = ended.length - faults
    if (lead.attempts === tries && lead.carrier_faults === faults && faults <= CARRIER_FAULT_CAP) return []
    return [`${lead.id}: ${lead.attempts} tries and ${lead.carrier_faults} faults, counted ${tries} and ${faults}`]
  })
}

function isCarriersFault({ outcome }: AttemptRow, call: CallFacts | undefined): boolean {
  return (outcome === 'congestion' || outcome === 'failed') && !call?.ringing_at && !call?.answered_at
}

function findMiscountedDays({ attempts, days }: Evidence): string[] {
  const key = ({ campaign_id, day }: { campaign_id: string; day: string }) => `${campaign_id} ${day}`
  const counted = Map.groupBy(
    attempts.filter((attempt) => attempt.state !== 'dropped'),
    key,
  )
  return days
    .filter((day) => day.dials !== (counted.get(key(day))?.length ?? 0))
    .map((day) => `${key(day)}: ${day.dials}, counted ${counted.get(key(day))?.length ?? 0}`)
}
