import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type App, openApp } from '#kit/app.ts'
import { uploadLeads } from '#kit/telecard.ts'

const header = 'name,number,city,attempts'

describe("what the logs of the old system's uploads say", () => {
  let app: App
  before(async () => {
    app = await openApp()
    for (const agent_id of ['AgentAhmed']) await ask('POST', 'agents/', { agent_id })
  })
  after(() => app.close())

  const ask = (method: string, path: string, body?: unknown) =>
    app.ask(method, `/api/dialer/${path}`, body === undefined ? {} : { body })
  async function make(): Promise<{ id: number; campaign_id: string; segment: string }> {
    const body = { campaign_name: 'List', segment: 'follow_up', agent: 1 }
    const { id, campaign_id, segment } = (await ask('POST', 'campaigns/', body)).body
    return { id, campaign_id, segment }
  }
  const upload = ({ campaign_id, segment }: { campaign_id: string; segment: string }, file: string | Blob) =>
    uploadLeads(app, { campaign_id, segment }, file)
  const logs = async (id: number) => (await ask('GET', `import-logs/?campaign=${id}`)).body

  it('are failed where nothing came in, and whole where there was nothing to come in', async () => {
    const campaign = await make()
    const failed = (await upload(campaign, `${header}\nA,12,X,1\n`)).body
    assert.deepEqual([failed.status, failed.success_rate, failed.failed_imports], ['failed', 0, 1])
    await upload(campaign, `${header}\nA,923001234567,X,1\n`)
    const again = (await upload(campaign, `${header}\nA,923001234567,X,1\n`)).body
    assert.deepEqual([again.status, again.skipped_rows, again.failed_imports], ['partial', 1, 0])
    const empty = (await upload(campaign, `${header}\n`)).body
    assert.deepEqual([empty.status, empty.total_rows, empty.success_rate, empty.errors], ['completed', 0, 0, []])
    assert.equal(empty.summary, 'Processed 0 rows. Successful: 0, Failed: 0, Skipped: 0')
    const shown = (await logs(campaign.id)).results.map((log: { status: string }) => log.status)
    assert.deepEqual(shown, ['completed', 'partial', 'completed', 'failed'])
    const count = async (status: string) =>
      (await ask('GET', `import-logs/?campaign=${campaign.id}&status=${status}`)).body.count
    assert.deepEqual(await Promise.all(['completed', 'partial', 'failed', 'pending'].map(count)), [2, 1, 1, 0])
    const oldest = (await ask('GET', `import-logs/?campaign=${campaign.id}&ordering=created_at`)).body.results[0]
    assert.equal(oldest.status, 'failed')
    assert.equal((await ask('GET', 'import-logs/?status=done')).status, 400)
  })

  it('name a hundred errors in their answer, and all of them in the log', async () => {
    const campaign = await make()
    const rows = Array.from({ length: 150 }, (_, index) => `N,bad ${index},X,1`).join('\n')
    const { errors, failed_imports } = (await upload(campaign, `${header}\n${rows}\n`)).body
    assert.deepEqual([errors.length, failed_imports], [100, 150])
    const [listed] = (await logs(campaign.id)).results
    const { error_log } = (await ask('GET', `import-logs/${listed.id}/`)).body
    assert.equal(error_log.length, 150)
    assert.deepEqual(error_log.slice(0, 100), errors)
    assert.deepEqual([error_log[149].row, error_log[149].number], [151, 'bad 149'])
  })

  it('of long lists are counted in the log while they run', async () => {
    const campaign = await make()
    const size = 60_000
    const rows = Array.from({ length: size }, (_, index) => `N ${index},9230${10_000_000 + index},X,1`)
    const running: number[] = []
    let over = false
    const sent = upload(campaign, `${header}\n${rows.join('\n')}\n`).finally(() => {
      over = true
    })
    while (!over) {
      const { results } = await logs(campaign.id)
      for (const { status, total_rows } of results) if (status === 'processing') running.push(total_rows)
    }
    const { body } = await sent
    assert.deepEqual([body.status, body.total_rows, body.successful_imports], ['completed', size, size])
    assert.ok(
      running.some((counted) => counted > 0 && counted < size),
      [...new Set(running)].join(),
    )
  })
})
