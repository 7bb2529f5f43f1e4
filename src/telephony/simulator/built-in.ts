import { Readable } from 'node:stream'
import { all_acts } from '../conversation-acts.ts'
import type { CarrierFault } from '../faults.ts'
import type { Capabilities, Carrier, EventSink, TrunkSettings } from '../port.ts'
import { type CarrierCore, type CoreOptions, openCarrierCore } from './carrier-core.ts'
import { no_chaos } from './chaos.ts'
import type { TakingAnswer } from './exchange.ts'
import type { Report } from './simulated-call.ts'

/** Longer than any command can be under way, any process held up, and most servers are ever down. */
export const remember_ms = 24 * 3600 * 1000

export const simulated_capabilities: Capabilities = {
  acts: all_acts,
  awaits_greetings: true,
  reconcile: 'by_id',
  remembers_ms: remember_ms,
  answering_machine_detection: true,
  reports_opt_outs: true,
}

/** The simulated carrier inside this process; all simulated trunks of the server are lines of the same one. */
export interface BuiltInExchange extends Pick<CarrierCore, 'overhear' | 'text'> {
  line(trunk: TrunkSettings, default_speed: number): Carrier
  close(): Promise<void>
}

type BuiltInOptions = Omit<CoreOptions, 'send' | 'parallel' | 'batch' | 'remember_ms' | 'chaos'> & { sink: EventSink }

/** Opens it and goes on with the calls that its journal holds: their reports go to the sink without being asked. */
export function openBuiltInExchange({ sink, ...options }: BuiltInOptions): BuiltInExchange {
  const send = async (reports: Report[]) => {
    const [first] = reports
    if (!first) return
    const trunk = { id: first.trunk_id, workspace_id: first.report_to }
    await sink(
      trunk,
      reports.map((report) => report.event),
    )
  }
  const chaos = no_chaos
  const core = openCarrierCore({ ...options, send, chaos, remember_ms, parallel: 4, batch: 200 })
  return {
    line: (trunk, default_speed) => openLine(core, trunk, trunk.speed ?? default_speed),
    overhear: core.overhear,
    text: core.text,
    close: core.close,
  }
}

function openLine(core: CarrierCore, trunk: TrunkSettings, speed: number): Carrier {
  const route = { trunk_id: trunk.id, report_to: trunk.workspace_id, speed }
  return {
    name: 'simulated',
    capabilities: simulated_capabilities,
    speed,
    async dial({ attempt_id, number, caller_id, ring_timeout_ms, detect_machines }, signal) {
      if (signal.aborted) return not_sent
      const order = { attempt_id, number, caller_id, ring_timeout_ms, detect_machines, ...route }
      const reply = await replyTo(core.dial(order), signal)
      return reply.ok ? { ok: true, provider_call_id: reply.provider_id } : reply
    },
    async hangup(attempt_id) {
      core.hangup(attempt_id)
      return null
    },
    locate: async (attempt_id) => core.locate(attempt_id),
    async openLeg(command, signal) {
      if (signal.aborted) return not_sent
      const reply = await replyTo(core.openLeg({ ...command, ...route }), signal)
      return reply.ok ? { ok: true, provider_leg_id: reply.provider_id } : reply
    },
    async closeLeg(leg_id) {
      core.closeLeg(leg_id)
      return null
    },
    locateLeg: async (leg_id) => core.locateLeg(leg_id),
    control: async (command) => core.control(command, speed),
    async openRecording(url) {
      const audio = core.recording(url)
      if (audio === null) return { ok: false, gone: true, reason: 'the carrier has no such recording' }
      return { ok: true, body: Readable.from([audio]), content_type: 'audio/wav' }
    },
    async forgetRecording(url) {
      core.forgetRecording(url)
      return null
    },
    // The exchange goes on: calls are not cut because somebody changed the trunk's settings.
    close: async () => {},
  }
}

type Refusal = { ok: false; fault: CarrierFault }

const not_sent = refuse('retryable', 'given up before the command left')

async function replyTo(
  answer: TakingAnswer,
  signal: AbortSignal,
): Promise<{ ok: true; provider_id: string } | Refusal> {
  if (!answer.took) return { ok: false, fault: answer.fault }
  if (answer.reply === 'prompt') return { ok: true, provider_id: answer.provider_id }
  if (answer.reply === 'error_500') return refuse('indeterminate', 'the carrier answered 500')
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  return refuse('indeterminate', 'the carrier did not answer in time')
}

function refuse(verdict: CarrierFault['verdict'], reason: string): Refusal {
  return { ok: false, fault: { verdict, reason } }
}
