import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type ImportJob, uploadImport } from '@outdial/sdk/upload'
import { defineCommand } from 'citty'
import { Presets, SingleBar } from 'cli-progress'
import { findCampaignId } from '../../campaign-ref.ts'
import { type Connection, connect, connectionArgs, expectData, fail } from '../../connection.ts'

const everyMs = 300
const shownErrors = 20

export default defineCommand({
  meta: { name: 'import', description: 'import a file of people, into a campaign or as contacts' },
  args: {
    ...connectionArgs,
    file: { type: 'positional', required: true, description: 'a CSV file' },
    campaign: { type: 'string', description: "the campaign's number or id" },
    'consent-basis': { type: 'string', description: 'on what ground these people may be called' },
    country: { type: 'string', description: 'country of numbers that name none', valueHint: 'US' },
    mapping: { type: 'string', description: 'JSON: column to field, where the guess is wrong' },
  },
  async run({ args }) {
    const connection = connect(args)
    const file = await openAsBlob(args.file).catch((error: Error) =>
      fail(`${args.file} can't be read: ${error.message}`),
    )
    const options = {
      ...(args.campaign ? { campaign_id: await findCampaignId(connection, args.campaign) } : {}),
      ...(args['consent-basis'] ? { consent_basis: args['consent-basis'] } : {}),
      ...(args.country ? { country: args.country } : {}),
      ...(args.mapping ? { mapping: args.mapping } : {}),
    }
    const begun = await expectData(uploadImport(connection, file, basename(args.file), options))
    const done = await watch(connection, begun, args.json !== true)
    if (args.json) console.log(JSON.stringify(done))
    else await show(connection, done)
    if (done.status === 'failed') process.exitCode = 1
  },
})

async function watch({ client }: Connection, begun: ImportJob, shown: boolean): Promise<ImportJob> {
  const bar = new SingleBar({ format: '{bar} {percentage}% · {rows} rows' }, Presets.rect)
  if (shown) bar.start(Math.max(begun.file_size_bytes, 1), 0, { rows: 0 })
  let job = begun
  while (job.status === 'pending' || job.status === 'processing') {
    await wait(everyMs)
    job = await expectData(client.GET('/api/v1/imports/{id}', { params: { path: { id: begun.id } } }))
    bar.update(job.bytes_read, { rows: job.total_rows })
  }
  bar.stop()
  return job
}

async function show({ client }: Connection, job: ImportJob): Promise<void> {
  console.log(`import ${job.number} is ${job.status}${job.error ? `: ${job.error}` : ''}`)
  const { total_rows, imported_rows, duplicate_rows, invalid_rows, suppressed_rows } = job
  console.table({ total_rows, imported_rows, duplicate_rows, invalid_rows, suppressed_rows })
  const errors = await expectData(
    client.GET('/api/v1/imports/{id}/errors', { params: { path: { id: job.id }, query: { limit: shownErrors } } }),
  )
  for (const { row, column_name, found, expected } of errors.data) {
    console.log(`  row ${row}, ${column_name}: found "${found}", expected ${expected}`)
  }
  if (errors.next_cursor !== null) console.log('  and more: GET /api/v1/imports/{id}/errors lists them all')
}
