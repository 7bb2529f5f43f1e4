/**
 * The browser client of a VoIPStudio dialer, with the methods it had, over /api/dialer; for Node too. In: the objects of
 * that client. Out: the server's answers as they are. A refusal is thrown, as it was, with the sentence that says why.
 */
import type {
  Analytics,
  Call,
  CallStatus,
  CallUpdate,
  Campaign,
  CampaignSettings,
  CampaignStatus,
  CampaignType,
  Contact,
  ContactStatus,
  Disposition,
  LiveEvent,
  MakeCall,
  NewContact,
  NewDisposition,
  Place,
  VoipStatus,
} from './dialer-types.ts'
import { hearLiveEvents, type Subscription } from './live-events.ts'

export type * from './dialer-types.ts'

export interface DialerOptions {
  /** Where the server answers; the page's own origin where nothing is said. */
  url?: string
  /** Left out where a session cookie does it. */
  api_key?: string
}

/** The server's refusal. */
export class DialerError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.name = 'DialerError'
    this.status = status
  }
}

export function createDialerService(options: DialerOptions = {}) {
  let { url = '', api_key } = options

  function request(path: string, init: RequestInit, headers: Record<string, string> = {}): Promise<Response> {
    const key: Record<string, string> = api_key === undefined ? {} : { authorization: `Bearer ${api_key}` }
    return fetch(`${url}${path}`, { credentials: 'include', ...init, headers: { ...key, ...headers } })
  }

  async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await request(`/api/dialer/${path}`, { method, ...sent }, headers)
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as Answer
    throw new DialerError(response.status, readError(text) ?? `The server answered ${response.status}.`)
  }

  return {
    /** Another server, or another key, from the next request on. */
    configure(changed: DialerOptions): void {
      url = changed.url ?? url
      api_key = changed.api_key ?? api_key
    },

    makeCall: (call: MakeCall) => ask<{ success: true; call: Call; callId: string }>('POST', 'calls', call),
    getCalls: (filters: { status?: CallStatus; direction?: 'inbound' | 'outbound' } & Place = {}) =>
      ask<{ calls: Call[]; total: number }>('GET', `calls${toQuery(filters)}`),
    getCall: (id: string) => ask<{ call: Call & { voip_status: VoipStatus } }>('GET', `calls/${id}`),
    updateCall: (id: string, update: CallUpdate) => ask<{ call: Call }>('PATCH', `calls/${id}`, update),
    deleteCall: (id: string) => ask<{ success: true }>('DELETE', `calls/${id}`),

    getCampaigns: (filters: { status?: CampaignStatus; type?: CampaignType } & Place = {}) =>
      ask<{ campaigns: Campaign[]; total: number }>('GET', `campaigns${toQuery(filters)}`),
    createCampaign: (campaign: CampaignSettings & { name: string }) =>
      ask<{ campaign: Campaign }>('POST', 'campaigns', campaign),
    updateCampaign: (id: string, update: CampaignSettings & { status?: CampaignStatus }) =>
      ask<{ campaign: Campaign }>('PATCH', `campaigns/${id}`, update),
    deleteCampaign: (id: string) => ask<{ success: true }>('DELETE', `campaigns/${id}`),

    getCampaignContacts: (id: string, filters: { status?: ContactStatus } & Place = {}) =>
      ask<{ contacts: Contact[]; total: number }>('GET', `campaigns/${id}/contacts${toQuery(filters)}`),
    addCampaignContacts: (id: string, contacts: NewContact[]) =>
      ask<AddedContacts>('POST', `campaigns/${id}/contacts`, { contacts }),

    getDispositions: (callId?: string) =>
      ask<{ dispositions: Disposition[] }>('GET', `dispositions${toQuery({ call_id: callId })}`),
    createDisposition: (disposition: NewDisposition) =>
      ask<{ disposition: Disposition }>('POST', 'dispositions', disposition),

    getAnalytics: (filters: { start_date?: string; end_date?: string; campaign_id?: string } = {}) =>
      ask<{ analytics: Analytics }>('GET', `analytics${toQuery(filters)}`),

    /** Hears of every change in the workspace as it happens, until stopped. */
    subscribe: (hear: (event: LiveEvent) => void): Subscription =>
      hearLiveEvents((headers, signal) => request('/api/v1/live', { signal }, headers), hear),
  }
}

export type DialerService = ReturnType<typeof createDialerService>

/** With the page's own origin and cookies, until it is configured otherwise. */
export const dialerService = createDialerService()

interface AddedContacts {
  contacts: Contact[]
  added: number
  /** Who was in the campaign before. */
  skipped: number
  errors: { index: number; phone_number: string; error: string }[]
}

function toQuery(filters: object): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(Object.fromEntries(given))}`
}

function readError(text: string): string | null {
  try {
    const { error } = JSON.parse(text) as { error?: unknown }
    return typeof error === 'string' ? error : null
  } catch {
    // What stands between us and the server may answer in its own words.
    return null
  }
}
