/** A process that runs one import and says when a chunk is committed, for tests that kill it. */
import { type ImportDeps, runImport } from '#intake/import.ts'
import { openPool } from '#store/database.ts'

const [url = '', data_dir = '', workspace_id = '', import_id = '', chunkRows = '', now = ''] = process.argv.slice(2)
const deps: ImportDeps = {
  pool: openPool({ connectionString: url }, { max: 4, onError: (error) => console.error(error.message), copies: true }),
  clock: { now: () => Number(now) },
  worker: `child-${process.pid}`,
  data_dir,
  log: { info: () => {}, error: (fields, message) => console.error(message, fields) },
  onChunk: () => process.stdout.write('chunk\n'),
  chunk_rows: Number(chunkRows),
}
await runImport(deps, { workspace_id, import_id })
process.exit(0)
