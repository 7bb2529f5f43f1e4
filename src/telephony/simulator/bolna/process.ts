/**
 * Bolna's API and webhooks, emulated over the simulated carrier's far end, for trunks of Bolna accounts without an account,
 * a network or a bill.
 *
 *   POST /call              200 {message, status, execution_id} · 400 · 401 · 429 · 500 or no answer at all, if the script says so
 *   POST /call/{id}/stop    200 · 400 where it is over · 404
 *   GET  /executions/{id}   200 · 404
 *   GET  /user/me            200 {wallet, …}
 *   GET  /recordings/…      200 the audio, a tone · 404
 */
import { z } from 'zod'
import { type Answer, type Asked, openHostedDoor } from '../hosted-door.ts'
import { writeTones } from '../tone.ts'
import { type BolnaAccount, type BolnaAccountOptions, openBolnaAccount } from './account.ts'

export interface BolnaEmulator extends Pick<BolnaAccount, 'placed'> {
  url: string
  close(): Promise<void>
}

export interface BolnaEmulatorOptions extends BolnaAccountOptions {
  port: number
  api_key: string
}

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/)
const order = z.object({
  agent_id: z.uuid(),
  recipient_phone_number: e164.refine((number) => number !== refused_number),
  from_phone_number: e164.refine((number) => number !== refused_number).optional(),
  user_data: z.record(z.string(), z.unknown()).optional(),
})
/** No number of anybody, and none that the account may show. */
const refused_number = '+15005550001'

/** It forgets at its end. */
export async function startBolnaEmulator({ port, api_key, ...options }: BolnaEmulatorOptions): Promise<BolnaEmulator> {
  let url = ''
  const account = openBolnaAccount({ ...options, recordings_at: () => url })
  const place = (body: unknown): Answer => {
    const read = order.safeParse(body)
    if (!read.success) return refuse(400, `Invalid value for ${read.error.issues[0]?.path.join('.') || 'body'}`)
    const { id, reply } = account.place(read.data)
    if (reply === 'refused') return refuse(429, 'Rate limit exceeded')
    if (reply === 'error_500') return refuse(500, 'Internal server error')
    return reply === 'never' ? 'never' : { status: 200, body: { message: 'done', status: 'queued', execution_id: id } }
  }
  const stop = (id: string): Answer => {
    if (account.show(id) === null) return refuse(404, 'Execution not found')
    if (!account.stop(id)) return refuse(400, 'The call is over')
    return { status: 200, body: { message: 'stopped', status: 'stopped', execution_id: id } }
  }
  const show = (id: string): Answer => {
    const execution = account.show(id)
    return execution ? { status: 200, body: execution } : refuse(404, 'Execution not found')
  }
  const play = (file: string): Answer => {
    const execution = account.show(file.replace(/\.wav$/, ''))
    return execution ? { status: 200, body: null, audio: writeTones(1_000) } : refuse(404, 'Not found')
  }
  const answer = ({ method, path, headers, body }: Asked): Answer => {
    if (headers.authorization !== `Bearer ${api_key}`) return refuse(401, 'Access denied')
    const [, first, id = '', last] = path.split('/')
    if (method === 'POST' && path === '/call') return place(body)
    if (method === 'POST' && first === 'call' && last === 'stop') return stop(id)
    if (method === 'GET' && first === 'executions') return show(id)
    if (method === 'GET' && path === '/user/me') return { status: 200, body: { wallet: options.wallet } }
    if (method === 'GET' && first === 'recordings') return play(last ?? '')
    return refuse(404, 'Not found')
  }
  const door = await openHostedDoor(port, answer)
  url = door.url
  return {
    url,
    placed: account.placed,
    async close() {
      await door.close()
      await account.close()
    },
  }
}

function refuse(status: number, message: string): Answer {
  return { status, body: { error: status, message } }
}
