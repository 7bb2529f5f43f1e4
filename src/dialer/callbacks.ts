/**
 * Promises: a call of a lead at a time, to the campaign's team or to one agent. In: who promises what, and what calls came
 * to. Out: callbacks, and leads that stand by them. It must never promise a minute that the gate forbids, nor leave a lead
 * and its callback apart.
 *
 * Everything here works inside the caller's transaction, which has locked the lead.
 */
import { type CallbackStatus, expiresAfterMs, farthestMs } from '#domain/callback.ts'
import { zonesOfPerson } from '#domain/number-zones.ts'
import { callbackAt } from '#domain/retry.ts'
import { instantOfLocal, localTime, startOfDay } from '#domain/zone-offset.ts'
import { changeCallback, insertCallback, placeLeads, settleCallbacks } from '#store/callbacks.ts'
import { newId } from '#store/ids.ts'
import { type LeadEvidence, readLeadEvidence } from '#store/lead-evidence.ts'
import type { Tx } from '#store/tx.ts'
import { dateLead, judge } from './gate.ts'

/** An instant, what the person's own clock is to show (`2026-11-23T15:00`), or the first lawful minute of a day there. */
export type WantedTime = { at: number } | { local_time: string } | { day: string }

export interface PromisedTime {
  promised_at: number
  time_zone: string
}

export interface RefusedTime {
  /** The rule of the verdict that forbids it, or `passed`, `too_far`, `no_such_minute`. */
  rule: string
  detail: string
  /** The next instant that could be promised; null where there is none. */
  next_lawful_at: number | null
}

export function isRefusedTime(time: object): time is RefusedTime {
  return 'next_lawful_at' in time
}

/** Reads the time on the person's clock and asks the gate whether anybody may call then. */
export function findPromisedTime(lead: LeadEvidence, wanted: WantedTime, at: number): PromisedTime | RefusedTime {
  const { number, time_zone: zone, country, region, postcode } = lead
  const [time_zone = lead.campaign.time_zone] = zonesOfPerson({ number: number ?? '', zone, country, region, postcode })
  const promised_at =
    'at' in wanted
      ? wanted.at
      : 'day' in wanted
        ? firstLawfulOf(lead, time_zone, wanted.day, at)
        : instantOfLocal(time_zone, wanted.local_time)
  const refuse = (rule: string, detail: string): RefusedTime => {
    return { rule, detail, next_lawful_at: judgeAt(lead, at).at }
  }
  if (promised_at === null && 'day' in wanted) {
    return refuse('no_lawful_minute', `no minute of that day in ${time_zone} may be called any more`)
  }
  if (promised_at === null) return refuse('no_such_minute', `the clocks of ${time_zone} never show it`)
  if (promised_at <= at) return refuse('passed', 'lies in the past')
  if (promised_at > at + farthestMs) return refuse('too_far', 'lies more than 180 days ahead')
  const verdict = judgeAt(lead, promised_at)
  // That the campaign does not run now is no reason: it may run then.
  if (verdict.answer === 'now' || verdict.rule.id === 'campaign_inactive') return { promised_at, time_zone }
  const detail = [verdict.rule.source, verdict.evidence.detail].filter((text) => text !== null).join(': ')
  return { rule: verdict.rule.id, detail, next_lawful_at: verdict.at }
}

/** The first minute of a day on the person's clock, still to come, at which the gate lets calls out; null if there is none. */
function firstLawfulOf(lead: LeadEvidence, zone: string, day: string, at: number): number | null {
  const next = Math.ceil((at + 1) / 60_000) * 60_000
  const first = judgeAt(lead, Math.max(startOfDay(zone, day), next)).at
  return first !== null && localTime(zone, first).date === day ? first : null
}

/** What the lead waited for until now is what the promise replaces. */
function judgeAt(lead: LeadEvidence, at: number) {
  return judge({ ...lead, not_before: null }, at).verdict
}

export interface NewPromise extends PromisedTime {
  lead_id: string
  call_id: string | null
  agent_id: string | null
  note: string
  created_by: string | null
}

/** Makes the promise. A lead that is not being called is then put where the promise wants it. */
export async function makeCallback(tx: Tx, workspaceId: string, promise: NewPromise, at: number): Promise<string> {
  const id = newId(at)
  await insertCallback(tx, workspaceId, { ...promise, id, ...timesOf(promise) }, at)
  return id
}

/** Another time, agent or note of an open one. */
export async function moveCallback(
  tx: Tx,
  workspaceId: string,
  id: string,
  promise: PromisedTime & { agent_id: string | null; note: string },
  at: number,
): Promise<void> {
  await changeCallback(tx, workspaceId, id, { ...promise, ...timesOf(promise) }, at)
}

function timesOf({ promised_at }: PromisedTime) {
  return { promised_at: new Date(promised_at), expires_at: new Date(promised_at + expiresAfterMs) }
}

/** Puts a lead that is not being called where its promise wants it; the gate says when it is due. */
export async function holdForCallback(
  tx: Tx,
  workspaceId: string,
  lead: LeadEvidence,
  { promised_at: not_before }: Pick<PromisedTime, 'promised_at'>,
  at: number,
): Promise<void> {
  const { lead_id } = lead
  const { due_at, held_by, status } = dateLead({ ...lead, status: 'callback', not_before }, at)
  await placeLeads(tx, workspaceId, [{ lead_id, status: status ?? 'callback', not_before, due_at, held_by }], at)
}

export interface EndedPromise {
  id: string
  lead_id: string
  /** The lead waits for the promise, and for nothing else from now on. */
  lead_waits: boolean
  reason: string | null
}

/**
 * Ends promises without a call. Their leads go back to the campaign within their budget, as after a call that nobody
 * answered.
 */
export async function endCallbacks(
  tx: Tx,
  workspaceId: string,
  status: Exclude<CallbackStatus, 'open' | 'kept'>,
  ended: EndedPromise[],
  at: number,
): Promise<void> {
  if (ended.length === 0) return
  const ends = ended.map(({ id, reason }) => ({ id, status, reason, call_id: null }))
  await settleCallbacks(tx, workspaceId, ends, at)
  const waiting = ended.filter(({ lead_waits }) => lead_waits).map(({ lead_id }) => lead_id)
  if (waiting.length === 0) return
  const places = (await readLeadEvidence(tx, workspaceId, waiting, at)).map((lead) => {
    const seconds = lead.campaign.retry_interval_seconds
    const not_before = callbackAt({ retry_interval_ms: seconds === null ? null : seconds * 1000 }, null, at)
    const { due_at, held_by, status } = dateLead({ ...lead, status: 'pending', not_before }, at)
    return { lead_id: lead.lead_id, status: status ?? 'pending', not_before, due_at, held_by }
  })
  await placeLeads(tx, workspaceId, places, at)
}
