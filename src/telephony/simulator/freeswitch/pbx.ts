/**
 * A PBX that places calls over the simulated carrier's far end: the part of FreeSWITCH that is spoken to over its event
 * socket. Commands go in and are answered in its words; events come out. No two channels that live have one uuid.
 */
import { randomUUID } from 'node:crypto'
import type { CallEvent } from '#domain/call.ts'
import type { Clock } from '../../clock.ts'
import { no_chaos } from '../chaos.ts'
import { cutShort, planCall } from '../plan.ts'
import type { Script } from '../script.ts'
import { agendaOf, isEnd, type Step } from '../timeline.ts'
import { type Channel, causeOf, channelEvent, eventNameOf, headersOf, variablesOf } from './channels.ts'
import { createHash } from './hash.ts'
import { readOriginate } from './originate.ts'
import { type SwitchEvent, writeHeaders } from './packets.ts'

export interface PbxOptions {
  clock: Clock
  script: Script
  seed: string
  /** How much faster than real time the far end is. */
  speed: number
  /** Its gateways to the outside, and how each is; over a full one no channel is made. */
  gateways: Record<string, 'up' | 'down' | 'full'>
  /** Whether its module `hash` is there. */
  has_hash?: boolean
  /** Tells whoever listens. */
  emit(event: SwitchEvent): void
}

export interface Pbx {
  /** Runs a command of its API, and never resolves where the script says that nobody answers. */
  run(command: string): Promise<string>
  /** Every channel that rang somebody, in order. */
  rung(): Channel[]
  /** Forgets all that it had in memory, its calls included, as a PBX that is started anew. */
  startAnew(): void
}

const no_channel = '-ERR No such channel!\n'

export function openPbx({ clock, script, seed, speed, gateways, has_hash = true, emit }: PbxOptions): Pbx {
  const channels = new Map<string, Channel>()
  const rung: Channel[] = []
  const hash = createHash()
  /** What is still to happen on a channel; taking it back stops that. */
  const agendas = new Map<string, () => void>()
  /** Who waits for an originate to be answered, or to fail. */
  const waiting = new Map<string, (answer: string) => void>()

  /** The answer to an originate that waits: the first one stands. */
  const answer = (uuid: string, text: string) => {
    waiting.get(uuid)?.(text)
    waiting.delete(uuid)
  }
  const end = (channel: Channel) => {
    const { uuid, variables } = channel
    channels.delete(uuid)
    const [name = '', words = ''] = variables.api_hangup_hook?.split('::') ?? []
    const told = variablesOf(channel, clock.now())
    if (name === 'hash') hash.run(words.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => told[variable] ?? ''))
    answer(uuid, `-ERR ${causeOf(channel)}\n`)
  }
  const report = (channel: Channel, { planned }: Step<CallEvent>) => {
    const name = eventNameOf(planned.event)
    if (planned.event.kind === 'answered') answer(channel.uuid, `+OK ${channel.uuid}\n`)
    if (name !== null) emit(channelEvent(name, channel, planned.at))
  }
  const play = (channel: Channel, steps: Step<CallEvent>[]) => {
    agendas.get(channel.uuid)?.()
    agendas.delete(channel.uuid)
    for (let step = steps[0]; step && step.time <= clock.now(); step = steps[0]) {
      steps.shift()
      if (step.what === 'end') end(channel)
      else report(channel, step)
    }
    const next = steps[0]
    if (next)
      agendas.set(
        channel.uuid,
        clock.at(next.time, () => play(channel, steps)),
      )
  }

  const originate = (words: string): Promise<string> | string => {
    const order = readOriginate(words)
    if (order === null) return '-USAGE: <call url> <exten>|&<application_name>(<app_args>)\n'
    const { variables, endpoint } = order
    const [, gateway = '', number = ''] = /^sofia\/gateway\/([^/]+)\/(.+)$/.exec(endpoint) ?? []
    const state = gateways[gateway]
    if (state === undefined) return '-ERR INVALID_GATEWAY\n'
    if (state !== 'up') return state === 'down' ? '-ERR GATEWAY_DOWN\n' : '-ERR SWITCH_CONGESTION\n'
    const uuid = variables.origination_uuid ?? randomUUID()
    if (channels.has(uuid)) return '-ERR DESTINATION_OUT_OF_ORDER\n'
    const caller_id = variables.origination_caller_id_number ?? null
    const ring_timeout_ms = Number(variables.originate_timeout ?? 60) * 1000
    const dial = { attempt_id: uuid, number, caller_id, ring_timeout_ms, trunk_id: '', report_to: '', speed }
    const times_before = rung.filter(({ plan }) => plan.number === number).length
    const plan = planCall(dial, { script, seed, chaos: no_chaos }, times_before, clock.now())
    const channel: Channel = { uuid, variables, endpoint, plan, killed_as: null }
    channels.set(uuid, channel)
    rung.push(channel)
    // A PBX tells of a call that the network has no room for as of any other.
    if (plan.reply === 'refused') for (const planned of plan.events) planned.reports = [planned.at]
    const silent = plan.reply !== 'prompt' && plan.reply !== 'refused'
    if (!silent) emit(channelEvent('CHANNEL_CREATE', channel, clock.now()))
    const answered = new Promise<string>((resolve) => {
      if (!silent) waiting.set(uuid, resolve)
    })
    play(channel, agendaOf<CallEvent>(plan))
    return answered
  }
  const kill = (uuid: string, cause: string) => {
    const channel = channels.get(uuid)
    const now = clock.now()
    const events = channel ? cutShort(channel.plan, now) : null
    if (!channel || events === null) return no_channel
    channel.killed_as = cause
    channel.plan.events = events
    play(
      channel,
      agendaOf<CallEvent>(channel.plan).filter((step) => step.time > now || isEnd(step.planned)),
    )
    return '+OK\n'
  }
  const show = () => {
    const rows = [...channels.values()].map(({ uuid, endpoint }) => ({ uuid, direction: 'outbound', name: endpoint }))
    return JSON.stringify({ row_count: rows.length, ...(rows.length > 0 && { rows }) })
  }
  const dump = (uuid: string) => {
    const channel = channels.get(uuid)
    if (!channel) return no_channel
    return writeHeaders({ 'Event-Name': 'CHANNEL_DATA', ...headersOf(channel, clock.now()) })
  }

  return {
    async run(command) {
      const [, name = '', words = ''] = /^(\S+) ?(.*)$/s.exec(command) ?? []
      const [first = '', second = ''] = words.split(' ')
      if (name === 'echo') return words
      if (name === 'hash' && has_hash) return hash.run(words)
      if (name === 'originate') return originate(words)
      if (name === 'uuid_kill') return kill(first, second || 'NORMAL_CLEARING')
      if (name === 'uuid_exists') return String(channels.has(first))
      if (name === 'uuid_dump') return dump(first)
      if (command === 'show channels as json') return show()
      // Nothing lasts so long here that it had to be forgotten.
      if (name === 'sched_api') return '+OK Added: 1\n'
      return `-ERR ${name} Command not found!\n`
    },
    rung: () => [...rung],
    startAnew() {
      for (const stop of agendas.values()) stop()
      agendas.clear()
      channels.clear()
      waiting.clear()
      hash.clear()
    },
  }
}
