import { type Listing, type Page, type PageOf, readPage } from './keyset.ts'
import type { Tx } from './tx.ts'

/** One thing to say, and where the answers lead. */
export interface ScriptStep {
  key: string
  /** A template with merge fields. */
  text: string
  branches: { label: string; goes_to: string }[]
}

export interface Script {
  id: string
  name: string
  /** The first one opens the call. */
  steps: ScriptStep[]
  created_at: Date
  updated_at: Date
}

export const scriptSorts = ['name', 'created_at'] as const
export type ScriptSort = (typeof scriptSorts)[number]

const listing: Listing<ScriptSort> = {
  columns: 's.id, s.name, s.steps, s.created_at, s.updated_at',
  from: 'scripts s',
  id: 's.id',
  sorts: {
    name: { by: 's.name', type: 'text' },
    created_at: { by: 's.created_at', type: 'timestamptz' },
  },
}

export async function listScripts(tx: Tx, workspaceId: string, page: PageOf<ScriptSort>): Promise<Page<Script>> {
  return readPage<Script, ScriptSort>(tx, listing, [['s.workspace_id = ?', workspaceId]], page)
}

export async function readScript(tx: Tx, workspaceId: string, id: string): Promise<Script | null> {
  const { rows } = await tx.query<Script>(
    `select ${listing.columns} from ${listing.from} where s.workspace_id = $1 and s.id = $2`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** A name that another script has is refused by the database. */
export async function createScript(
  tx: Tx,
  workspaceId: string,
  script: Pick<Script, 'id' | 'name' | 'steps'>,
  at: number,
): Promise<void> {
  await tx.query(
    'insert into scripts (workspace_id, id, name, steps, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)',
    [workspaceId, script.id, script.name, JSON.stringify(script.steps), new Date(at)],
  )
}

/** False when there is no such script. */
export async function changeScript(
  tx: Tx,
  workspaceId: string,
  id: string,
  change: { name?: string; steps?: ScriptStep[] },
  at: number,
): Promise<boolean> {
  const steps = change.steps === undefined ? null : JSON.stringify(change.steps)
  const { rowCount } = await tx.query(
    `update scripts set name = coalesce($3, name), steps = coalesce($4, steps), updated_at = $5
     where workspace_id = $1 and id = $2`,
    [workspaceId, id, change.name ?? null, steps, new Date(at)],
  )
  return rowCount === 1
}

export async function deleteScript(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from scripts where workspace_id = $1 and id = $2', [workspaceId, id])
  return rowCount === 1
}
