import { defineCommand } from 'citty'
import { showMoved } from '../../act-command.ts'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'start', description: 'begin to call' },
  args: {
    ...connectionArgs,
    campaign: { type: 'positional', required: true, description: 'number or id' },
    limit: { type: 'string', description: 'so many calls at most, then it pauses', valueHint: '10' },
    'skip-without-consent': { type: 'boolean', description: 'pass over whom no AI or recorded voice may call' },
  },
  async run({ args }) {
    const limit = args.limit === undefined ? null : Number(args.limit)
    if (limit !== null && !(Number.isInteger(limit) && limit > 0)) fail(`--limit ${args.limit} is no number of calls`)
    const connection = connect(args)
    const path = { id: await findCampaignId(connection, args.campaign) }
    const skip = args['skip-without-consent'] === true
    const body = { ...(limit === null ? {} : { limit }), ...(skip ? { skip_without_consent: true } : {}) }
    const moved = await expectData(connection.client.POST('/api/v1/campaigns/{id}/start', { params: { path }, body }))
    showMoved(moved, args.json === true)
  },
})
