import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'add', description: 'block a number' },
  args: {
    ...connectionArgs,
    number: { type: 'positional', required: true, description: 'the phone number' },
    campaign: { type: 'string', description: 'only in this campaign: number or id' },
    brand: { type: 'string', description: 'only in campaigns that call under this name' },
    reason: { type: 'string', description: 'why' },
    until: { type: 'string', description: 'when it ends; never without', valueHint: '2027-01-31T00:00:00Z' },
    asked: { type: 'boolean', description: 'the person asked for it' },
  },
  async run({ args }) {
    const connection = connect(args)
    const body = {
      number: args.number,
      ...(args.campaign === undefined ? {} : { campaign_id: await findCampaignId(connection, args.campaign) }),
      ...(args.brand === undefined ? {} : { brand: args.brand }),
      ...(args.reason === undefined ? {} : { reason: args.reason }),
      ...(args.until === undefined ? {} : { expires_at: args.until }),
      ...(args.asked ? { source: 'customer_request' as const } : {}),
    }
    const made = await expectData(connection.client.POST('/api/v1/suppressions', { body }))
    if (args.json) console.log(JSON.stringify(made))
    else
      console.log(
        `${made.number} is blocked${made.expires_at === null ? '' : ` until ${made.expires_at}`} (${made.id})`,
      )
  },
})
