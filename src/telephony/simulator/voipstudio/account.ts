/**
 * One account at the emulated VoIPStudio: its users' calls, and what is told of them. A user's softphone is picked up at
 * once; what the plan of a call says then is what the person does.
 *
 *   POST calls → INITIAL → RINGING → CONNECTED → HANGUP, and a record a moment later
 */
import type { CallEvent, Outcome } from '#domain/call.ts'
import { type HostedCall, type HostedCalls, type HostedOptions, openHostedCalls } from '../hosted-calls.ts'
import { createHostedPost } from '../hosted-post.ts'
import { answerOf, endOf, type ReplyManner } from '../simulated-call.ts'
import { isOver } from '../timeline.ts'

export interface Order {
  /** E.164 without the plus. */
  to: string
  from: string
  caller_id?: string | undefined
}

export interface VoipstudioAccountOptions extends HostedOptions {
  webhook_url: string | null
  /** The users of the account, and whether their softphone is signed on. */
  users: Record<string, 'online' | 'offline'>
}

type Resource = Record<string, unknown>

export interface VoipstudioAccount extends Pick<HostedCalls<Order>, 'placed'> {
  place(order: Order): { reply: ReplyManner; resource: Resource }
  /** Null for a call that does not go on. */
  show(id: string): Resource | null
  list(): Resource[]
  records(live_id: string): Resource[]
  hangUp(id: string): boolean
  close(): Promise<void>
}

/** VoIPStudio's own, which nobody can choose. */
const ring_timeout_ms = 180_000
/** From the end of a call until its record is there. */
const recorded_ms = 3_000
/** Ids of calls are numbers, and go on from here. */
const first_id = 139_543_232

/** Disposition and cause of calls that nobody answered. */
const ends: Partial<Record<Outcome, [string, string]>> = {
  ...{ busy: ['BUSY', 'User busy'], no_answer: ['NO ANSWER', 'User alerting, no answer'] },
  ...{ rejected: ['NO ANSWER', 'Call Rejected'], invalid_number: ['FAILED', 'Unallocated (unassigned) number'] },
  canceled: ['NO ANSWER', 'Normal Clearing'],
}
const states: Partial<Record<CallEvent['kind'], string>> = {
  ...{ ringing: 'RINGING', answered: 'CONNECTED', ended: 'HANGUP' },
}
const events: Record<string, string> = { RINGING: 'call.ringing', CONNECTED: 'call.connected', HANGUP: 'call.hangup' }

export function openVoipstudioAccount(options: VoipstudioAccountOptions): VoipstudioAccount {
  const { clock, speed, webhook_url } = options
  const post = createHostedPost(options.trouble)
  let last_id = first_id
  let told = 0
  const calls = openHostedCalls<Order>(options, (call, { kind }) => {
    const state = states[kind]
    if (state === undefined) return
    const event_time = dateOf(clock.now())
    told += 1
    const delivery = { id: `uk003.${told}`, event_time, event_name: events[state], call_id: Number(call.id), state }
    post.send(call.id, webhook_url, () => ({ ...delivery, src_id: call.order.from, dst: call.order.to }))
  })

  const resourceOf = ({ id, order, created_at, plan }: HostedCall<Order>, now: number): Resource => {
    const last = plan.events.findLast(({ event, at }) => states[event.kind] !== undefined && at <= now)
    const answered = answerOf(plan, now)
    return {
      ...{ id: Number(id), state: states[last?.event.kind ?? 'detected'] ?? 'INITIAL' },
      ...{ src_id: order.from, src_name: 'A user', dst: order.to, dst_name: 'Somebody', clid: order.caller_id ?? '' },
      ...{ start_time: secondOf(created_at), connected_at: answered === null ? 0 : secondOf(answered) },
    }
  }
  const recordOf = ({ id, order, created_at, plan }: HostedCall<Order>): Resource => {
    const end = endOf(plan)
    const answered = answerOf(plan, end.at)
    const [disposition, t_cause] =
      answered === null ? (ends[end.event.outcome] ?? ['FAILED', 'Interworking']) : ['ANSWERED', 'Normal Clearing']
    return {
      ...{ id: Number(id) + 1_000_000, live_id: Number(id), is_root: true, type: 'O', user_id: Number(order.from) },
      ...{ calldate: dateOf(created_at), src_id: order.from, dst: order.to, disposition, t_cause },
      duration: secondOf(end.at) - secondOf(created_at),
      billsec: answered === null ? 0 : secondOf(end.at) - secondOf(answered),
    }
  }

  return {
    place(order) {
      last_id += 1
      const placing = calls.place(String(last_id), order, { number: `+${order.to}`, ring_timeout_ms })
      return { reply: placing.reply, resource: 'call' in placing ? resourceOf(placing.call, clock.now()) : {} }
    },
    show(id) {
      const call = calls.get(id)
      return call && !isOver(call.plan, clock.now()) ? resourceOf(call, clock.now()) : null
    },
    list() {
      const now = clock.now()
      const living = calls.placed().filter(({ plan }) => !isOver(plan, now))
      return living.map((call) => resourceOf(call, now))
    },
    records(live_id) {
      const call = calls.get(live_id)
      return call && isOver(call.plan, clock.now() - recorded_ms / speed) ? [recordOf(call)] : []
    },
    hangUp: calls.cut,
    placed: calls.placed,
    async close() {
      calls.close()
      await post.close()
    },
  }
}

const secondOf = (time: number): number => Math.floor(time / 1000)
/** `YYYY-MM-DD HH:MM:SS` in UTC. */
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ')
