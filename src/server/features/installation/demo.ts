import { copyFileSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { ServerDeps } from '#server/http/house.ts'
import { countProgress, type ProgressCount } from '#store/campaign-progress.ts'
import { createCampaign, moveCampaign } from '#store/campaigns.ts'
import { newId } from '#store/ids.ts'
import { createImport } from '#store/imports.ts'
import { advanceCounter } from '#store/numbers.ts'
import { addSuppression } from '#store/suppressions.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import { makeDemoHistory } from './demo-history.ts'
import { openWorkspace } from './first-owner.ts'

const example = join(import.meta.dirname, '../../../../examples/leads.csv')
/** Two of the people on the list asked not to be called, before the list came. */
const blocked = ['+12125550199', '+442079460999']
const lines = 20
const speed = 60
const lookMs = 250

export interface DemoOptions {
  house: ServerDeps
  owner_user_id: string
  /** Ends the watching; the campaign goes on. */
  signal: AbortSignal
}

/** A workspace of its own in which a list of fictional people is imported and called over the simulated carrier. */
export async function startDemo(options: DemoOptions): Promise<void> {
  const { house, owner_user_id } = options
  const { pool, clock, imports } = house
  const at = clock.now()
  const demo = { workspace_id: newId(at), user_id: owner_user_id }
  const campaignId = newId(at)
  await inWorkspace(pool, demo, async (tx) => {
    const place = { country: 'US', time_zone: 'America/New_York', name: 'Demo' }
    await openWorkspace(tx, { ...demo, ...place, lines, speed, is_demo: true }, at)
    await suppress(tx, demo, at)
    await createDemoCampaign(tx, demo, campaignId, at)
    await createImport(tx, demo.workspace_id, prepareImport(options, campaignId, at), at)
  })
  imports.wake()
  console.log(
    `demo: calling the people of examples/leads.csv over ${lines} simulated lines, ${speed} times faster than life`,
  )
  const owner = { ...demo, role: 'owner', only_own: false, by: { kind: 'session', id: 'demo' } } as const
  const [last] = await Promise.all([
    watch(options, demo.workspace_id, campaignId),
    makeDemoHistory(house, owner, options.signal),
  ])
  console.log('demo: a month of calls of two more campaigns is there to look at')
  if (last !== null) console.log(`demo: nobody else is callable now\n${summarise(last)}`)
}

type Demo = { workspace_id: string; user_id: string }

async function suppress(tx: Tx, demo: Demo, at: number): Promise<void> {
  for (const number of blocked) {
    const why = { reason: 'asked not to be called', source: 'customer_request' as const, added_by: demo.user_id }
    const where = { scope: 'workspace' as const, campaign_id: null, expires_at: null }
    await addSuppression(tx, demo.workspace_id, { id: newId(at), number, ...why, ...where }, at)
  }
}

async function createDemoCampaign(tx: Tx, demo: Demo, id: string, at: number): Promise<void> {
  const number = await advanceCounter(tx, demo.workspace_id, 'campaigns', 1)
  await createCampaign(
    tx,
    demo.workspace_id,
    {
      id,
      number,
      name: 'Demo: autumn invitations',
      mode: 'broadcast',
      owner_user_id: demo.user_id,
      time_zone: 'America/New_York',
      caller_id: '+12125550100',
    },
    at,
  )
  await moveCampaign(tx, demo.workspace_id, id, { to: 'active', reason: null, at })
}

function prepareImport({ house: { config }, owner_user_id }: DemoOptions, campaign_id: string, at: number) {
  const id = newId(at)
  const folder = join(config.data_dir, 'uploads')
  const file_path = join(folder, `${id}.csv`)
  mkdirSync(folder, { recursive: true })
  copyFileSync(example, file_path)
  const file_size_bytes = statSync(file_path).size
  return { id, campaign_id, owner_user_id, file_name: 'leads.csv', file_size_bytes, file_path, options: {} }
}

/** A progress bar until nobody is callable now; null when it was told to stop before. */
async function watch(
  { house: { pool, clock }, signal }: DemoOptions,
  workspace_id: string,
  campaignId: string,
): Promise<ProgressCount | null> {
  const { Presets, SingleBar } = await import('cli-progress')
  const bar = new SingleBar(
    { format: '{bar} {value} of {total} called · {up} calls up', noTTYOutput: true, notTTYSchedule: 2_000 },
    Presets.rect,
  )
  bar.start(0, 0, { up: 0 })
  try {
    for (;;) {
      const count = await inWorkspace(pool, { workspace_id }, (tx) =>
        countProgress(tx, workspace_id, campaignId, clock.now()),
      )
      const callable = count.leads.total - count.waiting.total + retried(count)
      bar.setTotal(callable)
      bar.update(callable - count.due_now - count.attempts.in_flight, { up: count.attempts.in_flight })
      if (count.importing === 0 && count.due_now === 0 && count.attempts.in_flight === 0) return count
      await wait(lookMs, undefined, { signal })
    }
  } catch (error) {
    if (signal.aborted) return null
    throw error
  } finally {
    bar.stop()
  }
}

/** Leads that were called and wait for their next try. */
function retried({ waiting }: ProgressCount): number {
  return waiting.by_rule.lead_not_before ?? 0
}

function summarise(count: ProgressCount): string {
  const rows: [string, number][] = [
    ['leads', count.leads.total],
    ['dialed', count.attempts.dialed],
    ['answered', count.attempts.answered],
    ...labelled('  ended', count.by_outcome),
    ...labelled('skipped', count.skipped_by_reason),
    ...labelled('waiting', count.waiting.by_rule),
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, n]) => `  ${label.padEnd(width)}  ${String(n).padStart(5)}`).join('\n')
}

function labelled(word: string, counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).map(([name, n]) => [`${word}: ${name}`, n])
}
