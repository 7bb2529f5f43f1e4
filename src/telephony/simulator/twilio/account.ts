/**
 * One account at the emulated carrier: its queue, its calls and what is told of them.
 *
 *   POST Calls.json → queued → (queue, at `calls_per_second`) → initiated → ringing → in-progress → completed
 *                                                                        └→ busy | no-answer | failed | canceled
 *
 * A call has no key of ours: a request that comes twice is two calls, and both ring.
 */
import { randomUUID } from 'node:crypto'
import type { CallEvent } from '#domain/call.ts'
import type { Clock } from '../../clock.ts'
import type { Chaos } from '../chaos.ts'
import { openLedger } from '../ledger.ts'
import { cutShort, planCall } from '../plan.ts'
import type { Script } from '../script.ts'
import { answerOf, endOf, type ReplyManner } from '../simulated-call.ts'
import { agendaOf, isEnd, isOver, type Step } from '../timeline.ts'
import { writeTones } from '../tone.ts'
import { type CallStatus, type Order, type PlacedCall, recordingSidAt, resourceOf, statusOf } from './call.ts'
import {
  type Account,
  answerFields,
  createCallbackPost,
  detectionFields,
  progressFields,
  recordingFields,
} from './callbacks.ts'

export interface AccountOptions extends Account {
  clock: Clock
  script: Script
  seed: string
  chaos: Chaos
  /** How much faster than real time the far end is; the queue is not. */
  speed: number
  /** More are queued, not refused. */
  calls_per_second: number
  ledger_path: string | null
  /** What is left on it, in US dollars, as Twilio writes it; null for a subaccount. */
  balance?: () => string | null
  trouble(message: string, cause: unknown): void
}

export type Resource = Record<string, unknown>

/** A call that was taken, and how that is answered; `refused` took nothing. */
export type Taking = { reply: ReplyManner; resource: Resource }

export interface TwilioAccount {
  /** `origin` is where this account is reached. */
  place(order: Order, origin: string): Taking
  /** Null where there is none of this SID. */
  recording(sid: string): Buffer | null
  /** False where there is none of this SID. */
  forgetRecording(sid: string): boolean
  /** Null where there is no such call. */
  fetch(sid: string): Resource | null
  /** The last one first. */
  list(by: { To: string | null; From: string | null; Status: string | null }): Resource[]
  /** `canceled` ends what nobody has answered, `completed` whatever is not over; false where it is over already. */
  end(sid: string, as: 'canceled' | 'completed'): boolean
  balance(): Resource
  /** Every call that was taken, in order; for those who count. */
  placed(): PlacedCall[]
  close(): Promise<void>
}

export function openTwilioAccount(options: AccountOptions): TwilioAccount {
  const { clock, script, seed, chaos, speed, calls_per_second, trouble } = options
  const ledger = openLedger(options.ledger_path, trouble)
  const post = createCallbackPost(options, trouble)
  const calls = new Map<string, PlacedCall>()
  const times_dialed = new Map<string, number>()
  const forgotten = new Set<string>()
  /** What is still to happen to a call; taking it back stops that. */
  const agendas = new Map<string, () => void>()
  /** The callbacks of one call leave one after the other. */
  const lines = new Map<string, Promise<unknown>>()
  let last_left = Number.NEGATIVE_INFINITY
  let closed = false

  const tell = (
    call: PlacedCall,
    to: string,
    form: Record<string, string>,
    heard?: (answer: string | null) => void,
  ) => {
    const line = (lines.get(call.sid) ?? Promise.resolve()).then(() => post.send(to, form)).then(heard)
    lines.set(call.sid, line)
  }
  const tellProgress = (call: PlacedCall, CallStatus: CallStatus, at: number, sequence: number) => {
    const { StatusCallback, StatusCallbackEvent } = call.order
    const named = { initiated: 'initiated', ringing: 'ringing', 'in-progress': 'answered' }[CallStatus as string]
    if (StatusCallback === null || !StatusCallbackEvent.includes(named ?? 'completed')) return
    tell(call, StatusCallback, progressFields(call, options, { CallStatus, at, sequence }))
  }
  const report = (call: PlacedCall, { planned }: Step<CallEvent>) => {
    const { order, plan } = call
    const { event, at } = planned
    if (event.kind === 'detected' && order.AsyncAmdStatusCallback !== null)
      tell(call, order.AsyncAmdStatusCallback, detectionFields(call, options, planned))
    const status = statusOf(event)
    if (status === null) return
    const begun = plan.events.filter((one) => statusOf(one.event) !== null)
    tellProgress(call, status, at, 1 + begun.indexOf(planned))
    const recorded = event.kind === 'ended' ? recordingSidAt(call, at) : null
    if (recorded !== null && order.RecordingStatusCallback !== null)
      tell(call, order.RecordingStatusCallback, recordingFields(call, options, recorded, call.origin))
  }
  const answer = (call: PlacedCall) => {
    const { Twiml, Url } = call.order
    call.said = Twiml
    if (Twiml !== null || Url === null) return
    tell(call, Url, answerFields(call, options), (twiml) => {
      call.said = twiml
      // Whoever gets no instructions hears an apology and is hung up on.
      if (twiml === null && !closed) cut(call)
    })
  }

  /** Goes on with a call's plan from now. */
  const play = (call: PlacedCall, steps: (Step<CallEvent> | { time: number; what: 'leave' | 'answer' })[]) => {
    agendas.get(call.sid)?.()
    agendas.delete(call.sid)
    for (let step = steps[0]; step && step.time <= clock.now(); step = steps[0]) {
      steps.shift()
      if (step.what === 'leave') {
        ledger.noteDial(call.plan)
        tellProgress(call, 'initiated', call.leaves_at, 0)
      } else if (step.what === 'answer') answer(call)
      else if (step.what === 'end') ledger.noteEnd(call.plan)
      else if ('planned' in step) report(call, step)
    }
    const next = steps[0]
    if (next)
      agendas.set(
        call.sid,
        clock.at(next.time, () => play(call, steps)),
      )
  }
  const begin = (call: PlacedCall) => {
    const answered = call.plan.events.find(({ event }) => event.kind === 'answered')
    const steps = [
      { time: call.leaves_at, what: 'leave' as const },
      ...(answered ? [{ time: answered.at, what: 'answer' as const }] : []),
      ...agendaOf<CallEvent>(call.plan),
    ]
    play(
      call,
      steps.toSorted((one, other) => one.time - other.time),
    )
  }
  const cut = (call: PlacedCall) => {
    const now = clock.now()
    const events = cutShort(call.plan, now)
    if (events === null) return
    call.plan.events = events
    const agenda = agendaOf<CallEvent>(call.plan)
    // One that never left the queue rang nobody, and stands in no ledger.
    const left = call.leaves_at <= now
    const to_come = agenda.filter((step) => step.time > now || isEnd(step.planned))
    play(call, left ? to_come : to_come.filter((step) => step.what === 'report'))
  }

  return {
    place(order, origin) {
      const created_at = clock.now()
      const times_before = times_dialed.get(order.To) ?? 0
      times_dialed.set(order.To, times_before + 1)
      const sid = `CA${randomUUID().replaceAll('-', '')}`
      const leaves_at = Math.max(created_at, last_left + Math.ceil(1000 / calls_per_second))
      const dial = { attempt_id: sid, number: order.To, caller_id: order.From, ring_timeout_ms: order.Timeout * 1000 }
      const route = { trunk_id: options.sid, report_to: order.StatusCallback ?? '', speed }
      const plan = planCall({ ...dial, ...route }, { script, seed, chaos }, times_before, leaves_at)
      const call: PlacedCall = { sid, order, origin, created_at, leaves_at, plan, said: null }
      if (plan.reply === 'refused') return { reply: 'refused', resource: {} }
      last_left = leaves_at
      calls.set(sid, call)
      const resource = resourceOf(call, options.sid, Math.min(created_at, leaves_at - 1))
      begin(call)
      return { reply: plan.reply, resource }
    },
    fetch(sid) {
      const call = calls.get(sid)
      return call ? resourceOf(call, options.sid, clock.now()) : null
    },
    forgetRecording(sid) {
      const call = calls.get(sid.replace('RE', 'CA'))
      const known = call !== undefined && !forgotten.has(sid) && recordingSidAt(call, clock.now()) === sid
      forgotten.add(sid)
      return known
    },
    recording(sid) {
      if (forgotten.has(sid)) return null
      const call = calls.get(sid.replace('RE', 'CA'))
      if (!call || recordingSidAt(call, clock.now()) !== sid) return null
      const end = endOf(call.plan).at
      return writeTones(end - (answerOf(call.plan, end) ?? end))
    },
    list({ To, From, Status }) {
      const all = [...calls.values()].reverse().map((call) => resourceOf(call, options.sid, clock.now()))
      return all.filter(
        ({ to, from, status }) =>
          (To === null || to === To) && (From === null || from === From) && (Status === null || status === Status),
      )
    },
    end(sid, as) {
      const call = calls.get(sid)
      if (!call || isOver(call.plan, clock.now())) return false
      const answered = call.plan.events.some(({ event, at }) => event.kind === 'answered' && at <= clock.now())
      if (as === 'completed' || !answered) cut(call)
      return true
    },
    balance: () => {
      const { sid, balance = () => '20.00' } = options
      const left = balance()
      return { account_sid: sid, balance: left, currency: left === null ? null : 'USD' }
    },
    placed: () => [...calls.values()],
    async close() {
      closed = true
      for (const stop of agendas.values()) stop()
      agendas.clear()
      await post.close()
      await Promise.all(lines.values())
      ledger.close()
    },
  }
}
