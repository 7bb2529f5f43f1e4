/**
 * One account at the emulated Bolna: its executions, and what is told of them.
 *
 *   POST /call → queued → initiated → ringing → in-progress → call-disconnected → (processing) → completed
 *                    └→ balance-low          └→ busy | no-answer | failed | stopped
 *                    └→ rescheduled → stopped
 *
 * A call that somebody declines goes through `call-disconnected` and `completed` like one that was talked on, as Bolna's
 * documentation warns. Nothing of ours is a key: a request that comes twice is two calls.
 */
import { randomUUID } from 'node:crypto'
import type { Outcome } from '#domain/call.ts'
import { type HostedCall, type HostedCalls, type HostedOptions, openHostedCalls } from '../hosted-calls.ts'
import { createHostedPost } from '../hosted-post.ts'
import type { ReplyManner } from '../simulated-call.ts'
import { answerOf, endOf } from '../simulated-call.ts'
import { isOver } from '../timeline.ts'

export interface Order {
  agent_id: string
  recipient_phone_number: string
  from_phone_number?: string | undefined
  user_data?: Record<string, unknown> | undefined
}

export interface BolnaAccountOptions extends HostedOptions {
  /** Of all agents; null where nobody wants to hear. */
  webhook_url: string | null
  /** Without any money nobody is called. */
  wallet: number
  /** The agents have calling hours, and it is late: calls are put off. */
  closed?: boolean
}

interface Recordings {
  /** The address of the API, which is known once it listens. */
  recordings_at(): string
}

type Execution = Record<string, unknown>

export interface BolnaAccount extends Pick<HostedCalls<Order>, 'placed'> {
  place(order: Order): { id: string; reply: ReplyManner }
  /** Null where there is no such execution. */
  show(id: string): Execution | null
  /** False where it is over already. */
  stop(id: string): boolean
  close(): Promise<void>
}

/** Bolna's own, which nobody can choose. */
const ring_timeout_ms = 180_000
/** From the end of a call until all is known of it. */
const processing_ms = 120_000

/** Ends that are a status of their own. */
const statuses: Partial<Record<Outcome, string>> = { busy: 'busy', no_answer: 'no-answer', invalid_number: 'failed' }
/** Of the carriers behind it. */
const reasons: Partial<Record<Outcome, string>> = {
  ...{ rejected: 'Rejected', invalid_number: 'Invalid Destination Address', no_answer: 'No Answer', busy: 'Busy Line' },
}

export function openBolnaAccount(options: BolnaAccountOptions & Recordings): BolnaAccount {
  const { clock, speed, webhook_url, wallet, closed = false } = options
  const post = createHostedPost(options.trouble)
  /** What rings nobody. */
  const unplaced = new Map<string, Execution>()
  const alarms = new Set<() => void>()
  const processed = (ended_at: number) => ended_at + processing_ms / speed
  const tell = (call: HostedCall<Order>) => post.send(call.id, webhook_url, () => executionOf(call, clock.now()))
  const calls = openHostedCalls<Order>(options, (call, event) => {
    tell(call)
    if (event.kind === 'ended' && statusAt(call, clock.now()) === 'call-disconnected')
      alarms.add(clock.at(processed(clock.now()), () => tell(call)))
  })

  function statusAt({ plan, cut }: HostedCall<Order>, now: number): string {
    const last = plan.events.findLast(({ event, at }) => event.kind !== 'detected' && at <= now)?.event
    if (last?.kind === 'ringing') return 'ringing'
    if (last?.kind === 'answered') return 'in-progress'
    if (last?.kind !== 'ended') return 'queued'
    if (cut) return 'stopped'
    return statuses[last.outcome] ?? (now < processed(endOf(plan).at) ? 'call-disconnected' : 'completed')
  }

  function executionOf(call: HostedCall<Order>, now: number): Execution {
    const { id, order, created_at, plan } = call
    const status = statusAt(call, now)
    const end = endOf(plan)
    const over = isOver(plan, now)
    const answered = answerOf(plan, now)
    const rang = plan.events.find(({ event }) => event.kind === 'ringing')?.at
    const last = plan.events.findLast(({ at }) => at <= now)?.at ?? created_at
    const talked_s = over && answered !== null ? (end.at - answered) / 1000 : 0
    const done = status === 'completed' && talked_s > 0
    return {
      ...described(id, order, status, created_at),
      updated_at: new Date(status === 'completed' ? processed(end.at) : last).toISOString(),
      conversation_duration: talked_s,
      answered_by_voice_mail: over && answered !== null && end.event.outcome === 'machine',
      ...{ total_cost: done ? 7.5 : 0, transcript: talked_s > 0 ? 'assistant: Hello.\nuser: Hello?' : null },
      telephony_data: {
        ...{ to_number: order.recipient_phone_number, from_number: order.from_phone_number ?? '+15550000000' },
        ...{ call_type: 'outbound', provider: 'plivo', hosted_telephony: true },
        duration: talked_s > 0 ? String(Math.round(talked_s)) : null,
        ring_duration: answered !== null && rang !== undefined ? (answered - rang) / 1000 : null,
        recording_url: done ? `${options.recordings_at()}/recordings/call/${id}.wav` : null,
        hangup_reason: over ? (reasons[end.event.outcome] ?? 'Normal Hangup') : null,
      },
    }
  }

  const keepUnplaced = (execution: Execution) => {
    const id = String(execution.id)
    unplaced.set(id, execution)
    post.send(id, webhook_url, () => execution)
  }

  return {
    place(order) {
      const id = randomUUID()
      if (wallet <= 0 || closed) {
        keepUnplaced(described(id, order, closed ? 'rescheduled' : 'balance-low', clock.now()))
        return { id, reply: 'prompt' }
      }
      const placing = calls.place(id, order, { number: order.recipient_phone_number, ring_timeout_ms })
      if ('call' in placing) tell(placing.call)
      return { id, reply: placing.reply }
    },
    placed: calls.placed,
    show(id) {
      const call = calls.get(id)
      return call ? executionOf(call, clock.now()) : (unplaced.get(id) ?? null)
    },
    stop(id) {
      const waiting = unplaced.get(id)
      if (waiting?.status === 'rescheduled') keepUnplaced({ ...waiting, status: 'stopped' })
      return waiting?.status === 'rescheduled' || calls.cut(id)
    },
    async close() {
      for (const stop of alarms) stop()
      calls.close()
      await post.close()
    },
  }
}

function described(id: string, order: Order, status: string, created_at: number): Execution {
  const { agent_id, user_data = null, recipient_phone_number } = order
  return {
    ...{ id, agent_id, batch_id: null, status, error_message: null, termination_reason: null },
    created_at: new Date(created_at).toISOString(),
    updated_at: new Date(created_at).toISOString(),
    context_details: { recipient_data: user_data, recipient_phone_number },
  }
}
