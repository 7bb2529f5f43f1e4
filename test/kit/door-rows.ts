import { newId } from '#store/ids.ts'
import type { Role } from '#store/users.ts'

/** Something of the tenant's own of each kind, by its id. */
export type Things = Record<
  | 'campaign'
  | 'lead'
  | 'contact'
  | 'suppression'
  | 'suppression_list'
  | 'consent'
  | 'import'
  | 'trunk'
  | 'user'
  | 'key'
  | 'agent'
  | 'team'
  | 'disposition'
  | 'script'
  | 'voicemail_drop'
  | 'session'
  | 'callback'
  | 'none',
  string
>

export interface Row {
  /** The lowest role that may. */
  role: Role
  /** Which thing of the tenant's the id in the address names. */
  thing?: keyof Things
  body?: unknown
  query?: string
  /** Ids of things that the tenant has none of: unknown to everybody. */
  unknown?: boolean
}

const pastCall = { external_id: '1', number: '+12125550143', status: 'busy', initiated_at: '2026-01-02T10:00:00Z' }
const lead = { leads: [{ phone: '+12125550143' }] }
/** Every route of the API; a new one without a row here fails the first test. */
export const rows: Record<string, Row> = {
  'GET /me': { role: 'viewer' },
  'POST /sign-out': { role: 'viewer' },
  'PUT /me/password': { role: 'viewer', body: { password: 'a long enough word' } },
  'POST /sign-in-links': { role: 'viewer' },
  'GET /workspaces': { role: 'viewer' },
  'POST /workspaces': { role: 'owner', body: { name: 'New' } },
  'GET /workspaces/{id}': { role: 'viewer', thing: 'none' },
  'PATCH /workspaces/{id}': { role: 'admin', thing: 'none', body: { name: 'New' } },
  'GET /users': { role: 'supervisor' },
  'POST /users': { role: 'admin', body: { email: 'new@example.com', name: 'New', role: 'viewer' } },
  'POST /users/{id}/invite': { role: 'admin', thing: 'user' },
  'GET /users/{id}': { role: 'supervisor', thing: 'user' },
  'PATCH /users/{id}': { role: 'admin', thing: 'user', body: { concurrent_calls: 3 } },
  'DELETE /users/{id}': { role: 'admin', thing: 'user' },
  'GET /api-keys': { role: 'admin' },
  'POST /api-keys': { role: 'admin', body: { name: 'k', scopes: ['read'] } },
  'GET /api-keys/{id}': { role: 'admin', thing: 'key' },
  'DELETE /api-keys/{id}': { role: 'admin', thing: 'key' },
  'GET /trunks': { role: 'supervisor' },
  'POST /trunks': { role: 'admin', body: { name: 'T', provider: 'simulated' } },
  'GET /trunks/{id}': { role: 'supervisor', thing: 'trunk' },
  'PATCH /trunks/{id}': { role: 'admin', thing: 'trunk', body: { channels: 3 } },
  'POST /trunks/{id}/caller-ids': { role: 'admin', thing: 'trunk', body: { number: '+12125550100' } },
  'DELETE /trunks/{id}/caller-ids/{number}': { role: 'admin', thing: 'trunk' },
  'GET /limits': { role: 'viewer' },
  'GET /agents': { role: 'viewer' },
  'POST /agents': { role: 'supervisor', body: { name: 'New' } },
  'GET /agents/leaderboard': { role: 'viewer' },
  'GET /agents/{id}': { role: 'viewer', thing: 'agent' },
  'PATCH /agents/{id}': { role: 'supervisor', thing: 'agent', body: { name: 'Other' } },
  'DELETE /agents/{id}': { role: 'supervisor', thing: 'agent' },
  'GET /teams': { role: 'viewer' },
  'POST /teams': { role: 'supervisor', body: { name: 'New' } },
  'GET /teams/{id}': { role: 'viewer', thing: 'team' },
  'PATCH /teams/{id}': { role: 'supervisor', thing: 'team', body: { name: 'Other' } },
  'DELETE /teams/{id}': { role: 'supervisor', thing: 'team' },
  'PUT /teams/{id}/agents': { role: 'supervisor', thing: 'team', body: { agent_ids: [] } },
  'POST /teams/{id}/agents': { role: 'supervisor', thing: 'team', body: { agent_id: newId(0) } },
  'DELETE /teams/{id}/agents/{agent_id}': { role: 'supervisor', thing: 'team' },
  'GET /campaigns': { role: 'viewer' },
  'POST /campaigns': { role: 'supervisor', body: { name: 'New' } },
  'GET /campaigns/{id}': { role: 'viewer', thing: 'campaign' },
  'PATCH /campaigns/{id}': { role: 'supervisor', thing: 'campaign', body: { name: 'Other' } },
  'DELETE /campaigns/{id}': { role: 'supervisor', thing: 'campaign' },
  'GET /campaigns/{id}/live-answers': { role: 'viewer', thing: 'campaign' },
  'GET /campaigns/{id}/dry-run': { role: 'viewer', thing: 'campaign' },
  'GET /campaigns/{id}/forecast': { role: 'viewer', thing: 'campaign', query: '?mode=progressive&agents=3' },
  'GET /campaigns/{id}/progress': { role: 'viewer', thing: 'campaign' },
  'POST /campaigns/{id}/start': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/resume': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/pause': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/stop': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/cancel': { role: 'supervisor', thing: 'campaign' },
  'POST /campaigns/{id}/archive': { role: 'supervisor', thing: 'campaign' },
  'POST /stop-all': { role: 'supervisor' },
  'GET /leads': { role: 'viewer' },
  'GET /campaigns/{id}/leads': { role: 'viewer', thing: 'campaign' },
  'POST /campaigns/{id}/leads': { role: 'supervisor', thing: 'campaign', body: lead },
  'POST /campaigns/{id}/recycle': { role: 'supervisor', thing: 'campaign', body: { outcomes: ['busy'] } },
  'GET /campaigns/{id}/lists': { role: 'viewer', thing: 'campaign' },
  'PATCH /campaigns/{id}/lists/{list_id}': { role: 'supervisor', thing: 'campaign', body: { weight: 2 } },
  'GET /leads/{id}': { role: 'viewer', thing: 'lead' },
  'PATCH /leads/{id}': { role: 'supervisor', thing: 'lead', body: { priority: 1 } },
  'GET /holidays': { role: 'viewer', query: '?country=US&year=2026' },
  'GET /contactability': { role: 'viewer', query: '?number=%2B12125550143' },
  'POST /leads/{id}/mark-called': { role: 'supervisor', thing: 'lead' },
  'GET /leads/{id}/verdict': { role: 'viewer', thing: 'lead' },
  'GET /contacts': { role: 'viewer' },
  'POST /contacts': { role: 'agent', body: { phones: ['+12125550144'] } },
  'GET /contacts/{id}': { role: 'viewer', thing: 'contact' },
  'PATCH /contacts/{id}': { role: 'agent', thing: 'contact', body: { city: 'Rome' } },
  'POST /contacts/{id}/erase': { role: 'admin', thing: 'contact', body: { reason: 'asked' } },
  'DELETE /contacts/{id}': { role: 'agent', thing: 'contact' },
  'GET /imports': { role: 'viewer' },
  'POST /imports': { role: 'supervisor' },
  'POST /imports/preview': { role: 'supervisor' },
  'GET /imports/{id}': { role: 'viewer', thing: 'import' },
  'GET /imports/{id}/errors': { role: 'viewer', thing: 'import' },
  'GET /imports/{id}/refused.csv': { role: 'viewer', thing: 'import' },
  'POST /imports/{id}/undo': { role: 'supervisor', thing: 'import' },
  'POST /imports/{id}/cancel': { role: 'supervisor', thing: 'import' },
  'POST /history/calls': { role: 'admin', body: { source: 'old', calls: [pastCall] } },
  'POST /history/leads': {
    role: 'admin',
    body: { source: 'old', leads: [{ campaign_id: newId(0), number: '+12125550143' }] },
  },
  'GET /attempts': { role: 'viewer' },
  'GET /attempts/{id}': { role: 'viewer', thing: 'none', unknown: true },
  'GET /calls': { role: 'viewer' },
  'POST /calls': { role: 'agent', body: { number: '+12125550147' } },
  'GET /campaigns/{id}/calls': { role: 'viewer', thing: 'campaign' },
  'GET /calls/{id}': { role: 'viewer', thing: 'none', unknown: true },
  'PATCH /calls/{id}': { role: 'agent', thing: 'none', body: { metadata: {} } },
  'GET /calls/{id}/events': { role: 'viewer', thing: 'none', unknown: true },
  'GET /calls/{id}/acts': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/acts': { role: 'agent', thing: 'none', body: { act: 'hold' } },
  'GET /calls/{id}/disposition': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/disposition': { role: 'agent', thing: 'none', body: { disposition: 'sale' } },
  'GET /callbacks': { role: 'viewer' },
  'POST /callbacks': { role: 'agent', body: { lead_id: newId(0), local_time: '2030-01-02T12:00' } },
  'GET /callbacks/{id}': { role: 'viewer', thing: 'callback' },
  'PATCH /callbacks/{id}': { role: 'agent', thing: 'callback', body: { note: 'x' } },
  'POST /callbacks/{id}/cancel': { role: 'agent', thing: 'callback', body: { reason: 'x' } },
  'GET /dispositions': { role: 'viewer' },
  'POST /dispositions': { role: 'admin', body: { name: 'New' } },
  'GET /dispositions/{id}': { role: 'viewer', thing: 'disposition' },
  'PATCH /dispositions/{id}': { role: 'admin', thing: 'disposition', body: { name: 'Other' } },
  'DELETE /dispositions/{id}': { role: 'admin', thing: 'disposition' },
  'GET /calls/{id}/notes': { role: 'viewer', thing: 'none', unknown: true },
  'POST /calls/{id}/notes': { role: 'agent', thing: 'none', body: { content: 'x' } },
  'PATCH /calls/{id}/notes/{note_id}': { role: 'agent', thing: 'none', body: { content: 'y' } },
  'GET /contacts/{id}/notes': { role: 'viewer', thing: 'contact' },
  'GET /voicemail-drops': { role: 'viewer' },
  'POST /voicemail-drops': { role: 'supervisor', body: { name: 'New', message: 'new' } },
  'GET /voicemail-drops/{id}': { role: 'viewer', thing: 'voicemail_drop' },
  'PATCH /voicemail-drops/{id}': { role: 'supervisor', thing: 'voicemail_drop', body: { name: 'Other' } },
  'DELETE /voicemail-drops/{id}': { role: 'supervisor', thing: 'voicemail_drop' },
  'PUT /voicemail-drops/{id}/audio': { role: 'supervisor', thing: 'voicemail_drop' },
  'GET /voicemail-drops/{id}/audio': { role: 'viewer', thing: 'voicemail_drop', unknown: true },
  'GET /trunks/{id}/answer-rates': { role: 'supervisor', thing: 'trunk' },
  'GET /recordings': { role: 'agent' },
  'GET /recordings/{id}': { role: 'agent', thing: 'none' },
  'GET /recordings/{id}/audio': { role: 'agent', thing: 'none' },
  'DELETE /recordings/{id}': { role: 'admin', thing: 'none' },
  'GET /scripts': { role: 'viewer' },
  'POST /scripts': { role: 'supervisor', body: { name: 'New', steps: [{ key: 'a', text: 'x' }] } },
  'GET /scripts/{id}': { role: 'viewer', thing: 'script' },
  'PATCH /scripts/{id}': { role: 'supervisor', thing: 'script', body: { name: 'Other' } },
  'DELETE /scripts/{id}': { role: 'supervisor', thing: 'script' },
  'POST /scripts/{id}/render': { role: 'agent', thing: 'script', body: { lead_id: newId(0) } },
  'GET /consents': { role: 'viewer' },
  'POST /consents': { role: 'agent', body: { number: '+12125550146', basis: 'written', source: 'form' } },
  'POST /consents/withdraw': { role: 'agent', body: { number: '+12125550146', reason: 'said so' } },
  'GET /consents/{id}': { role: 'viewer', thing: 'consent' },
  'GET /rule-packs': { role: 'viewer' },
  'GET /rule-packs/custom': { role: 'viewer' },
  'GET /rule-packs/custom/versions': { role: 'viewer' },
  'PUT /rule-packs/custom': { role: 'admin', body: { rules: {}, reason: 'none' } },
  'GET /suppressions': { role: 'viewer' },
  'POST /suppressions': { role: 'agent', body: { number: '+12125550145' } },
  'GET /suppressions/look-up': { role: 'viewer', query: '?number=%2B12125550145' },
  'GET /suppressions/{id}': { role: 'viewer', thing: 'suppression' },
  'POST /suppressions/{id}/remove': { role: 'admin', thing: 'suppression', body: { reason: 'asked again' } },
  'DELETE /suppressions/{id}': { role: 'admin', thing: 'suppression', query: '?reason=asked' },
  'GET /suppression-lists': { role: 'viewer' },
  'POST /suppression-lists': { role: 'admin', body: { name: 'x', source: 'y', scope: 'workspace' } },
  'GET /suppression-lists/{id}': { role: 'viewer', thing: 'suppression_list' },
  'POST /suppression-lists/{id}/upload': { role: 'admin', thing: 'suppression_list' },
  'GET /suppression-lists/{id}/refused': { role: 'viewer', thing: 'suppression_list' },
  'POST /suppression-lists/{id}/remove': { role: 'admin', thing: 'suppression_list', body: { reason: 'old' } },
  'GET /agent-sessions': { role: 'viewer' },
  'POST /agent-sessions': { role: 'agent', body: {} },
  'GET /agent-sessions/{id}': { role: 'viewer', thing: 'session' },
  'GET /agent-sessions/{id}/transitions': { role: 'viewer', thing: 'session' },
  'GET /agent-sessions/{id}/totals': { role: 'viewer', thing: 'session' },
  'POST /agent-sessions/{id}/state': { role: 'agent', thing: 'session', body: { state: 'available' } },
  'POST /agent-sessions/{id}/offer': { role: 'agent', thing: 'session', body: { call_id: newId(0), accept: true } },
  'POST /agent-sessions/{id}/ready': { role: 'supervisor', thing: 'session' },
  'POST /agent-sessions/{id}/break': { role: 'supervisor', thing: 'session', body: { reason: 'rest' } },
  'POST /agent-sessions/{id}/sign-off': { role: 'supervisor', thing: 'session' },
  'POST /agent-sessions/{id}/message': { role: 'supervisor', thing: 'session', body: { text: 'Hello' } },
  'GET /agents/{id}/performance': { role: 'viewer', thing: 'agent' },
  'GET /agent': { role: 'agent' },
  'GET /live': { role: 'viewer' },
}
