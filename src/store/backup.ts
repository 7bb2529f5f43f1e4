/** `npm run backup -- <file>`: the whole database into one file, while the server goes on working. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeBackup } from './backup/write-backup.ts'
import { refuse } from './command-line.ts'
import { openOwner } from './open-owner.ts'

const [file, ...more] = process.argv.slice(2)
if (file === undefined || more.length > 0) refuse('usage: npm run backup -- <file>')
if (!existsSync(dirname(file))) refuse(`there is no folder ${dirname(file)}`)
const reply = await openOwner(console.error)
if (!reply.ok) refuse(reply.refusal)
const { access } = reply
const written = await writeBackup(access.connection, file, new Date()).finally(access.close)
if (!written.ok) refuse(written.refusal)
console.log(`${file}: ${written.tables} tables, ${written.rows} rows`)
console.log(`Keep ${join(access.dataDir, 'master.key')} apart from it: sealed secrets open only with both.`)
