/**
 * One run: a database, a carrier and several dialers are set up, a list is called while they are killed, and when all
 * has come to rest the carrier's ledger is held against our records.
 */
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Bar } from './bars.ts'
import { checkDials } from './check-dials.ts'
import { checkLimits } from './check-limits.ts'
import { checkRecords, measureHealing } from './check-records.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { bringAbout, type FaultCount, planFaults, type Targets } from './faults.ts'
import { createFeeder, layOutCampaigns } from './list.ts'
import { createOutages } from './outages.ts'
import { type ChaosPostgres, openChaosPostgres } from './postgres.ts'
import { type Place, startPrograms } from './programs.ts'
import { hasComeToRest } from './rest.ts'
import type { ChaosSettings } from './settings.ts'
import { createLineCounter } from './witness.ts'

export interface ChaosReport {
  bars: Bar[]
  faults: FaultCount
  figures: Record<string, number>
  /** Logs, ledger and database, for whoever wants to look; not cleared away here. */
  folder: string
}

const feedEveryMs = 200

export async function runChaos(settings: ChaosSettings, say: (line: string) => void = () => {}): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-chaos-'))
  chmodSync(folder, 0o711) // under root PostgreSQL is another user, who has to pass
  const place = { folder, ledger: join(folder, 'ledger.jsonl'), journal: join(folder, 'carrier', 'calls.jsonl') }
  const outages = createOutages()
  const began = performance.now()
  const began_at = Date.now()
  const postgres = await openChaosPostgres(join(folder, 'database'), outages)
  try {
    const feed = createFeeder(postgres, await layOutCampaigns(postgres.app, settings))
    await feed()
    const programs = await startPrograms(settings, place, postgres)
    try {
      say(`calling, in ${folder}`)
      const faults = await callUnderFire(settings, { ...programs, postgres, outages }, feed, place, say)
      const rested = await hasComeToRest(postgres, place.ledger, settings.rest_within_seconds)
      say(rested ? 'at rest' : 'not at rest')
      await programs.stop()
      const evidence = await readEvidence(postgres, place, { dialers: settings.dialers, outages, began_at })
      const crashes = [programs.carrier, ...programs.dialers].reduce((sum, program) => sum + program.crashes(), 0)
      const bars = [
        ...checkDials(evidence),
        ...checkLimits(evidence),
        ...checkRecords(evidence),
        { name: 'did not come to rest', broken: rested ? 0 : 1, example: null },
        { name: 'program ended by itself', broken: crashes, example: null },
      ]
      const seconds = Math.round((performance.now() - began) / 1000)
      return { bars, faults, figures: { ...measure(evidence, postgres), seconds }, folder }
    } finally {
      await programs.stop()
    }
  } finally {
    await postgres.close()
  }
}

/** Calls the list to its end while the faults are brought about; resolves to how many of each there were. */
async function callUnderFire(
  settings: ChaosSettings,
  targets: Omit<Targets, 'dials'>,
  feed: () => Promise<void>,
  { ledger }: Place,
  say: (line: string) => void,
): Promise<FaultCount> {
  const dials = createLineCounter(ledger)
  let over = false
  const faulting = bringAbout(planFaults(settings), { ...targets, dials }).finally(() => {
    over = true
  })
  // Awaited below; until then nobody is there to hear of its failure.
  faulting.catch(() => {})
  for (let told = 0; !over || dials() < settings.attempts; ) {
    await feed()
    await delay(feedEveryMs)
    if (dials() - told < settings.attempts / 10) continue
    told = dials()
    say(`${told} dials`)
  }
  say('list ended')
  return faulting
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
    written_by_wrong_clocks: evidence.written_by_wrong_clocks,
    deadlocks: log.split('deadlock detected').length - 1,
  }
}
