import { type Days, readDays } from '../../lib/days.ts'

export interface AnalyticsSearch extends Days {
  campaign_id?: string | undefined
  agent_id?: string | undefined
}

const readId = (value: unknown) => (typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value) ? value : undefined)

export function readAnalyticsSearch(said: Record<string, unknown>): AnalyticsSearch {
  const [campaign_id, agent_id] = [readId(said.campaign_id), readId(said.agent_id)]
  return { ...readDays(said), ...(campaign_id && { campaign_id }), ...(agent_id && { agent_id }) }
}
