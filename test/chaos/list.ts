/** Who is called: two workspaces, several owners and campaigns, every limit of a different size, and people without end. */
import { loadLeads, makeCampaign, makeMember, makeTenant, makeTrunk, numbersFrom, type Tenant } from '#kit/tenant.ts'
import type { Pool } from '#store/database.ts'
import { type ChaosPostgres, isAway } from './postgres.ts'
import type { ChaosSettings } from './settings.ts'

export interface CalledCampaign {
  id: string
  tenant: Tenant
  /** Where its numbers begin; two campaigns that share this call the same people. */
  first_number: number
  /** Leads it should have due at any time, so that no limit ever waits for people. */
  due: number
}

/** Far enough apart that lists only meet where they are meant to. */
const listApart = 1_000_000
const addedAtOnce = 20

/** A zone in which it is noon now, so that a run at any hour finds people whom the law lets it call. */
export function zoneAtNoon(at: number): string {
  const east = 12 - new Date(at).getUTCHours()
  // The names of these zones have their sign the other way round.
  return east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
}

const retryRules = {
  busy: { delay_seconds: 1 },
  no_answer: { delay_seconds: 2 },
  rejected: { delay_seconds: 2 },
  machine: { delay_seconds: 3, max_attempts: 2 },
}

export async function layOutCampaigns(app: Pool, settings: ChaosSettings): Promise<CalledCampaign[]> {
  const at = Date.now()
  const time_zone = zoneAtNoon(at)
  const share = (part: number) => Math.max(2, Math.round(settings.channels * part))
  const large = await makeTenant(app, at, {
    time_zone,
    channels: settings.channels,
    concurrent_calls: share(0.8),
    owner_concurrent_calls: share(0.4),
  })
  const small = await makeTenant(app, at, { time_zone, channels: 4, concurrent_calls: 6, owner_concurrent_calls: 6 })
  const second = await makeMember(app, large, at, share(0.3))
  const third = await makeMember(app, large, at, share(0.3))
  const slowTrunk = await makeTrunk(app, large, at, { channels: share(0.15), calls_per_second: 3 })
  const campaigns: CalledCampaign[] = []

  async function add(tenant: Tenant, list: number, due: number, own: object): Promise<void> {
    const id = await makeCampaign(app, tenant, at, {
      status: 'active',
      time_zone,
      completes: 'by_hand',
      retry_rules: retryRules,
      ...own,
    })
    campaigns.push({ id, tenant, first_number: list * listApart, due })
  }

  await add(large, 0, share(0.4), { name: 'heavy', weight: 5 })
  await add(large, 1, share(0.1), { name: 'capped', max_concurrent_calls: share(0.1) })
  await add(large, 2, share(0.3), {
    name: 'patient',
    owner_user_id: second,
    max_attempts: 5,
    retry_interval_seconds: 2,
  })
  await add(large, 0, share(0.1), { name: 'same people', owner_user_id: third })
  await add(large, 3, share(0.1), { name: 'slow trunk', owner_user_id: third, trunk_id: slowTrunk })
  await add(small, 4, 8, { name: 'small' })
  await add(small, 5, 8, { name: 'daily limit', daily_limit: Math.ceil(settings.attempts / 100) })
  return campaigns
}

/** Keeps every campaign supplied with people who are due. */
export function createFeeder(postgres: ChaosPostgres, campaigns: CalledCampaign[]): () => Promise<void> {
  const added = new Map(campaigns.map(({ id }) => [id, 0]))
  return async () => {
    const soon = new Date(Date.now() + 5_000)
    const rows = await postgres.ask<{ campaign_id: string; due: number }>(
      'select campaign_id, count(*)::integer as due from leads where due_at <= $1 group by 1',
      [soon],
    )
    const due = new Map(rows.map((row) => [row.campaign_id, row.due]))
    for (const campaign of campaigns) {
      if ((due.get(campaign.id) ?? 0) >= campaign.due) continue
      const begun = added.get(campaign.id) as number
      const numbers = numbersFrom(campaign.first_number + begun, addedAtOnce)
      try {
        const at = Date.now()
        await loadLeads(postgres.app, campaign.tenant, campaign.id, numbers, at, { time_zone: zoneAtNoon(at) })
      } catch (error) {
        // It may have been committed all the same; the same people once more are no new leads then.
        if (!isAway(error)) throw error
        continue
      }
      added.set(campaign.id, begun + addedAtOnce)
    }
  }
}

/** What the far ends do: every behaviour that the simulated carrier knows. */
export const script = {
  default: [
    { do: 'answers', weight: 24 },
    { do: 'answers-then-hangs-up', weight: 3 },
    { do: 'machine', weight: 12 },
    { do: 'busy', weight: 12 },
    { do: 'rings-out', weight: 15 },
    { do: 'rejects', weight: 6 },
    { do: 'invalid-number', weight: 4 },
    { do: 'congestion', weight: 2 },
    { do: 'never-reports-its-end', weight: 4 },
    { do: 'reports-twice', weight: 5 },
    { do: 'reports-out-of-order', weight: 5 },
    { do: 'accepts-then-answers-500', weight: 5 },
    { do: 'accepts-then-hangs', weight: 3 },
  ],
}
