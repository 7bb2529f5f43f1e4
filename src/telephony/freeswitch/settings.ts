import { z } from 'zod'
import type { TrunkSettings } from '../port.ts'

/** Where a PBX's event socket is reached, and how it dials out. The rules let nothing through that has a meaning in its commands. */
const settings = z.object({
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address'),
  port: z.int().min(1).max(65_535).default(8021),
  /** As its configuration names it. */
  gateway: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be the name of a gateway'),
  /** Whether the gateway is given numbers with their plus. */
  plus: z.boolean().default(true),
})

export type FreeswitchSettings = z.output<typeof settings> & { password: string }

export function findFreeswitchFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}

export function addressOfPbx(given: Record<string, unknown>): string {
  const { host, port } = settings.parse(given)
  return `${host.includes(':') ? `[${host}]` : host.toLowerCase()}:${port}`
}

/** Throws for a trunk that was never checked. */
export function readFreeswitchSettings(trunk: TrunkSettings): FreeswitchSettings {
  return { ...settings.parse(trunk.settings), password: trunk.secret ?? '' }
}
