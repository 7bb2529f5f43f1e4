import type { Role } from '../../api/users.ts'

/** Each may what those before it may. */
export const roles = ['viewer', 'agent', 'supervisor', 'admin', 'owner'] as const satisfies readonly Role[]
