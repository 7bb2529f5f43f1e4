/**
 * A calling floor for tests: a real database, the real dialer, the built-in simulated carrier and a clock that moves
 * only when told to. What the carrier saw is read from its ledger, never from us.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDialer, type Dialer } from '#dialer/dialer.ts'
import type { Engine } from '#dialer/engine.ts'
import { createPacer } from '#domain/pacing/pacer.ts'
import type { CreatePacer } from '#domain/pacing/pacer-contract.ts'
import { applyLegReports, keepLegs } from '#floor/legs.ts'
import { sweepFloor } from '#floor/sweep.ts'
import { takeOptOuts } from '#server/features/suppressions/carrier-opt-outs.ts'
import { appendReports } from '#store/event-inbox.ts'
import { inWorkspace } from '#store/tx.ts'
import { splitEvents } from '#telephony/events.ts'
import type { Carrier, EventSink } from '#telephony/port.ts'
import { type BuiltInExchange, openBuiltInExchange } from '#telephony/simulator/built-in.ts'
import { loadScript } from '#telephony/simulator/script.ts'
import type { Overheard } from '#telephony/simulator/switchboard.ts'
import { createVirtualClock, type VirtualClock } from '#telephony/virtual-clock.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'
import { loadLeads, makeCampaign, makeTenant, numbersFrom, type Tenant } from './tenant.ts'

export interface LedgerLine {
  at: string
  attempt_id: string
  number: string
  caller_id: string | null
  trunk: string
}

export interface Floor {
  db: TestDatabase
  clock: VirtualClock
  engine: Engine
  /** The first of the dialers. */
  dialer: Dialer
  tenant: Tenant
  /** Makes a campaign of this many leads, numbered from `firstNumber`, and starts it. */
  startCampaign(options?: CampaignOptions): Promise<string>
  /** Lets everything happen until `ms` of virtual time have passed. */
  run(ms: number, pollEveryMs?: number): Promise<void>
  /** The same for whole shifts: what falls within `grainMs` of each other happens together. */
  runCoarsely(ms: number, pollEveryMs: number, grainMs: number): Promise<void>
  /** The same from one due time to the next, for stretches in which little happens. */
  runThroughDueTimes(ms: number): Promise<void>
  dials(): LedgerLine[]
  /** Who hears whom at the carrier, in every call that somebody did something with. */
  overhear(): Overheard[]
  ends(): { at: string; attempt_id: string; outcome: string }[]
  /** The person at this number answers the last call they got by a text message. */
  text: BuiltInExchange['text']
  /** The first dialer that lives dies, or the one of this worker; without a word. */
  killDialer(worker?: string): Promise<void>
  close(): Promise<void>
}

export interface CampaignOptions {
  leads?: number
  first_number?: number
  numbers?: string[]
  owner_user_id?: string
  settings?: object
  workspace?: Tenant
}

export interface FloorOptions {
  /** What the far end does; the form of OUTDIAL_SIM_SCRIPT. */
  script?: object
  start?: string
  channels?: number
  concurrent_calls?: number
  owner_concurrent_calls?: number
  calls_per_second?: number | null
  system_cap?: number | null
  /** So many processes' dialers over the one database; 1 unless it says otherwise. */
  dialers?: number
  /** Paces predictive campaigns in place of the product's own. */
  pacer?: CreatePacer
}

/** How often the floor polls, in virtual time. */
const pollMs = 5000

export async function openFloor(options: FloorOptions = {}): Promise<Floor> {
  const db = await openTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'outdial-floor-'))
  const clock = createVirtualClock(Date.parse(options.start ?? '2026-03-04T15:00:00Z'))
  const scriptPath = join(folder, 'script.json')
  writeFileSync(
    scriptPath,
    JSON.stringify(options.script ?? { default: [{ do: 'answers', ring_s: 5, talk_s: 30, weight: 1 }] }),
  )
  const ledger = join(folder, 'ledger.jsonl')
  const tenant = await makeTenant(db.app, clock.now(), options)
  const delivering = new Set<Promise<void>>()
  const sink: EventSink = (trunk, events) => {
    const { calls, legs, opt_outs } = splitEvents(events)
    const reports = calls.map((event) => ({ ...event, trunk_id: trunk.id }))
    const delivered = inWorkspace(db.app, trunk, (tx) => appendReports(tx, trunk.workspace_id, reports, clock.now()))
      .then(() => nextDialer().wake(trunk.workspace_id, 'events'))
      .then(() => applyLegReports(engine, trunk, legs))
      .then(() => takeOptOuts(engine, trunk, opt_outs))
      .finally(() => delivering.delete(delivered))
    delivering.add(delivered)
    return delivered
  }
  const exchange = openBuiltInExchange({
    ...{ clock, sink, script: loadScript(scriptPath), seed: '1', journal_path: null, ledger_path: ledger },
    trouble: (message, cause) => console.error(message, cause),
  })
  const carriers = new Map<string, Carrier>()
  const engineOf = (index: number): Engine => ({
    pool: db.app,
    clock,
    worker: `test-${process.pid}-${index}`,
    system_cap: options.system_cap ?? null,
    messageOf: (_, drop) => drop.message,
    async carrierOf(workspace_id, id) {
      const trunk = { id, workspace_id, provider: 'simulated', speed: null, settings: {}, secret: null }
      const carrier = carriers.get(id) ?? exchange.line(trunk, 1)
      carriers.set(id, carrier)
      return carrier
    },
    log: { info: () => {}, error: (fields, message) => console.error(message, fields) },
    wake(workspaceId, what) {
      if (what !== 'numbered') dialers[index]?.wake(workspaceId, what)
    },
  })
  const engines = Array.from({ length: options.dialers ?? 1 }, (_, index) => engineOf(index))
  const dialers = engines.map((each) => createDialer(each, options.pacer ?? createPacer))
  const [engine, dialer] = [engines[0] as Engine, dialers[0] as Dialer]
  let alive = [...dialers]
  let told = 0
  /** As behind a balancer: reports come to one process after the other. */
  const nextDialer = () => alive[told++ % alive.length] as Dialer
  const workspaces = new Set([tenant.workspace_id])

  async function settle(): Promise<void> {
    do {
      await Promise.all(delivering)
      await Promise.all(dialers.map((each) => each.idle()))
    } while (delivering.size > 0)
  }

  /** One moment at a time, so that what a moment causes happens before the next one. */
  async function moveTo(time: number): Promise<void> {
    let reached = false
    clock.at(time, () => {
      reached = true
    })
    while (!reached) {
      clock.step()
      await settle()
    }
  }

  async function poll(): Promise<void> {
    for (const workspaceId of workspaces) {
      await Promise.all(engines.map((each) => sweepFloor(each, workspaceId)))
      await Promise.all(engines.map((each) => keepLegs(each, workspaceId)))
    }
    await Promise.all(alive.map((each) => each.poll([...workspaces])))
    await settle()
  }

  return {
    db,
    clock,
    engine,
    dialer,
    tenant,
    async startCampaign(campaign = {}) {
      const owner = campaign.workspace ?? tenant
      workspaces.add(owner.workspace_id)
      const id = await makeCampaign(db.app, owner, clock.now(), {
        status: 'active',
        ...campaign.settings,
        ...(campaign.owner_user_id ? { owner_user_id: campaign.owner_user_id } : {}),
      })
      await loadLeads(
        db.app,
        owner,
        id,
        campaign.numbers ?? numbersFrom(campaign.first_number ?? 0, campaign.leads ?? 10),
        clock.now(),
      )
      return id
    },
    async run(ms, pollEveryMs = pollMs) {
      const end = clock.now() + ms
      while (clock.now() < end) {
        await poll()
        await moveTo(Math.min(end, clock.now() + pollEveryMs))
      }
    },
    async runCoarsely(ms, pollEveryMs, grainMs) {
      const end = clock.now() + ms
      while (clock.now() < end) {
        await poll()
        const next = Math.min(end, clock.now() + pollEveryMs)
        while (clock.now() < next) {
          clock.advanceTo(Math.min(next, clock.now() + grainMs))
          await settle()
        }
      }
    },
    async runThroughDueTimes(ms) {
      const end = clock.now() + ms
      while (clock.now() < end) {
        await poll()
        const { rows } = await db.owner.query('select min(due_at) as due from leads where due_at > $1', [
          new Date(clock.now()),
        ])
        const due = (rows[0].due as Date | null)?.getTime() ?? end
        // Far enough past it that the calls it causes are over.
        await moveTo(due)
        await poll()
        await moveTo(due + 5 * 60_000)
      }
    },
    dials: () => readLines(ledger),
    overhear: exchange.overhear,
    ends: () => readLines(`${ledger}.ends`),
    text: exchange.text,
    async killDialer(worker) {
      const dies = worker === undefined ? alive[0] : dialers[engines.findIndex((each) => each.worker === worker)]
      alive = alive.filter((each) => each !== dies)
      await dies?.stop()
    },
    async close() {
      for (const each of alive) await each.drain()
      for (const each of alive) await each.stop()
      await exchange.close()
      await db.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function readLines<Line>(path: string): Line[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Line)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
