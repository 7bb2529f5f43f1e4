/** What the simulator's own tests share: one number per scenario, and an account of what was received. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentScenario, Scenario } from '../conformance-harness.ts'
import type { CarrierEvent } from '../events.ts'
import type { TrunkSettings } from '../port.ts'
import { type Behaviour, ordinary_script, type Script } from './script.ts'

/** The trunk of every rehearsal. */
export const trunk: TrunkSettings = {
  id: 'trunk-1',
  workspace_id: 'workspace-1',
  provider: 'simulated',
  speed: null,
  settings: {},
  secret: null,
}

const plays: Record<Scenario, Behaviour> = {
  answers: { do: 'answers', ring_s: 9, talk_s: 60 },
  stays: { do: 'answers', ring_s: 5, talk_s: 86_400 },
  machine: { do: 'machine', ring_s: 17, talk_s: 300 },
  busy: { do: 'busy' },
  rings_out: { do: 'rings-out' },
  rejects: { do: 'rejects', ring_s: 3 },
  invalid_number: { do: 'invalid-number' },
  congestion: { do: 'congestion' },
  reports_twice: { do: 'reports-twice', ring_s: 5, talk_s: 10 },
  reports_out_of_order: { do: 'reports-out-of-order', ring_s: 5, talk_s: 10 },
  loses_its_end: { do: 'never-reports-its-end', ring_s: 5, talk_s: 10 },
  never_replies: { do: 'accepts-then-hangs', ring_s: 5, talk_s: 60 },
}

export function numberFor(scenario: Scenario): string {
  return `+121255501${String(Object.keys(plays).indexOf(scenario)).padStart(2, '0')}`
}

const agents: Record<AgentScenario, { address: string; plays: Behaviour[] }> = {
  stays: { address: 'somebody', plays: [{ do: 'answers' }] },
  rings_out: { address: '201', plays: [{ do: 'rings-out' }] },
  hangs_up: { address: '+12125550299', plays: [{ do: 'answers-then-hangs-up' }] },
}

export function agentFor(scenario: AgentScenario) {
  return { reached_at: 'browser' as const, address: agents[scenario].address }
}

export const rehearsal_script: Script = {
  ...ordinary_script,
  numbers: new Map(Object.entries(plays).map(([scenario, play]) => [numberFor(scenario as Scenario), [play]])),
  agents: new Map(Object.values(agents).map(({ address, plays }) => [address, plays])),
}

/** Received reports by attempt or leg, and who waits for more of them. */
export function createReception() {
  const received = new Map<string, CarrierEvent[]>()
  const waiting = new Set<() => void>()
  const of = (id: string) => received.get(id) ?? []
  return {
    of,
    all: () => [...received.values()].flat(),
    take(events: CarrierEvent[]) {
      for (const event of events) {
        const id = event.attempt_id ?? event.leg_id ?? ''
        received.set(id, [...of(id), event])
      }
      for (const check of waiting) check()
    },
    /** Resolves once `holds` does; looks again at each arrival. */
    when(holds: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const check = () => {
          if (!holds()) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      })
    },
  }
}

/** A folder of its own, and what removes it. */
export function makeFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'carrier-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The whole lines of a file of JSON lines. */
export function readLines(path: string): Record<string, unknown>[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))
}
