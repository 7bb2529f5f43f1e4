import { z } from 'zod'
import { agentStates, askedStates } from '#domain/agent-session.ts'
import { joinHows } from '#domain/call-act.ts'
import { legStates } from '#domain/leg.ts'
import { boardSorts } from '#store/agent-board.ts'
import { periods } from '#store/agent-transitions.ts'
import { day, id, instant, listQuery, pageQuery, sortQuery } from '../../http/schema.ts'

const breakUse = z.object({
  /** Today, by the workspace's zone, for this reason. */
  used_ms: z.number().int(),
  allowance_ms: z.number().int().nullable(),
  over: z.boolean(),
})

/** The line to the agent: the latest one. */
const shownLeg = z
  .object({ id, trunk_id: id, state: z.enum(legStates), since: instant, hangup_cause: z.string().nullable() })
  .meta({ id: 'AgentLeg' })

const shown = {
  id,
  agent_id: id,
  agent_name: z.string(),
  agent_number: z.number().int(),
  reached_at: z.enum(['browser', 'extension', 'outside']),
  state: z.enum(agentStates),
  state_since: instant,
  /** How long it has been in this state. */
  age_ms: z.number().int(),
  reason: z.string().nullable(),
  call_id: id.nullable(),
  wrap_up_until: instant.nullable(),
  wrap_up_extended: z.boolean(),
  unsaved: z.boolean(),
  leg: shownLeg.nullable(),
  campaign: z.object({ id, name: z.string() }).nullable().describe('Of the call in hand'),
  joins: z
    .array(
      z.object({ user_id: id, user_name: z.string(), how: z.enum(joinHows), state: z.enum(['opening', 'joined']) }),
    )
    .describe('Supervisors who are in the call in hand, or about to be'),
  /** Taken when the call in hand is over. */
  next_state: z.enum(['break', 'offline']).nullable(),
  next_reason: z.string().nullable(),
  /** Of a break; over its allowance is shown, not forbidden. */
  break: breakUse.nullable(),
  seq: z.number().int(),
  started_at: instant,
  ended_at: instant.nullable(),
  /** Shown to supervisors. */
  ip: z.string().nullable(),
  client: z.string().nullable(),
}
export const agentSession = z.object(shown).meta({ id: 'AgentSession' })
export type ShownSession = z.input<typeof agentSession>

const reason = z.string().trim().min(1).max(200)

export const signingOn = z.strictObject({
  /** Yours, unless it says otherwise. */
  agent_id: id.exactOptional(),
  state: z.enum(['available', 'break']).default('available'),
  reason: reason.exactOptional(),
  /** Goes on with the open session on this device. */
  take_over: z.boolean().default(false),
})

export const askedState = z.strictObject({ state: z.enum(askedStates), reason: reason.exactOptional() })
export const breakAct = z.strictObject({ reason })
export const signOffAct = z.strictObject({ reason: reason.exactOptional() }).nullish()
export const offerAnswer = z.strictObject({
  call_id: id,
  accept: z.boolean(),
  reason: reason.describe('Why the lead is passed over').exactOptional(),
})

const text = z.string().trim().min(1).max(2000)
export const messageAct = z.strictObject({ text })
export const broadcastAct = z.strictObject({
  text,
  team_id: id.describe("This team's agents alone").exactOptional(),
})
export const broadcast = z
  .object({ told: z.number().int().describe('Agents at the phone who were told') })
  .meta({ id: 'AgentBroadcast' })

export const boardQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(boardSorts, 'state_since'),
  state: listQuery(agentStates),
  agent_id: id.exactOptional(),
  team_id: id.exactOptional(),
  /** `false`: sessions that have ended, too. */
  open: z.enum(['true', 'false']).default('true'),
})

export const transition = z
  .object({
    step: z.number().int(),
    from_state: z.enum(agentStates),
    to_state: z.enum(agentStates),
    reason: z.string().nullable(),
    call_id: id.nullable(),
    /** Who did it, when it was not the agent or the engine. */
    by_user_id: id.nullable(),
    at: instant,
  })
  .meta({ id: 'AgentTransition' })

const times = {
  /** Calls the agent was reserved for, and those talked on. */
  calls: z.number().int(),
  answered: z.number().int(),
  talk_ms: z.number().int(),
  wrap_up_ms: z.number().int(),
  break_ms: z.number().int(),
  idle_ms: z.number().int(),
  reserved_ms: z.number().int(),
  /** All of them together. */
  login_ms: z.number().int(),
}
export const totals = z.object({ session_id: id, at: instant, ...times }).meta({ id: 'AgentSessionTotals' })
export const performance = z
  .object({
    agent_id: id,
    starts_on: day,
    ...times,
    /** Calls the agent was reserved for and never talked on. */
    missed: z.number().int(),
    /** Calls whose disposition counts as success, and their part of those answered. */
    sales: z.number().int(),
    conversion_percent: z.number().nullable(),
    average_talk_ms: z.number().int().nullable(),
  })
  .meta({ id: 'AgentPerformance' })

export const performanceQuery = z.strictObject({
  period: z.enum(periods).default('day'),
  /** Days in the workspace's zone; the whole periods they lie in are answered. */
  from: day.exactOptional(),
  to: day.exactOptional(),
})
