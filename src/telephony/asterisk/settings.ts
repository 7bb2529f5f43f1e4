import { z } from 'zod'
import { parseJson } from '../parse-json.ts'
import type { TrunkSettings } from '../port.ts'

/** Of the PBX's accounts for us. */
export const account_name = 'outdial'
/** Among its sounds: where the messages lie that calls are to hear. */
export const messages_folder = 'outdial'

/** What goes into a SIP address as it is. */
const plain = z.string().regex(/^[A-Za-z0-9._+-]{1,100}$/, 'may have letters, digits and . _ + - alone')

/** Where calls of the trunk go out. With a username there is a password in the secret. */
const sip = z
  .strictObject({
    host: plain,
    port: z.number().int().min(1).max(65_535).default(5060),
    transport: z.enum(['udp', 'tcp']).default('udp'),
    username: plain.exactOptional(),
    register: z
      .boolean()
      .default(false)
      .describe(
        'Tells the provider where we are; without it, it knows our address or asks for the password with each call',
      ),
    from_user: plain.exactOptional(),
    from_domain: plain.exactOptional(),
    qualify_seconds: z
      .number()
      .int()
      .min(1)
      .max(3_600)
      .default(15)
      .describe('As often the provider is asked whether it is there'),
    codecs: z
      .array(z.enum(['alaw', 'ulaw', 'g722']))
      .min(1)
      .default(['ulaw', 'alaw']),
  })
  .refine(({ register, username }) => !register || username !== undefined, {
    path: ['username'],
    message: 'is needed where the trunk registers',
  })
export type SipSettings = z.output<typeof sip>

/** The endpoint that the PBX has of a trunk with a SIP provider of its own. */
export const trunkName = (trunk_id: string) => `trunk-${trunk_id.replaceAll('-', '')}`

/** Where a PBX is reached, and how it dials out. */
const reached = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(200)
    .describe('Of its HTTP server, such as http://127.0.0.1:8088'),
  user: z.string().min(1).max(100).default(account_name),
  sip: sip.exactOptional(),
  endpoint: z
    .string()
    .max(200)
    .regex(/^[A-Za-z]+\/[^\s?&#]*\{(number|digits)\}[^\s?&#]*$/, 'must be such as PJSIP/{number}@provider')
    .default('PJSIP/{number}@{trunk}')
    .describe('{number} is the number in E.164, {digits} the same without the plus, {trunk} what `sip` makes'),
  phone: z
    .string()
    .max(200)
    .regex(/^[A-Za-z]+\/[^\s?&#]*\{phone\}[^\s?&#]*$/, 'must be such as PJSIP/{phone}')
    .default('PJSIP/{phone}')
    .describe("How agents' phones and other extensions are dialed; {phone} is the extension or the phone's name"),
  ice_servers: z
    .array(z.string().regex(/^stuns?:[\w.:-]{1,100}$/, 'must be such as stun:stun.example.com'))
    .max(5)
    .default([])
    .describe('Told to phones in browsers'),
  detect_machines: z
    .boolean()
    .default(true)
    .describe('May listen for machines where a call asks for it: its dialplan for that is there'),
  split_recordings: z
    .boolean()
    .default(false)
    .describe('Records each voice on a channel of its own, besides both in one'),
})
export const asterisk_settings = reached.refine(
  ({ sip, endpoint }) => sip !== undefined || !endpoint.includes('{trunk}'),
  {
    path: ['endpoint'],
    message: 'is needed, or sip',
  },
)

/** The PBX's password alone, or both. */
const both = z.strictObject({ pbx: z.string(), sip: z.string().regex(/^[\x21-\x7e]{1,200}$/) })

export interface Account {
  user: string
  secret: string
}

export type AsteriskSettings = z.output<typeof asterisk_settings> & Account & { sip_password: string | null }

export function addressOfPbx(given: Record<string, unknown>): string {
  const { hostname, port, protocol } = new URL(asterisk_settings.parse(given).url)
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
}

/** Throws for a trunk that was never checked. */
export function readAsteriskSettings(trunk: TrunkSettings): AsteriskSettings {
  const read = asterisk_settings.parse(trunk.settings)
  const secret = trunk.secret ?? ''
  const { data } = both.safeParse(parseJson(secret))
  const passwords = data ? { secret: data.pbx, sip_password: data.sip } : { secret, sip_password: null }
  return { ...read, ...passwords, endpoint: read.endpoint.replaceAll('{trunk}', trunkName(trunk.id)) }
}
