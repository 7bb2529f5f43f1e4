import type { CallEvent } from '#domain/call.ts'
import { forgetNoRecording, openNoRecording } from '../fetch-recording.ts'
import type { Capabilities, Carrier, TrunkSettings } from '../port.ts'
import type { CarrierDeps } from '../provider.ts'
import { createReports } from '../reports.ts'
import { openBook, remembers_ms } from './book.ts'
import { type ChannelEvent, endedEvent, keyOf, readEvent } from './channels.ts'
import { dialChannel, refuse } from './dial.ts'
import { locateCall, unsaid } from './locate.ts'
import { readFreeswitchSettings } from './settings.ts'
import { openEventSocket } from './socket.ts'

const capabilities: Capabilities = {
  acts: [],
  awaits_greetings: false,
  reconcile: 'by_id',
  remembers_ms,
  answering_machine_detection: false,
  reports_opt_outs: false,
}

/** A line to a PBX: commands and reports go over one event socket. */
export function openFreeswitchLine(
  trunk: TrunkSettings,
  { sink, clock, trouble }: Pick<CarrierDeps, 'sink' | 'clock' | 'trouble'>,
): Carrier {
  const settings = readFreeswitchSettings(trunk)
  const reports = createReports(trunk, sink, trouble)
  /** Calls that were heard of and whose end was not. */
  const living = new Set<string>()
  /** Dials that wait to hear of their channel. */
  const expected = new Map<string, () => void>()

  const tell = (attempt_id: string, event: CallEvent) => {
    const event_key = keyOf(attempt_id, event.kind)
    reports.add({ event_key, attempt_id, leg_id: null, provider_call_id: attempt_id, event })
    if (event.kind === 'ended') living.delete(attempt_id)
    else living.add(attempt_id)
  }
  const onEvent = (told: ChannelEvent) => {
    const id = told['Unique-ID']
    if (told['Event-Name'] === 'CHANNEL_CREATE') expected.get(id)?.()
    if (told.variable_outdial_trunk !== trunk.id) return
    const event = readEvent(told, new Date(clock.now()).toISOString())
    if (event) tell(id, event)
  }
  const channelOf = (attempt_id: string) => {
    const { promise, resolve } = Promise.withResolvers<true>()
    expected.set(attempt_id, () => resolve(true))
    living.add(attempt_id)
    return { made: promise, forget: () => expected.delete(attempt_id) }
  }

  const tellEnd = async (attempt_id: string, cause: string) => {
    const at = new Date(clock.now()).toISOString()
    tell(attempt_id, endedEvent({ at, cause, answered_at: null }))
    await book.end(attempt_id, { at, cause })
  }

  /** What happened while nobody listened. */
  const catchUp = async (gone: AbortSignal) => {
    const opened = await book.open(clock.now())
    if (!opened.read) throw new Error(opened.reason)
    for (const attempt_id of [...living]) {
      if (gone.aborted) return
      const located = await locateCall(ground, attempt_id)
      if (located.found === 'never_seen') living.delete(attempt_id)
      if (located.found === 'unreachable' && located.reason !== unsaid) throw new Error(located.reason)
      if (located.found === 'call') for (const { event } of located.events) tell(attempt_id, event)
    }
  }
  const socket = openEventSocket({ settings, trunk_id: trunk.id, onEvent, onOpen: catchUp, trouble })
  const book = openBook(socket.run)
  const ground = { socket, book, now: clock.now }
  const dialing = { trunk_id: trunk.id, socket, book, settings, channelOf, tellEnd }

  return {
    name: 'freeswitch',
    capabilities,
    speed: 1,
    async dial(command, signal) {
      const reply = await dialChannel(dialing, command, signal)
      if (!reply.ok && reply.fault.verdict !== 'indeterminate') living.delete(command.attempt_id)
      return reply
    },
    async hangup(attempt_id) {
      const answer = await socket.run(`uuid_kill ${attempt_id} NORMAL_CLEARING`)
      if (!answer.ok) return refuse(answer.left ? 'indeterminate' : 'blocked', answer.reason).fault
      if (answer.text.startsWith('+OK')) return null
      const page = await book.read(attempt_id)
      if (!page.read) return refuse('indeterminate', page.reason).fault
      return page.found === 'dialing' ? refuse('indeterminate', unsaid).fault : null
    },
    locate: (attempt_id) => locateCall(ground, attempt_id),
    openLeg: async () => refuse('permanent', no_legs),
    closeLeg: async () => null,
    locateLeg: async () => ({ found: 'never_seen' }),
    control: async () => refuse('permanent', no_legs).fault,
    openRecording: openNoRecording,
    forgetRecording: forgetNoRecording,
    async close() {
      socket.close()
      await reports.close()
    },
  }
}

const no_legs = 'no agents are connected over this carrier'
