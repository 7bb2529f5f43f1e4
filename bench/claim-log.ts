/** What the claims of a workspace left in its attempts, and its caps recounted from that alone. */
import type pg from 'pg'
import { leaseSeconds } from '#dialer/engine.ts'
import { recountRate, recountSpans } from '#kit/recount.ts'

/** An attempt's slot, by the database's clock. */
export interface Slot {
  trunk_id: string
  owner_user_id: string
  campaign_id: string
  lead_id: string
  day: string
  /** Epoch ms. */
  claimed_at: number
  /** Null while it is held. */
  ended_at: number | null
}

export interface Cap {
  kind: 'workspace' | 'trunk' | 'owner' | 'campaign' | 'calls_per_second' | 'daily_limit'
  /** Whom it holds for: the workspace, or the row that the kind names. */
  id: string
  cap: number
}

/** As deep as a trunk's token bucket; and the half call that the moment between reading and spending tokens may give. */
const bucketDepth = 2
const spendingSlack = 0.5

export async function readSlots(owner: pg.Pool, workspaceId: string): Promise<Slot[]> {
  const { rows } = await owner.query<Slot>(
    `select trunk_id, owner_user_id, campaign_id, lead_id, day::text,
       extract(epoch from lease_until - make_interval(secs => $2))::double precision * 1000 as claimed_at,
       extract(epoch from ended_at)::double precision * 1000 as ended_at
     from attempts where workspace_id = $1`,
    [workspaceId, leaseSeconds],
  )
  return rows
}

export async function readCaps(owner: pg.Pool, workspaceId: string): Promise<Cap[]> {
  const { rows } = await owner.query<Cap>(
    `select 'workspace' as kind, id, concurrent_calls as cap from workspaces where id = $1
     union all select 'trunk', id, channels from trunks where workspace_id = $1
     union all select 'owner', user_id, concurrent_calls from memberships where workspace_id = $1
     union all select 'campaign', id, max_concurrent_calls from campaigns where workspace_id = $1 and max_concurrent_calls > 0
     union all select 'calls_per_second', id, calls_per_second from trunks where workspace_id = $1 and calls_per_second > 0
     union all select 'daily_limit', id, daily_limit from campaigns where workspace_id = $1 and daily_limit > 0`,
    [workspaceId],
  )
  return rows
}

/** Claims that each cap should not have let through, and whether it was ever reached at all. */
export function recountCap(slots: Slot[], { kind, id, cap }: Cap): { breaches: number; reached: boolean } {
  const own = slots.filter((slot) => isUnder(slot, kind, id))
  switch (kind) {
    case 'daily_limit': {
      const days = [...Map.groupBy(own, (slot) => slot.day).values()].map((day) => day.length)
      const breaches = days.reduce((sum, dials) => sum + Math.max(0, dials - cap), 0)
      return { breaches, reached: days.some((dials) => dials >= cap) }
    }
    case 'calls_per_second': {
      const claims = own.map((slot) => slot.claimed_at)
      const { most, breaches } = recountRate(claims, cap, bucketDepth + spendingSlack)
      return { breaches, reached: most >= bucketDepth - spendingSlack }
    }
    default: {
      const spans = own.map((slot) => ({ from: slot.claimed_at, to: slot.ended_at ?? Number.POSITIVE_INFINITY }))
      const { most, breaches } = recountSpans(spans, cap)
      return { breaches, reached: most >= cap }
    }
  }
}

function isUnder(slot: Slot, kind: Cap['kind'], id: string): boolean {
  switch (kind) {
    case 'workspace':
      return true
    case 'trunk':
    case 'calls_per_second':
      return slot.trunk_id === id
    case 'owner':
      return slot.owner_user_id === id
    case 'campaign':
    case 'daily_limit':
      return slot.campaign_id === id
  }
}
