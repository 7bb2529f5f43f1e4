import { isAgentless } from '#domain/campaign.ts'
import type { PacerDoubt } from '#domain/pacing/pacer-contract.ts'
import { sparedAbandons } from '#domain/pacing/power.ts'
import type { CrewCount } from '#store/campaign-agents.ts'
import type { ProgressCount } from '#store/campaign-progress.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { DoubtedPacer } from '#store/pacer-states.ts'
import type { CampaignUsage, TrunkUsage, Usage } from '#store/usage.ts'
import { type Balances, findEmptyAccount, findLowBalance } from './diagnose-balance.ts'
import { type Diagnosis, diagnoseQuiet, type Opening, sayClosedShare, sayEnd, sayInstant } from './diagnose-quiet.ts'
import { findRouteLimit, findTollLimit, findTrunkLimit } from './diagnose-trunk.ts'

/** What a diagnosis is made from, all of one moment. */
export interface CampaignFacts {
  campaign: Campaign
  count: ProgressCount
  agents: CrewCount
  usage: Usage
  balances: Balances
  /** Why its agents can't be connected over its trunk; null where they can, or it has none. */
  unreachable: string | null
  /** Why a predictive campaign does not dial ahead of its agents; null while it may. */
  doubt: DoubtedPacer | null
  /** When the first window opens that holds somebody back; null when none does. */
  opening: Opening | null
  /** Who moved the campaign to its status; null: the system. */
  moved_by: string | null
  at: number
}

/** One sentence on why the campaign dials as it does: the first thing in its way, or none. */
export function diagnose(facts: CampaignFacts): Diagnosis {
  const { campaign, count, agents, usage, balances, opening, moved_by, unreachable, at } = facts
  if (campaign.status !== 'active') return say(campaign.status, sayStatus(campaign, count, moved_by, at))
  if (unreachable !== null) return say('trunk_without_lines', unreachable)
  const unstaffed = isAgentless(campaign.mode) ? null : findMissingAgents(agents)
  if (unstaffed) return unstaffed
  if (count.importing > 0 && count.leads.total === 0) return say('importing', 'The list is still being imported.')
  if (count.leads.total === 0) return say('list_empty', 'The campaign has no leads yet.')
  const own = usage.campaigns.find((candidate) => candidate.id === campaign.id)
  // It was started between one statement and the next.
  if (!own) return say('dialing', 'The campaign has just begun to dial.')
  if (own.mode === 'manual') return say('by_hand', `Its agents dial by hand: ${count.due_now} leads are callable now.`)
  const trunk = usage.trunks.find((candidate) => candidate.id === own.trunk_id)
  if (count.due_now === 0) return findResting(own, trunk, facts) ?? diagnoseQuiet(count, opening, at)
  return (
    findEmptyAccount(own, usage, balances, at) ??
    findBindingLimit(own, trunk, usage, at) ??
    findDoubt(own, facts) ??
    findBusyAgents(own, agents, usage) ??
    findAbandonCap(own) ??
    findLowBalance(own, usage, balances, { dialing: sayDialing(own, count), at }) ??
    say('dialing', sayDialing(own, count))
  )
}

function sayStatus(
  { status, status_reason, status_at }: Campaign,
  count: ProgressCount,
  by: string | null,
  at: number,
) {
  if (status === 'draft') return 'The campaign is a draft: nobody has started it.'
  if (status === 'scheduled') return 'The campaign is scheduled: it starts on its first day.'
  const how = `${status.slice(0, 1).toUpperCase()}${status.slice(1)} by ${by ?? 'the system'}`
  const why = status_reason === null ? '' : `: ${status_reason}`
  const end = status === 'completed' && count.leads.total > 0 ? ` (${sayEnd(count)})` : ''
  return `${how} at ${sayInstant(status_at.getTime(), at)}${why}${end}.`
}

function sayDialing({ in_use }: CampaignUsage, count: ProgressCount): string {
  const closed = sayClosedShare(count)
  return `Dialing: ${in_use} ${in_use === 1 ? 'call' : 'calls'} up, ${count.due_now} leads due${closed === null ? '' : `; the window is ${closed}`}.`
}

const doubts: Record<PacerDoubt, string> = {
  clock_jumped: 'the clock jumped, and what was learnt before no longer fits',
  events_missing: 'it did not hear what became of some of its calls',
  events_contradict: 'what it heard of its calls and what stands of them differ',
  trunk_failing: 'too many of its calls fail on the trunk',
}

/** A predictive campaign whose pacer trusts what it knows too little. */
function findDoubt(own: CampaignUsage, { doubt, at }: CampaignFacts): Diagnosis | null {
  if (own.mode !== 'predictive' || doubt === null) return null
  const since = sayInstant(doubt.since.getTime(), at)
  return say('pacer_doubts', `Dialing one call per idle agent since ${since}: ${doubts[doubt.doubt]}.`)
}

/** Dialing ahead keeps to one call per agent where one more abandon would pass the cap. */
function findAbandonCap(own: CampaignUsage): Diagnosis | null {
  const { mode, calls_per_agent, live_answers, abandoned, abandon_cap } = own
  const cap = `the cap is ${Math.round(10_000 * abandon_cap) / 100} %`
  const percent = Math.round((1000 * abandoned) / live_answers) / 10
  const share = `${abandoned} of ${live_answers} live answers were abandoned in the last 30 days (${percent} %; ${cap})`
  if (mode === 'predictive') {
    return abandoned > abandon_cap * live_answers ? say('abandon_cap', `Dialing carefully: ${share}.`) : null
  }
  if (calls_per_agent <= 1 || sparedAbandons(live_answers, abandoned, abandon_cap) > 0) return null
  if (abandoned > 0) return say('abandon_cap', `Dialing one call per agent: ${share}.`)
  const few = `${live_answers} live answers in the last 30 days are too few to abandon one of`
  return say('abandon_cap', `Dialing one call per agent: ${few} (${cap}).`)
}

/** Nobody who could take a call is signed on, or on no break. */
function findMissingAgents({ assigned, signed_on, on_break }: CrewCount): Diagnosis | null {
  if (signed_on > on_break) return null
  if (assigned === 0) return say('no_agents', 'There are no agents: 0 are assigned to the campaign.')
  return say(
    'no_agents',
    `There are no agents: of ${assigned} assigned ${signed_on} are signed on, ${on_break} on a break.`,
  )
}

/** Everybody who could talk does something else; calls under way go on. */
function findBusyAgents(own: CampaignUsage, agents: CrewCount, { idle }: Usage): Diagnosis | null {
  // Who dials ahead of the agents waits for none of them to be idle.
  if (own.agentless || own.mode === 'predictive' || idle.some(({ campaign_ids }) => campaign_ids.includes(own.id)))
    return null
  const { in_call, wrapping_up, available } = agents
  const lines = available > 0 ? `, ${available} available without a line that is up on its trunk` : ''
  return say(
    'agents_busy',
    `No agent is free: ${in_call} in calls, ${wrapping_up} wrapping up${lines}; ${own.awaiting} calls wait for one.`,
  )
}

/** Who was to be called when the carrier refused is due again when the trunk's rest is over. */
function findResting(
  { id }: CampaignUsage,
  trunk: TrunkUsage | undefined,
  { count, usage, at }: CampaignFacts,
): Diagnosis | null {
  const { next_due_at } = count.waiting
  // Who may take another trunk waits for the rest of none.
  if (usage.routes?.[id]) return null
  const until = trunk?.blocked_until ?? null
  if (!trunk || until === null || next_due_at === null || Date.parse(next_due_at) > Date.parse(until)) return null
  return findTrunkLimit(trunk, at)
}

function findBindingLimit(
  own: CampaignUsage,
  trunk: TrunkUsage | undefined,
  usage: Usage,
  at: number,
): Diagnosis | null {
  if (usage.installation_left !== null && usage.installation_left < 1) {
    return say('installation', "The installation's cap on calls at once is reached.")
  }
  if (!trunk) return say('no_trunk', 'There is no trunk to call over: name one, or make one the default.')
  const route = usage.routes?.[own.id] ?? null
  return (
    findWorkspaceLimit(own, usage) ??
    (route === null ? findTollLimit(trunk, usage.toll) : null) ??
    findCampaignLimit(own) ??
    (route === null ? findTrunkLimit(trunk, at) : findRouteLimit(route, usage, at))
  )
}

function findWorkspaceLimit(own: CampaignUsage, usage: Usage): Diagnosis | null {
  if (!own.agentless) return null
  if (usage.agentless_in_use >= usage.agentless_cap) {
    return say('workspace', `The workspace's limit of ${usage.agentless_cap} calls at once is reached.`)
  }
  const owner = usage.owners.find((candidate) => candidate.id === own.owner_user_id)
  if (!owner || owner.in_use < owner.cap) return null
  return say('owner', `The owner's limit of ${owner.cap} calls at once is reached; an admin can raise it.`)
}

function findCampaignLimit(own: CampaignUsage): Diagnosis | null {
  if (own.cap !== null && own.in_use >= own.cap) {
    return say('campaign', `The campaign's own limit of ${own.cap} calls at once is reached.`)
  }
  if (own.run_left !== null && own.run_left < 1) {
    return say(
      'run',
      `This run's ${own.run_limit} calls have left; the campaign pauses when the last one is under way.`,
    )
  }
  if (own.daily_limit === null || own.dials_today < own.daily_limit) return null
  return say('daily_limit', `Today's limit of ${own.daily_limit} dials is spent.`)
}

function say(code: string, sentence: string): Diagnosis {
  return { code, sentence }
}
