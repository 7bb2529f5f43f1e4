/** Who may do what: one row per action, the lowest role and the scope an API key needs. */
import type { Role } from '#store/users.ts'
import { type Refusal, refuse } from './problems.ts'

export const roles = ['viewer', 'agent', 'supervisor', 'admin', 'owner'] as const satisfies readonly Role[]
/** Each scope holds those before it. */
export const scopes = ['read', 'write', 'admin'] as const
export type Scope = (typeof scopes)[number]

const actions = {
  'self.read': { role: 'viewer', scope: 'read' },
  'self.go': { role: 'viewer', scope: 'write' },
  'self.sign-out': { role: 'viewer', scope: 'read' },
  'self.password': { role: 'viewer', scope: 'admin' },
  'live.read': { role: 'viewer', scope: 'read' },
  'agents.read': { role: 'viewer', scope: 'read' },
  'agents.write': { role: 'supervisor', scope: 'write' },
  'teams.read': { role: 'viewer', scope: 'read' },
  'teams.write': { role: 'supervisor', scope: 'write' },
  'agent-sessions.read': { role: 'viewer', scope: 'read' },
  'agent-sessions.own': { role: 'agent', scope: 'write' },
  'agent-sessions.supervise': { role: 'supervisor', scope: 'write' },
  'campaigns.read': { role: 'viewer', scope: 'read' },
  'campaigns.write': { role: 'supervisor', scope: 'write' },
  'campaigns.stop-all': { role: 'supervisor', scope: 'write' },
  'contacts.read': { role: 'viewer', scope: 'read' },
  'contacts.write': { role: 'agent', scope: 'write' },
  'contacts.erase': { role: 'admin', scope: 'admin' },
  'leads.read': { role: 'viewer', scope: 'read' },
  'leads.write': { role: 'supervisor', scope: 'write' },
  'imports.read': { role: 'viewer', scope: 'read' },
  'imports.write': { role: 'supervisor', scope: 'write' },
  'history.write': { role: 'admin', scope: 'write' },
  'calls.read': { role: 'viewer', scope: 'read' },
  'calls.place': { role: 'agent', scope: 'write' },
  'calls.act': { role: 'agent', scope: 'write' },
  'calls.dispose': { role: 'agent', scope: 'write' },
  'reports.read': { role: 'viewer', scope: 'read' },
  'callbacks.read': { role: 'viewer', scope: 'read' },
  'callbacks.write': { role: 'agent', scope: 'write' },
  'dispositions.read': { role: 'viewer', scope: 'read' },
  'dispositions.write': { role: 'admin', scope: 'write' },
  'notes.read': { role: 'viewer', scope: 'read' },
  'notes.write': { role: 'agent', scope: 'write' },
  'scripts.read': { role: 'viewer', scope: 'read' },
  'scripts.write': { role: 'supervisor', scope: 'write' },
  'scripts.render': { role: 'agent', scope: 'write' },
  'voicemail-drops.read': { role: 'viewer', scope: 'read' },
  'voicemail-drops.write': { role: 'supervisor', scope: 'write' },
  'recordings.read': { role: 'agent', scope: 'read' },
  'recordings.delete': { role: 'admin', scope: 'admin' },
  'suppressions.read': { role: 'viewer', scope: 'read' },
  'suppressions.add': { role: 'agent', scope: 'write' },
  'suppressions.remove': { role: 'admin', scope: 'write' },
  'consents.read': { role: 'viewer', scope: 'read' },
  'consents.write': { role: 'agent', scope: 'write' },
  'rule-packs.read': { role: 'viewer', scope: 'read' },
  'rule-packs.write': { role: 'admin', scope: 'admin' },
  'suppression-lists.read': { role: 'viewer', scope: 'read' },
  // A file that replaces another takes numbers off the list, too.
  'suppression-lists.write': { role: 'admin', scope: 'write' },
  'limits.read': { role: 'viewer', scope: 'read' },
  'trunks.read': { role: 'supervisor', scope: 'read' },
  'trunks.write': { role: 'admin', scope: 'admin' },
  'workspaces.read': { role: 'viewer', scope: 'read' },
  'workspaces.write': { role: 'admin', scope: 'admin' },
  'workspaces.create': { role: 'owner', scope: 'admin' },
  'users.read': { role: 'supervisor', scope: 'read' },
  'users.write': { role: 'admin', scope: 'admin' },
  'api-keys.read': { role: 'admin', scope: 'admin' },
  'api-keys.write': { role: 'admin', scope: 'admin' },
  'sign-in-links.create': { role: 'viewer', scope: 'admin' },
} as const satisfies Record<string, { role: Role; scope: Scope }>

export type Action = keyof typeof actions
export const actionNames = Object.keys(actions) as Action[]

/** True when `role` is at least `lowest`. */
export function reaches(role: Role, lowest: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(lowest)
}

/** Null when allowed. `granted` are the scopes of an API key; a session has no such bound. */
export function refuseAction(role: Role, granted: readonly string[] | null, action: Action): Refusal | null {
  const needs = actions[action]
  if (!reaches(role, needs.role)) {
    return refuse('forbidden', `This needs the role ${needs.role}; yours is ${role}.`, { needed_role: needs.role })
  }
  if (granted !== null && !holdsScope(granted, needs.scope)) {
    return refuse('missing-scope', `This needs a key with the scope ${needs.scope}.`, { needed_scope: needs.scope })
  }
  return null
}

/** Whether a key with these scopes may do what `scope` allows. */
export function holdsScope(granted: readonly string[], scope: Scope): boolean {
  const needed = scopes.indexOf(scope)
  return granted.some((held) => scopes.indexOf(held as Scope) >= needed)
}
