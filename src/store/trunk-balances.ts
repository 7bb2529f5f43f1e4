import type { Tx } from './tx.ts'

/** What is left on a trunk's account. */
export interface TrunkBalance {
  /** Null until it was told once. */
  amount: number | null
  currency: string | null
  told_at: Date | null
  asked_at: Date
  /** Why the last question was not answered; null where it was. */
  fault: string | null
}

/** Trunks that campaigns dial over now, and whose carrier was not asked since `before` (epoch ms). */
export async function findStaleBalances(tx: Tx, workspaceId: string, before: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'find-stale-balances',
    text: `select t.id from trunks t
      where t.workspace_id = $1 and t.active and (t.balance_asked_at is null or t.balance_asked_at <= $2)
        and exists (select from campaigns c where c.workspace_id = $1 and c.status = 'active' and case
          when c.trunk_choice <> 'fixed' then t.serves <> '{}'
          when c.trunk_id is null then t.is_default else c.trunk_id = t.id end)
      order by t.id`,
    values: [workspaceId, new Date(before)],
  })
  return rows.map(({ id }) => id)
}

/** Whoever gets true asks the carrier; nobody else does until it is stale again. */
export async function takeBalanceTurn(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  { at, before }: { at: number; before: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update trunks set balance_asked_at = $3
     where workspace_id = $1 and id = $2 and (balance_asked_at is null or balance_asked_at <= $4)`,
    [workspaceId, trunkId, new Date(at), new Date(before)],
  )
  return rowCount === 1
}

/** Keeps what was told, or why nothing was: then what was told before stands, with its time. */
export async function keepBalance(
  tx: Tx,
  workspaceId: string,
  trunkId: string,
  told: { amount: number; currency: string | null } | { fault: string },
  at: number,
): Promise<void> {
  const { amount, currency, fault } = { amount: null, currency: null, fault: null, ...told }
  await tx.query(
    `update trunks set balance_fault = $5, balance = case when $5::text is null then $3 else balance end,
       balance_currency = case when $5::text is null then $4 else balance_currency end,
       balance_told_at = case when $5::text is null then $6 else balance_told_at end
     where workspace_id = $1 and id = $2`,
    [workspaceId, trunkId, amount, currency, fault, new Date(at)],
  )
}

/** The balances of the workspace's trunks; those whose carrier was never asked are absent. */
export async function readBalances(
  tx: Tx,
  workspaceId: string,
): Promise<Map<string, TrunkBalance & { name: string; low_balance: number | null }>> {
  const { rows } = await tx.query<TrunkBalance & { id: string; name: string; low_balance: number | null }>({
    name: 'read-balances',
    text: `select id, name, balance::double precision as amount, balance_currency as currency, balance_told_at as told_at,
        balance_asked_at as asked_at, balance_fault as fault, low_balance::double precision as low_balance
      from trunks where workspace_id = $1 and balance_asked_at is not null`,
    values: [workspaceId],
  })
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}
