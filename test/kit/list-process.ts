/** A process that reads a suppression list's file and says when a chunk is committed, for tests that kill it. */
import { runList } from '#server/features/suppressions/run-list.ts'
import { openPool } from '#store/database.ts'

const [url = '', data_dir = '', workspace_id = '', list_id = '', chunkRows = '', now = ''] = process.argv.slice(2)
const deps = {
  pool: openPool({ connectionString: url }, { max: 4, onError: (error) => console.error(error.message) }),
  clock: { now: () => Number(now) },
  worker: `child-${process.pid}`,
  data_dir,
  log: { info: () => {}, error: (fields: object, message: string) => console.error(message, fields) },
  onChange: () => process.stdout.write('chunk\n'),
  chunk_rows: Number(chunkRows),
}
await runList(deps, { workspace_id, list_id })
process.exit(0)
