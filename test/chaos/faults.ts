/** The faults of a run: which, in which order and after how many dials, all from the seed. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Chance, createChance } from '#telephony/simulator/chance.ts'
import { type CrashPoint, crashPoints } from './crash-points.ts'
import type { Outages } from './outages.ts'
import type { ChaosPostgres } from './postgres.ts'
import type { Kept } from './processes.ts'
import type { ChaosSettings } from './settings.ts'

type DeathAt = `death_${CrashPoint}`
export type FaultKind =
  | ('dialer_kill' | 'dialer_pause' | 'postgres_stop' | 'postgres_kill' | 'carrier_kill' | 'clock_jump')
  | DeathAt

const deaths = Object.keys(crashPoints).map((point) => `death_${point as CrashPoint}` as const)

export interface PlannedFault {
  kind: FaultKind
  after_dials: number
  /** Beyond that dial, so that a fault can meet any moment of a tick. */
  wait_ms: number
  chance: Chance
}

/** Faults are spread over this part of the dials, so that the last ones still meet a running list. */
const spreadOver = 0.97
const longestWaitMs = 120
const pauseMs = { least: 1_000, most: 3_000 }
/** How far a clock jumps, either way. */
export const clockJumpMs = 3_600_000

export function planFaults(settings: ChaosSettings): PlannedFault[] {
  const repeat = (kind: FaultKind, times: number) => Array.from({ length: times }, () => kind)
  const kinds = [
    ...repeat('dialer_kill', settings.dialer_kills),
    ...repeat('dialer_pause', settings.dialer_pauses),
    ...repeat('postgres_stop', Math.ceil(settings.postgres_restarts / 2)),
    ...repeat('postgres_kill', Math.floor(settings.postgres_restarts / 2)),
    ...repeat('carrier_kill', settings.carrier_kills),
    ...repeat('clock_jump', settings.clock_jumps),
    ...deaths.flatMap((death) => repeat(death, settings.deaths_at_each_point)),
  ]
  return kinds
    .map((kind, index) => {
      const chance = createChance(`${settings.seed}|fault|${index}`)
      const after_dials = Math.floor(chance.uniform('after') * spreadOver * settings.attempts)
      return { kind, after_dials, wait_ms: Math.floor(chance.uniform('wait') * longestWaitMs), chance }
    })
    .sort((a, b) => a.after_dials - b.after_dials)
}

export interface Targets {
  dialers: Kept[]
  carrier: Kept
  postgres: ChaosPostgres
  outages: Outages
  dials(): number
}

const lookMs = 10

export type FaultCount = Partial<Record<FaultKind, number>>

/** Brings the faults about, each once its dial was reached; resolves to how many of each there were. */
export async function bringAbout(faults: PlannedFault[], targets: Targets): Promise<FaultCount> {
  const done: Partial<Record<FaultKind, number>> = {}
  for (const fault of faults) {
    while (targets.dials() < fault.after_dials) await delay(lookMs)
    await delay(fault.wait_ms)
    await bringOne(fault, targets)
    done[fault.kind] = (done[fault.kind] ?? 0) + 1
  }
  return done
}

async function bringOne(
  { kind, chance }: PlannedFault,
  { dialers, carrier, postgres, outages }: Targets,
): Promise<void> {
  switch (kind) {
    case 'dialer_kill':
      killOne(await pickReady(dialers, chance))
      return outages.noteKill()
    case 'dialer_pause': {
      const dialer = await pickReady(dialers, chance)
      return dialer.pause(lengthOf(chance))
    }
    case 'clock_jump': {
      const dialer = await pickReady(dialers, chance)
      return dialer.misleadClock(chance.uniform('ahead') < 0.5 ? -clockJumpMs : clockJumpMs, lengthOf(chance))
    }
    case 'postgres_stop':
      return postgres.restart('fast')
    case 'postgres_kill':
      return postgres.restart('kill')
    case 'carrier_kill': {
      await carrier.whenReady()
      const over = outages.begin()
      killOne(carrier)
      await carrier.whenReady()
      return over()
    }
    default: {
      const dialer = await pickReady(dialers, chance)
      await dialer.dieAt(kind.slice('death_'.length) as CrashPoint)
      return outages.noteKill()
    }
  }
}

function lengthOf(chance: Chance): number {
  return pauseMs.least + chance.uniform('pause') * (pauseMs.most - pauseMs.least)
}

function killOne(program: Kept): void {
  if (!program.kill()) throw new Error(`${program.name} was to be killed and was not there`)
}

/** One of the dialers that work; a dialer killed while it starts would prove little. */
async function pickReady(dialers: Kept[], chance: Chance): Promise<Kept> {
  await Promise.race(dialers.map((dialer) => dialer.whenReady()))
  const ready = dialers.filter((dialer) => dialer.isReady())
  const picked = ready[Math.floor(chance.uniform('which') * ready.length)]
  return picked ?? pickReady(dialers, chance)
}
