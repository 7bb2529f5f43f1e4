import { signOnAgent } from './agents.ts'
import type { App } from './app.ts'
import type { Floor } from './floor.ts'
import { type Hand, handCall } from './hands.ts'
import { makeAgentUser } from './talked.ts'
import { loadLeads, numbersFrom } from './tenant.ts'

export interface Talk extends Hand {
  agent_id: string
  user_id: string
  key: string
  /** Does something with the call, as the agent. */
  act(body: object): ReturnType<App['ask']>
}

let numbers = 0

/** An agent at a browser who talks with somebody new of this campaign, whose people answer. */
export async function startTalk(app: App, floor: Floor, campaign: string): Promise<Talk> {
  const agent = await makeAgentUser(app)
  await floor.db.owner.query('insert into campaign_agents values ($1, $2, $3)', [
    ...[floor.tenant.workspace_id, campaign, agent.agent_id],
  ])
  await signOnAgent(floor.db.app, floor.tenant, agent.agent_id, floor.clock.now())
  numbers += 1
  await loadLeads(floor.db.app, floor.tenant, campaign, numbersFrom(numbers, 1), floor.clock.now())
  await floor.run(15_000)
  const hand = await handCall(floor, campaign, agent.agent_id)
  const act = (body: object) => app.ask('POST', `/api/v1/calls/${hand.call_id}/acts`, { body, key: agent.key })
  return { ...agent, ...hand, act }
}
