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
