import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startServer } from '#kit/server-process.ts'
import { makeTenant } from '#kit/tenant.ts'
import { hashToken, makeToken } from '#server/features/installation/first-owner.ts'
import { createApiKey } from '#store/api-keys.ts'
import { newId } from '#store/ids.ts'
import { inWorkspace } from '#store/tx.ts'
import { type BenchDatabase, percentile } from './kit.ts'

const header = 'name,number,city,attempts'

/**
 * How long an older client waits for its answer after it has sent a small list, in the middle of so many; each list into
 * a campaign of its own, and the first one before, since it loads what only imports need.
 */
export async function timeUploads(db: BenchDatabase, rows: number, times = 9): Promise<number> {
  const data_dir = join(db.folder, 'served')
  mkdirSync(data_dir, { recursive: true })
  const server = await startServer({ DATABASE_URL: db.owner_url, OUTDIAL_ROLE: 'api', OUTDIAL_DATA_DIR: data_dir })
  const authorization = `Bearer ${await makeKey(db)}`
  const ask = async (path: string, body: FormData | object) => {
    const isForm = body instanceof FormData
    const response = await fetch(`${server.url}/api/dialer/${path}/`, {
      method: 'POST',
      headers: { authorization, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? body : JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Record<string, unknown>
  }
  const { id: agent } = await ask('agents', { agent_id: 'Bench' })
  const took: number[] = []
  for (let round = 0; round <= times; round += 1) {
    const campaign = await ask('campaigns', { campaign_name: 'Bench', segment: 'growth', agent })
    const people = Array.from({ length: rows }, (_, row) => `P ${row},9230${10_000_000 + round * rows + row},Karachi,1`)
    const form = new FormData()
    form.append('campaign_id', String(campaign.campaign_id))
    form.append('segment', 'growth')
    form.append('csv_file', new Blob([`${header}\n${people.join('\n')}\n`]), 'list.csv')
    const begun = performance.now()
    const { successful_imports } = await ask('csv-upload/upload', form)
    if (successful_imports !== rows) throw new Error(`${successful_imports} of ${rows} rows came in`)
    if (round > 0) took.push(performance.now() - begun)
  }
  await server.stop()
  return percentile(took, 0.5)
}

async function makeKey(db: BenchDatabase): Promise<string> {
  const at = Date.now()
  const tenant = await makeTenant(db.pool, at)
  const token = makeToken()
  const key = { id: newId(at), user_id: tenant.user_id, name: 'bench', prefix: token.slice(0, 14), scopes: ['admin'] }
  await inWorkspace(db.pool, tenant, (tx) =>
    createApiKey(tx, tenant.workspace_id, { ...key, token_hash: hashToken(token), at }),
  )
  return token
}
