/** `npm run restore -- <file>`: a backup into an empty data folder (OUTDIAL_DATA_DIR), before its server starts. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { restoreBackup } from './backup/restore-backup.ts'
import { refuse } from './command-line.ts'
import { openOwner } from './open-owner.ts'

const [file, ...more] = process.argv.slice(2)
if (file === undefined || more.length > 0) refuse('usage: npm run restore -- <file>')
if (!existsSync(file)) refuse(`there is no file ${file}`)
const reply = await openOwner(console.error)
if (!reply.ok) refuse(reply.refusal)
const { access } = reply
const restored = await restoreBackup(access.connection, file).finally(access.close)
if (!restored.ok) refuse(restored.refusal)
console.log(`${restored.tables} tables, ${restored.rows} rows restored`)
console.log(
  `Put the master.key that belongs to them at ${join(access.dataDir, 'master.key')} before the server starts.`,
)
