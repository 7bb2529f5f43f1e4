/** Every cap, recomputed from the carrier's ledger and its ends alone. */
import { recountRate, recountSpans } from '#kit/recount.ts'
import { type Bar, bar } from './bars.ts'
import type { AttemptRow, Evidence, LimitRow } from './evidence.ts'

/** As deep as the token bucket: dial_limits in the schema. */
const bucketDepth = 2

export interface LimitUse {
  limit: LimitRow
  most: number
}

export function checkLimits(evidence: Evidence): Bar[] {
  const uses = measureUses(evidence)
  return [
    ...(['trunk', 'workspace', 'owner', 'campaign'] as const).map((kind) =>
      bar(
        `${kind} cap passed`,
        uses
          .filter(({ limit, most }) => limit.kind === kind && most > limit.cap)
          .map(({ limit, most }) => `${limit.id}: ${most} of ${limit.cap}`),
      ),
    ),
    bar(
      'calls per second passed',
      measureRates(evidence)
        .filter(({ excess }) => excess > mostExcess(evidence))
        .map(({ trunk_id, excess }) => `${trunk_id}: ${excess.toFixed(2)} calls more than its rate`),
    ),
    bar(
      'daily limit passed',
      evidence.days
        .filter(({ dials, daily_limit }) => daily_limit !== null && dials > daily_limit)
        .map(({ campaign_id, dials }) => `${campaign_id}: ${dials}`),
    ),
    bar('tries beyond max_attempts', findTooMany(evidence)),
  ]
}

/** The most calls up at once under each limit, by the carrier's clock. */
export function measureUses({ testimony, attempts, limits }: Evidence): LimitUse[] {
  const rows = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  const calls = testimony.dials.flatMap(({ attempt_id, at: from }) => {
    const row = rows.get(attempt_id)
    const to = testimony.ends.get(attempt_id)?.at ?? Number.POSITIVE_INFINITY
    return row ? [{ row, from, to }] : []
  })
  return limits.map((limit) => {
    const under = calls.filter(({ row }) => isUnder(limit, row))
    return { limit, most: recountSpans(under, limit.cap).most }
  })
}

function isUnder({ kind, workspace_id, id }: LimitRow, attempt: AttemptRow): boolean {
  if (attempt.workspace_id !== workspace_id) return false
  const held = {
    trunk: attempt.trunk_id,
    workspace: workspace_id,
    owner: attempt.owner_user_id,
    campaign: attempt.campaign_id,
  }
  return held[kind] === id
}

/**
 * By how many calls a trunk's intents ran ahead of its rate over any stretch of time. The claim spends the tokens, and
 * each dialer may have the tokens of one claim in hand when it is held up before the intent.
 */
export function measureRates({ attempts, rates }: Evidence): { trunk_id: string; excess: number }[] {
  return rates.map(({ trunk_id, calls_per_second }) => {
    const intents = attempts.flatMap((a) => (a.trunk_id === trunk_id && a.intent_at !== null ? [a.intent_at] : []))
    return { trunk_id, excess: recountRate(intents, calls_per_second, 0).most }
  })
}

function mostExcess({ dialers }: Evidence): number {
  return bucketDepth * (1 + dialers)
}

/** A try that the carrier's fault ended before ringing costs none, but no lead has more than three of those. */
function findTooMany({ testimony, attempts, leads }: Evidence): string[] {
  const leadOf = new Map(attempts.map((attempt) => [attempt.id, attempt.lead_id]))
  const tries = new Map<string, number>()
  for (const { attempt_id } of testimony.dials) {
    if (testimony.ends.get(attempt_id)?.outcome === 'congestion') continue
    const lead = leadOf.get(attempt_id)
    if (lead !== undefined) tries.set(lead, (tries.get(lead) ?? 0) + 1)
  }
  return leads
    .filter(({ id, max_attempts }) => (tries.get(id) ?? 0) > max_attempts)
    .map(({ id, max_attempts }) => `${id}: ${tries.get(id)} of ${max_attempts}`)
}
