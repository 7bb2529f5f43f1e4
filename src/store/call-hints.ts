import type { Tx } from './tx.ts'

/** Somebody's word, not believed, that a call has changed. */
export interface Hint {
  trunk_id: string
  provider_call_id: string
  /** The attempt that it is said to be; null where nothing was said of it. */
  attempt_id: string | null
}

/** Keeps hints until their calls were looked at; several of one call are one. */
export async function keepHints(tx: Tx, workspaceId: string, hints: Hint[]): Promise<void> {
  await tx.query({
    name: 'keep-hints',
    text: `insert into call_hints as h (workspace_id, trunk_id, provider_call_id, attempt_id)
      select distinct on (n.trunk_id, n.provider_call_id) $1::uuid, n.trunk_id, n.provider_call_id, n.attempt_id
      from jsonb_to_recordset($2) as n (trunk_id uuid, provider_call_id text, attempt_id uuid)
      order by n.trunk_id, n.provider_call_id, n.attempt_id
      on conflict (workspace_id, trunk_id, provider_call_id) do update set told = h.told + 1,
        look_at = least(h.look_at, excluded.look_at), attempt_id = coalesce(h.attempt_id, excluded.attempt_id)`,
    values: [workspaceId, JSON.stringify(hints)],
  })
}

export interface TakenHint extends Hint {
  told: number
  seconds_since_first: number
  /** The call of ours that it is, or is said to be; null where there is none. */
  call_id: string | null
  /** Its carrier has told us that it is this call. */
  named: boolean
}

/** Takes the hints whose time has come, for `hold_seconds`: whoever dies meanwhile leaves them to the next. */
export async function takeHints(
  tx: Tx,
  workspaceId: string,
  take: { limit: number; hold_seconds: number },
): Promise<TakenHint[]> {
  const { rows } = await tx.query<TakenHint>({
    name: 'take-hints',
    text: `
      with due as (
        select trunk_id, provider_call_id from call_hints where workspace_id = $1 and look_at <= clock_timestamp()
        order by look_at limit $2 for update skip locked
      ), taken as (
        update call_hints h set look_at = clock_timestamp() + make_interval(secs => $3)
        from due where h.workspace_id = $1 and h.trunk_id = due.trunk_id and h.provider_call_id = due.provider_call_id
        returning h.*
      )
      select t.trunk_id, t.provider_call_id, t.attempt_id, t.told,
        extract(epoch from clock_timestamp() - t.first_told_at)::double precision as seconds_since_first,
        coalesce(known.id, said.id) as call_id, known.id is not null as named
      from taken t
      left join lateral (select c.id from calls c where c.workspace_id = $1 and c.trunk_id = t.trunk_id
        and c.provider_call_id = t.provider_call_id limit 1) known on true
      left join calls said on said.workspace_id = $1 and said.id = t.attempt_id and said.trunk_id = t.trunk_id
        and said.provider_call_id is null`,
    values: [workspaceId, take.limit, take.hold_seconds],
  })
  return rows
}

/** Done with, unless it was said again meanwhile. */
export async function dropHint(tx: Tx, workspaceId: string, hint: TakenHint): Promise<void> {
  await tx.query({
    name: 'drop-hint',
    text: `delete from call_hints
      where workspace_id = $1 and trunk_id = $2 and provider_call_id = $3 and told = $4`,
    values: [workspaceId, hint.trunk_id, hint.provider_call_id, hint.told],
  })
}

/** There will be more to be told; what was said again meanwhile is looked at as soon as that asked for. */
export async function putOffHint(tx: Tx, workspaceId: string, hint: TakenHint, lookInMs: number): Promise<void> {
  await tx.query({
    name: 'put-off-hints',
    text: `update call_hints set look_at = clock_timestamp() + make_interval(secs => $5)
      where workspace_id = $1 and trunk_id = $2 and provider_call_id = $3 and told = $4`,
    values: [workspaceId, hint.trunk_id, hint.provider_call_id, hint.told, lookInMs / 1000],
  })
}
