import { z } from 'zod'
import { teamSorts } from '#store/teams.ts'
import { id, instant, name, pageQuery, sortQuery } from '../../http/schema.ts'

const agentIds = z.array(id).max(5000)

export const newTeam = z.strictObject({ name, agent_ids: agentIds.exactOptional() })
export const teamChange = z.strictObject({ name: name.exactOptional() })
export const teamAgents = z.strictObject({ agent_ids: agentIds })
export const teamAgent = z.strictObject({ agent_id: id })
export const teamAgentIds = z.object({ id, agent_id: id })

export const team = z
  .object({ id, name: z.string(), agent_ids: z.array(id), created_at: instant, updated_at: instant })
  .meta({ id: 'Team' })

export const teamQuery = z.strictObject({
  ...pageQuery,
  sort: sortQuery(teamSorts, 'name'),
  agent_id: id.exactOptional(),
  search: z.string().max(200).exactOptional(),
})
