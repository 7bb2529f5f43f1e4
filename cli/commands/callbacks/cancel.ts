import { defineCommand } from 'citty'
import { connect, connectionArgs, expectData } from '../../connection.ts'

export default defineCommand({
  meta: { name: 'cancel', description: 'take a promised call back' },
  args: {
    ...connectionArgs,
    callback: { type: 'positional', required: true, description: 'id' },
    reason: { type: 'string', description: 'why' },
  },
  async run({ args }) {
    const { client } = connect(args)
    const body = args.reason === undefined ? {} : { reason: args.reason }
    const params = { path: { id: args.callback } }
    const cancelled = await expectData(client.POST('/api/v1/callbacks/{id}/cancel', { params, body }))
    if (args.json) console.log(JSON.stringify(cancelled))
    else console.log(`the call promised for ${cancelled.local_time} is cancelled`)
  },
})
