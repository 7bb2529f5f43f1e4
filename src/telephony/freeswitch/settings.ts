import { z } from 'zod'
import type { TrunkSettings } from '../port.ts'

/** Where a PBX's event socket is reached, and how it dials out. The rules let nothing through that has a meaning in its commands. */
export const freeswitch_settings = z.object({
  host: z
    .string()
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an address'),
  port: z.int().min(1).max(65_535).default(8021),
  gateway: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be the name of a gateway')
    .describe('As its configuration names it'),
  plus: z.boolean().default(true).describe('The gateway is given numbers with their plus'),
})

export type FreeswitchSettings = z.output<typeof freeswitch_settings> & { password: string }

export function addressOfPbx(given: Record<string, unknown>): string {
  const { host, port } = freeswitch_settings.parse(given)
  return `${host.includes(':') ? `[${host}]` : host.toLowerCase()}:${port}`
}

/** Throws for a trunk that was never checked. */
export function readFreeswitchSettings(trunk: TrunkSettings): FreeswitchSettings {
  return { ...freeswitch_settings.parse(trunk.settings), password: trunk.secret ?? '' }
}
