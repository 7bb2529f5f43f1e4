import type { paths } from '@outdial/sdk'
import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData } from '../../connection.ts'

type Body = paths['/api/v1/campaigns/{id}/recycle']['post']['requestBody']['content']['application/json']

export default defineCommand({
  meta: { name: 'recycle', description: 'call people again whose leads are done, by what their last call came to' },
  args: {
    ...connectionArgs,
    campaign: { type: 'positional', required: true, description: 'number or id' },
    dispositions: { type: 'string', description: 'what was said of the last call', valueHint: 'no_answer,voicemail' },
    outcomes: { type: 'string', description: 'how the last call ended', valueHint: 'busy,no_answer' },
    'older-than-hours': { type: 'string', description: 'only those whose last call is longer ago' },
    'reset-attempts': { type: 'boolean', description: 'count their tries from 0 again' },
  },
  async run({ args }) {
    const connection = connect(args)
    const id = await findCampaignId(connection, args.campaign)
    const done = await expectData(
      connection.client.POST('/api/v1/campaigns/{id}/recycle', {
        params: { path: { id } },
        body: {
          ...(args.dispositions ? { dispositions: args.dispositions.split(',') } : {}),
          ...(args.outcomes ? { outcomes: args.outcomes.split(',') as NonNullable<Body['outcomes']> } : {}),
          ...(args['older-than-hours'] ? { older_than_hours: Number(args['older-than-hours']) } : {}),
          reset_attempts: args['reset-attempts'] === true,
        },
      }),
    )
    if (args.json) return console.log(JSON.stringify(done))
    console.log(`${done.recycled} leads are called again`)
    for (const [rule, count] of Object.entries(done.kept)) console.log(`  ${count} stay as they are: ${rule}`)
  },
})
