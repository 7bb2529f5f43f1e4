import type { Tx } from './tx.ts'

/** Keeps what a provider sent, for disputes and for mending a translation. */
export async function keepPayloads(
  tx: Tx,
  workspaceId: string,
  deliveries: { trunk_id: string; payload: string }[],
  at: number,
): Promise<void> {
  await tx.query({
    name: 'keep-payloads',
    text: `insert into provider_payloads (workspace_id, trunk_id, payload, received_at)
      select $1, d.trunk_id, to_jsonb(d.payload), $4 from unnest($2::uuid[], $3::text[]) as d (trunk_id, payload)`,
    values: [
      workspaceId,
      deliveries.map((delivery) => delivery.trunk_id),
      deliveries.map((delivery) => delivery.payload),
      new Date(at),
    ],
  })
}

/** Payloads older than this may go: 30 days, as long as a dispute about a call takes to come up. */
const keptDays = 30

/** Forgets some of the payloads whose time is over; true when there may be more. */
export async function forgetOldPayloads(tx: Tx, workspaceId: string, at: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from provider_payloads where workspace_id = $1 and id in (
       select id from provider_payloads where workspace_id = $1
         and received_at < $2::timestamptz - interval '${keptDays} days' order by received_at limit 1000)`,
    [workspaceId, new Date(at)],
  )
  return rowCount === 1000
}
