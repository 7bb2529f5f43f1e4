/**
 * What a call is counted as, told once: reports count by these conditions, and lists and exports choose by them, so that the
 * rows behind a figure are that figure. They stand over `callsAsCounted`.
 */
export const countedAs = ['answered', 'human', 'contact', 'success', 'abandoned'] as const
export type CountedAs = (typeof countedAs)[number]

const machines = `('machine', 'fax', 'screened')`

export const conditionOf: Record<CountedAs, string> = {
  answered: 'c.answered_at is not null',
  human: `c.answered_at is not null and coalesce(c.detection, '') not in ${machines}
    and coalesce(c.outcome, '') not in ${machines}`,
  contact: 'coalesce(meant.counts_as_contact, false)',
  success: 'coalesce(meant.success, false)',
  abandoned: 'c.abandoned_at is not null',
}

/** A call with what it is said to have meant. */
export const callsAsCounted = `calls c
  left join call_dispositions said on said.workspace_id = c.workspace_id and said.call_id = c.id
  left join disposition_categories meant on meant.workspace_id = c.workspace_id and meant.id = said.disposition_id`

/** Which call it is of all that its lead had, the first being 1; null without a lead. */
export const tryOfCall = `(select nullif(count(*), 0)::int from calls k
  where k.workspace_id = c.workspace_id and k.lead_id = c.lead_id and k.id <= c.id)`

const localBegin = `(c.initiated_at at time zone
  coalesce(c.zone, (select w.time_zone from workspaces w where w.id = acting_workspace())))`

/** On the clock of whoever was called; where that is not known, on the workspace's. */
export const localHour = `extract(hour from ${localBegin})::int`
/** 1 is Monday. */
export const localWeekday = `extract(isodow from ${localBegin})::int`
