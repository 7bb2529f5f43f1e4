/** Legs to agents and supervisors: channels to their phones, rung once and kept up until they are closed. */
import type { LegEvent } from '#domain/leg.ts'
import type { CarrierFault } from '../faults.ts'
import type { LegCommand, LegReply, LocatedLeg } from '../port.ts'
import { ended_context } from './book.ts'
import { channelOf } from './channels.ts'
import { dialChannel, refuse } from './dial.ts'
import { type Ground, locateChannel } from './locate.ts'
import { phoneName } from './phones.ts'
import type { AsteriskSettings } from './settings.ts'
import type { PbxSocket } from './socket.ts'

const ended = 16

export interface LegDesk {
  ground(): Ground
  socket: PbxSocket
  /** How a number or extension is dialed. */
  endpointOf(to: string): string
}

export function createLegs({ ground, socket, endpointOf }: LegDesk) {
  const locateLeg = async (leg_id: string): Promise<LocatedLeg> => {
    const located = await locateChannel(ground(), leg_id, channelOf('leg', ground().trunk_id, leg_id))
    if (located.found === 'living') return { found: 'leg', up: located.channel.state === 'Up', down: false }
    if (located.found === 'ended' || located.found === 'lost') return { found: 'leg', up: false, down: true }
    return located
  }
  return {
    locateLeg,
    /** `began`: since when it may leave. */
    async openLeg(command: LegCommand, signal: AbortSignal, began = performance.now()): Promise<LegReply> {
      const { leg_id, address, caller_id, ring_timeout_ms } = command
      const channel = channelOf('leg', ground().trunk_id, leg_id)
      if (!isAddress(address))
        return refuse('permanent', 'the address of the agent is neither a number nor an extension')
      const without_endpoint = command.reached_at === 'outside' ? ('blocked' as const) : ('retryable' as const)
      const browser = command.reached_at === 'browser'
      const endpoint = browser ? `PJSIP/${phoneName(ground().trunk_id, address)}` : endpointOf(address)
      const order = { id: leg_id, channel, endpoint, caller_id, ring_timeout_ms, without_endpoint }
      const reply = await dialChannel({ ari: ground().ari, socket, contexts: [ended_context] }, order, signal, began)
      return reply.ok ? { ok: true, provider_leg_id: channel } : reply
    },
    async closeLeg(leg_id: string): Promise<CarrierFault | null> {
      const { ari, trunk_id } = ground()
      const trouble = await ari.endWhole(channelOf('leg', trunk_id, leg_id), ended)
      if (trouble !== null) return refuse('blocked', trouble).fault
      // Where there was none its id is taken, so that it never opens.
      const located = await locateLeg(leg_id)
      return located.found === 'unreachable' ? refuse('blocked', located.reason).fault : null
    },
    /** What is known of a leg that nothing was heard of for a while. */
    async recall(leg_id: string): Promise<LegEvent[] | { unreachable: string }> {
      const { ari, trunk_id } = ground()
      const channel = channelOf('leg', trunk_id, leg_id)
      const located = await locateChannel(ground(), leg_id, channel)
      if (located.found === 'unreachable') return { unreachable: located.reason }
      if (located.found === 'lost') return [{ kind: 'leg_down', at: located.at, cause: 'the PBX was started anew' }]
      if (located.found === 'ended') {
        const { ended_at, cause } = located.end
        return [{ kind: 'leg_down', at: ended_at, cause: `cause ${cause}` }]
      }
      if (located.found !== 'living' || located.channel.state !== 'Up') return []
      const answered = await ari.variable(channel, 'CDR(answer,u)')
      const seconds = answered.ok ? Number(answered.found?.value ?? 0) : 0
      return seconds > 0 ? [{ kind: 'leg_up', at: new Date(seconds * 1000).toISOString() }] : []
    },
  }
}
export type Legs = ReturnType<typeof createLegs>

/** A number in E.164, an extension or the name of a phone. */
const isAddress = (address: string) => /^(\+[1-9]\d{6,14}|[A-Za-z0-9][A-Za-z0-9._-]{0,79})$/.test(address)

/** Turns an address into what the PBX dials. */
export function dialedAs({ endpoint, phone }: Pick<AsteriskSettings, 'endpoint' | 'phone'>, to: string): string {
  if (!to.startsWith('+')) return phone.replaceAll('{phone}', to)
  return endpoint.replaceAll('{number}', to).replaceAll('{digits}', to.slice(1))
}
