import type { ImportOptions } from '#intake/import-options.ts'
import type { Layout } from '#intake/layout.ts'
import { locateUpload } from '#intake/uploads.ts'
import type { Caller } from '../../http/caller.ts'
import { type ServerDeps, within } from '../../http/house.ts'
import { type Refusal, refuseValues } from '../../http/problems.ts'

/** How a file that lies on disk would be read: its columns and what they are taken for; or why it can't be read. */
export async function readUploadLayout(
  house: ServerDeps,
  caller: Caller,
  { file_path, campaign_id, options }: { file_path: string; campaign_id: string | null; options: ImportOptions },
): Promise<Layout | Refusal> {
  const [{ readLayout }, { readRules }] = await Promise.all([
    import('#intake/layout.ts'),
    import('#intake/reading-plan.ts'),
  ])
  const { workspace_id } = caller
  const rules = await within(house, caller, (tx) => readRules(tx, workspace_id, campaign_id, options))
  const found = await readLayout(locateUpload(house.config.data_dir, file_path), options, rules.numbers)
  return found.ok ? found.layout : refuseValues([{ path: 'file', message: found.refusal }])
}
