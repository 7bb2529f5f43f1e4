/** A workspace, a campaign and a folder to import files into, on a real database. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type ImportDeps, runImport } from '#intake/import.ts'
import type { ImportOptions } from '#intake/import-options.ts'
import { spoolUpload } from '#intake/uploads.ts'
import { newId } from '#store/ids.ts'
import { createImport, type ImportError, type ImportJob, listImportErrors, readImport } from '#store/imports.ts'
import { inWorkspace } from '#store/tx.ts'
import { openTestDatabase, type TestDatabase } from './database.ts'
import { makeCampaign, makeTenant, type Tenant, type TenantOptions } from './tenant.ts'

export interface ImportDesk {
  db: TestDatabase
  tenant: Tenant
  deps: ImportDeps
  now: number
  chunks: string[]
  campaign(settings?: Record<string, unknown>): Promise<string>
  /** Uploads a file, runs its import and says what became of it. */
  import(file: string | Buffer | Readable, campaignId: string | null, options?: ImportOptions): Promise<ImportJob>
  upload(file: string | Buffer | Readable, campaignId: string | null, options?: ImportOptions): Promise<string>
  read(importId: string): Promise<ImportJob>
  errors(importId: string): Promise<ImportError[]>
  /** As the owner sees it, behind the product's back. */
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function openImportDesk(
  options: TenantOptions & { chunk_rows?: number; start?: string } = {},
): Promise<ImportDesk> {
  const db = await openTestDatabase()
  const now = Date.parse(options.start ?? '2026-03-04T15:00:00Z')
  const tenant = await makeTenant(db.app, now, options)
  const data_dir = mkdtempSync(join(tmpdir(), 'outdial-intake-'))
  const chunks: string[] = []
  const deps: ImportDeps = {
    pool: db.copies,
    clock: { now: () => now },
    worker: `test-${process.pid}`,
    data_dir,
    log: { info: () => {}, error: (fields, message) => console.error(message, fields) },
    onChunk: (workspaceId) => chunks.push(workspaceId),
    ...(options.chunk_rows ? { chunk_rows: options.chunk_rows } : {}),
  }
  const inside = <T>(work: Parameters<typeof inWorkspace<T>>[2]) => inWorkspace(db.app, tenant, work)

  const desk: ImportDesk = {
    db,
    tenant,
    deps,
    now,
    chunks,
    campaign: (settings = {}) => makeCampaign(db.app, tenant, now, settings),
    async upload(file, campaign_id, given = {}) {
      const id = newId(now)
      const stream = file instanceof Readable ? file : Readable.from([Buffer.from(file)])
      const spooled = await spoolUpload(data_dir, id, stream)
      if (!spooled.ok) throw new Error(spooled.refusal)
      const { file_path, file_size_bytes } = spooled
      const job = {
        id,
        campaign_id,
        owner_user_id: tenant.user_id,
        file_name: 'list.csv',
        file_path,
        file_size_bytes,
        options: given,
      }
      await inside((tx) =>
        createImport(tx, tenant.workspace_id, { ...job, consent_basis: given.consent_basis ?? null }, now),
      )
      return id
    },
    async import(file, campaignId, given) {
      const import_id = await desk.upload(file, campaignId, given)
      await runImport(deps, { workspace_id: tenant.workspace_id, import_id })
      return desk.read(import_id)
    },
    async read(importId) {
      return (await inside((tx) => readImport(tx, tenant.workspace_id, importId))) as ImportJob
    },
    errors: (importId) => inside((tx) => listImportErrors(tx, tenant.workspace_id, importId, { limit: 1000 })),
    async rows(sql, values = []) {
      return (await db.owner.query(sql, values)).rows
    },
    async close() {
      await db.close()
      rmSync(data_dir, { recursive: true })
    },
  }
  return desk
}
