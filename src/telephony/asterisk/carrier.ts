import type { CallEvent } from '#domain/call.ts'
import { openNoRecording } from '../fetch-recording.ts'
import type { LineAnswer } from '../http-line.ts'
import type { Capabilities, Carrier, TrunkSettings } from '../port.ts'
import type { CarrierDeps } from '../provider.ts'
import { createReports } from '../reports.ts'
import { openAri, reasonOf } from './ari.ts'
import { remembers_ms, withdrawn_cause } from './book.ts'
import { attemptOf, channelOf, endedEvent, keyOf } from './channels.ts'
import { dialChannel, refuse } from './dial.ts'
import { locateCall } from './locate.ts'
import { readAsteriskSettings } from './settings.ts'
import { openPbxSocket, type PbxEvent } from './socket.ts'

export const asterisk_capabilities: Capabilities = {
  acts: [],
  reconcile: 'by_id',
  remembers_ms,
  answering_machine_detection: false,
  reports_opt_outs: false,
}

/** A line to a PBX: commands by its REST interface, reports from its events. */
export function openAsteriskLine(
  trunk: TrunkSettings,
  { sink, clock, trouble }: Pick<CarrierDeps, 'sink' | 'clock' | 'trouble'>,
): Carrier {
  const settings = readAsteriskSettings(trunk)
  const ari = openAri(settings)
  const reports = createReports(trunk, sink, trouble)
  /** Calls that were heard of and whose end was not; and when each was answered. */
  const living = new Map<string, { answered_at: string | null }>()
  const endpointOf = (number: string) =>
    settings.endpoint.replaceAll('{number}', number).replaceAll('{digits}', number.replace('+', ''))

  const tell = (attempt_id: string, event: CallEvent) => {
    const provider_call_id = channelOf(trunk.id, attempt_id)
    reports.add({ event_key: keyOf(attempt_id, event.kind), attempt_id, leg_id: null, provider_call_id, event })
    if (event.kind === 'ended') living.delete(attempt_id)
    else living.set(attempt_id, { answered_at: event.kind === 'answered' ? event.at : null })
  }
  const onEvent = ({ type, timestamp, channel, peer, dialstatus, cause = 0 }: PbxEvent) => {
    const attempt_id = attemptOf(trunk.id, (channel ?? peer)?.id ?? '')
    if (attempt_id === null) return
    const at = new Date(timestamp ?? clock.now()).toISOString()
    if (type === 'Dial' && (dialstatus === 'RINGING' || dialstatus === 'PROGRESS'))
      tell(attempt_id, { kind: 'ringing', at })
    if (type === 'ChannelStateChange' && channel?.state === 'Up') tell(attempt_id, { kind: 'answered', at })
    // Channels that only took an id.
    if (type !== 'ChannelDestroyed' || cause === withdrawn_cause) return
    const answered_at = living.get(attempt_id)?.answered_at ?? null
    tell(attempt_id, endedEvent({ ended_at: at, cause, answered_at }))
  }
  const ground = () => ({ trunk_id: trunk.id, ari, app: socket.app, endpoint: endpointOf('0'), now: clock.now })

  /** What happened while nobody listened. */
  const catchUp = async () => {
    const present = await ari.channels()
    if (!present.ok) throw new Error(present.reason)
    for (const { id } of present.found ?? []) {
      const attempt_id = attemptOf(trunk.id, id)
      if (attempt_id !== null && !living.has(attempt_id)) living.set(attempt_id, { answered_at: null })
    }
    for (const attempt_id of [...living.keys()]) {
      const located = await locateCall(ground(), attempt_id)
      if (located.found === 'unreachable') throw new Error(located.reason)
      if (located.found === 'never_seen') living.delete(attempt_id)
      else for (const { event } of located.events) tell(attempt_id, event)
    }
  }
  const socket = openPbxSocket({ settings, onEvent, onOpen: catchUp, echo: ari.echo, trouble })

  return {
    name: 'asterisk',
    capabilities: asterisk_capabilities,
    speed: 1,
    dial: (command, signal) => dialChannel({ trunk_id: trunk.id, ari, socket, endpointOf }, command, signal),
    async hangup(attempt_id) {
      const answer = await ari.end(channelOf(trunk.id, attempt_id), 16)
      return answer.status === 204 || answer.status === 404 ? null : faultOf(answer)
    },
    locate: (attempt_id) => locateCall(ground(), attempt_id),
    openLeg: async () => refuse('permanent', no_legs),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async () => refuse('permanent', no_legs).fault,
    openRecording: openNoRecording,
    async close() {
      socket.close()
      await reports.close()
      await ari.close()
    },
  }
}

const no_legs = 'no agents are connected over this carrier'

function faultOf(answer: LineAnswer) {
  const left = answer.status !== null || answer.left
  return refuse(left ? 'indeterminate' : 'blocked', reasonOf(answer)).fault
}
