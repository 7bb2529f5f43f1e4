export interface AgentSearch {
  show?: 'teams' | undefined
  q?: string | undefined
}

/** What an address says of which list is shown, and what is searched for. */
export function readAgentSearch({ show, q }: Record<string, unknown>): AgentSearch {
  return { ...(show === 'teams' && { show }), ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }) }
}
