/**
 * Whose agents stand where, from one reading of the sessions to the next: in a call or its wrap-up they are its campaign's,
 * idle the one's they were dealt to, on a break the last one's. So no agent stands in two. Times are epoch ms.
 */
import type { AgentState } from '../agent-session.ts'
import type { AgentView } from './pacer-contract.ts'

export interface OpenSession {
  session_id: string
  /** The agent's number; null where the session is known. */
  agent: number | null
  state: AgentState
  since: number
  /** How many changes of state it has had. */
  steps: number
  /** A break or the end of the session was asked for, to come after the call in hand. */
  pause_pending: boolean
  /** Of the call in hand. */
  campaign_id: string | null
  /** Of campaigns that share agents, whose calls the agent of a call in hand may take. */
  serves: string[]
}

/** A change of state of a session that is known, since it was looked at last. */
export interface SessionMove {
  session_id: string
  step: number
  state: AgentState
  at: number
  campaign_id: string | null
}

/** From `at` on an agent is the campaign's, in this state. */
export interface Stay {
  campaign_id: string | null
  state: AgentView['state']
  at: number
}

export interface Followed {
  agent: number
  steps: number
  pause_pending: boolean
  /** What changed since the reading before, and where the agent stands now; never empty. */
  stays: Stay[]
}

const views: Record<AgentState, AgentView['state']> = {
  ...{ offline: 'off', available: 'idle', reserved: 'talk', on_call: 'talk', wrap_up: 'wrap', break: 'break' },
}

/** `dealt`: whose idle agents are whose, by session. Sessions that are over are followed once more, and then forgotten. */
export function followAgents(
  before: ReadonlyMap<string, Followed>,
  { sessions, moves }: { sessions: readonly OpenSession[]; moves: readonly SessionMove[] },
  dealt: ReadonlyMap<string, string>,
  at: number,
): Map<string, Followed> {
  const moved = Map.groupBy(moves, ({ session_id }) => session_id)
  const open = new Map(sessions.map((session) => [session.session_id, session]))
  const ended = [...before].filter(([id, { stays }]) => !open.has(id) && stays.at(-1)?.state !== 'off')
  const all = [...sessions, ...ended.map(([id, known]) => endOf(id, known, moved.get(id) ?? [], at))]
  return new Map(
    all.map((session) => {
      const { session_id: id, steps } = session
      const passed = (moved.get(id) ?? []).filter(({ step }) => step < steps)
      return [id, followOne(before.get(id), session, passed, dealt, at)]
    }),
  )
}

/** A session that is over. One whose last steps are gone, too, ends when that is seen. */
function endOf(session_id: string, { agent, steps }: Followed, moves: SessionMove[], at: number): OpenSession {
  const last = moves.findLast(({ state }) => state === 'offline')
  const end = { state: 'offline' as const, since: last?.at ?? at, steps: last?.step ?? steps + 1 }
  return { session_id, agent, ...end, pause_pending: false, campaign_id: null, serves: [] }
}

function followOne(
  before: Followed | undefined,
  session: OpenSession,
  passed: SessionMove[],
  dealt: ReadonlyMap<string, string>,
  at: number,
): Followed {
  const stays: Stay[] = []
  let last = before?.stays.at(-1)
  const add = (stay: Stay) => {
    if (last?.state === stay.state && last.campaign_id === stay.campaign_id) return
    stays.push(stay)
    last = stay
  }
  for (const [index, { state, at: since, campaign_id }] of passed.entries()) {
    // Who was idle in between was so for the campaign whose call came next.
    const next = passed[index + 1] ?? session
    const owner = state === 'available' ? next.campaign_id : campaign_id
    add({ state: views[state], at: since, campaign_id: owner ?? last?.campaign_id ?? null })
  }
  const { steps, pause_pending } = session
  const agent = before?.agent ?? session.agent ?? 0
  add(present(session, last, dealt, before?.steps === steps ? at : session.since))
  return { agent, steps, pause_pending, stays: stays.length > 0 ? stays : [last as Stay] }
}

function present(
  { session_id, state, campaign_id }: OpenSession,
  last: Stay | undefined,
  dealt: ReadonlyMap<string, string>,
  at: number,
): Stay {
  const view = views[state]
  if (view === 'idle') return { state: view, campaign_id: dealt.get(session_id) ?? null, at }
  if (view === 'talk' || view === 'wrap') return { state: view, campaign_id, at }
  return { state: view, campaign_id: last?.campaign_id ?? null, at }
}
