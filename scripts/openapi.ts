/** Duty: writes openapi.json from the routes, or with --check says whether it still matches. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '#config'
import { buildServer } from '#server/http/app.ts'
import type { ServerDeps } from '#server/http/house.ts'
import { createLog } from '#server/http/log.ts'
import { describeApi, writeDocument } from '#server/http/openapi.ts'

const path = join(import.meta.dirname, '../openapi.json')
const reading = readConfig({}, { data_dir: 'unused' })
if (!reading.ok) throw new Error(reading.faults.join('\n'))
// Describing the routes calls none of them, so nothing else is needed.
const described = { config: reading.config, log: createLog('silent'), clock: { now: () => 0 } } as ServerDeps
const server = await buildServer(described, describeApi)
const document = writeDocument(server.app)
await server.close()

if (!process.argv.includes('--check')) {
  writeFileSync(path, document)
} else if (!existsSync(path) || readFileSync(path, 'utf8') !== document) {
  console.error('openapi.json does not match the routes. Write it anew with: node scripts/openapi.ts')
  process.exit(1)
}
