import { z } from 'zod'
import type { TrunkSettings } from '../port.ts'

/** Of the PBX's accounts for us. */
export const account_name = 'outdial'
/** Among its sounds: where the messages lie that calls are to hear. */
export const messages_folder = 'outdial'

/** Where a PBX is reached, and how it dials out. */
const settings = z.object({
  /** Of its HTTP server, such as http://127.0.0.1:8088. */
  url: z.url({ protocol: /^https?$/ }).max(200),
  user: z.string().min(1).max(100).default(account_name),
  /** `{number}` stands for the number in E.164, `{digits}` for the same without the plus. */
  endpoint: z
    .string()
    .max(200)
    .regex(/^[A-Za-z]+\/[^\s?&#]*\{(number|digits)\}[^\s?&#]*$/, 'must be such as PJSIP/{number}@provider'),
  /** How agents' phones and other extensions are dialed: `{phone}` stands for the extension or the phone's name. */
  phone: z
    .string()
    .max(200)
    .regex(/^[A-Za-z]+\/[^\s?&#]*\{phone\}[^\s?&#]*$/, 'must be such as PJSIP/{phone}')
    .default('PJSIP/{phone}'),
  /** Finds out whether a machine answered. */
  detect_machines: z.boolean().default(false),
})

export interface Account {
  user: string
  secret: string
}

export type AsteriskSettings = z.output<typeof settings> & Account

export function findAsteriskFaults(given: Record<string, unknown>): { path: string; message: string }[] {
  const read = settings.safeParse(given)
  return (read.error?.issues ?? []).map(({ path, message }) => ({ path: `settings.${path.join('.')}`, message }))
}

export function addressOfPbx(given: Record<string, unknown>): string {
  const { hostname, port, protocol } = new URL(settings.parse(given).url)
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
}

/** Throws for a trunk that was never checked. */
export function readAsteriskSettings(trunk: TrunkSettings): AsteriskSettings {
  return { ...settings.parse(trunk.settings), secret: trunk.secret ?? '' }
}
