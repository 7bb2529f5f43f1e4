/** What goes over the agent's socket (docs/guides/agent-socket.md); the specification of the API holds no frames. */
import type { Schemas } from './client.ts'

export type AgentState = Schemas['AgentSession']['state']
export type AgentLeg = Schemas['AgentLeg']

/** A session as its own agent is shown it. */
export interface OwnSession {
  id: string
  agent_id: string
  state: AgentState
  state_since: string
  reason: string | null
  call_id: string | null
  wrap_up_until: string | null
  wrap_up_extended: boolean
  unsaved: boolean
  next_state: 'break' | 'offline' | null
  next_reason: string | null
  started_at: string
  ended_at: string | null
  leg: AgentLeg | null
}

export interface RenderedStep {
  key: string
  text: string
  branches: { label: string; goes_to: string }[]
  /** Merge fields of which nothing is known; each stands in the text as a gap such as [first_name]. */
  missing: string[]
}

export interface ScreenPop {
  call_id: string
  number: string
  time_zone: string | null
  campaign: { id: string; name: string; mode: Schemas['Campaign']['mode'] } | null
  contact: Schemas['Contact'] | null
  lead: Schemas['Lead'] | null
  history: {
    call_id: string
    at: string
    outcome: string | null
    disposition: string | null
    agent_name: string | null
    talk_seconds: number | null
  }[]
  notes: { type: string; content: string; important: boolean; created_at: string }[]
  script: { steps: RenderedStep[] } | { faults: { index: number; message: string }[] } | null
}

export interface DueCallback {
  callback_id: string
  lead_id: string
  full_name: string
  promised_at: string
  local_time: string
  note: string
}

interface Told<Type extends string, Data> {
  type: Type
  seq: number
  at: string
  data: Data
}
export type AgentMessage =
  | Told<'message', { text: string; from_user_id: string }>
  | Told<'offer', ScreenPop & { until: string }>
  | Told<'screen_pop', ScreenPop>
  | Told<'callback', DueCallback>

export type ServerFrame = { seq: number; at: string; ref?: string } & (
  | { type: 'state'; owner: boolean; session: OwnSession; messages?: AgentMessage[] }
  | AgentMessage
  | { type: 'not_owner' | 'done' | 'heartbeat' }
  | { type: 'refused'; refused: string; detail: string }
  | { type: 'error'; detail: string }
)

/** Anything that can be done with the call in hand. */
export type CallAct =
  | { act: Exclude<PossibleAct, 'dtmf' | 'transfer' | 'consult' | 'voicemail_drop'> }
  | { act: 'dtmf'; digits: string }
  | { act: 'transfer' | 'consult'; to: string }
  | { act: 'voicemail_drop'; voicemail_drop_id: string }
export type PossibleAct = Schemas['PossibleActs']['acts'][number]

export type ClientFrame =
  | { type: 'set_state'; state: 'available' | 'break' | 'offline'; reason?: string }
  | { type: 'extend_wrap_up' | 'take_over' | 'heartbeat' }
  | { type: 'unsaved'; unsaved: boolean }
  | { type: 'accept_offer'; call_id: string }
  | { type: 'skip_offer'; call_id: string; reason?: string }
  | { type: 'act'; do: CallAct }
