/** A process that takes a workspace's pacers, says whether it has them, and keeps them until it is killed. */
import { openPool } from '#store/database.ts'
import { openPacerLocks } from '#store/pacer-locks.ts'

const [url = '', workspace_id = ''] = process.argv.slice(2)
const pool = openPool({ connectionString: url }, { max: 2, onError: (error) => console.error(error.message) })
process.stdout.write(`${await openPacerLocks(pool).take(workspace_id)}\n`)
setInterval(() => {}, 60_000)
