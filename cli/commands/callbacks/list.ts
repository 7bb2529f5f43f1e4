import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData } from '../../connection.ts'

const statuses = ['open', 'kept', 'missed', 'cancelled'] as const

export default defineCommand({
  meta: { name: 'list', description: 'what was promised, the next one first' },
  args: {
    ...connectionArgs,
    status: { type: 'enum', options: [...statuses], default: 'open', description: 'what became of it' },
    campaign: { type: 'string', description: 'number or id' },
    agent: { type: 'string', description: 'id' },
  },
  async run({ args }) {
    const connection = connect(args)
    const campaign_id = args.campaign === undefined ? undefined : await findCampaignId(connection, args.campaign)
    const query = {
      status: args.status,
      limit: 1000,
      ...(campaign_id === undefined ? {} : { campaign_id }),
      ...(args.agent === undefined ? {} : { agent_id: args.agent }),
    }
    const { data } = await expectData(connection.client.GET('/api/v1/callbacks', { params: { query } }))
    if (args.json) return console.log(JSON.stringify(data))
    console.table(
      data.map(({ id, full_name, local_time, time_zone, agent_id, status, note }) => {
        return { id, full_name, local_time, time_zone, agent: agent_id ?? 'team', status, note }
      }),
    )
  },
})
