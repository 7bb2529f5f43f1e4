/**
 * Real calls over an Asterisk in a network namespace: how many begin in a second, against the same PBX told to dial by a bare
 * request each; how many are bridged and recorded at once, and what of their sound was lost on the way to the PBX. Needs root,
 * sipp and ip; the far ends are sipp, and telephones in a process of Node.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { v7 } from 'uuid'
import { openAsteriskLine } from '#telephony/asterisk/carrier.ts'
import { createSystemClock } from '#telephony/clock.ts'
import type { CarrierEvent } from '#telephony/events.ts'
import type { Carrier } from '#telephony/port.ts'
import { digits } from '../test/calls/digits.ts'
import { openFarEnd, requireCalls } from '../test/calls/far-end.ts'
import { type Bar, flag, percentile, report } from './kit.ts'

const perSecond = flag('cps', 20)
const seconds = flag('seconds', 10)
const together = flag('together', 50)
const talkSeconds = flag('talk', 8)

const lack = await requireCalls()
if (lack) {
  console.error(lack)
  process.exit(1)
}
const far = await openFarEnd()
const trunk_id = '019b0000-0000-7000-8000-00000000000a'
const heard: CarrierEvent[] = []
const lines: Carrier[] = []
const openLine = (endpoint: string) => {
  const settings = { url: far.url, endpoint: `PJSIP/{number}@${endpoint}` }
  const trunk = {
    id: trunk_id,
    workspace_id: 'workspace',
    provider: 'asterisk',
    speed: null,
    settings,
    secret: far.secret,
  }
  const sink = async (_: object, events: CarrierEvent[]) => {
    heard.push(...events)
  }
  const trouble = (message: string, cause: unknown) => console.error(message, cause)
  const line = openAsteriskLine(trunk, { sink, clock: createSystemClock(), trouble })
  lines.push(line)
  return line
}
const has = (id: string, kind: string) =>
  heard.some(({ attempt_id, leg_id, event }) => (attempt_id ?? leg_id) === id && event.kind === kind)
const patience = () => new AbortController().signal
const bars: Bar[] = []

async function until(enough: () => boolean, within_ms: number): Promise<void> {
  const deadline = performance.now() + within_ms
  while (!enough() && performance.now() < deadline) await wait(20)
}

/** Calls `dial` so often a second; how long each took, and which were taken. */
async function pour(dial: (number: string) => Promise<string | null>) {
  const took: number[] = []
  const taken: string[] = []
  const began = performance.now()
  const all: Promise<void>[] = []
  for (let n = 0; n < perSecond * seconds; n++) {
    await wait(Math.max(0, began + (n * 1000) / perSecond - performance.now()))
    const at = performance.now()
    const number = `+1212${String(5_550_000 + n).slice(0, 6)}${digits.answers}`
    const told = dial(number).then((id) => {
      took.push(performance.now() - at)
      if (id !== null) taken.push(id)
    })
    all.push(told)
  }
  await Promise.all(all)
  return { took, taken, rate: all.length / ((performance.now() - began) / 1000), offered: all.length }
}

async function askBare(number: string): Promise<string | null> {
  const id = `bare.${v7()}`
  const query = new URLSearchParams({ endpoint: `PJSIP/${number}@out`, app: 'nobody', channelId: id, timeout: '20' })
  const authorization = `Basic ${Buffer.from(`outdial:${far.secret}`).toString('base64')}`
  const answer = await fetch(`${far.url}/ari/channels?${query}`, { method: 'POST', headers: { authorization } })
  await answer.body?.cancel()
  return answer.ok ? id : null
}

async function measureRate(): Promise<void> {
  const line = openLine('out')
  await line.locate(v7(), null, null)
  const ours = await pour(async (number) => {
    const attempt_id = v7()
    const reply = await line.dial(
      { attempt_id, number, caller_id: '+12125550199', ring_timeout_ms: 20_000, detect_machines: false },
      patience(),
    )
    return reply.ok ? attempt_id : null
  })
  await until(() => ours.taken.every((id) => has(id, 'ended')), 15_000)
  const answered = ours.taken.filter((id) => has(id, 'answered')).length
  const bare = await pour(askBare)
  bars.push({ name: 'calls a second', value: ours.rate, unit: '/s', floor: perSecond * 0.98 })
  bars.push({ name: 'answered of those offered', value: (100 * answered) / ours.offered, unit: '%', floor: 100 })
  bars.push({ name: 'dial to answer of the PBX, p95', value: percentile(ours.took, 0.95), unit: 'ms' })
  bars.push({ name: 'one bare request to the PBX, p95', value: percentile(bare.took, 0.95), unit: 'ms' })
}

interface Rtp {
  rxcount: number
  rxploss: number
}

async function readRtp(channel: string): Promise<Rtp | null> {
  const authorization = `Basic ${Buffer.from(`outdial:${far.secret}`).toString('base64')}`
  const answer = await fetch(`${far.url}/ari/channels/${channel}/rtp_statistics`, { headers: { authorization } })
  return answer.ok ? ((await answer.json()) as Rtp) : null
}

async function measureTogether(): Promise<void> {
  const line = openLine('phones')
  const places = Array.from({ length: together }, (_, n) => ({ attempt_id: v7(), leg_id: v7(), n }))
  for (const { attempt_id, leg_id, n } of places) {
    const at = (area: string) => `+1${area}${String(5_550_000 + n).slice(0, 6)}${digits.stays}`
    const shown = { caller_id: '+12125550199', ring_timeout_ms: 20_000, detect_machines: false }
    await line.dial({ attempt_id, number: at('212'), ...shown }, patience())
    const leg = { leg_id, agent_id: 'agent', reached_at: 'outside' as const, address: at('646'), ...shown }
    await line.openLeg(leg, patience())
  }
  await until(
    () => places.every(({ attempt_id, leg_id }) => has(attempt_id, 'answered') && has(leg_id, 'leg_up')),
    20_000,
  )
  let bridged = 0
  for (const { attempt_id, leg_id } of places) {
    const fault = await line.control({ act: 'bridge', attempt_id, leg_id })
    const recorded = fault ?? (await line.control({ act: 'record_start', attempt_id }))
    if (recorded === null) bridged += 1
  }
  await wait(talkSeconds * 1000)
  let packets = 0
  let lost = 0
  for (const { attempt_id, leg_id } of places) {
    for (const channel of [`call.${trunk_id}.${attempt_id}`, `leg.${trunk_id}.${leg_id}`]) {
      const rtp = await readRtp(channel)
      packets += rtp?.rxcount ?? 0
      lost += rtp?.rxploss ?? 0
    }
  }
  for (const { attempt_id, leg_id } of places) {
    await line.hangup(attempt_id, null)
    await line.closeLeg(leg_id)
  }
  await until(() => places.every(({ attempt_id }) => has(attempt_id, 'recorded')), 20_000)
  const recorded = places.filter(({ attempt_id }) => has(attempt_id, 'recorded')).length
  bars.push({ name: 'bridged and recorded at once', value: bridged, unit: 'calls', floor: together })
  bars.push({ name: 'recordings told of', value: recorded, unit: '', floor: together })
  bars.push({ name: 'RTP packets that came to the PBX', value: packets, unit: '', floor: together * talkSeconds * 50 })
  bars.push({ name: 'RTP packets lost', value: lost, unit: '', floor: 0, better: 'lower' })
}

try {
  await measureRate()
  await measureTogether()
} finally {
  for (const line of lines) await line.close()
  await far.close()
}
report('media', bars)
