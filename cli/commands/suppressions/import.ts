import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type SuppressionList, uploadNumbers } from '@outdial/sdk/upload'
import { defineCommand } from 'citty'
import { Presets, SingleBar } from 'cli-progress'
import { findCampaignId } from '../../campaign-ref.ts'
import { type Connection, connect, connectionArgs, expectData, fail } from '../../connection.ts'

const scopes = ['workspace', 'brand', 'campaign', 'national', 'state', 'litigator'] as const
const everyMs = 300

export default defineCommand({
  meta: { name: 'import', description: 'read a file of numbers into a list, a new one unless --list names it' },
  args: {
    ...connectionArgs,
    file: { type: 'positional', required: true, description: 'one number a line, or a CSV file' },
    list: { type: 'string', description: 'id of a list whose numbers it replaces' },
    name: { type: 'string', description: "of the new list; the file's without" },
    source: { type: 'string', description: 'who gave it; the name of the file without' },
    scope: { type: 'enum', options: [...scopes], default: 'workspace', description: 'whose calls it blocks' },
    brand: { type: 'string', description: 'with the scope brand' },
    campaign: { type: 'string', description: 'with the scope campaign: number or id' },
    country: { type: 'string', description: 'with the scope national', valueHint: 'US' },
    region: { type: 'string', description: 'with the scope state', valueHint: 'FL' },
    until: { type: 'string', description: 'when it ends; never without', valueHint: '2027-01-31T00:00:00Z' },
    mapping: { type: 'string', description: 'JSON: which column is the phone, where the guess is wrong' },
  },
  async run({ args }) {
    const connection = connect(args)
    const file = await openAsBlob(args.file).catch((error: Error) =>
      fail(`${args.file} can't be read: ${error.message}`),
    )
    const id = args.list ?? (await makeList(connection, args))
    const options = args.mapping === undefined ? {} : { mapping: args.mapping }
    const begun = await expectData(uploadNumbers(connection, id, file, basename(args.file), options))
    const done = await watch(connection, begun, args.json !== true)
    if (args.json) console.log(JSON.stringify(done))
    else show(done)
    if (done.status === 'failed') process.exitCode = 1
  },
})

interface Words {
  file: string
  scope: (typeof scopes)[number]
  name?: string | undefined
  source?: string | undefined
  brand?: string | undefined
  campaign?: string | undefined
  country?: string | undefined
  region?: string | undefined
  until?: string | undefined
}

async function makeList(connection: Connection, words: Words): Promise<string> {
  const { scope, brand, campaign, country, region, until } = words
  const file_name = basename(words.file)
  const body = {
    ...{ name: words.name ?? file_name, source: words.source ?? file_name, scope },
    ...(brand === undefined ? {} : { brand }),
    ...(campaign === undefined ? {} : { campaign_id: await findCampaignId(connection, campaign) }),
    ...(country === undefined ? {} : { country }),
    ...(region === undefined ? {} : { region }),
    ...(until === undefined ? {} : { expires_at: until }),
  }
  return (await expectData(connection.client.POST('/api/v1/suppression-lists', { body }))).id
}

async function watch({ client }: Connection, begun: SuppressionList, shown: boolean): Promise<SuppressionList> {
  const bar = new SingleBar({ format: '{bar} {percentage}% · {rows} rows' }, Presets.rect)
  if (shown) bar.start(Math.max(begun.file_size_bytes, 1), 0, { rows: 0 })
  let list = begun
  while (list.status === 'importing') {
    await wait(everyMs)
    list = await expectData(client.GET('/api/v1/suppression-lists/{id}', { params: { path: { id: begun.id } } }))
    bar.update(list.bytes_read, { rows: list.rows_read })
  }
  bar.stop()
  return list
}

function show({
  id,
  name,
  status,
  error,
  numbers,
  rows_read,
  added_numbers,
  repeated_numbers,
  refused_rows,
}: SuppressionList): void {
  console.log(`the list “${name}” is ${status}${error === null ? '' : `: ${error}`} (${id})`)
  console.table({ numbers, rows_read, added_numbers, repeated_numbers, refused_rows })
  if (refused_rows > 0) console.log(`GET /api/v1/suppression-lists/${id}/refused says what is wrong with those refused`)
}
