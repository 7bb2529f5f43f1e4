/** Every cap, recomputed from the carrier's ledger and its ends alone. */
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
  const moments = testimony.dials
    .flatMap(({ attempt_id, at }) => {
      const row = rows.get(attempt_id)
      const end = testimony.ends.get(attempt_id)?.at ?? Number.POSITIVE_INFINITY
      return row
        ? [
            { at, row, change: 1 },
            { at: end, row, change: -1 },
          ]
        : []
    })
    .sort((a, b) => a.at - b.at || a.change - b.change)
  return limits.map((limit) => {
    let up = 0
    let most = 0
    for (const { row, change } of moments) {
      if (!isUnder(limit, row)) continue
      up += change
      most = Math.max(most, up)
    }
    return { limit, most }
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
    let lowest = Number.POSITIVE_INFINITY
    let excess = 0
    for (const [index, at] of intents.sort((a, b) => a - b).entries()) {
      const ahead = index - (calls_per_second * at) / 1000
      lowest = Math.min(lowest, ahead)
      excess = Math.max(excess, ahead - lowest + 1)
    }
    return { trunk_id, excess }
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
