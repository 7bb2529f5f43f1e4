import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const bytes = 32

/**
 * The key under which secrets are sealed: made once, kept in the data folder for its owner alone. Without it nothing
 * sealed opens again, so a backup of the database is only whole together with this file.
 */
export function readMasterKey(dataDir: string): Buffer {
  const path = join(dataDir, 'master.key')
  if (!existsSync(path)) makeMasterKey(dataDir, path)
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== bytes) throw new Error(`${path} holds no master key of ${bytes} bytes in hex`)
  return key
}

/** Two servers that start at once on one folder agree on whose file was linked first. */
function makeMasterKey(dataDir: string, path: string): void {
  mkdirSync(dataDir, { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${randomBytes(bytes).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
}
