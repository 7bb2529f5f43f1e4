/**
 * One run: a database, a carrier and several dialers are set up, a list is called while they are killed, and when all
 * has come to rest the carrier's ledger is held against our records.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bar } from './bars.ts'
import { checkDials } from './check-dials.ts'
import { checkLimits } from './check-limits.ts'
import { checkRecords, measureHealing } from './check-records.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { bringAbout, type FaultKind, planFaults } from './faults.ts'
import { createFeeder, layOutCampaigns, script } from './list.ts'
import { createOutages } from './outages.ts'
import { type ChaosPostgres, openChaosPostgres } from './postgres.ts'
import { findFreePort, type Kept, keepProgram } from './processes.ts'
import { hasComeToRest } from './rest.ts'
import type { ChaosSettings } from './settings.ts'
import { createLineCounter } from './witness.ts'

export interface ChaosReport {
  bars: Bar[]
  faults: Record<FaultKind, number>
  figures: Record<string, number>
  /** Logs, ledger and database, kept where a bar is broken. */
  folder: string
}

const feedEveryMs = 200

export async function runChaos(settings: ChaosSettings, say: (line: string) => void = () => {}): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-chaos-'))
  chmodSync(folder, 0o711) // under root PostgreSQL is another user, who has to pass
  const ledger = join(folder, 'ledger.jsonl')
  const outages = createOutages()
  const began = performance.now()
  const postgres = await openChaosPostgres(join(folder, 'database'), outages)
  const programs: Kept[] = []
  try {
    const feed = createFeeder(postgres, await layOutCampaigns(postgres.app, settings))
    await feed()
    const { carrier, dialers } = await startPrograms(settings, folder, ledger, postgres)
    programs.push(carrier, ...dialers)
    say(`calling, in ${folder}`)

    const dials = createLineCounter(ledger)
    let faultsDone = false
    const faulting = bringAbout(planFaults(settings), { dialers, carrier, postgres, outages, dials }).finally(() => {
      faultsDone = true
    })
    faulting.catch(() => {}) // awaited below; until then it is nobody's
    for (let told = 0; !faultsDone || dials() < settings.attempts; ) {
      await feed()
      await delay(feedEveryMs)
      if (dials() - told < settings.attempts / 10) continue
      told = dials()
      say(`${told} dials`)
    }
    const faults = await faulting
    say('list ended')
    const rested = await hasComeToRest(postgres, ledger, settings.rest_within_seconds)
    say('at rest')
    for (const dialer of dialers) await dialer.stop()
    await carrier.stop()
    const evidence = await readEvidence(
      postgres,
      { ledger, journal: join(folder, 'carrier', 'calls.jsonl') },
      { dialers: settings.dialers, outages },
    )
    const bars = [
      ...checkDials(evidence),
      ...checkLimits(evidence),
      ...checkRecords(evidence),
      countBar('did not come to rest', rested ? 0 : 1),
      countBar(
        'program ended by itself',
        programs.reduce((sum, program) => sum + program.crashes(), 0),
      ),
    ]
    const seconds = (performance.now() - began) / 1000
    const report = { bars, faults, figures: { ...measure(evidence, postgres), seconds: Math.round(seconds) }, folder }
    await postgres.close()
    if (bars.every(({ broken }) => broken === 0)) rmSync(folder, { recursive: true })
    return report
  } catch (error) {
    await Promise.all(programs.map((program) => program.stop()))
    await postgres.close()
    throw error
  }
}

function countBar(name: string, broken: number): Bar {
  return { name, broken, example: null }
}

async function startPrograms(
  settings: ChaosSettings,
  folder: string,
  ledger: string,
  postgres: ChaosPostgres,
): Promise<{ carrier: Kept; dialers: Kept[] }> {
  const carrierPort = await findFreePort()
  const scriptPath = join(folder, 'script.json')
  writeFileSync(scriptPath, JSON.stringify(script))
  const flags = {
    port: String(carrierPort),
    data: join(folder, 'carrier'),
    ledger,
    script: scriptPath,
    seed: settings.seed,
    speed: String(settings.speed),
    chaos: 'doubles=0.1,reorders=0.1,delays=0.1',
  }
  const carrier = keepProgram({
    name: 'carrier',
    script: 'scripts/carrier.ts',
    args: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    folder,
    ready: /carrier ready/,
  })
  await carrier.whenReady()
  const dialers: Kept[] = []
  for (let index = 0; index < settings.dialers; index += 1) {
    const port = await findFreePort()
    const dialer = keepProgram({
      name: `dialer-${index}`,
      script: 'src/main.ts',
      folder,
      ready: /outdial ready/,
      env: {
        OUTDIAL_ROLE: 'dialer',
        OUTDIAL_PORT: String(port),
        // One folder for all: the key that webhooks are signed with is derived from the one in it.
        OUTDIAL_DATA_DIR: join(folder, 'data'),
        DATABASE_URL: postgres.app_url,
        DATABASE_OWNER_URL: postgres.owner_url,
        OUTDIAL_SIM_URL: `http://127.0.0.1:${carrierPort}`,
        OUTDIAL_SIM_SPEED: String(settings.speed),
      },
    })
    await dialer.whenReady()
    dialers.push(dialer)
  }
  return { carrier, dialers }
}

function measure(evidence: Evidence, postgres: ChaosPostgres): Record<string, number> {
  const healing = measureHealing(evidence).map(({ stuck_ms }) => stuck_ms)
  const sorted = healing.sort((a, b) => a - b)
  const log = readFileSync(postgres.log_file, 'utf8')
  return {
    dials: evidence.testimony.dials.length,
    attempts_made: evidence.attempts.length,
    dropped: evidence.attempts.filter((attempt) => attempt.state === 'dropped').length,
    leads: evidence.leads.length,
    events: [...evidence.events.values()].reduce((sum, rows) => sum + rows.length, 0),
    slot_kept_after_end_p50_ms: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
    slot_kept_after_end_p99_ms: Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0),
    slot_kept_after_end_most_ms: Math.round(sorted.at(-1) ?? 0),
    deadlocks: log.split('deadlock detected').length - 1,
  }
}
