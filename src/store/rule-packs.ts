import type { OwnRows } from '#domain/rule-packs/read-pack.ts'
import type { Tx } from './tx.ts'

/** A version of a workspace's own rules. */
export interface OwnRulesVersion {
  version: number
  rules: OwnRows
  /** What of it lets calls out that the law or the house alone would not. */
  loosens: string[]
  reason: string
  set_by: string
  set_at: Date
}

const columns = 'version, rules, loosens, reason, set_by, set_at'

/** Every version, the latest first; at most 100. */
export async function listOwnRules(tx: Tx, workspaceId: string): Promise<OwnRulesVersion[]> {
  const { rows } = await tx.query<OwnRulesVersion>(
    `select ${columns} from rule_packs where workspace_id = $1 order by version desc limit 100`,
    [workspaceId],
  )
  return rows
}

/** The version that holds; null where the workspace never said more than the law. */
export async function readOwnRules(tx: Tx, workspaceId: string): Promise<OwnRulesVersion | null> {
  const { rows } = await tx.query<OwnRulesVersion>(
    `select ${columns} from rule_packs where workspace_id = $1 order by version desc limit 1`,
    [workspaceId],
  )
  return rows[0] ?? null
}

/** Adds the next version. Null when somebody else has just added it. */
export async function addOwnRules(
  tx: Tx,
  workspaceId: string,
  { version, rules, loosens, reason, set_by, set_at }: OwnRulesVersion,
): Promise<OwnRulesVersion | null> {
  const { rows } = await tx.query<OwnRulesVersion>(
    `insert into rule_packs (workspace_id, version, rules, loosens, reason, set_by, set_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning ${columns}`,
    [workspaceId, version, JSON.stringify(rules), loosens, reason, set_by, set_at],
  )
  return rows[0] ?? null
}
