import { isAgentless } from '#domain/campaign.ts'
import type { CrewCount } from '#store/campaign-agents.ts'
import type { ProgressCount } from '#store/campaign-progress.ts'
import type { Campaign } from '#store/campaigns.ts'
import type { CampaignUsage, TrunkUsage, Usage } from '#store/usage.ts'

export interface Diagnosis {
  code: string
  sentence: string
}

/** One sentence on why the campaign dials as it does: the first thing in its way, or none. */
export function diagnose(
  campaign: Campaign,
  count: ProgressCount,
  agents: CrewCount,
  usage: Usage,
  at: number,
): Diagnosis {
  if (campaign.status !== 'active') return say(campaign.status, `The campaign is ${campaign.status}.`)
  const unstaffed = isAgentless(campaign.mode) ? null : findMissingAgents(agents)
  if (unstaffed) return unstaffed
  if (count.importing > 0 && count.leads.total === 0) return say('importing', 'The list is still being imported.')
  if (count.leads.total === 0) return say('list_empty', 'The campaign has no leads yet.')
  const own = usage.campaigns.find((candidate) => candidate.id === campaign.id)
  if (!own) return say('no_dialing_mode', `Mode ${campaign.mode} dials nobody yet; power and progressive do.`)
  if (own.mode === 'manual') return say('by_hand', `Its agents dial by hand: ${count.due_now} leads are callable now.`)
  const trunk = usage.trunks.find((candidate) => candidate.id === own.trunk_id)
  if (count.due_now === 0) return findRestingTrunk(trunk, count, at) ?? diagnoseQuiet(count)
  return (
    findBindingLimit(own, trunk, usage, at) ??
    findBusyAgents(own, agents, usage) ??
    say('dialing', `Dialing: ${own.in_use} calls up, ${count.due_now} leads due.`)
  )
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
  if (own.agentless || idle.some(({ campaign_ids }) => campaign_ids.includes(own.id))) return null
  const { in_call, wrapping_up, available } = agents
  const lines = available > 0 ? `, ${available} available without a line that is up on its trunk` : ''
  return say(
    'agents_busy',
    `No agent is free: ${in_call} in calls, ${wrapping_up} wrapping up${lines}; ${own.awaiting} calls wait for one.`,
  )
}

/** Who was to be called when the carrier refused is due again when the trunk's rest is over. */
function findRestingTrunk(trunk: TrunkUsage | undefined, count: ProgressCount, at: number): Diagnosis | null {
  const { next_due_at } = count.waiting
  const until = trunk?.blocked_until ?? null
  if (!trunk || until === null || next_due_at === null || Date.parse(next_due_at) > Date.parse(until)) return null
  return findTrunkLimit(trunk, at)
}

function diagnoseQuiet(count: ProgressCount): Diagnosis {
  if (count.waiting.total > 0) {
    const [rule = 'retry'] = Object.entries(count.waiting.by_rule).sort((a, b) => b[1] - a[1])[0] ?? []
    return say('waiting', `Nobody is callable now; ${count.waiting.total} leads wait, most of them for ${rule}.`)
  }
  if (count.attempts.in_flight > 0) return say('last_calls', 'The last calls are under way.')
  return say('list_done', 'Every lead is done.')
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
  return findWorkspaceLimit(own, usage) ?? findCampaignLimit(own) ?? findTrunkLimit(trunk, at)
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

function findTrunkLimit(trunk: TrunkUsage, at: number): Diagnosis | null {
  const restMs = trunk.blocked_until === null ? 0 : Date.parse(trunk.blocked_until) - at
  if (restMs > 0) {
    const why = trunk.blocked_reason ?? 'no reason was given'
    return say(
      'trunk_blocked',
      `The trunk rests for ${Math.ceil(restMs / 1000)} s, because its carrier took no call: ${why}.`,
    )
  }
  if (trunk.in_use >= trunk.channels)
    return say('trunk_channels', `All ${trunk.channels} lines of the trunk are in use.`)
  if (trunk.tokens === null || trunk.tokens >= 1) return null
  return say('trunk_calls_per_second', `The trunk takes ${trunk.calls_per_second} calls a second.`)
}

function say(code: string, sentence: string): Diagnosis {
  return { code, sentence }
}
