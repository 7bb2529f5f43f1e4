/**
 * The dry run: what a campaign would do with each of its leads, without doing it. Every lead is asked about with the one
 * rule function, as the gate asks it, with the campaign taken as running; what comes of it is counted and written nowhere.
 */
import type { z } from 'zod'
import { zoneOf } from '#dialer/closer.ts'
import { judge } from '#dialer/gate.ts'
import { localTime, startOfDay } from '#domain/zone-offset.ts'
import { countWalkedLeads, type WalkedLead, walkLeads } from '#store/campaign-forecast.ts'
import { type Campaign, readCampaign } from '#store/campaigns.ts'
import {
  type CampaignEvidence,
  type LeadEvidence,
  readCampaignEvidence,
  readLeadEvidence,
} from '#store/lead-evidence.ts'
import { readRoute } from '#store/trunks.ts'
import { inWorkspace, type Tx } from '#store/tx.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseUnknown } from '../../http/problems.ts'
import { expectCampaign } from './dry-run-forecast.ts'
import { createRouteTally, type RouteTally, showRoute } from './dry-run-route.ts'
import type { dryRun } from './dry-run-schema.ts'
import { createDryRunTally, type DryRunTally } from './dry-run-tally.ts'

/** Leads read and judged in one transaction. */
const atOnce = 1_000

export async function runDry(house: ServerDeps, caller: Caller, id: string): Promise<z.input<typeof dryRun> | Refusal> {
  const { workspace_id } = caller
  const campaign = await within(house, caller, async (tx) => (await readCampaign(tx, workspace_id, id)) ?? null)
  if (!campaign) return refuseUnknown('campaign')
  const now = house.clock.now()
  const evidence = await reading(house, workspace_id, async (tx) =>
    (await readCampaignEvidence(tx, workspace_id, [id])).get(id),
  )
  if (!evidence) return refuseUnknown('campaign')
  const at = Math.max(now, evidence.starts_at ?? now)
  const running = asRunning(campaign, evidence, at)
  const expected = await reading(house, workspace_id, (tx) => countWalkedLeads(tx, workspace_id, id))
  const tally = createDryRunTally(at, running.ends_at, expected)
  const route =
    campaign.trunk_choice === 'fixed'
      ? null
      : await reading(house, workspace_id, (tx) => readRoute(tx, workspace_id, id))
  const routes = route && createRouteTally(route)
  await walk(house, { workspace_id, campaign, running, at, tally, routes })
  const chosen = route && routes ? { route, routes } : null
  const forecast = await expectCampaign(house, caller, campaign, running, { ...tally.leads(), chosen }, at)
  return {
    ...{ campaign_id: id, status: campaign.status, at: new Date(now), counted_at: new Date(at) },
    ...tally.counts(),
    route: chosen && showRoute(chosen.route, chosen.routes),
    ...forecast,
  }
}

/** A transaction of its own that sees the whole workspace, as the gate does, and can write nothing. */
function reading<T>(house: ServerDeps, workspace_id: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inWorkspace(house.pool, { workspace_id }, work, { reads_only: true })
}

interface Walk {
  workspace_id: string
  campaign: Campaign
  running: CampaignEvidence
  at: number
  tally: DryRunTally
  routes: RouteTally | null
}

async function walk(house: ServerDeps, { workspace_id, campaign, running, at, tally, routes }: Walk): Promise<void> {
  // A start asks anew about leads that a rule had settled; while it runs or is only waiting, nobody does.
  const reopens = campaign.status !== 'active' && campaign.status !== 'scheduled'
  for (let after: string | null = null; ; ) {
    const { leads, evidence }: Page = await reading(house, workspace_id, async (tx) => {
      const leads = await walkLeads(tx, workspace_id, campaign.id, after, atOnce)
      const asked = leads.filter((lead) => isAsked(lead, reopens)).map(({ id }) => id)
      return { leads, evidence: asked.length === 0 ? [] : await readLeadEvidence(tx, workspace_id, asked, at) }
    })
    for (const lead of leads) if (!isAsked(lead, reopens)) tally.addDone(lead.status)
    for (const lead of evidence) count(tally, routes, lead, running, at)
    if (leads.length < atOnce) return
    after = (leads.at(-1) as WalkedLead).contact_id
  }
}

interface Page {
  leads: WalkedLead[]
  evidence: LeadEvidence[]
}

function isAsked({ status, reopens }: WalkedLead, mayReopen: boolean): boolean {
  return status === 'pending' || status === 'callback' || status === 'calling' || (reopens && mayReopen)
}

function count(
  tally: DryRunTally,
  routes: RouteTally | null,
  lead: LeadEvidence,
  campaign: CampaignEvidence,
  at: number,
): void {
  const status = lead.status === 'callback' || lead.status === 'calling' ? lead.status : 'pending'
  const { input, verdict } = judge({ ...lead, status, campaign }, at)
  const { attempts, carrier_faults, phone_index, phones } = lead
  const tries = { attempts, carrier_faults, phone_index, phones, zone: zoneOf(lead) }
  // Whoever is being called is called once more in the forecast: that call is still to end.
  if (status === 'calling') tally.addCalling({ input, tries, due: at })
  else if (verdict.answer === 'never' || routes === null || routes.add(lead)) {
    tally.add({ input, tries, due: verdict.at ?? at }, verdict)
  } else tally.addUnserved()
}

/** The campaign as it is when it runs from `at` on; one that is over for good stays so. */
function asRunning(campaign: Campaign, evidence: CampaignEvidence, at: number): CampaignEvidence {
  const over = campaign.status === 'cancelled' || campaign.status === 'archived'
  return {
    ...evidence,
    status: over ? campaign.status : 'active',
    ends_at: campaign.started_at === null ? endFrom(campaign, evidence, at) : evidence.ends_at,
  }
}

/** So many days count from the start, which is yet to come. */
function endFrom({ completes, duration_days, time_zone }: Campaign, { ends_at }: CampaignEvidence, at: number) {
  if (completes !== 'at_end' || duration_days === null) return ends_at
  const first = Date.parse(localTime(time_zone, at).date)
  const day = new Date(first + duration_days * 86_400_000).toISOString().slice(0, 10)
  return Math.min(ends_at ?? Number.POSITIVE_INFINITY, startOfDay(time_zone, day))
}
