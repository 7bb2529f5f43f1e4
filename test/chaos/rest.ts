import { setTimeout as delay } from 'node:timers/promises'
import type { ChaosPostgres } from './postgres.ts'
import { createLineCounter } from './witness.ts'

const lookMs = 500
/** A lead due later than this after the list's end waits for its time: the run's own retry rules delay far less. */
const soonMs = 20_000

/**
 * Waits, once the list has ended, until nothing of it moves any more: no attempt is live, no report waits to be applied,
 * every call at the carrier has its end, and no lead was due but those whose campaign has spent its day. False when that
 * takes too long.
 */
export async function hasComeToRest(postgres: ChaosPostgres, ledger: string, within_seconds: number): Promise<boolean> {
  const deadline = performance.now() + within_seconds * 1000
  const dueBefore = new Date(Date.now() + soonMs)
  const dials = createLineCounter(ledger)
  const ends = createLineCounter(`${ledger}.ends`)
  while (performance.now() < deadline) {
    const [left] = await postgres.ask<{ count: number }>(movingSql, [dueBefore])
    if (left?.count === 0 && dials() === ends()) return true
    await delay(lookMs)
  }
  return false
}

const movingSql = `
  select ((select count(*) from attempts where ended_at is null)
    + (select count(*) from event_inbox where not waiting)
    + (select count(*) from leads l join campaigns c on c.workspace_id = l.workspace_id and c.id = l.campaign_id
       where l.due_at <= $1 and (c.daily_limit is null or c.daily_limit > coalesce((select sum(d.dials) from campaign_days d
         where d.workspace_id = c.workspace_id and d.campaign_id = c.id), 0))))::integer as count`
