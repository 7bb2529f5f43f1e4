/**
 * What the tests of carriers without signatures share: a door that takes their deliveries for hints, asks the carrier about
 * each, and keeps what it says, each thing once.
 */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { traceOf } from '../conformance-harness.ts'
import { type CallReport, splitEvents } from '../events.ts'
import type { Carrier, DialCommand, TrunkSettings } from '../port.ts'
import type { CallHint, WebhookReader } from '../provider.ts'
import { createReception } from './rehearsal.ts'

export const webhook_key = 'a-key-for-deliveries-only'

export async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

/** `open` is given the address of the door. Commands go through the returned carrier, so that the door knows of them. */
export async function openHintedLine(
  trunk: TrunkSettings,
  open: (door: string) => Promise<{ carrier: Carrier; reader: WebhookReader }>,
) {
  const reception = createReception()
  const dialed = new Map<string, { command: DialCommand; id: string | null }>()
  const looking = new Set<Promise<void>>()

  /** As the house finds which call of ours a hint is of: by the id that the carrier told, or what its record names. */
  const lookAt = async ({ provider_call_id, attempt_id }: CallHint): Promise<boolean> => {
    for (const [known, { command, id }] of dialed) {
      if (id !== null && id !== provider_call_id) continue
      if (id === null && attempt_id !== null && attempt_id !== known) continue
      const by_trace = id === null && attempt_id === null
      const located = await carrier.locate(
        known,
        by_trace ? null : provider_call_id,
        by_trace ? traceOf(command) : null,
      )
      if (located.found !== 'call' || located.provider_call_id !== provider_call_id) continue
      if (id === null && !by_trace && located.attempt_id !== known) continue
      const ids = { attempt_id: known, leg_id: null, provider_call_id }
      const told = new Set(reception.of(known).map(({ event_key }) => event_key))
      reception.take(
        located.events.filter(({ event_key }) => !told.has(event_key)).map((each) => ({ ...each, ...ids })),
      )
      return true
    }
    return false
  }
  const look = async (hint: CallHint) => {
    // The answer to its dial may still be on its way.
    for (let tries = 0; tries < 20 && !(await lookAt(hint)); tries++) await wait(10)
  }
  const door = await listen(async (request, response) => {
    const { method = '', headers, url: path = '', socket } = request
    const webhook = {
      ...{ method, headers, url: `http://${headers.host}${path}`, kind: path.slice(1), body: await buffer(request) },
      ...{ source: socket.remoteAddress ?? '', received_at: Date.now() },
    }
    const read = reader.verify(webhook, trunk).ok ? reader.translate(webhook, trunk) : null
    if (!read?.ok) return response.writeHead(401).end()
    response.writeHead(204).end()
    for (const hint of read.hints ?? []) {
      const done: Promise<void> = look(hint).finally(() => looking.delete(done))
      looking.add(done)
    }
  })
  const { carrier, reader } = await open(door.url)
  const watched: Carrier = {
    ...carrier,
    async dial(command, signal) {
      dialed.set(command.attempt_id, { command, id: null })
      const reply = await carrier.dial(command, signal)
      if (reply.ok) dialed.set(command.attempt_id, { command, id: reply.provider_call_id })
      else if (reply.fault.verdict !== 'indeterminate') dialed.delete(command.attempt_id)
      return reply
    },
  }
  return {
    carrier: watched,
    /** The carrier's ids of an attempt's calls, as they were told or found. */
    ids: (attempt_id: string) =>
      new Set([
        dialed.get(attempt_id)?.id,
        ...reception.of(attempt_id).map(({ provider_call_id }) => provider_call_id),
      ]),
    async until(attempt_id: string, enough: (events: CallReport[]) => boolean): Promise<CallReport[]> {
      const told = () => splitEvents(reception.of(attempt_id)).calls
      await reception.when(() => enough(told()))
      return told()
    },
    async close() {
      await Promise.all(looking)
      await carrier.close()
      await door.close()
    },
  }
}
