/** What the dialer service sends and gets: the objects of the older client's API at /api/dialer. */

export type CallStatus =
  | ('initiated' | 'ringing' | 'answered' | 'completed')
  | ('failed' | 'busy' | 'no-answer' | 'canceled')
export type CampaignStatus = 'draft' | 'active' | 'paused' | 'completed' | 'archived'
export type CampaignType = 'manual' | 'power' | 'predictive' | 'preview'
export type ContactStatus = 'pending' | 'calling' | 'completed' | 'failed' | 'do-not-call' | 'callback'
export type DispositionType =
  | ('interested' | 'not-interested' | 'callback' | 'wrong-number' | 'no-answer')
  | ('voicemail' | 'do-not-call' | 'qualified' | 'not-qualified')
type Values = Record<string, unknown>

export interface Call {
  id: string
  user_id: string
  call_id: string
  direction: 'inbound' | 'outbound'
  from_number: string | null
  to_number: string | null
  status: CallStatus
  /** Seconds. */
  duration: number
  recording_url: string | null
  notes: string
  lead_id: string | null
  campaign_id: string | null
  metadata: Values
  started_at: string
  answered_at: string | null
  ended_at: string | null
  created_at: string
  updated_at: string
}

/** What the provider says of a call at this moment. */
export interface VoipStatus {
  status: CallStatus | 'unknown'
  detail: string
  call_id?: string
  answered_at?: string | null
  ended_at?: string | null
}

export interface MakeCall {
  to: string
  from: string
  campaignId?: string
  /** Your own. */
  leadId?: string
  metadata?: Values
}

export interface CallUpdate {
  notes?: string
  metadata?: Values
  /** Only while the provider has told of no end; `completed` hangs up. */
  status?: CallStatus
  duration?: number
  ended_at?: string
}

export interface CampaignSettings {
  name?: string
  description?: string
  type?: CampaignType
  caller_id?: string
  script?: string
  max_attempts?: number
  /** Seconds. */
  retry_interval?: number
  active_hours?: { start: string; end: string }
  timezone?: string
}

export interface Campaign extends Required<CampaignSettings> {
  id: string
  user_id: string
  status: CampaignStatus
  stats: Record<'total' | 'completed' | 'pending' | 'failed' | 'answered' | 'no_answer' | 'busy', number>
  created_at: string
  updated_at: string
}

export interface NewContact {
  phone_number: string
  first_name?: string
  last_name?: string
  email?: string
  company?: string
  metadata?: Values
}

export interface Contact extends Required<NewContact> {
  id: string
  campaign_id: string
  status: ContactStatus
  attempts: number
  last_attempt_at: string | null
  next_attempt_at: string | null
  last_call_id: string | null
  created_at: string
  updated_at: string
}

export interface NewDisposition {
  call_id: string
  disposition: DispositionType
  notes?: string
  /** A day, or an instant. */
  follow_up_date?: string
}

export interface Disposition {
  id: string
  call_id: string
  user_id: string
  disposition: string
  notes: string
  follow_up_date: string | null
  created_at: string
}

type Overview =
  | ('totalCalls' | 'answeredCalls' | 'completedCalls' | 'failedCalls' | 'busyCalls' | 'noAnswerCalls')
  | ('totalDuration' | 'avgDuration' | 'answerRate' | 'completionRate')

export interface Analytics {
  overview: Record<Overview, number>
  distribution: { byHour: number[]; byStatus: Record<CallStatus, number> }
  recentCalls: Call[]
}

export interface Place {
  limit?: number
  offset?: number
}

/** A change as it happens; `id` counts them within the workspace. */
export interface LiveEvent {
  id: number
  type: string
  data: Values
}
