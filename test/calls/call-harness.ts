/** A PBX as the suites of conformance know a carrier: its far end are telephones, its account of who hears whom its own. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openAsteriskLine } from '#telephony/asterisk/carrier.ts'
import { createSystemClock } from '#telephony/clock.ts'
import { type CarrierHarness, newId, patience } from '#telephony/conformance-harness.ts'
import { splitEvents } from '#telephony/events.ts'
import type { Carrier, TrunkSettings } from '#telephony/port.ts'
import { createReception } from '#telephony/simulator/rehearsal.ts'
import { createAccount } from './account.ts'
import { tone, wavOf } from './audio.ts'
import { digits } from './digits.ts'
import { type FarEnd, openFarEnd } from './far-end.ts'

const trunk_id = '019b0000-0000-7000-8000-00000000000a'
const trunkTo = (url: string, secret: string): TrunkSettings => ({
  ...{ id: trunk_id, workspace_id: 'workspace-1', provider: 'asterisk', speed: null },
  ...{
    settings: { url, endpoint: 'PJSIP/{number}@phones', phone: 'PJSIP/{phone}@phones', detect_machines: false },
    secret,
  },
})

export interface CallHarness extends CarrierHarness {
  far: FarEnd
  /** The telephone at the other end of `call.`, `leg.` or `third.` and the id; empty when there is none. */
  phoneOf(named: string): Promise<string>
  /** Another process's line over the same trunk. */
  another(settings?: {
    detect_machines?: boolean
    split_recordings?: boolean
    phone?: string
    endpoint?: string
  }): Carrier
}

/** Of the machine, its beep included. */
export const greeting_ms = 5_300
/** Above the voices of the telephones. */
export const message_hz = 3_000
/** Their lengths in ms. */
const messages = { 'please-wait': 200, 'safe-harbour': 300, sorry: 100, 'long-one': 1_500 }

export const lacks = {
  /** Each takes half a second of real calls. */
  walks: 20,
  scenarios: [
    'machine',
    'congestion',
    'reports_twice',
    'reports_out_of_order',
    'loses_its_end',
    'never_replies',
  ] as const,
}

/** On a busy machine a first dial, which connects and signs on besides, may not leave in time. */
async function warmUp(carrier: Carrier): Promise<void> {
  for (let tries = 20; tries > 0; tries--) {
    const command = {
      attempt_id: newId(),
      number: `+1212555999${digits.busy}`,
      caller_id: null,
      ring_timeout_ms: 1_000,
      detect_machines: false,
    }
    if ((await carrier.dial(command, patience())).ok) return
  }
  assert.fail('the PBX takes no call')
}

export async function openCallHarness(): Promise<CallHarness> {
  const far = await openFarEnd()
  for (const [name, ms] of Object.entries(messages)) {
    writeFileSync(join(far.folder, 'messages', `${name}.wav`), wavOf(tone(message_hz, ms)))
  }
  const reception = createReception()
  const sink = async (_: object, events: Parameters<typeof reception.take>[0]) => reception.take(events)
  const trouble = (message: string, cause: unknown) => console.error(message, cause)
  const lines: Carrier[] = []
  const open = (url: string, heard = trouble, settings = {}) => {
    const trunk = trunkTo(url, far.secret)
    const set = { ...trunk, settings: { ...trunk.settings, ...settings } }
    const line = openAsteriskLine(set, { sink, clock: createSystemClock(), trouble: heard })
    lines.push(line)
    return line
  }
  const carrier = open(far.url)
  await warmUp(carrier)
  const account = createAccount(far, trunk_id)
  const dialed = new Map<string, string>()
  // Those who ring out are not waited for longer than a test can.
  const shorten = <T extends { ring_timeout_ms: number }>(command: T): T =>
    command.ring_timeout_ms === 25_000 ? { ...command, ring_timeout_ms: 1_000 } : command
  const gone = async (attempt_id: string) => {
    const bridge = `talk.${trunk_id}.${attempt_id}`
    while ((await account.isLiving(`call.${trunk_id}.${attempt_id}`)) || (await account.bridge(bridge))) await wait(5)
  }
  const phoneOf = (named: string) => {
    const [kind, id] = named.split('.')
    return account.variable(`${kind}.${trunk_id}.${id}`, 'CHANNEL(pjsip,call-id)')
  }
  const pressed = async (attempt_id: string) => far.phones.digits(await phoneOf(`call.${attempt_id}`))
  const observed: Carrier = {
    ...carrier,
    dial(command, signal) {
      dialed.set(command.attempt_id, command.number)
      return carrier.dial(shorten(command), signal)
    },
    openLeg(command, signal) {
      dialed.set(command.leg_id, command.address)
      return carrier.openLeg(shorten(command), signal)
    },
    async hangup(attempt_id, provider_call_id) {
      const fault = await carrier.hangup(attempt_id, provider_call_id)
      // What is overheard after it is overheard without the call.
      if (fault === null) await gone(attempt_id)
      return fault
    },
    async control(command) {
      const before = command.act === 'dtmf' ? await pressed(command.attempt_id) : ''
      const fault = await carrier.control(command)
      if (fault !== null || command.act !== 'dtmf') return fault
      while ((await pressed(command.attempt_id)) !== before + command.digits) await wait(20)
      return null
    },
  }
  let numbers = 0
  const ending = (digit: number | undefined) =>
    digit === undefined ? null : `${String(++numbers).padStart(3, '0')}${digit}`
  return {
    ...{ far, phoneOf, carrier: observed },
    another: (settings) => open(far.url, trouble, settings),
    away: open('http://127.0.0.1:9', () => {}),
    numberFor(scenario) {
      const end = ending(digits[scenario as keyof typeof digits])
      return end === null ? null : `+1212555${end}`
    },
    agentFor(scenario) {
      const address = `7${ending(digits[scenario === 'hangs_up' ? 'answers' : scenario])}`
      return { reached_at: 'extension', address }
    },
    async until(attempt_id, enough) {
      const told = () => splitEvents(reception.of(attempt_id)).calls
      await reception.when(() => enough(told()))
      return told()
    },
    async untilLeg(leg_id, enough) {
      const told = () => splitEvents(reception.of(leg_id)).legs
      await reception.when(() => enough(told()))
      return told()
    },
    greeting_ms,
    optOut: () => assert.fail('there are no texts'),
    turn: () => wait(50),
    rings: async (id) => (await far.phones.rung()).filter((number) => number === dialed.get(id)).length,
    async overhear() {
      const heard = await account.overhear()
      return Promise.all(heard.map(async (call) => ({ ...call, digits: await pressed(call.attempt_id) })))
    },
    async close() {
      for (const line of lines) await line.close()
      await far.close()
    },
  }
}
