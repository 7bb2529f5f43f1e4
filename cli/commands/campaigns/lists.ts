import { defineCommand } from 'citty'
import { findCampaignId } from '../../campaign-ref.ts'
import { connect, connectionArgs, expectData, fail } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'lists', description: 'its lists: each import, and the leads added by hand; or the weight of one' },
  args: {
    ...connectionArgs,
    campaign: { type: 'positional', required: true, description: 'number or id' },
    list: { type: 'string', description: 'the id of the list that --weight is for' },
    weight: {
      type: 'string',
      description: 'its part of the dials beside the others; 0: it rests',
      valueHint: '0-1000',
    },
  },
  async run({ args }) {
    const connection = connect(args)
    const id = await findCampaignId(connection, args.campaign)
    if ((args.list === undefined) !== (args.weight === undefined)) fail('--list and --weight are said together')
    if (args.list !== undefined) {
      const params = { path: { id, list_id: args.list } }
      const body = { weight: Number(args.weight) }
      await expectData(connection.client.PATCH('/api/v1/campaigns/{id}/lists/{list_id}', { params, body }))
    }
    const lists = await expectData(connection.client.GET('/api/v1/campaigns/{id}/lists', { params: { path: { id } } }))
    if (args.json) return console.log(JSON.stringify(lists.data))
    console.table(
      lists.data.map(({ id, name, weight, leads, due_now, dialed }) => ({
        ...{ id, name: name ?? 'by hand', weight, leads: leads.total, 'due now': due_now, dialed },
      })),
    )
  },
})
