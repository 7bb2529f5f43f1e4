/**
 * VoIPStudio's API and webhooks, emulated over the simulated carrier's far end, for trunks of VoIPStudio accounts without an
 * account, a network or a bill. Under /v1.2/voipstudio:
 *
 *   POST   /calls                201 {data} · 400 · 401 · 412 nobody at the softphone · 429 · 500 or no answer, if the script says so
 *   GET    /calls                200 {data: […], total}; those that go on
 *   GET    /calls/{id}           200 {data} · 404
 *   DELETE /calls/{id}           204 · 404
 *   GET    /cdrs?filter=[…]      200 {data: […], total}; of calls that are over, by `live_id`
 */
import { z } from 'zod'
import { type Answer, type Asked, openHostedDoor } from '../hosted-door.ts'
import { openVoipstudioAccount, type VoipstudioAccount, type VoipstudioAccountOptions } from './account.ts'

export interface VoipstudioEmulator extends Pick<VoipstudioAccount, 'placed'> {
  url: string
  close(): Promise<void>
}

export interface VoipstudioEmulatorOptions extends VoipstudioAccountOptions {
  port: number
  api_key: string
}

const place = '/v1.2/voipstudio'
/** No number of anybody, and none that the account may show. */
const refused_number = '15005550001'
const number = z
  .string()
  .regex(/^[1-9]\d{6,14}$/)
  .refine((digits) => digits !== refused_number)
const order = z.object({ to: number, from: z.string(), caller_id: number.optional() })
const filters = z
  .array(z.object({ property: z.literal('live_id'), operator: z.literal('eq'), value: z.number() }))
  .length(1)

/** It forgets at its end. */
export async function startVoipstudioEmulator({
  port,
  api_key,
  ...options
}: VoipstudioEmulatorOptions): Promise<VoipstudioEmulator> {
  const account = openVoipstudioAccount(options)
  const dial = (body: unknown): Answer => {
    const read = order.safeParse(body)
    const field = read.success ? null : String(read.error.issues[0]?.path[0] ?? 'to')
    if (!read.success) return refuse(400, 'Validation error', { [field ?? 'to']: 'This value is not valid.' })
    const softphone = options.users[read.data.from]
    if (!softphone) return refuse(400, 'Validation error', { from: 'This value is not valid.' })
    if (softphone === 'offline') return refuse(412, 'Unable to make a call with no VoIP clients registered')
    const { reply, resource } = account.place(read.data)
    if (reply === 'refused') return refuse(429, 'Too many requests')
    if (reply === 'error_500') return refuse(500, 'Internal error')
    return reply === 'never' ? 'never' : { status: 201, body: { data: resource } }
  }
  const show = (id: string): Answer => {
    const resource = account.show(id)
    return resource ? { status: 200, body: { data: resource } } : refuse(404, 'Resource not found')
  }
  const history = (query: URLSearchParams): Answer => {
    const [wanted] = filters.parse(JSON.parse(query.get('filter') ?? '[]'))
    const data = wanted ? account.records(String(wanted.value)) : []
    return { status: 200, body: { data, total: data.length } }
  }
  const answer = ({ method, path, query, headers, body }: Asked): Answer => {
    if (headers['x-auth-token'] !== api_key) return refuse(401, 'Unauthorized')
    const id = path.startsWith(`${place}/calls/`) ? path.slice(place.length + 7) : null
    if (path === `${place}/cdrs` && method === 'GET') return history(query)
    if (path === `${place}/calls` && method === 'POST') return dial(body)
    if (path === `${place}/calls` && method === 'GET') {
      const data = account.list()
      return { status: 200, body: { data, total: data.length } }
    }
    if (id !== null && method === 'GET') return show(id)
    if (id !== null && method === 'DELETE')
      return account.hangUp(id) ? { status: 204, body: null } : refuse(404, 'Resource not found')
    return refuse(404, 'Resource not found')
  }
  const door = await openHostedDoor(port, answer)
  return {
    url: door.url,
    placed: account.placed,
    async close() {
      await door.close()
      await account.close()
    },
  }
}

function refuse(status: number, message: string, errors?: Record<string, string>): Answer {
  return { status, body: { message, ...(errors && { errors }) } }
}
