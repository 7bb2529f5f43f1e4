import { z } from 'zod'
import { id, instant } from '../../http/schema.ts'

export const phoneAs = z
  .enum(['agent', 'supervisor'])
  .describe('As whom the phone is rung: for the calls of an agent, or to join those of others')
export const newPhoneAccount = z.strictObject({ as: phoneAs.default('agent') })

export const phoneAccount = z
  .object({
    trunk_id: id,
    kind: z.literal('sip'),
    url: z.string().describe('The WebSocket that the phone connects to, with the sub-protocol sip'),
    uri: z.string(),
    password: z.string().nullable().describe('Shown once: a repeated answer is without it'),
    expires_at: instant.describe('Ask for another account before then'),
    ice_servers: z.array(z.string()),
  })
  .meta({ id: 'PhoneAccount' })
