import { z } from 'zod'
import { periods } from '#store/agent-transitions.ts'
import { agentKinds, agentPlaces, agentSorts } from '#store/agents.ts'
import { leaderboardFigures } from '#store/leaderboard.ts'
import {
  day,
  email,
  flagQuery,
  freeObject,
  id,
  instant,
  language,
  listQuery,
  name,
  pageQuery,
  sortQuery,
  timeZone,
} from '../../http/schema.ts'

const skill = z.string().trim().toLowerCase().min(1).max(50)
const skills = z
  .array(skill)
  .max(50)
  .transform((all) => [...new Set(all)])

const settings = {
  code: z.string().trim().min(1).max(200).nullable().exactOptional(),
  kind: z.enum(agentKinds).exactOptional(),
  user_id: id.nullable().exactOptional(),
  reached_at: z.enum(agentPlaces).exactOptional(),
  extension: z
    .string()
    .regex(/^[0-9*#]{1,20}$/, 'must be digits, * or #')
    .nullable()
    .exactOptional(),
  phone_number: z.string().max(100).nullable().exactOptional(),
  email: email.nullable().exactOptional(),
  department: z.string().trim().max(200).nullable().exactOptional(),
  supervisor_user_id: id.nullable().exactOptional(),
  time_zone: timeZone.nullable().exactOptional(),
  language: language.nullable().exactOptional(),
  skills: skills.exactOptional(),
  max_concurrent_calls: z.number().int().min(1).max(1000).exactOptional(),
  active: z.boolean().exactOptional(),
  settings: freeObject.exactOptional(),
}

export const newAgent = z.strictObject({ name, ...settings })
export const agentChange = z.strictObject({ name: name.exactOptional(), ...settings })
export type AgentInput = z.output<typeof agentChange>

export const agent = z
  .object({
    id,
    number: z.number().int(),
    code: z.string().nullable(),
    kind: z.enum(agentKinds),
    name: z.string(),
    user_id: id.nullable(),
    reached_at: z.enum(agentPlaces),
    extension: z.string().nullable(),
    phone_number: z.string().nullable(),
    email: z.string().nullable(),
    department: z.string().nullable(),
    supervisor_user_id: id.nullable(),
    time_zone: z.string().nullable(),
    language: z.string().nullable(),
    skills: z.array(z.string()),
    max_concurrent_calls: z.number().int(),
    active: z.boolean(),
    settings: z.record(z.string(), z.unknown()),
    team_ids: z.array(id),
    state: z.string(),
    state_since: instant.nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: 'Agent' })

export const agentQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(agentSorts, '-created_at'),
  kind: listQuery(agentKinds),
  active: flagQuery,
  team_id: id.exactOptional(),
  skill: skill.exactOptional(),
  user_id: id.describe('Who signs in as this agent').exactOptional(),
  search: z.string().max(200).exactOptional(),
})

export const leaderboardQuery = z.strictObject({
  period: z.enum(periods).default('day'),
  /** A day of the period, in the workspace's zone; today unless it says otherwise. */
  date: day.exactOptional(),
  team_id: id.exactOptional(),
  by: z.enum(leaderboardFigures).default('sales'),
})

export const leaderboard = z
  .object({
    data: z.array(
      z.object({
        /** Equal figures share a rank, and the ranks behind them are left out. */
        rank: z.number().int(),
        agent_id: id,
        name: z.string(),
        calls: z.number().int(),
        answered: z.number().int(),
        missed: z.number().int(),
        sales: z.number().int(),
        talk_ms: z.number().int(),
        average_talk_ms: z.number().int().nullable(),
        conversion_percent: z.number().nullable(),
      }),
    ),
    next_cursor: z.null(),
  })
  .meta({ id: 'Leaderboard' })

/** With force, active campaigns of the agent are paused first. */
export const agentDeletion = z.strictObject({ force: flagQuery })
